/** Flags as data: a switch, a list of people and a share of all browsers. No class needed. */
export const definitions = {
  flags: {
    'gift-wrap': true,
    'early-access/verdigris': [1, 2],
    'basket/green-button': { serve: { percentage: 50 }, bucketBy: 'anonymousId' },
  },
};
