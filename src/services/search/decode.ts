// Bytes as text: UTF-8, UTF-16 by its byte order mark, else Windows-1252 where that reads as text. What is not text is
// told apart. Other encodings are not guessed: wrong letters would be worse than none.

import { isUtf8 } from 'node:buffer';

/** How much of a file says whether it is binary. */
export const HEAD = 8192;

export type Decoded =
  | { readonly text: string; readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'windows1252' }
  | { readonly reason: 'binary' | 'encoding'; readonly detail: string };

export function decode(bytes: Uint8Array): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) {
    return { text: buffer.toString('utf16le', 2), encoding: 'utf16le' };
  }
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    const even = buffer.subarray(2, buffer.length - (buffer.length % 2));
    return { text: Buffer.from(even).swap16().toString('utf16le'), encoding: 'utf16be' };
  }
  const binary = binaryHead(buffer);
  if (binary !== undefined) {
    return { reason: 'binary', detail: binary };
  }
  const content = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? buffer.subarray(3) : buffer;
  if (isUtf8(content)) {
    return { text: content.toString('utf8'), encoding: 'utf8' };
  }
  return decodeOther(content);
}

/** What says that these bytes are no text: a NUL, or control characters beyond a few. undefined: nothing does. */
export function binaryHead(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, HEAD);
  const nul = head.indexOf(0);
  if (nul >= 0) {
    return `a zero byte at ${nul}`;
  }
  let controls = 0;
  for (const byte of head) {
    controls += (byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27) || byte === 127 ? 1 : 0;
  }
  return controls > 4 && controls * 20 > head.length
    ? `${controls} control characters in the first ${head.length} bytes`
    : undefined;
}

/** Not whole UTF-8: mostly UTF-8 with a few bytes broken, or Windows-1252 by the share of letters above ASCII. */
function decodeOther(bytes: Buffer): Decoded {
  const utf8 = bytes.toString('utf8');
  let broken = 0;
  let whole = 0;
  let high = 0;
  for (let i = 0; i < utf8.length; i++) {
    const code = utf8.charCodeAt(i);
    broken += code === 0xfffd ? 1 : 0;
    whole += code > 127 && code !== 0xfffd ? 1 : 0;
  }
  if (whole > broken) {
    return { text: utf8, encoding: 'utf8' };
  }
  for (const byte of bytes) {
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) {
      return { reason: 'encoding', detail: `neither UTF-8 nor Windows-1252 (byte ${byte.toString(16)})` };
    }
    high += byte > 127 ? 1 : 0;
  }
  if (high * 10 > bytes.length * 3) {
    return { reason: 'encoding', detail: `not UTF-8, and ${high} of ${bytes.length} bytes are above ASCII` };
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows1252' };
}
