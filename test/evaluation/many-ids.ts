import { createHash } from 'node:crypto';

/** Fixed ids of fixed kinds: whatever is found with them is found every time. */
const COUNT = 100_000;

export const sequential: readonly string[] = Array.from({ length: COUNT }, (_, index) => String(index + 1));

export const uuids: readonly string[] = sequential.map((id) => {
  const hex = createHash('md5').update(id).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
});

export const emails: readonly string[] = sequential.map((id) => `person.${id}@example.com`);

/** Names such as flags have; some differ in a single character. */
export const flagNames: readonly string[] = [
  ...Array.from({ length: 10 }, (_, index) => `flag-${index}`),
  ...[
    'MY_NEW_FEATURE',
    'MY_NEW_FEATURE_2',
    'checkout/express-pay',
    'checkout/express-pax',
    'a',
    'b',
    'größe',
    '日本語',
  ],
  ...['sign-up-team/address-field', 'x'.repeat(200)],
];
