// Which texts the embedding inspector shows: a bounded list, each with its place where it has one. Pure: texts and
// offsets in, items out; reads no files and knows no editor.

import { MOST_ITEMS } from '../shared/embeddingMessages.ts';
import { MOST_ITEM_TEXT, type PanelItem, type PanelItems } from '../shared/embeddingPanelMessages.ts';

/** Where a text stands: offsets in a document, UTF-16, `end` exclusive. */
export interface ItemPlace {
  /** The document's URI as a string. */
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/** A text to be shown. */
export interface Found {
  readonly text: string;
  /** Its first words if absent. */
  readonly name?: string;
  /** For people: `src/a.ts:3-9`. */
  readonly from?: string;
  readonly place?: ItemPlace;
}

/** A chunk of the index to be shown, as people know it. */
export interface FoundChunk {
  readonly chunk: number;
  readonly name: string;
  readonly from: string;
}

/** Names have at most so many characters. */
const NAME = 120;
/** Most texts that are named as left out. */
const NAMED = 100;

/** The first words of a text, on one line. */
export function nameOf(text: string): string {
  const line = text
    .slice(0, 4 * NAME)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= NAME ? line : `${wholeCharacters(line, NAME - 1)}…`;
}

/** At most `most` units of a text, and no half of a character. */
export function wholeCharacters(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

/** A stretch of a text line by line, with each line's offset; blank lines are left out. */
export function linesIn(text: string, offset: number): { readonly text: string; readonly start: number }[] {
  const lines: { text: string; start: number }[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    if (match[0].trim() !== '') {
      lines.push({ text: match[0], start: offset + match.index });
    }
  }
  return lines;
}

/** `src/a.ts:3-9`, lines from 1. */
export function fromText(path: string, first: number, last: number): string {
  return `${path}:${first === last ? first : `${first}-${last}`}`;
}

/** Why a text was not taken, for people. */
export interface Reasons {
  readonly empty: string;
  readonly full: string;
}

/** The list. What doesn't fit, and what is there already, is not added. */
export class PanelList {
  private readonly reasons: Reasons;
  private held: PanelItem[] = [];
  private places = new Map<string, ItemPlace>();
  private left = new Map<string, string>();
  private lastId = 0;

  constructor(reasons: Reasons) {
    this.reasons = reasons;
  }

  get items(): readonly PanelItem[] {
    return this.held;
  }

  get leftOut(): Pick<PanelItems, 'leftOut' | 'leftOutCount'> {
    const all = [...this.left].map(([name, why]) => ({ name, why }));
    return { leftOut: all.slice(0, NAMED), leftOutCount: all.length };
  }

  placeOf(id: string): ItemPlace | undefined {
    return this.places.get(id);
  }

  add({ text, name, from, place }: Found): void {
    const shown = name ?? nameOf(text);
    if (text.trim() === '') {
      this.leave(from ?? shown, this.reasons.empty);
      return;
    }
    const cut = wholeCharacters(text, MOST_ITEM_TEXT);
    const id = this.put({
      name: shown,
      text: cut,
      ...(from !== undefined && { from }),
      ...(cut.length < text.length && { total: text.length }),
      opens: place !== undefined,
    });
    if (id !== undefined && place !== undefined) {
      this.places.set(id, place);
    }
  }

  addChunk({ chunk, name, from }: FoundChunk): void {
    this.put({ name, from, chunk, opens: true });
  }

  /** Says that something could not be taken. */
  leave(name: string, why: string): void {
    this.left.set(name, why);
  }

  remove(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.held = this.held.filter(({ id }) => !gone.has(id));
    for (const id of ids) {
      this.places.delete(id);
    }
    this.left.clear();
  }

  clear(): void {
    this.remove(this.held.map(({ id }) => id));
  }

  private put(item: Omit<PanelItem, 'id'>): string | undefined {
    const same = ({ text, chunk, from }: PanelItem) => text === item.text && chunk === item.chunk && from === item.from;
    if (this.held.some(same)) {
      return undefined;
    }
    if (this.held.length >= MOST_ITEMS) {
      this.leave(item.from ?? item.name, this.reasons.full);
      return undefined;
    }
    this.lastId += 1;
    const id = `item-${this.lastId}`;
    this.held = [...this.held, { id, ...item }];
    return id;
  }
}
