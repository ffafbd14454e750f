// The token under the mouse, as a hover: its id, its bytes, where it stands. Only where the setting asks for it.

import * as vscode from 'vscode';
import type { Calls, TokenizerInfo } from '../shared/messages.ts';
import { DocumentTokens, type PartTokens } from './documentTokens.ts';
import { TOKENS_HOVER_SETTING } from './ids.ts';
import type { TokenizerChoice } from './tokenizerChoice.ts';
import { rangeOf } from './tokensFollower.ts';

/** Most bytes of a token that are listed. */
const MOST_BYTES = 32;

export class TokenHover implements vscode.Disposable {
  private readonly choice: TokenizerChoice;
  private readonly tokens: DocumentTokens;
  private readonly settings: vscode.Disposable;
  private registered: vscode.Disposable | undefined;

  constructor(worker: Calls, choice: TokenizerChoice) {
    this.choice = choice;
    this.tokens = new DocumentTokens(worker, choice);
    this.settings = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(TOKENS_HOVER_SETTING)) {
        this.look();
      }
    });
    this.look();
  }

  dispose(): void {
    this.settings.dispose();
    this.registered?.dispose();
  }

  private look(): void {
    const wanted = vscode.workspace.getConfiguration().get<boolean>(TOKENS_HOVER_SETTING, false);
    if (wanted && this.registered === undefined) {
      this.registered = vscode.languages.registerHoverProvider('*', {
        provideHover: (document, position, token) => this.hover(document, position, token),
      });
    } else if (!wanted) {
      this.registered?.dispose();
      this.registered = undefined;
    }
  }

  private async hover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    try {
      const part = await this.tokens.around(document, offset, offset + 1, token);
      const at = tokenAt(part, offset);
      if (at === undefined || document.version !== part.version) {
        return undefined;
      }
      const { start, end, lines } = describe(part, at, await this.choice.info(this.choice.main));
      return new vscode.Hover(lines, rangeOf(document, { start, end }));
    } catch {
      // No hover where there is nothing to tell: a large file, a tokenizer that is gone. The panel says why.
      return undefined;
    }
  }
}

/** The first token that covers `offset` of the document. */
function tokenAt({ start, encoded }: PartTokens, offset: number): number | undefined {
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const at = starts.findIndex((from, i) => start + from <= offset && offset < start + (ends[i] as number));
  return at === -1 ? undefined : at;
}

/** Tokens that are parts of one character are told together. */
function describe({ start: base, text, encoded }: PartTokens, first: number, { label }: TokenizerInfo) {
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const start = starts[first] as number;
  const end = ends[first] as number;
  const lines: vscode.MarkdownString[] = [];
  for (let i = first; i < encoded.count && starts[i] === start && ends[i] === end; i++) {
    const id = (new Uint32Array(encoded.ids)[i] as number).toString();
    const ofBytes = new Uint32Array(encoded.byteEnds).subarray(i, i + 2);
    const bytes = new Uint8Array(encoded.bytes).subarray(ofBytes[0], ofBytes[1]);
    const piece = encoded.pieces?.find(([one]) => String(one) === id)?.[1] ?? text.slice(start, end);
    const shown = new Uint8Array(encoded.fragment)[i] ? vscode.l10n.t('a part of {0}', piece) : piece;
    const places = vscode.l10n.t('characters {0} to {1}', String(base + start), String(base + end));
    const markdown = new vscode.MarkdownString();
    markdown.appendMarkdown(`**${vscode.l10n.t('Token {0}', id)}** ${code(JSON.stringify(shown))}`);
    markdown.appendText(` (${label})`);
    markdown.appendMarkdown(`\n\n${code(hex(bytes))} · ${places}`);
    lines.push(markdown);
  }
  return { start: base + start, end: base + end, lines };
}

/** Literally: nothing in a text becomes markup. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text.replace(/[\r\n]+/g, ' ')} ${fence}`;
}

function hex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MOST_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > MOST_BYTES ? `${shown} …` : shown;
}
