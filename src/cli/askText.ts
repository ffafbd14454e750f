// Text from files and from models, made fit for a terminal.

/**
 * Without what a terminal would obey, or wouldn't show.
 *
 * @param lines keeps line feeds and tabs
 */
export function harmless(text: string, lines = false): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    lines && (character === '\n' || character === '\t') ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
