// The main tokenizer's tokens of a part of a document, for what is drawn in editors: only the part is encoded where the
// tokenizer lets a text be cut, else the whole document, once a version.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import { type Calls, type CancelToken, type EncodedText, encodeText } from '../shared/messages.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import { COUNT_LIMIT } from './tokensCount.ts';
import { type SafeStretch, safeStretch } from './tokensEdits.ts';
import { lengthOf, sourceOf } from './tokensFollower.ts';

/** Most UTF-16 units that are encoded to show what is on the screen. */
const MOST_AROUND = 256 * 1024;

/** Tokens whose offsets count from `start` of the document, in `version` of it. */
export interface PartTokens extends SafeStretch {
  readonly version: number;
  readonly encoded: EncodedText;
}

export class DocumentTokens {
  private readonly worker: Calls;
  private readonly choice: TokenizerChoice;
  private readonly whole = new WeakMap<vscode.TextDocument, { readonly key: string; readonly tokens: PartTokens }>();

  constructor(worker: Calls, choice: TokenizerChoice) {
    this.worker = worker;
    this.choice = choice;
  }

  /**
   * The tokens of UTF-16 units `start .. end`, and of what is around them.
   *
   * @throws Fault `too-large` when too much would have to be encoded for them; `cancelled`; the tokenizer's own.
   */
  async around(document: vscode.TextDocument, start: number, end: number, token: CancelToken): Promise<PartTokens> {
    const { main, specialTokens, revision } = this.choice;
    // A special token may take the white space around it: then no cut is safe.
    const cuts = (await this.choice.info(main)).cuts && !specialTokens;
    const { version } = document;
    const part = cuts ? safeStretch(sourceOf(document), start, end, MOST_AROUND) : this.all(document);
    if (part === undefined) {
      const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
      throw new Fault('too-large', vscode.l10n.t('{0} is too large, or has too long lines.', name), {
        where: name,
        remedy: vscode.l10n.t('Run Inspect Tokenization to see its tokens in a panel.'),
      });
    }
    const key = `${main} ${revision} ${version}`;
    const known = this.whole.get(document);
    if (!cuts && known?.key === key) {
      return known.tokens;
    }
    const params = { encoding: main, text: part.text, specialTokens };
    const tokens = { ...part, version, encoded: await this.worker.request(encodeText, params, { token }) };
    if (!cuts) {
      this.whole.set(document, { key, tokens });
    }
    return tokens;
  }

  private all(document: vscode.TextDocument): SafeStretch | undefined {
    return lengthOf(document) > COUNT_LIMIT ? undefined : { start: 0, text: document.getText() };
  }
}
