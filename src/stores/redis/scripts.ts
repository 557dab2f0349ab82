import { createHash } from 'node:crypto';

/** A program that the server runs in one step, and the name it knows it by once it has seen it. */
export interface Script {
  readonly source: string;
  readonly sha: string;
}

function script(source: string): Script {
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** Definitions pass as text: Lua has one type for lists and objects, and would return `[]` as `{}`. */
const HEAD = `
local found = redis.call('HMGET', KEYS[1], 'revision', 'schema')
local revision = tonumber(found[1] or 0)
if tonumber(found[2] or 0) > tonumber(ARGV[1]) then return {'newer', found[2]} end
`;

/**
 * Keys: head, records, changed, entries, named, rows, index.
 * Arguments: schema, channel, expected revision or nothing, who-when-why, the names of the records, then each record and its definition.
 *
 * Whatever may be refused comes before the first change, since a script that fails is not undone: the types of the keys, and the
 * right to publish (watchers read once the script is done, so that telling them early does no harm).
 */
export const APPLY = script(`${HEAD}
local channel, expected, entry, names = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local head, records, changed, entries, named, rows, index = unpack(KEYS)
local first = 6
if expected then
  local stale = expected > revision
  for i = first, #ARGV, 2 do
    stale = stale or tonumber(redis.call('ZSCORE', changed, ARGV[i]) or 0) > expected
  end
  if stale then
    local now = {'conflict', revision}
    for i = first, #ARGV, 2 do now[#now + 1] = redis.call('HGET', records, ARGV[i]) or '' end
    return now
  end
end
for _, hash in ipairs({records, entries, named, rows}) do redis.call('HLEN', hash) end
for _, set in ipairs({changed, index}) do redis.call('ZCARD', set) end
revision = revision + 1
local number = string.format('%d', revision)
local padded = string.format('%016d', revision)
redis.call('PUBLISH', channel, number)
redis.call('HSET', head, 'schema', ARGV[1])
for i = first, #ARGV, 2 do
  local id, after = ARGV[i], ARGV[i + 1]
  local before = redis.call('HGET', records, id) or ''
  redis.call('ZADD', changed, number, id)
  redis.call('ZADD', index, 0, id .. '\\n' .. padded)
  redis.call('HSET', records, id, after)
  if before == '' then before = 'null' end
  if after == '' then after = 'null' end
  redis.call('HSET', rows, number .. '\\n' .. id, '[' .. before .. ',' .. after .. ']')
end
redis.call('HSET', entries, number, entry)
redis.call('HSET', named, number, names)
redis.call('HSET', head, 'revision', number)
return {'applied', revision}
`);

/** Keys: head, records. Argument: schema. */
export const LOAD = script(`${HEAD}
return {'loaded', revision, redis.call('HGETALL', KEYS[2])}
`);

/** Keys: head, records, changed. Arguments: schema, revision. */
export const SINCE = script(`${HEAD}
local records = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. ARGV[2], '+inf')) do
  records[#records + 1] = id
  records[#records + 1] = redis.call('HGET', KEYS[2], id) or ''
end
return {'loaded', revision, records}
`);
