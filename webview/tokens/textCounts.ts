// Counts over a text as JavaScript holds it, in UTF-16: its characters, its UTF-8 bytes, its broken halves. Pure.

/** Unicode code points; a lone surrogate is one. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if (isLow(text.charCodeAt(at + 1)) && isHigh(text.charCodeAt(at))) {
      count--;
      at++;
    }
  }
  return count;
}

/** Bytes of the text's UTF-8; a lone surrogate is U+FFFD's three. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes += 1;
    } else if (unit < 0x800) {
      bytes += 2;
    } else if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) {
      bytes += 4;
      at++;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}

export function countLoneSurrogates(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isHigh(unit) && isLow(text.charCodeAt(at + 1))) {
      at++;
    } else if (isHigh(unit) || isLow(unit)) {
      count++;
    }
  }
  return count;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
