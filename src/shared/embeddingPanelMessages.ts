// The messages between the embedding inspector and the host: which texts it shows, where they come from, and opening
// those places. What is computed of them is asked of the search worker: embeddingMessages.ts.

import { MOST_ITEMS } from './embeddingMessages.ts';
import { id, method, type Notice } from './messages.ts';
import { z } from './schema.ts';

/** The longest text that is taken as one item, in UTF-16 units; of a longer one its beginning. */
export const MOST_ITEM_TEXT = 20_000;

/** A text that is inspected: one of its own, or a chunk of the index. */
export interface PanelItem {
  /** By which the messages name it. */
  readonly id: string;
  /** A few words of it, or the file's name. */
  readonly name: string;
  /** Where it comes from, for people: `src/a.ts:3-9`; absent for a typed one. */
  readonly from?: string;
  /** Absent for a chunk of the index. */
  readonly text?: string;
  readonly chunk?: number;
  /** UTF-16 units of the whole where `text` is only its beginning. */
  readonly total?: number;
  /** Whether its place can be opened. */
  readonly opens: boolean;
}

export interface PanelItems {
  readonly items: readonly PanelItem[];
  /** What was not taken, with the reason; at most a hundred. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly leftOutCount: number;
  /** What the panel was opened for. */
  readonly view: 'items' | 'map';
  /** Goes up each time that the panel is opened for something. */
  readonly opened: number;
  /** Whether a folder is open whose files can be indexed. */
  readonly workspace: boolean;
  /** Whether it is indexed, or being so. */
  readonly indexed: boolean;
}
export const loadPanelItems = method<PanelItems>()('embeddings.loadItems', z.strictObject({}));
/** Adds what was typed: one text, or one a line. Answers what the panel shows then, as do the next four. */
export const addPanelTexts = method<PanelItems>()(
  'embeddings.addTexts',
  z.strictObject({ texts: z.array(z.string().check(z.maxLength(50 * MOST_ITEM_TEXT))).check(z.maxLength(MOST_ITEMS)) }),
);
/** Adds chunks of the index. */
export const addPanelChunks = method<PanelItems>()(
  'embeddings.addChunks',
  z.strictObject({ chunks: z.array(z.int().check(z.gte(0))).check(z.maxLength(MOST_ITEMS)) }),
);
/** Adds what is selected in the editor, its lines one by one, or files that the user picks. */
export const addPanelSource = method<PanelItems>()(
  'embeddings.addSource',
  z.strictObject({ from: z.enum(['selection', 'lines', 'files']) }),
);
export const removePanelItems = method<PanelItems>()(
  'embeddings.removeItems',
  z.strictObject({ items: z.array(id).check(z.maxLength(MOST_ITEMS)) }),
);
/** Opens the place that an item comes from. Faults: `not-found`, `refused`. */
export const openPanelItem = method<null>()('embeddings.openItem', z.strictObject({ item: id }));
/** The panel shall show other items: load again. */
export const panelItemsChanged: Notice<Record<string, never>> = {
  name: 'embeddings.itemsChanged',
  params: z.strictObject({}),
};
