// SentencePiece's compiled table of replacements (`precompiled_charsmap`): a double-array trie over UTF-8 bytes (Aoe
// 1989, as Darts-clone lays it out) whose leaves say where in a list of NUL-ended texts the replacement stands.
// Read as Hugging Face's tokenizers reads it: the shortest key counts, where SentencePiece takes the longest.

import { Fault } from '../../shared/errors.ts';
import { textOf, utf8 } from '../bytes.ts';

/** Characters and graphemes whose replacement is remembered. */
const MOST_KNOWN = 1 << 16;
/** In bytes; Unicode's own longest has 33 (U+FDFA). A file that ends no text would have each be all that is left of it. */
const LONGEST_REPLACEMENT = 1024;

/** Layout, numbers little-endian: 4 bytes the trie's size in bytes, the trie's units of 4 bytes, the texts. */
export class CharsMap {
  private readonly units: Uint32Array;
  private readonly texts: Uint8Array;
  /** What was looked up, and what was found: texts are made of few different characters. */
  private readonly known = new Map<string, string | undefined>();
  /** For each ASCII character what it becomes, if anything. */
  private readonly ascii: readonly (string | undefined)[];

  /** @throws Fault `bad-input` when the bytes are no such table. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = bytes.length < 4 ? -1 : view.getUint32(0, true);
    if (size < 0 || size % 4 !== 0 || 4 + size > bytes.length) {
      throw damaged('is cut off or damaged');
    }
    this.units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.texts = bytes.subarray(4 + size);
    this.ascii = Array.from({ length: 128 }, (_, code) => this.find(String.fromCharCode(code)));
  }

  /**
   * What `part` becomes, undefined where it stays: the replacement of the shortest key that it begins with.
   *
   * @throws Fault `bad-input` for a replacement that is out of all measure.
   */
  find(part: string): string | undefined {
    if (!this.known.has(part)) {
      if (this.known.size === MOST_KNOWN) {
        this.known.clear();
      }
      this.known.set(part, this.lookUp(part));
    }
    return this.known.get(part);
  }

  findAscii(code: number): string | undefined {
    return this.ascii[code];
  }

  private lookUp(part: string): string | undefined {
    const { units } = this;
    let place = 0;
    let unit = units[0] ?? 0;
    place ^= offsetOf(unit);
    for (const byte of utf8(part)) {
      if (byte === 0) {
        return undefined;
      }
      place ^= byte;
      unit = units[place] ?? 0;
      if ((unit & 0x800000ff) >>> 0 !== byte) {
        return undefined;
      }
      place ^= offsetOf(unit);
      if ((unit >>> 8) & 1) {
        return this.textAt((units[place] ?? 0) & 0x7fffffff);
      }
    }
    return undefined;
  }

  private textAt(from: number): string {
    const rest = this.texts.subarray(from, from + LONGEST_REPLACEMENT + 1);
    const end = rest.indexOf(0);
    if (end === -1 && rest.length > LONGEST_REPLACEMENT) {
      throw damaged(`holds a replacement of over ${LONGEST_REPLACEMENT} bytes`);
    }
    return textOf(rest.subarray(0, end === -1 ? undefined : end)) ?? '\ufffd';
  }
}

function damaged(what: string): Fault {
  return new Fault('bad-input', `The normalizer's "precompiled_charsmap" ${what}.`, {
    where: 'normalizer.precompiled_charsmap',
    remedy: 'Take the file from where it was published again.',
  });
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
