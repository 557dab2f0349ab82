/**
 * Whether something holds; `undefined` when it cannot be told, because an attribute is missing or of a type that cannot be
 * compared. Combined by Kleene's three-valued logic, so that a missing attribute never matches, nor does its negation.
 */
export type Truth = boolean | undefined;

/** Asks one part about something. Given beside the parts, so that nothing has to be made for the asking. */
type Ask<Part, About> = (part: Part, about: About) => Truth;

/** The contrary, where it can be told. */
export function contrary(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** Whether all parts hold. */
export function allHold<Part, About>(parts: readonly Part[], about: About, ask: Ask<Part, About>): Truth {
  let truth: Truth = true;
  for (const part of parts) {
    const told = ask(part, about);
    if (told === false) return false;
    if (told === undefined) truth = undefined;
  }
  return truth;
}

/** Whether one part holds. */
export function oneHolds<Part, About>(parts: readonly Part[], about: About, ask: Ask<Part, About>): Truth {
  let truth: Truth = false;
  for (const part of parts) {
    const told = ask(part, about);
    if (told === true) return true;
    if (told === undefined) truth = undefined;
  }
  return truth;
}
