// The messages of the search view: what a page asks of the host, which opens files and views, and begins to index.

import { id, method, type Notice } from './messages.ts';
import { z } from './schema.ts';
import { MOST_HITS } from './searchMessages.ts';

const query = z.string().check(z.maxLength(20_000));
const path = z.string().check(z.maxLength(4096));
const line = z.int().check(z.gte(1));
const column = z.int().check(z.gte(0));

/** What the search view can do here, and where it stands: the host's part of it. */
export interface SearchPlace {
  readonly folders: readonly { readonly id: string; readonly name: string }[];
  /** Whether this workspace is indexed: not before search was first used in it, or the user said so. */
  readonly started: boolean;
  /** False where the setting says no. */
  readonly enabled: boolean;
  /** Before it is started: how many files there are to read, as far as that was counted; absent where nobody can say. */
  readonly files?: { readonly count: number; readonly more: boolean };
  /** Other views that are there to be opened. */
  readonly views: readonly ('ask' | 'embeddings')[];
  /** What the view was opened for, and hasn't heard of: see {@link showSearch}. */
  readonly shown?: ShownSearch;
}
export const loadSearch = method<SearchPlace>()('search.load', z.strictObject({}));
/** Begins to index this workspace, now and whenever it is opened. */
export const startSearch = method<null>()('search.start', z.strictObject({}));
/** Asks the user, by name and size, whether a model is to be fetched, and fetches it. False when the user left it. */
export const getModel = method<boolean>()('search.getModel', z.strictObject({ model: id }));

/** A query, or a text whose like is looked for. */
export type ShownSearch =
  | { readonly query: string }
  | {
      readonly similarTo: string;
      /** For people: where the text comes from, `parser.ts:10-24`. */
      readonly label: string;
      readonly except?: {
        readonly root: string;
        readonly path: string;
        readonly startLine: number;
        readonly endLine: number;
      };
    };
/** Host -> page: this is to be looked for. */
export const showSearch: Notice<ShownSearch> = {
  name: 'search.show',
  params: z.unknown() as z.core.$ZodType<ShownSearch>,
};
/** Host -> page: folders, settings or commands have changed. */
export const searchPlaceChanged: Notice<Record<string, never>> = {
  name: 'search.placeChanged',
  params: z.strictObject({}),
};

/** How a place was found again: where it was, at another line, or not: then its file is shown where it used to be. */
export interface OpenedHit {
  readonly place: 'same' | 'moved' | 'changed';
}
/** Opens a file at a place, and selects what matched. Only files of the workspace. Faults: `not-found`, `refused`. */
export const openHit = method<OpenedHit>()(
  'search.open',
  z.strictObject({
    root: id,
    path,
    startLine: z.int().check(z.gte(1)),
    endLine: z.int().check(z.gte(1)),
    /** What is selected: where the match begins and ends inside of the lines, in UTF-16 units from the line's start. */
    match: z.optional(z.strictObject({ line, from: column, to: column })),
    /** The text of its first line, by which a file that has changed since is noticed, and the place found again. */
    firstLine: z.optional(z.string().check(z.maxLength(10_000))),
    /** Opens without taking the keyboard from the page. */
    preview: z.optional(z.boolean()),
    beside: z.optional(z.boolean()),
  }),
);
/** Opens another of search's views, `ask` with a question, `embeddings` with chunks; or asks for a folder to open. */
export const openSearchView = method<null>()(
  'search.openView',
  z.strictObject({
    view: z.enum(['ask', 'health', 'embeddings', 'settings', 'folder']),
    query: z.optional(query),
    chunks: z.optional(z.array(z.int()).check(z.maxLength(MOST_HITS))),
  }),
);
