// Searches a tokenizer's vocabulary by id or by text. All texts stand in one small-lettered string, made when first
// asked for, so that 200,000 entries are looked through in a few milliseconds.

import { type CancelSignal, neverCancelled } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { VocabularyItem } from '../shared/messages.ts';
import type { Tokenizer, VocabularyEntry } from '../tokenizers/tokenizer.ts';

/** Stands between two entries: Unicode gives this code to no character, ever. */
const BETWEEN = '\uffff';
/** Entries between two looks at the cancel signal. */
const LOOK_EVERY = 8192;

export interface Found {
  readonly total: number;
  readonly items: readonly VocabularyItem[];
}

export class VocabularyIndex {
  private readonly tokenizer: Tokenizer;
  /** Ids that have an entry, ascending; entry i's text begins at `starts[i]` of {@link joined}. */
  private readonly ids: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly joined: string;
  private last: { readonly query: string; readonly ids: readonly number[] } | undefined;

  /** @throws Fault `cancelled` */
  constructor(tokenizer: Tokenizer, signal: CancelSignal = neverCancelled) {
    this.tokenizer = tokenizer;
    const ids = new Uint32Array(tokenizer.size);
    const starts = new Uint32Array(tokenizer.size + 1);
    const texts: string[] = [];
    let at = 0;
    for (let id = 0; id < tokenizer.size; id++) {
      if (id % LOOK_EVERY === 0 && signal.cancelled) {
        throw new Fault('cancelled', 'The search was cancelled.');
      }
      const entry = tokenizer.entry(id);
      if (entry !== undefined) {
        const text = entry.text === null ? '' : folded(entry.text);
        ids[texts.length] = id;
        texts.push(text);
        at += text.length + BETWEEN.length;
        starts[texts.length] = at;
      }
    }
    this.ids = ids.slice(0, texts.length);
    this.starts = starts.slice(0, texts.length + 1);
    this.joined = texts.join(BETWEEN);
  }

  /**
   * Entries whose id is `query`, or whose text holds it, small and capital letters alike: the exact ones first, then
   * those that begin with it, then the others, each by id. An empty query lists all.
   *
   * @param from place of the first item to answer, of at most `limit`
   */
  search(query: string, from: number, limit: number): Found {
    const ids = this.matching(query);
    return {
      total: ids.length,
      items: Array.from(ids.slice(from, from + limit), (id) => item(this.tokenizer.entry(id) as VocabularyEntry)),
    };
  }

  private matching(query: string): ArrayLike<number> & { slice(from: number, to: number): ArrayLike<number> } {
    if (query === '') {
      return this.ids;
    }
    if (this.last?.query !== query) {
      this.last = { query, ids: this.find(query) };
    }
    return this.last.ids;
  }

  private find(query: string): number[] {
    const wanted = folded(query);
    const named = /^(0|[1-9]\d{0,9})$/.test(query) ? Number(query) : -1;
    const exact: number[] = [];
    const beginning: number[] = [];
    const holding: number[] = [];
    const { joined, starts, ids } = this;
    let entry = 0;
    for (let at = joined.indexOf(wanted); at !== -1; at = joined.indexOf(wanted, starts[entry])) {
      entry = this.entryAt(at, entry);
      const start = starts[entry] as number;
      const end = (starts[entry + 1] as number) - BETWEEN.length;
      const id = ids[entry] as number;
      if (at + wanted.length <= end && id !== named) {
        const group = at > start ? holding : wanted.length === end - start ? exact : beginning;
        group.push(id);
      }
      entry += 1;
      if (entry === ids.length) {
        break;
      }
    }
    const byId = this.tokenizer.entry(named) === undefined ? [] : [named];
    return [...byId, ...exact, ...beginning, ...holding];
  }

  /** The entry, from `least` on, in which the place `at` is. */
  private entryAt(at: number, least: number): number {
    let low = least;
    let high = this.ids.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

/** Small letters; the Greek sigma at a word's end is the same letter as within it. */
function folded(text: string): string {
  const small = text.toLowerCase();
  return small.includes('ς') ? small.replaceAll('ς', 'σ') : small;
}

function item({ id, text, bytes, special, score }: VocabularyEntry): VocabularyItem {
  return {
    id,
    text,
    ...(bytes !== undefined && { bytes: [...bytes] }),
    special,
    ...(score !== undefined && { score }),
  };
}
