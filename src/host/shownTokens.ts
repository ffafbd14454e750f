// What the tokens page shows: makes its answers, and keeps a document that it shows whole up to date by patches. Which
// text that is, is decided in tokensPanel.ts.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { type Calls, MAX_TEXT } from '../shared/messages.ts';
import type { TokensPatch, TokensSubject } from '../shared/tokensMessages.ts';
import { applyPatch } from '../shared/tokensPatch.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import type { Counts } from './tokensCount.ts';
import type { Change } from './tokensEdits.ts';
import { encodeWithAll } from './tokensEncoding.ts';
import { type EditorFollower, openDocument, sourceOf } from './tokensFollower.ts';
import { TokensPatcher } from './tokensPatcher.ts';
import { tooLarge } from './tokensReasons.ts';
import type { Subject } from './tokensSubject.ts';
import type { CallContext } from './webviewConnection.ts';

/** Up to this many UTF-16 units the host keeps what the page shows; a larger text is encoded again when asked for. */
const MOST_KEPT = 4 * 1024 * 1024;

export interface ShownTokensParts {
  readonly worker: Calls;
  readonly choice: TokenizerChoice;
  readonly follower: EditorFollower;
  readonly send: (patch: TokensPatch) => void;
  /** What is to be shown is to be looked at again: no patch fits, or it was edited while it was encoded. */
  readonly changed: () => void;
  /** Told what the main tokenizer counted, the subject's key, and the tokenizer's label. */
  readonly counted: (key: string, counts: Counts, label: string) => void;
}

/** What the page was last given, and where it stands in which document. */
interface Served {
  readonly answer: TokensSubject;
  /** Absent for a handed text. */
  readonly subject: Subject | undefined;
  /** Of the choice: tokens of another revision are not used again. */
  readonly revision: number;
}

export class ShownTokens {
  private readonly parts: ShownTokensParts;
  private readonly patcher: TokensPatcher;
  private served: Served | undefined;
  /** Goes up with everything that the page is shown. */
  private version = 0;
  private shownKey: string | undefined;
  /** The document that is kept up to date by patches. */
  private patchedId: string | undefined;
  /** What the patch in work leads to. */
  private patchedTo: Subject | undefined;

  constructor(parts: ShownTokensParts) {
    this.parts = parts;
    this.patcher = new TokensPatcher({
      source: () => {
        this.patchedTo = parts.follower.subject();
        const document = this.patchedTo && openDocument(this.patchedTo);
        return document && sourceOf(document);
      },
      encode: (text, token) => {
        const { chosen, specialTokens } = parts.choice;
        return encodeWithAll(parts.worker, { text, chosen, specialTokens }, { token });
      },
      send: (patch) => this.patch(patch),
      reload: () => {
        this.shownKey = undefined;
        parts.changed();
      },
    });
  }

  /** Key of the subject that the page has, is loading, or is being patched to. */
  get key(): string | undefined {
    return this.shownKey;
  }

  get answer(): TokensSubject | undefined {
    return this.served?.answer;
  }

  get subject(): Subject | undefined {
    return this.served?.subject;
  }

  /** Ends the patches: the page is gone, or is to load again. */
  rest(): void {
    this.patcher.stop();
  }

  /** Nothing is shown. */
  clear(): void {
    this.rest();
    this.served = undefined;
    this.shownKey = undefined;
  }

  /** The page has gone; what it was given is kept for the next one. */
  forgetPage(): void {
    this.rest();
    this.shownKey = undefined;
  }

  /**
   * The document that is looked at was edited, and is `subject` now.
   *
   * @param shown whether the page follows the editor
   */
  edited(subject: Subject | undefined, changes: readonly Change[], shown: boolean): void {
    const fits = shown && subject?.what === 'document' && subject.document.id === this.patchedId;
    if (fits && this.patcher.edit(changes)) {
      this.shownKey = subject.key;
    } else {
      this.patcher.stop(); // what misses an edit can't be patched any more
    }
  }

  /** A text that stands in no editor. @throws Fault as {@link document} does. */
  handed(text: string, context: CallContext): Promise<TokensSubject> {
    this.forgetPage();
    return this.make(text, { what: 'text' }, undefined, context);
  }

  /** What an editor shows. @throws Fault `too-large`, `not-found`, `cancelled`, or a tokenizer's own. */
  async document(subject: Subject, context: CallContext): Promise<TokensSubject> {
    this.rest();
    this.shownKey = subject.key;
    if (subject.length > MAX_TEXT) {
      throw tooLarge(subject.length);
    }
    const text = this.parts.follower.read(subject);
    if (text === undefined) {
      throw new Fault('not-found', vscode.l10n.t('The text changed while it was read.'), {
        remedy: vscode.l10n.t('Try again.'),
      });
    }
    if (subject.what === 'document') {
      this.patchedId = subject.document.id;
      this.patcher.begin(text.length);
    }
    const about = {
      what: subject.what,
      name: subject.document.name,
      lines: subject.lines,
      ...(subject.stretches.length > 1 && { selections: subject.stretches.length }),
    };
    try {
      const answer = await this.make(text, about, subject, context);
      this.tellCount(subject);
      return answer;
    } catch (error) {
      if (!context.token.isCancellationRequested) {
        this.forgetPage();
      }
      throw error;
    }
  }

  /** Makes the answer, and keeps it unless the page has left it. */
  private async make(
    text: string,
    about: Pick<TokensSubject, 'what' | 'name' | 'lines' | 'selections'>,
    subject: Subject | undefined,
    context: CallContext,
  ): Promise<TokensSubject> {
    if (text.length > MAX_TEXT) {
      throw tooLarge(text.length);
    }
    const { worker, choice } = this.parts;
    const { chosen, specialTokens, revision } = choice;
    const same = this.served?.revision === revision && this.served.answer.text === text;
    const known = same && this.served ? this.served.answer.encodings : [];
    const encodings = await encodeWithAll(worker, { text, chosen, specialTokens, known }, context);
    const offered = await choice.forPage();
    this.version += 1;
    const answer = { ...about, text, version: this.version, encodings, choice: { ...offered, chosen } };
    if (!context.token.isCancellationRequested) {
      this.served = { answer, subject, revision };
      this.keepUpToDate(answer, subject);
    }
    return answer;
  }

  /**
   * Patches go on from what is shown now, if all its tokenizers let a text be cut. With special tokens they may not:
   * such a token may take the white space around it.
   */
  private keepUpToDate({ version, choice }: TokensSubject, subject: Subject | undefined): void {
    const cuts = (id: string) => choice.available.find((info) => info.id === id)?.cuts === true;
    if (!choice.specialTokens && choice.chosen.every(cuts)) {
      this.patcher.shown(version);
      return;
    }
    this.patcher.stop();
    if (subject !== undefined && this.shownKey !== subject.key) {
      this.shownKey = subject.key;
      this.parts.changed();
    }
  }

  private patch(patch: TokensPatch): void {
    const { served, patchedTo } = this;
    if (served === undefined || patchedTo === undefined) {
      return;
    }
    const whole = { ...patch, lines: patchedTo.lines };
    this.parts.send(whole);
    this.version = patch.version;
    const answer = served.answer.text.length > MOST_KEPT ? undefined : applyPatch(served.answer, whole);
    this.served = answer && { ...served, answer, subject: patchedTo };
    this.tellCount(patchedTo);
  }

  private tellCount(subject: Subject): void {
    const { served, parts } = this;
    const main = served?.answer.encodings[0];
    const { main: chosen, revision } = parts.choice;
    const current = main?.encoding === chosen && served?.revision === revision;
    if (main !== undefined && current && served.subject?.key === subject.key) {
      const info = served.answer.choice.available.find(({ id }) => id === chosen);
      parts.counted(subject.key, main, info?.label ?? chosen);
    }
  }
}
