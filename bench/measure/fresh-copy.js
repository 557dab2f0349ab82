let copies = 0;

/**
 * The same function once more, from its text. V8 keeps what it has learnt about calls per function; with one function for all
 * libraries each would be slowed by the variety of the others, in a way that no app ever sees.
 *
 * @template {Function} F
 * @param {F} original uses nothing but its parameters
 * @returns {F}
 */
export function freshCopy(original) {
  copies += 1;
  // The number makes each text unlike the others, which V8 would else recognize.
  return new Function(`'use strict'; /* ${copies} */ return ${original}`)();
}
