const PLAIN = /^[ -~]*$/;
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns of a terminal a text takes: those of Chinese, Japanese, Korean and emoji are two wide. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of characters.segment(text)) width += columnsOf(segment);
  return width;
}

/** The text, or as much of it as fits, and that there is more. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let fitting = '';
  let taken = 1;
  for (const { segment } of characters.segment(text)) {
    taken += columnsOf(segment);
    if (taken > width) break;
    fitting += segment;
  }
  return `${fitting}…`;
}

function columnsOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return INVISIBLE.test(character) ? 0 : 1;
}
