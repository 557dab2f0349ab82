/** @import { User } from '../contract.ts' */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Instances, prepare } from '../measure/prepare.js';
import { Stopwatch } from '../measure/stopwatch.js';
import { constant } from '../workloads/constant.js';
import { fiveRulesThenSplit } from '../workloads/experiment.js';
import { longListHit } from '../workloads/listed.js';
import { rollout } from '../workloads/rollout.js';
import { aLibrary } from './a-library.js';

const fifth = (/** @type {User} */ { id }) => (Number.parseInt(id.replace(/\D/g, ''), 10) || 0) % 5 === 0;

test('a library that decides rightly is timed', async () => {
  const library = aLibrary({ isOn: (_user, flag) => flag === 'dark_mode' });
  assert.ok((await prepare(library, constant, new Instances())) instanceof Stopwatch);
});

test('a library that is wrong about a constant is reported instead', async () => {
  const result = await prepare(aLibrary({}), constant, new Instances());
  assert.deepEqual(result, { kind: 'wrong', why: 'a share of 0 gets true; it should be 1' });
});

test('a library that says on to everything is found out by the flag that is off', async () => {
  const result = await prepare(aLibrary({ isOn: () => true }), constant, new Instances());
  assert.ok('why' in result && result.why.startsWith('old_banner is not off'));
});

test('a rollout of the wrong size is reported', async () => {
  const half = aLibrary({ isOn: ({ id }) => id.length % 2 === 0 });
  const result = await prepare(half, rollout, new Instances());
  assert.ok('why' in result && /it should be between 0\.164 and 0\.236/.test(result.why));
});

test('a rollout that draws anew each time is reported', async () => {
  const result = await prepare(aLibrary({ isOn: () => Math.random() < 0.2 }), rollout, new Instances());
  assert.ok('why' in result && /got (true|false) and then (true|false)/.test(result.why));
});

test('promises are awaited before they are judged', async () => {
  const library = aLibrary({ isOn: async (user) => fifth(user) }, { asynchronous: true });
  assert.ok((await prepare(library, rollout, new Instances())) instanceof Stopwatch);
});

test('an experiment whose rules match nobody is reported', async () => {
  const variants = ['control', 'control', 'one_click', 'wallet'];
  const unruly = aLibrary({
    variant: ({ attributes: { email } }) => variants[Number.parseInt(email.slice('person.'.length), 10) % 4],
  });
  const result = await prepare(unruly, fiveRulesThenSplit, new Instances());
  assert.ok('why' in result && result.why.startsWith('whoever matches the rule "staff" gets'));
});

test('what a library lacks is said in its own words', async () => {
  const poor = aLibrary({}, { lacks: { listed: 'has no lists' } });
  assert.deepEqual(await prepare(poor, longListHit, new Instances()), { kind: 'lacking', why: 'has no lists' });
});
