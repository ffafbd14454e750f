// The tokenizers by their ids: those that ship, each loaded when first used, and those that were opened from a
// `tokenizer.json`. Encodes into the form that messages carry, and searches vocabularies.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { type EncodedText, MAX_TOKENIZER_FILE, type TokenizerInfo } from '../shared/messages.ts';
import type { Encoded, EncodeOptions, Tokenizer } from '../tokenizers/tokenizer.ts';
import { shippedTokenizers } from './shippedTokenizers.ts';
import { type Found, VocabularyIndex } from './vocabularyIndex.ts';

/** Most opened tokenizers held at once: each may take hundreds of megabytes. The one not used for longest goes. */
export const MAX_OPENED = 8;
/** Most vocabularies that are ready to be searched; one of 200,000 entries takes about 6 MB. As above. */
const MAX_INDEXES = 4;

/** Where tokenizers come from. */
export interface TokenizerSources {
  /** One that ships. @throws Fault `not-found` when its data is missing, `bad-input` when it is damaged. */
  readonly load: (id: string) => Promise<Tokenizer>;
  /** One from the bytes of a `tokenizer.json`. @throws Fault `bad-input` naming the part at fault. */
  readonly open: (file: Uint8Array, where: string) => Tokenizer;
}

interface Opened {
  readonly info: TokenizerInfo;
  readonly tokenizer: Tokenizer;
}

export class Tokenizers {
  private readonly sources: TokenizerSources;
  private readonly loaded = new Map<string, Promise<Tokenizer>>();
  /** In the order of their last use. */
  private readonly opened = new Map<string, Opened>();
  private readonly indexes = new Map<string, VocabularyIndex>();

  constructor(sources: TokenizerSources) {
    this.sources = sources;
  }

  /** Those that ship, in a fixed order, then those that are open. Loads nothing. */
  list(): TokenizerInfo[] {
    return [...shippedTokenizers, ...[...this.opened.values()].map(({ info }) => info)];
  }

  /** @throws Fault `unknown-encoding` naming those that there are; or as the sources do. */
  async get(id: string): Promise<Tokenizer> {
    const open = this.opened.get(id);
    if (open !== undefined) {
      this.opened.delete(id);
      this.opened.set(id, open);
      return open.tokenizer;
    }
    if (!shippedTokenizers.some((shipped) => shipped.id === id)) {
      throw new Fault('unknown-encoding', `There is no tokenizer "${id.slice(0, 80)}".`, {
        where: id,
        remedy: `There are: ${this.list()
          .map((info) => info.id)
          .join(', ')}.`,
      });
    }
    let tokenizer = this.loaded.get(id);
    if (tokenizer === undefined) {
      tokenizer = this.sources.load(id);
      this.loaded.set(id, tokenizer);
      tokenizer.catch(() => this.loaded.delete(id));
    }
    return tokenizer;
  }

  /**
   * Makes a tokenizer from the bytes of a `tokenizer.json`; the same id again replaces it.
   *
   * @throws Fault `bad-input` naming the part at fault, `too-large`, `refused` for the id of one that ships.
   */
  open(id: string, label: string, bytes: Uint8Array): TokenizerInfo {
    if (shippedTokenizers.some((shipped) => shipped.id === id)) {
      throw new Fault('refused', `"${id}" is a tokenizer that ships, and is not replaced.`, { where: id });
    }
    if (bytes.length > MAX_TOKENIZER_FILE) {
      throw new Fault(
        'too-large',
        `${label} has ${bytes.length.toLocaleString('en')} bytes; at most ${MAX_TOKENIZER_FILE.toLocaleString('en')} are taken.`,
        { where: label, remedy: 'Is it a tokenizer.json?' },
      );
    }
    const tokenizer = this.sources.open(bytes, label);
    const { kind, byteLevel, size, cuts } = tokenizer;
    const info = { id, label, detail: detailOf(tokenizer), kind, byteLevel, size, cuts };
    this.indexes.delete(id);
    this.opened.delete(id);
    this.opened.set(id, { info, tokenizer });
    const [oldest] = this.opened.keys();
    if (this.opened.size > MAX_OPENED && oldest !== undefined) {
      this.opened.delete(oldest);
      this.indexes.delete(oldest);
    }
    return info;
  }

  /**
   * The tokens of `text`, in buffers that are the caller's own.
   *
   * @throws Fault `cancelled`, `too-large`, or as {@link get} does.
   */
  async encode(id: string, text: string, options: EncodeOptions = {}): Promise<EncodedText> {
    const tokenizer = await this.get(id);
    const encoded = tokenizer.encode(text, options);
    return {
      encoding: id,
      count: encoded.ids.length,
      ids: ownBuffer(encoded.ids),
      starts: ownBuffer(encoded.starts),
      ends: ownBuffer(encoded.ends),
      fragment: ownBuffer(encoded.fragment),
      byteEnds: ownBuffer(encoded.byteEnds),
      bytes: ownBuffer(encoded.bytes),
      textBytes: encoded.textBytes,
      loneSurrogates: encoded.loneSurrogates,
      ...(!tokenizer.byteLevel && { pieces: piecesOf(tokenizer, encoded) }),
    };
  }

  /** @throws Fault `cancelled`, `too-large`, or as {@link get} does. */
  async count(id: string, text: string, options: EncodeOptions = {}): Promise<number> {
    return (await this.get(id)).count(text, options);
  }

  /** See {@link VocabularyIndex.search}. @throws Fault `cancelled`, or as {@link get} does. */
  async search(id: string, query: string, from: number, limit: number, signal?: CancelSignal): Promise<Found> {
    const tokenizer = await this.get(id);
    const index = this.indexes.get(id) ?? new VocabularyIndex(tokenizer, signal);
    this.indexes.delete(id);
    this.indexes.set(id, index); // the one used last stands last
    const [oldest] = this.indexes.keys();
    if (this.indexes.size > MAX_INDEXES && oldest !== undefined) {
      this.indexes.delete(oldest);
    }
    return index.search(query, from, limit);
  }
}

/** The buffers of an encoded text, to be moved rather than copied to another thread. */
export function buffersOf(encoded: EncodedText): ArrayBuffer[] {
  const { ids, starts, ends, fragment, byteEnds, bytes } = encoded;
  return [ids, starts, ends, fragment, byteEnds, bytes];
}

/** How the vocabulary writes the ids that occur, by id. */
function piecesOf(tokenizer: Tokenizer, { ids }: Encoded): [number, string][] {
  const pieces: [number, string][] = [];
  for (const id of new Set(ids)) {
    const text = tokenizer.entry(id)?.text;
    if (typeof text === 'string') {
      pieces.push([id, text]);
    }
  }
  return pieces.sort(([a], [b]) => a - b);
}

function detailOf({ kind, byteLevel, size }: Tokenizer): string {
  const names = {
    bpe: byteLevel ? 'byte-level BPE' : 'BPE',
    wordpiece: 'WordPiece',
    unigram: 'Unigram',
    words: 'whole words',
  };
  return `${names[kind]}, ${size.toLocaleString('en')} pieces; from a tokenizer.json`;
}

/** The array's buffer where the array is the whole of it, else a copy of its part. */
function ownBuffer(array: Uint8Array | Uint32Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = array;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength
    ? buffer
    : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
