import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../vectors/any-text.js';
import {
  aSeal,
  base64url,
  hmac,
  LATER,
  OVERRIDES,
  opened,
  PAYLOAD,
  PURPOSE,
  SEALED,
  SECRET,
  sealedByHand,
} from './a-seal.js';

const [TEXT = '', SIGNATURE = ''] = SEALED.split('.');

describe('a sealed value is nothing once', () => {
  it('it is truncated, wherever', () => {
    for (let length = 0; length < SEALED.length; length += 1) {
      expect(opened(SEALED.slice(0, length)), `${length} characters`).toBeUndefined();
      expect(opened(SEALED.slice(SEALED.length - length)), `the last ${length} characters`).toBeUndefined();
    }
  });

  it('one bit of it is flipped, whichever', () => {
    for (let index = 0; index < SEALED.length; index += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = String.fromCharCode(SEALED.charCodeAt(index) ^ (1 << bit));
        const forged = SEALED.slice(0, index) + flipped + SEALED.slice(index + 1);
        expect(opened(forged), `bit ${bit} of character ${index}`).toBeUndefined();
      }
    }
  });

  it.each([
    ['something stands before it', `x${SEALED}`],
    ['a space stands before it', ` ${SEALED}`],
    ['something stands after it', `${SEALED}x`],
    ['its base64 is padded', `${SEALED}=`],
    ['a third part is added', `${SEALED}.${SIGNATURE}`],
    ['its parts are swapped', `${SIGNATURE}.${TEXT}`],
    ['its signature is missing', `${TEXT}.`],
    ['its payload is missing', `.${SIGNATURE}`],
    ['its dot is missing', `${TEXT}${SIGNATURE}`],
    ['it is quoted', `"${SEALED}"`],
    ['it is in capitals', SEALED.toUpperCase()],
    [
      'it carries the signature of another',
      `${TEXT}.${
        aSeal()
          .close(OVERRIDES, LATER + 1)
          .split('.')[1]
      }`,
    ],
    ['its signature is spelt in another base64', `${TEXT}.${Buffer.from(SIGNATURE, 'base64url').toString('base64')}`],
    ['its signature is in hex', `${TEXT}.${Buffer.from(SIGNATURE, 'base64url').toString('hex')}`],
  ])('%s', (_how, forged) => {
    expect(opened(forged)).toBeUndefined();
  });

  it('the unused bits of its last character are others, though they decode to the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twins = [...alphabet].map((last) => SEALED.slice(0, -1) + last).filter((twin) => twin !== SEALED);
    expect(twins.filter((twin) => opened(twin) !== undefined)).toEqual([]);
  });
});

describe('another value that the app signed with the same secret is nothing:', () => {
  const raw = (text: string): string => hmac(text, SECRET).toString('base64').replace(/=+$/, '');
  const json = JSON.stringify(PAYLOAD);
  const jwtHead = base64url('{"alg":"HS256","typ":"JWT"}');

  it.each([
    ["a cookie of cookie-parser's", `s:${TEXT}.${raw(TEXT)}`],
    ["a cookie of cookie-parser's without its mark", `${TEXT}.${raw(TEXT)}`],
    ["a JSON cookie of cookie-parser's", `s:j:${json}.${raw(`j:${json}`)}`],
    ['the payload under an HMAC by the secret', `${TEXT}.${hmac(TEXT, SECRET).toString('base64url')}`],
    ['the plain payload under an HMAC by the secret', `${json}.${hmac(json, SECRET).toString('base64url')}`],
    ['a signature over the decoded payload', `${TEXT}.${hmac(json, SECRET).toString('base64url')}`],
    ['a JSON web token', `${jwtHead}.${TEXT}.${hmac(`${jwtHead}.${TEXT}`, SECRET).toString('base64url')}`],
    ['a signature by SHA-512', `${TEXT}.${createHmac('sha512', SECRET).update(TEXT).digest('base64url')}`],
    ['a signature under the purpose as the key', `${TEXT}.${hmac(TEXT, PURPOSE).toString('base64url')}`],
  ])('%s', (_what, value) => {
    expect(opened(value)).toBeUndefined();
  });
});

describe('a payload that is signed rightly is nothing when', () => {
  const without = (field: keyof typeof PAYLOAD): object => ({ ...PAYLOAD, [field]: undefined });

  it.each([
    ['it has another purpose', { ...PAYLOAD, purpose: 'gatekeeper/browser-overrides/2' }],
    ['it has no purpose', without('purpose')],
    ['it is of another app', { ...PAYLOAD, app: 'blog' }],
    ['it is of no app', without('app')],
    ['it is of another environment', { ...PAYLOAD, environment: 'production' }],
    ['it never expires', without('expires')],
    ['it expires at a text', { ...PAYLOAD, expires: String(LATER) }],
    ['it expires at null', { ...PAYLOAD, expires: null }],
    ['it has no overrides', without('overrides')],
    ['its overrides are a list', { ...PAYLOAD, overrides: [['A', 'ON']] }],
    ['its overrides are text', { ...PAYLOAD, overrides: 'A=ON' }],
    ['its overrides are null', { ...PAYLOAD, overrides: null }],
    ['it is a list', [PAYLOAD]],
    ['it is null', null],
    ['it is a text', PURPOSE],
    ['it says everything in its prototype', JSON.parse(`{ "__proto__": ${JSON.stringify(PAYLOAD)} }`)],
    ['it is too long for a cookie', { ...PAYLOAD, padding: 'x'.repeat(8192) }],
  ])('%s', (_what, payload) => {
    expect(opened(sealedByHand(JSON.stringify(payload)))).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['no JSON', 'overrides'],
    ['deep', '['.repeat(2900)],
    ['deep and well-formed', `${'['.repeat(1400)}${']'.repeat(1400)}`],
    ['deep objects', '{"overrides":'.repeat(200)],
    ['not even UTF-8', '\ud800\udfff\ufffd'],
  ])('its text is %s', (_what, text) => {
    expect(opened(sealedByHand(text))).toBeUndefined();
  });
});

it('entries of any name stay entries, and touch no other object', () => {
  const overrides = JSON.parse('{ "__proto__": "ON", "constructor": "ON", "x": { "y": 1 } }');
  const payload = JSON.stringify({ ...PAYLOAD, overrides });
  expect(opened(sealedByHand(payload))).toEqual([
    ['__proto__', 'ON'],
    ['constructor', 'ON'],
  ]);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

it('any string whatever is nothing, without an error', () => {
  const part = fc.oneof(
    anyText({ maxLength: 100 }),
    fc.base64String(),
    fc.constantFrom(TEXT, SIGNATURE, '', 's:', '%', '__proto__'),
    fc.json().map(base64url),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  );
  const anything = fc.oneof(
    part,
    fc.array(part, { maxLength: 4 }).map((parts) => parts.join('.')),
    part.map((text) => `x${text}`.repeat(8192).slice(0, 8192)),
  );
  fc.assert(
    fc.property(anything, (value) => {
      fc.pre(value !== SEALED);
      expect(opened(value)).toBeUndefined();
      expect(({} as { x?: unknown }).x).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
