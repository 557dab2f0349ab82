/** The flags of one page: every other one is on. */
export const TEN_FLAGS = Array.from({ length: 10 }, (_, index) => ({
  name: `page/flag-${index}`,
  on: index % 2 === 0,
}));

/** What a route answers that reads them all. */
export const EXPECTED = JSON.stringify(Object.fromEntries(TEN_FLAGS.map(({ name, on }) => [name, on])));
