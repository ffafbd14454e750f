// The messages of "train a tokenizer on my files": what the panel asks of the host, and the host of the worker. The
// texts go from host to worker and are counted there; a page sees names, figures and pieces, never a file.

import { id, method } from './messages.ts';
import { z } from './schema.ts';

export const TRAINED_KINDS = ['bpe', 'wordpiece', 'unigram'] as const;
export type TrainedKind = (typeof TRAINED_KINDS)[number];
const kind = z.enum(TRAINED_KINDS);

/** Most text that a vocabulary is trained on, in bytes, all files together. */
export const MOST_TRAINING_BYTES = 64 * 1024 * 1024;
export const SMALLEST_VOCABULARY = 300;
export const LARGEST_VOCABULARY = 65_536;

/** How a training stands after some of its work. */
export interface TrainingFigures {
  /** What is being done: `count`, `merge`, `seed`, `em`, `prune`, `measure`. */
  readonly phase: string;
  /** Pieces in the vocabulary now. */
  readonly vocabulary: number;
  /** Tokens that the files are cut into with it; absent where that isn't known at this point. */
  readonly tokens?: number;
  /** UTF-8 bytes of the files. */
  readonly bytes: number;
  readonly done: number;
  readonly total: number;
}

/** What a piece of work brought. */
export interface TrainingPart {
  readonly figures: readonly TrainingFigures[];
  /** Pieces that came in, the newest last; of Unigram, at its end, the likeliest, the likeliest last. At most a hundred. */
  readonly newest: readonly string[];
  readonly over: boolean;
  /** Why it ended before the vocabulary had the size that was asked for. */
  readonly early?: string;
}

// ---- Host -> worker ----

/** An empty corpus. It lives until it is closed. */
export const openCorpus = method<{ readonly corpus: string }>()('corpus.open', z.strictObject({}));
/** Counts a text's words into it. Faults: `too-large` past {@link MOST_TRAINING_BYTES}. */
export const addToCorpus = method<{ readonly bytes: number }>()(
  'corpus.add',
  z.strictObject({ corpus: id, name: z.string().check(z.maxLength(2000)), text: z.string() }),
);
/** Forgets its texts and the trainings over them. */
export const closeCorpus = method<null>()('corpus.close', z.strictObject({ corpus: id }));

export const trainingOptions = z.strictObject({
  kind,
  vocabulary: z.int().check(z.gte(SMALLEST_VOCABULARY), z.lte(LARGEST_VOCABULARY)),
  /** How often a pair must occur to become a piece. Unigram knows no pairs, and takes no notice of it. */
  minFrequency: z.int().check(z.gte(1), z.lte(1_000_000)),
});
export type TrainingOptions = z.infer<typeof trainingOptions>;

/** Begins a training over a corpus; nothing runs before the first {@link nextOfTraining}. */
export const openTraining = method<{ readonly training: string }>()(
  'training.open',
  z.strictObject({ corpus: id, options: trainingOptions }),
);
/** The tokenizer that came out, as a `tokenizer.json`. Fault `not-found` while the training is not over. */
export const resultOfTraining = method<{ readonly file: ArrayBuffer }>()(
  'training.result',
  z.strictObject({ training: id }),
);

// ---- Training page -> host, which asks the worker ----

/** Works for about 50 ms. Trainings are pulled: one that nobody asks rests. */
export const nextOfTraining = method<TrainingPart>()('training.next', z.strictObject({ training: id }));
export const stopTraining = method<null>()('training.stop', z.strictObject({ training: id }));

// ---- Training page -> host ----

export interface TrainingFile {
  readonly name: string;
  /** UTF-8 bytes. */
  readonly bytes: number;
}

/** What there is to train on. */
export interface TrainingFiles {
  readonly files: readonly TrainingFile[];
  readonly bytes: number;
  /** Files that were left out, and why: binary, not UTF-8, too large. At most a hundred are named. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  readonly skippedCount: number;
  /** How many files were trained on last time, and can be read again with one press; 0 if none. */
  readonly lastTime: number;
}

export const loadTrainingFiles = method<TrainingFiles>()('training.files', z.strictObject({}));
const progress = z.optional(z.string().check(z.maxLength(100)));
/** Asks the user for files or a folder, or takes the open workspace, or those of last time; adds their texts. */
export const addTrainingFiles = method<TrainingFiles>()(
  'training.addFiles',
  z.strictObject({ from: z.enum(['files', 'folder', 'workspace', 'last']), progress }),
);
export const clearTrainingFiles = method<TrainingFiles>()('training.clearFiles', z.strictObject({}));
/** Fault `not-found` when there is nothing to train on. */
export const startTraining = method<{ readonly training: string }>()('training.start', trainingOptions);
/** Saves the tokenizer where the user says; null when the user left it. */
export const saveTraining = method<{ readonly file: string | null }>()(
  'training.save',
  z.strictObject({ training: id, kind }),
);
/** Keeps the tokenizers and shows them in the inspector, side by side if they are several. */
export const inspectTrainings = method<null>()(
  'training.inspect',
  z.strictObject({ trainings: z.array(z.strictObject({ training: id, kind })).check(z.minLength(1), z.maxLength(3)) }),
);
