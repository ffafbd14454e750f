// All that was found in the shown text, kept while it changes: flags of the text, flags of each tokenizer's tokens, and
// the special tokens that the text spells. A large text is looked through bit by bit; a change costs its stretch. No DOM.

import { type Calls, searchVocabulary } from '../../src/shared/messages.ts';
import { joined } from './differences.ts';
import { FLAGS, type Flag } from './flagNames.ts';
import { type Change, NO_RANGES, overlapping, type Ranges } from './ranges.ts';
import { patched, scanText, scanWhole, type TextFlag, type TextFlags } from './textFlags.ts';
import type { TokenData } from './tokenData.ts';
import { patchedTokens, scanAllTokens, scanTokens, type TokenFlag, type TokenFlags } from './tokenFlags.ts';

/** Kinds that are marked in the running text; the others are plain to see there, or too many. */
const MARKED: ReadonlySet<Flag> = new Set(
  FLAGS.filter((flag) => !['fragment', 'changed', 'dropped', 'trailing', 'variation'].includes(flag)),
);
/** Different texts with the shape of a special token that are looked up: pages of markup hold thousands that look so. */
const MOST_ASKED = 80;

export interface Special {
  readonly encoding: string;
  readonly id: number;
}

export class Findings {
  private readonly calls: Calls;
  private readonly changed: () => void;
  private columns: readonly TokenData[] = [];
  private text: TextFlags | undefined;
  private tokens: (TokenFlags | undefined)[] = [];
  /** What has the shape of a special token, and in which vocabularies it is one: none where it only looks so. */
  private readonly asked = new Map<string, readonly Special[]>();
  private specials: Ranges = NO_RANGES;
  private run = 0;
  private asking = false;
  /** Of each column, what is marked in the running text. Another list when that may have changed. */
  marked: readonly Ranges[] = [];

  constructor(calls: Calls, changed: () => void) {
    this.calls = calls;
    this.changed = changed;
  }

  /** True once the whole text has been looked through. */
  get ready(): boolean {
    return this.text !== undefined && this.tokens.every((flags) => flags !== undefined);
  }

  async load(columns: readonly TokenData[]): Promise<void> {
    const run = ++this.run;
    const named = (all: readonly TokenData[]) => all.map(({ encoding }) => encoding).join('\n');
    if (named(columns) !== named(this.columns)) {
      this.asked.clear();
    }
    this.columns = columns;
    this.text = undefined;
    this.tokens = columns.map(() => undefined);
    this.specials = NO_RANGES;
    this.marked = [];
    const [main] = columns;
    const pause = async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return this.run === run;
    };
    // What is on the screen comes first.
    if (main === undefined || !(await pause())) {
      return;
    }
    const text = await scanWhole(main.text, pause);
    if (this.run !== run || text === undefined) {
      return;
    }
    const tokens: TokenFlags[] = [];
    for (const data of columns) {
      const flags = await scanAllTokens(data, pause);
      if (this.run !== run || flags === undefined) {
        return;
      }
      tokens.push(flags);
    }
    this.text = text;
    this.tokens = tokens;
    this.sortSpecials();
    this.changed();
  }

  /** The text and its tokens have changed already. */
  patch(change: Change): void {
    const [main] = this.columns;
    if (!this.ready || main === undefined) {
      void this.load(this.columns);
      return;
    }
    const { start, newEnd } = change;
    this.text = patched(this.text as TextFlags, change, scanText(main.text, start, newEnd));
    this.tokens = this.columns.map((data, column) =>
      patchedTokens(this.tokens[column] as TokenFlags, change, scanTokens(data, start, newEnd)),
    );
    this.sortSpecials();
  }

  /** Where a kind is found; of kinds that depend on the tokenizer, by that of the column. */
  of(flag: Flag, column: number): Ranges {
    return flag === 'special'
      ? this.specials
      : (this.text?.get(flag as TextFlag) ?? this.tokens[column]?.get(flag as TokenFlag) ?? NO_RANGES);
  }

  /** The kinds found within a stretch. */
  at(start: number, end: number, column: number): Flag[] {
    return FLAGS.filter((flag) => overlapping(this.of(flag, column), start, end) >= 0);
  }

  /** In which of the chosen vocabularies a text is a special token. */
  specialsSpelled(text: string): readonly Special[] {
    return this.asked.get(text) ?? [];
  }

  /** Of what has the shape of a special token keeps what is one, asking for what isn't known yet. */
  private sortSpecials(): void {
    const [main] = this.columns;
    const shaped = this.text?.get('special') ?? NO_RANGES;
    const starts: number[] = [];
    const ends: number[] = [];
    const unknown = new Set<string>();
    for (let index = 0; main !== undefined && index < shaped.starts.length; index++) {
      const [start, end] = [shaped.starts[index] as number, shaped.ends[index] as number];
      const text = main.text.slice(start, end);
      const known = this.asked.get(text);
      if (known === undefined) {
        unknown.add(text);
      } else if (known?.some(({ encoding }) => this.columns.some((data) => data.encoding === encoding))) {
        starts.push(start);
        ends.push(end);
      }
    }
    this.specials = { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
    this.marked = this.columns.map((_, column) =>
      joined(FLAGS.filter((flag) => MARKED.has(flag)).map((flag) => this.of(flag, column))),
    );
    // The usual form first.
    const sure = (text: string) => (text.startsWith('<|') ? 0 : 1);
    const wanted = [...unknown].sort((a, b) => sure(a) - sure(b)).slice(0, Math.max(0, MOST_ASKED - this.asked.size));
    if (wanted.length > 0 && !this.asking) {
      void this.ask(wanted);
    }
  }

  private async ask(texts: readonly string[]): Promise<void> {
    this.asking = true;
    try {
      await this.lookUp(texts);
    } finally {
      this.asking = false;
    }
    this.sortSpecials();
    this.changed();
  }

  private async lookUp(texts: readonly string[]): Promise<void> {
    const run = this.run;
    const encodings = this.columns.map(({ encoding }) => encoding);
    for (const text of texts) {
      const found: Special[] = [];
      for (const encoding of encodings) {
        try {
          const { items } = await this.calls.request(searchVocabulary, { encoding, query: text, from: 0, limit: 4 });
          const item = items.find((candidate) => candidate.special && candidate.text === text);
          if (item !== undefined) {
            found.push({ encoding, id: item.id });
          }
        } catch {
          // A vocabulary that can't be searched says so where it is searched by hand; here it flags nothing.
        }
        if (this.run !== run) {
          return;
        }
      }
      this.asked.set(text, found);
    }
  }
}
