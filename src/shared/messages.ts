// The messages between the parts: host and worker, host and webviews. What one feature alone needs has a file of its
// own, as tokensMessages.ts. A method is a name, a schema that checks what
// comes in, and the type of its answer. Tensors and long lists travel as ArrayBuffers, host to webview only.

import type { Lesson, LessonSummary } from './lesson.ts';
import type { ParamSpecs } from './params.ts';
import { z } from './schema.ts';
import type { DType, ParamValues, Trace, TracePart } from './trace.ts';

/** A request: `Result` is a type only. */
export interface Method<Params, Result> {
  readonly name: string;
  readonly params: z.core.$ZodType<Params>;
  readonly result?: Result;
}

export function method<Result>() {
  return <Params>(name: string, params: z.core.$ZodType<Params>): Method<Params, Result> => ({ name, params });
}

/** Stops a call from the caller's side; jsonrpc's and VS Code's own tokens both fit. */
export interface CancelToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** The caller's end of a connection: the host has one to the worker, a webview has one to the host. */
export interface Calls {
  /** @throws Fault, always: `cancelled`, `worker-died`, `refused`, or what the other side reported. */
  request<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options?: { readonly token?: CancelToken; readonly onProgress?: (progress: Progress) => void },
  ): Promise<Result>;
}

/** A notification; nothing answers. */
export interface Notice<Params> {
  readonly name: string;
  readonly params: z.core.$ZodType<Params>;
}

const paramValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export const id = z.string().check(z.minLength(1), z.maxLength(200));

/** Largest text that one message may carry, in UTF-16 units. */
export const MAX_TEXT = 64 * 1024 * 1024;
export const text = z
  .string()
  .check(z.maxLength(MAX_TEXT, `at most ${MAX_TEXT.toLocaleString('en')} UTF-16 units are taken; take a part of it`));

// ---- The worker's methods. A webview may call these too: the host relays them by name. ----

/** What a program is and what it can be told. */
export interface ProgramInfo {
  readonly id: string;
  readonly title: string;
  /** A session goes on yielding while it runs; a finite program is finished at once. */
  readonly session: boolean;
  readonly params: ParamSpecs;
}

/** Progress of a long call. The caller puts a token into `params.progress` and listens on it. */
export interface Progress {
  readonly done: number;
  /** Absent where it can't be known. */
  readonly total?: number;
  readonly unit: string;
}
export const progress = z.optional(z.string().check(z.maxLength(100)));

/** All the programs, in the course's order. */
export const listPrograms = method<readonly ProgramInfo[]>()('program.list', z.strictObject({}));

export const describeProgram = method<ProgramInfo>()('program.describe', z.strictObject({ program: id }));

export const runProgram = method<Trace>()(
  'program.run',
  z.strictObject({ program: id, params: paramValues, progress }),
);

/**
 * Sessions are pulled: nothing runs ahead of what was asked for, so pausing is not asking, and a slow view can't be
 * flooded. `session.next` works for at most about 50 ms or `maxFrames` frames, whichever comes first.
 */
export const startSession = method<{ readonly session: string }>()(
  'session.start',
  z.strictObject({ program: id, params: paramValues }),
);
export const nextOfSession = method<TracePart>()(
  'session.next',
  z.strictObject({ session: id, maxFrames: z.int().check(z.gte(1), z.lte(10_000)) }),
);
/** New parameters, taken up at the next pull; of several, the latest wins. */
export const updateSession = method<null>()('session.update', z.strictObject({ session: id, params: paramValues }));
export const stopSession = method<null>()('session.stop', z.strictObject({ session: id }));

/** Largest number of elements that one `tensor.slice` answers. */
export const MAX_SLICE = 4 * 1024 * 1024;
const counts = (least: number) => z.array(z.int().check(z.gte(least))).check(z.maxLength(16));

/** Part of a tensor: row-major, 4 bytes an element. */
export interface SlicedTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly bytes: ArrayBuffer;
}
/**
 * Elements of a tensor that was sent as a preview, as they are: see TensorSlice. `trace` is the id of a trace or of a
 * session. Faults: `not-found` when the worker no longer holds it, `too-large` above MAX_SLICE elements.
 */
export const sliceTensor = method<SlicedTensor>()(
  'tensor.slice',
  z.strictObject({
    trace: id,
    value: z.int().check(z.gte(0)),
    slice: z.strictObject({ start: counts(0), step: counts(1), shape: counts(0) }),
  }),
);

/** A tokenizer that can be chosen. */
export interface TokenizerInfo {
  /** By which every message names it: `cl100k_base`, or `file:` and more for one that the user opened. */
  readonly id: string;
  /** For people: `GPT-2`. */
  readonly label: string;
  /** What it is and who uses it, as one line: `byte-level BPE, 50,257 tokens; GPT-2 and GPT-3`. */
  readonly detail: string;
  readonly kind: 'bpe' | 'wordpiece' | 'unigram' | 'words';
  /** True where every text can be had back from its ids. */
  readonly byteLevel: boolean;
  /** One more than the highest id. */
  readonly size: number;
  /** True where a text may be cut at `isCut` (textCuts.ts) and its parts encoded by themselves. */
  readonly cuts: boolean;
}
/** Those that ship, in a fixed order, then those that were opened. Loads no vocabulary. */
export const listTokenizers = method<readonly TokenizerInfo[]>()('tokenizers.list', z.strictObject({}));

/** Largest `tokenizer.json` that is taken, in bytes. Published files have up to 35 million. */
export const MAX_TOKENIZER_FILE = 64 * 1024 * 1024;
/**
 * Makes a tokenizer from the bytes of a `tokenizer.json`, under an id of the caller's; the same id again replaces it.
 * Host and command line only. Faults: `bad-input` naming the part at fault, `too-large`.
 */
export const openTokenizer = method<TokenizerInfo>()(
  'tokenizers.open',
  z.strictObject({
    id,
    label: z.string().check(z.maxLength(300)),
    file: z.custom<ArrayBuffer>((value) => value instanceof ArrayBuffer),
  }),
);

/**
 * A text's tokens. Entry i of each array is token i; `starts` and `ends` are UTF-16 offsets into the text, and tokens
 * need not touch: what a tokenizer drops stands between them. A token that is part of a character has that character's
 * whole range, and its bit in `fragment`.
 */
export interface EncodedText {
  readonly encoding: string;
  readonly count: number;
  /** Uint32Array. */
  readonly ids: ArrayBuffer;
  /** Uint32Array. */
  readonly starts: ArrayBuffer;
  /** Uint32Array. */
  readonly ends: ArrayBuffer;
  /** Uint8Array, 1 where the token is only a part of a character. */
  readonly fragment: ArrayBuffer;
  /** Uint32Array of count + 1: token i's bytes are `bytes[byteEnds[i] .. byteEnds[i + 1]]`, so the first entry is 0. */
  readonly byteEnds: ArrayBuffer;
  /** What each token stands for in the text, as UTF-8, one after the other; a lone surrogate as U+FFFD's three bytes. */
  readonly bytes: ArrayBuffer;
  /** UTF-8 bytes of the whole text. */
  readonly textBytes: number;
  /** How many lone surrogates the text held: an encoder sees U+FFFD in their place. */
  readonly loneSurrogates: number;
  /**
   * How the vocabulary writes the ids that occur, where that is not what they stand for in the text: `##ing`, `▁the`,
   * `[UNK]`. Absent for byte-level tokenizers.
   */
  readonly pieces?: readonly (readonly [id: number, piece: string])[];
}
const specialTokens = z.optional(z.boolean());
/** `specialTokens`: makes special tokens from text that looks like them; not unless asked. */
export const encodeText = method<EncodedText>()(
  'tokens.encode',
  z.strictObject({ encoding: id, text, specialTokens, progress }),
);
/** Only the count, for the status bar, and the UTF-8 bytes of the text. */
export const countTokens = method<{ readonly count: number; readonly textBytes: number }>()(
  'tokens.count',
  z.strictObject({ encoding: id, text, specialTokens }),
);

/** An entry of a vocabulary, for people. */
export interface VocabularyItem {
  readonly id: number;
  /** As the vocabulary writes it; null where its bytes are no whole characters. */
  readonly text: string | null;
  readonly bytes?: readonly number[];
  readonly special: boolean;
  /** Of a Unigram piece: the natural logarithm of its probability. */
  readonly score?: number;
}
/**
 * Entries whose id is the query, or whose text holds it (small and capital letters alike); the exact ones first, then
 * those that begin with it, then by id. An empty query lists all by id.
 */
export const searchVocabulary = method<{ readonly total: number; readonly items: readonly VocabularyItem[] }>()(
  'tokenizers.search',
  z.strictObject({
    encoding: id,
    query: z.string().check(z.maxLength(200)),
    from: z.int().check(z.gte(0)),
    limit: z.int().check(z.gte(1), z.lte(1000)),
  }),
);

/** What a webview may ask of the worker through the host, and nothing else. */
export const relayedMethods: readonly Method<unknown, unknown>[] = [
  listPrograms,
  describeProgram,
  runProgram,
  startSession,
  nextOfSession,
  updateSession,
  stopSession,
  sliceTensor,
  encodeText,
  countTokens,
  listTokenizers,
  searchVocabulary,
];

// ---- Lesson webview -> host ----

export interface LessonPage {
  readonly lesson: Lesson;
  readonly previous?: Pick<LessonSummary, 'id' | 'title' | 'number'>;
  readonly next?: Pick<LessonSummary, 'id' | 'title' | 'number'>;
  /** Block ids whose goal is reached. */
  readonly reached: readonly string[];
}

export const loadLesson = method<LessonPage>()('lesson.load', z.strictObject({}));
/** Answers all the goals reached so far. */
export const reachGoal = method<readonly string[]>()('lesson.reachGoal', z.strictObject({ block: id }));
export const openLesson = method<null>()('lesson.open', z.strictObject({ lesson: id }));
/** Opens one of the project's own sources, read-only; only files that the build has copied. */
export const openSource = method<null>()(
  'source.open',
  z.strictObject({ file: z.string().check(z.maxLength(300)), line: z.int().check(z.gte(1)) }),
);
/** Opens an https link of the lesson in the browser; only links that stand in the lesson. */
export const openLink = method<null>()('link.open', z.strictObject({ url: z.string().check(z.maxLength(2000)) }));
/** Opens the tokens panel on this text. */
export const inspectText = method<null>()('tokens.inspect', z.strictObject({ text }));

export const copyText = method<null>()('clipboard.copy', z.strictObject({ text }));

// ---- Tensor webview -> host ----

/** A program with its parameters, to be stepped through in a panel of its own. */
export interface Computation {
  readonly program: string;
  readonly params: ParamValues;
}
export const computation = z.strictObject({ program: id, params: paramValues });
/** What the panel shows; null while nothing was picked. */
export const loadComputation = method<Computation | null>()('computation.load', z.strictObject({}));
/** Asks which program the panel shall show. */
export const pickComputation = method<null>()('computation.pick', z.strictObject({}));
/** Opens the panel on a computation. A lesson's page may call this too. */
export const openComputation = method<null>()('computation.open', computation);

/** Longest picture that is taken, in characters of base64. */
export const MAX_PICTURE = 64 * 1024 * 1024;
/** Saves a PNG where the user says. Answers the name of the file; null when the user left it. */
export const savePicture = method<{ readonly file: string | null }>()(
  'picture.save',
  z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(200)),
    png: z.string().check(z.maxLength(MAX_PICTURE), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
);

// ---- Host -> webviews (notifications) ----

/** The lesson file changed or the progress was reset: load again. */
export const lessonChanged: Notice<Record<string, never>> = { name: 'lesson.changed', params: z.strictObject({}) };
/** The panel shall show another computation: load again. */
export const computationChanged: Notice<Record<string, never>> = {
  name: 'computation.changed',
  params: z.strictObject({}),
};
/** Rules for the `hljs-*` classes from the active theme, as text for a constructed style sheet. */
export const themeChanged: Notice<{ css: string }> = {
  name: 'theme.changed',
  params: z.strictObject({ css: z.string() }),
};
/** The webview's first call: the theme's code colours. */
export const loadTheme = method<{ readonly css: string }>()('theme.load', z.strictObject({}));
/** The webview's strings in the interface's language: English text to its translation; empty for English. */
export const loadStrings = method<Readonly<Record<string, string>>>()('strings.load', z.strictObject({}));
