// How texts and bytes are shown on a terminal: nothing invisible, nothing that the terminal would obey.

const NAMED: Readonly<Record<string, string>> = { ' ': '·', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** The text with spaces as `·` and all other invisible or control characters as escapes. */
export function visible(text: string): string {
  return text.replace(
    /[\\\p{Z}\p{C}]/gu,
    (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** `48 65 6c`. */
export function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** At most `most` characters, cut between characters, with `…` where something was left out. */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
