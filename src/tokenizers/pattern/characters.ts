// A text character by character: where one stands, and how many UTF-16 units it takes.

/** Stands for half of a surrogate pair, which is no character: U+FFFD. */
export const REPLACEMENT = 0xfffd;

/** The code point at `at`; half of a pair alone counts as U+FFFD, as it does in a text's bytes. */
export function characterAt(text: string, at: number): number {
  const codePoint = text.codePointAt(at) as number;
  return (codePoint & ~0x7ff) === 0xd800 ? REPLACEMENT : codePoint;
}

/** 2 for a pair, else 1, behind the text's end too. */
export function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Of the character that ends before `at`. */
export function widthBefore(text: string, at: number): number {
  const isPair =
    at > 1 && (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
  return isPair ? 2 : 1;
}
