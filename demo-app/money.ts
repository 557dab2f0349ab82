/** Whole cents everywhere: a price that is a fraction of a float ends in an argument with the till. */
export type Cents = number;

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

export function money(cents: Cents): string {
  return euros.format(cents / 100);
}
