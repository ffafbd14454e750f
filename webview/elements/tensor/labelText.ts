// Labels along an axis: how wide they are, roughly, and cut to what fits without breaking a character. Pure.

/** Pixels of a letter of the axes' font. */
export const LETTER = 6.6;
/** From here on letters are about twice as wide: Hangul, kana, Han, full-width forms; and so are emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Longer texts than this fit nowhere. */
const MOST_LETTERS = 64;

const segmenter = new Intl.Segmenter();
const widest = new WeakMap<readonly string[], number>();

/** The letters as people count them, of the beginning of a text that is long. */
function lettersOf(text: string): string[] {
  return Array.from(segmenter.segment(text.slice(0, 4 * MOST_LETTERS)), ({ segment }) => segment);
}

const widthOfLetter = (letter: string) => (WIDE.test(letter) ? 2 * LETTER : LETTER);

/** Pixels, about. */
export function widthOf(text: string): number {
  // Most labels are plain, and there may be many thousands of them.
  return /^[\x20-\x7e]*$/.test(text)
    ? text.length * LETTER
    : lettersOf(text).reduce((sum, letter) => sum + widthOfLetter(letter), 0);
}

/** Pixels of the widest one; looked through once. */
export function widestOf(labels: readonly string[]): number {
  const found = widest.get(labels) ?? labels.reduce((most, label) => Math.max(most, widthOf(label)), LETTER);
  widest.set(labels, found);
  return found;
}

/** As much of a text as has room, with `…` for the rest; never less than a letter and that. */
export function shortened(text: string, room: number): string {
  if (widthOf(text) <= Math.max(2 * LETTER, room)) {
    return text;
  }
  let left = Math.max(LETTER, room - LETTER);
  let shown = '';
  for (const letter of lettersOf(text)) {
    left -= widthOfLetter(letter);
    if (left < -1e-9 && shown !== '') {
      break;
    }
    shown += letter;
  }
  return `${shown}…`;
}
