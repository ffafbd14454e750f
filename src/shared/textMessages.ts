// The messages by which a text comes into a field of a page: a file of the learner's, what an editor holds, or a book
// that is fetched by name once they agree.

import { id, method, progress } from './messages.ts';
import { z } from './schema.ts';

/** A text that was chosen, and what to call it. */
export interface ChosenText {
  readonly name: string;
  readonly text: string;
}

/**
 * Page -> host: asks the learner for a text of at most `most` UTF-16 units. Null when they left it. Faults: `too-large`,
 * `bad-input` for what is no text, and those of {@link fetchBook}.
 */
export const chooseText = method<ChosenText | null>()('text.choose', z.strictObject({ most: z.int().check(z.gte(1)) }));

/** A book that can be had. */
export interface BookInfo {
  readonly id: string;
  readonly title: string;
  /** What it is, as a sentence. */
  readonly about: string;
  readonly bytes: number;
  /** The address that it comes from. */
  readonly source: string;
  readonly licence: string;
  /** The folder that it is kept in. */
  readonly folder: string;
  /** It is on this machine. */
  readonly here: boolean;
}

/** Host -> worker. Uses no network. */
export const listBooks = method<readonly BookInfo[]>()('books.list', z.strictObject({}));
/**
 * Host -> worker: fetches a book, only after the user's consent; what was half fetched goes on. Progress is in bytes.
 * Faults: `not-found` for an unknown book, `cancelled`, `storage`, `bad-input` when other bytes arrive.
 */
export const fetchBook = method<null>()('books.fetch', z.strictObject({ book: id, progress }));
/** Host -> worker: the text of a book that is here. Faults: `not-found`, `storage`. */
export const readBook = method<{ readonly text: string }>()('books.read', z.strictObject({ book: id }));
