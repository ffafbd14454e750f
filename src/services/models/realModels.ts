// Real models as everything but the worker sees them: which there are, how they come onto this machine, and what they
// can do. The code that runs them (src/worker/models, bundled as dist/models.mjs) is loaded when the first is wanted.

import type { Embedder } from '../../retrieval/embedder.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import type { Progress } from '../../shared/messages.ts';

export type ModelTask =
  | 'feature-extraction'
  | 'text-generation'
  | 'text-classification'
  | 'zero-shot-classification'
  | 'summarization';

export interface RealModelInfo {
  /** By which settings and messages name it: `minilm`, or its name on the hub. */
  readonly id: string;
  readonly label: string;
  readonly task: ModelTask;
  /** Bytes to fetch; undefined where that is not known before. */
  readonly bytes?: number;
  /** Where it comes from, for people: hub name and revision. */
  readonly source: string;
  readonly licence: string;
  /** `packed` came with the extension, `partial` was half fetched, `broken` has another SHA-256 than it should. */
  readonly state: 'packed' | 'fetched' | 'missing' | 'partial' | 'broken';
}

/** What a download would be, as the user is asked. */
export interface ModelDescription extends RealModelInfo {
  readonly bytes: number;
  readonly files: number;
  /** The commit on the hub that these files are of, or a branch where each file's hash is known before. */
  readonly revision: string;
  /** The folder that it will be in. */
  readonly folder: string;
  /** Who is asked in place of the usual hub, where the environment names a mirror. */
  readonly mirror?: string;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a prompt is laid out and counted by: a model's tokenizer and chat template, without the model. */
export interface TokenCounter {
  readonly id: string;
  readonly label: string;
  /** Tokens that it takes at once, prompt and answer together. */
  readonly contextWindow: number;
  countTokens(text: string): number;
  /** The text with the model's chat template around it, as it is given to the model. */
  promptOf(messages: readonly ChatMessage[]): string;
}

export interface TextGenerator extends TokenCounter {
  /** Yields pieces of the answer. Greedy at temperature 0. */
  generate(
    messages: readonly ChatMessage[],
    options: { readonly maxTokens: number; readonly temperature: number; readonly signal: CancelSignal },
  ): AsyncGenerator<string, void, void>;
}

export interface RealModels {
  models(): Promise<RealModelInfo[]>;
  /**
   * What fetching it would be. Asks the hub where that isn't known here: that is a use of the network, which the user has
   * to have agreed to. Faults: `cancelled`, `not-found`, `storage` when the hub can't be reached, `bad-input`.
   */
  describe(id: string, options: { readonly signal: CancelSignal }): Promise<ModelDescription>;
  /**
   * Fetches a model that the user has agreed to, by name and size. What was half fetched goes on where it stopped; each
   * file is checked against its SHA-256 before it counts. Faults: `cancelled`, `not-found`, `storage`, `bad-input`.
   */
  fetch(
    id: string,
    options: {
      readonly signal: CancelSignal;
      readonly onProgress: (progress: Progress) => void;
      /** That of the description which the user agreed to; else what the hub has now. */
      readonly revision?: string;
    },
  ): Promise<void>;
  remove(id: string): Promise<void>;
  /** Faults: `model-missing` when it has to be fetched first, with its name and size; `bad-input` when it is broken. */
  embedder(id: string): Promise<Embedder>;
  generator(id: string): Promise<TextGenerator>;
  /** Of a generator, from its small files alone. Faults as above. */
  counter(id: string): Promise<TokenCounter>;
  /** A Transformers.js pipeline on one text, with its answer as it comes. Faults as above. */
  run(task: ModelTask, id: string, text: string, options: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** One of the model's files, by the name that it has in its folder. Faults as above; `not-found` when it has none such. */
  file(id: string, name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Frees what models hold in memory. */
  dispose(): Promise<void>;
}

/** What src/worker/models needs to know of this machine. */
export interface RealModelsOptions {
  /** Folder of the models that came with the extension, one folder each. */
  readonly packed: string;
  /** Folder of onnxruntime's WebAssembly. */
  readonly ort: string;
  /** Folder in which fetched models are kept. */
  readonly cache: string;
  readonly threads?: number;
  /** Another hub than the usual, for tests: an address ending in `/`. */
  readonly hub?: string;
}
