/**
 * Milliseconds by a clock that only goes forward and that all processes of one machine share, so that what two of them note can be
 * compared.
 */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
