// Messages between the host and the tokens page: what is shown, by which tokenizers, and beside which models' windows.

import { type EncodedText, id, method, type Notice, progress, type TokenizerInfo, text } from './messages.ts';
import { z } from './schema.ts';

/** What the panel shows: a selection, a whole document, or a text handed to it. */
export interface TokensSubject {
  /** File name for the heading; absent for a handed text. */
  readonly name?: string;
  readonly what: 'selection' | 'document' | 'text';
  /** How many selections were joined, by line breaks as the clipboard does it; absent where it is one or none. */
  readonly selections?: number;
  /** First and last line in the document, from 1; absent for a handed text. */
  readonly lines?: readonly [first: number, last: number];
  readonly text: string;
  /** Goes up with every change; a patch belongs to the version before it. */
  readonly version: number;
  /** In the order of {@link TokensChoice.chosen}; the first is the main one. */
  readonly encodings: readonly EncodedText[];
  readonly choice: TokensChoice;
}
/** What the panel can choose from, and has chosen. */
export interface TokensChoice {
  readonly available: readonly TokenizerInfo[];
  /** One to four ids; two or more stand side by side. */
  readonly chosen: readonly string[];
  /** Whether the tokens are drawn in the editor too. */
  readonly decorated: boolean;
  /** Whether special tokens are made from text that looks like them. */
  readonly specialTokens: boolean;
}
/**
 * A change of the shown text, so that a keystroke in a large file costs its surroundings: UTF-16 units `start .. end`
 * of version `version - 1` became `text`, whose tokens are in `encodings`. Tokens in that stretch are replaced, those
 * behind it move. A page that holds another version loads again.
 */
export interface TokensPatch {
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lines?: readonly [first: number, last: number];
  readonly encodings: readonly EncodedText[];
}
/** Why there is nothing to show, as a sentence for the empty state. */
export interface NoSubject {
  readonly reason: string;
}
export const loadTokens = method<TokensSubject | NoSubject>()('tokens.load', z.strictObject({ progress }));
/** Selects the token's text in the editor it came from. */
export const revealToken = method<null>()(
  'tokens.reveal',
  z.strictObject({ start: z.int().check(z.gte(0)), end: z.int().check(z.gte(0)) }),
);
/** Leaves a handed text and shows again what the editor shows. */
export const followEditor = method<null>()('tokens.follow', z.strictObject({}));
/** Chooses the tokenizers, and how they are used; what is absent stays. Answers when it is kept; `tokens.changed` follows. */
export const chooseTokens = method<null>()(
  'tokens.choose',
  z.strictObject({
    chosen: z.optional(z.array(id).check(z.minLength(1), z.maxLength(4))),
    decorated: z.optional(z.boolean()),
    specialTokens: z.optional(z.boolean()),
  }),
);
/** Asks the user for a `tokenizer.json` and opens it. Answers its info; null when the user left it. */
export const pickTokenizerFile = method<TokenizerInfo | null>()('tokens.pickFile', z.strictObject({}));
/** Shows a text that the user typed into the panel; empty texts too. */
export const showTyped = method<null>()('tokens.type', z.strictObject({ text }));

/** How many tokens a model takes at once. */
export interface ContextWindow {
  readonly id: string;
  readonly model: string;
  readonly vendor: string;
  readonly tokens: number;
  /** The shipped tokenizer that counts for it exactly; absent where none does, and a count is an estimate. */
  readonly encoding?: string;
  readonly source: string;
  /** Day on which the source was read, as 2026-11-23. */
  readonly date: string;
}
export const loadContextWindows = method<{
  readonly windows: readonly ContextWindow[];
  readonly picked: readonly string[];
}>()('contextWindows.load', z.strictObject({}));
/** Keeps which models the gauge shows. */
export const pickContextWindows = method<null>()(
  'contextWindows.pick',
  z.strictObject({ picked: z.array(id).check(z.maxLength(20)) }),
);

// ---- Host -> page (notifications) ----

/** The selection or the document changed: load again. */
export const tokensChanged: Notice<Record<string, never>> = { name: 'tokens.changed', params: z.strictObject({}) };
/** The shown text changed a little: see TokensPatch. Its buffers are checked by the page. */
export const tokensPatched: Notice<TokensPatch> = {
  name: 'tokens.patched',
  params: z.custom<TokensPatch>((value) => typeof value === 'object' && value !== null),
};
