// Finds a definition's added tokens in a text, before or after it is normalised: the leftmost first, of several at one
// place the longest. Special ones are passed over unless asked for: a user's text must not be able to make them.

import { type CancelSignal, neverCancelled } from '../shared/environment.ts';
import type { AddedToken } from './definition.ts';
import { holdSteps, LOOK_MASK } from './models/pieceModel.ts';
import { PieceTrie } from './models/pieceTrie.ts';
import { isWhiteSpace } from './normalizers/removing.ts';

/** A stretch of a text, in UTF-16: an added token where it has an `id`, else ordinary text. */
export interface AddedStretch {
  readonly start: number;
  readonly end: number;
  readonly id?: number;
}

/** A special token that is found wherever it stands, and takes nothing around it along. */
export function specialToken(id: number, text: string): AddedToken {
  return { id, text, special: true, stripLeft: false, stripRight: false, singleWord: false, normalized: false };
}

const WORD_CHARACTER = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

export class AddedTokenFinder {
  private readonly trie = new PieceTrie();
  private readonly tokens: readonly AddedToken[];
  /** Whether any is found without being asked for. */
  private readonly ordinary: boolean;
  private steps = 0;

  /** @param spell how a token stands in the text that is searched */
  constructor(tokens: readonly AddedToken[], spell: (token: AddedToken) => string) {
    this.tokens = tokens;
    this.ordinary = tokens.some(({ special }) => !special);
    tokens.forEach((token, place) => {
      this.trie.add(spell(token), place);
    });
  }

  /** Whether {@link split} can find anything. */
  finds(specialTokens: boolean): boolean {
    return this.ordinary || (specialTokens && this.tokens.length > 0);
  }

  /**
   * All of `text`, in order; empty stretches are left out. Linear, times the longest added token.
   *
   * @throws Fault `cancelled`; `too-large` when the added tokens are too long for this text.
   */
  split(text: string, specialTokens: boolean, signal: CancelSignal = neverCancelled): AddedStretch[] {
    this.steps = 0;
    const stretches: AddedStretch[] = [];
    let done = 0;
    const add = (start: number, end: number, id?: number) => {
      if (end > start) {
        stretches.push({ start, end, ...(id !== undefined && { id }) });
      }
      done = end;
    };
    for (let at = 0; this.finds(specialTokens) && at < text.length; ) {
      const match = this.matchAt(text, at, signal);
      if (!match) {
        at++;
        continue;
      }
      const { token, end } = match;
      if (this.counts(token, text, at, end, specialTokens) && at >= done) {
        const start = token.stripLeft ? spaceBefore(text, at, done) : at;
        add(done, start);
        add(start, token.stripRight ? spaceBehind(text, end) : end, token.id);
      }
      at = end;
    }
    add(done, text.length);
    return stretches;
  }

  private matchAt(text: string, from: number, signal: CancelSignal): { token: AddedToken; end: number } | undefined {
    const { trie } = this;
    let found: { token: AddedToken; end: number } | undefined;
    let node = trie.root;
    for (let at = from; at < text.length; at++) {
      if ((++this.steps & LOOK_MASK) === 0) {
        holdSteps(this.steps, text.length, signal);
      }
      node = trie.step(node, text.charCodeAt(at));
      if (node === -1) {
        break;
      }
      const place = trie.idAt(node);
      if (place !== -1) {
        found = { token: this.tokens[place]!, end: at + 1 };
      }
    }
    return found;
  }

  private counts(token: AddedToken, text: string, start: number, end: number, specialTokens: boolean): boolean {
    if (token.special && !specialTokens) {
      return false;
    }
    return !token.singleWord || !(isWordCharacterBefore(text, start) || isWordCharacterAt(text, end));
  }
}

function isWordCharacterAt(text: string, at: number): boolean {
  return at < text.length && WORD_CHARACTER.test(String.fromCodePoint(text.codePointAt(at)!));
}

function isWordCharacterBefore(text: string, at: number): boolean {
  return WORD_CHARACTER.test(text.slice(Math.max(0, at - 2), at).match(/.$/su)?.[0] ?? '');
}

function spaceBefore(text: string, at: number, notBefore: number): number {
  let start = at;
  while (start > notBefore && isWhiteSpace(text[start - 1]!)) {
    start--;
  }
  return start;
}

function spaceBehind(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWhiteSpace(text[end]!)) {
    end++;
  }
  return end;
}
