// The messages of "Ask the workspace": what the page asks of the host, and the host of the search worker. The page names
// passages and prompts by ids that it was given: it can have nothing sent but what it has shown.

import type { InspectedText } from './embeddingMessages.ts';
import type { FaultData } from './errors.ts';
import { id, method, type Notice } from './messages.ts';
import { z } from './schema.ts';
import type { SearchHit } from './searchMessages.ts';
import type { SearchPlace } from './searchViewMessages.ts';

/**
 * Cosine by the static model below which a passage is not given to the generator. A question whose best passage lies below
 * has no answer "in these files". Of the labelled questions (test/bench/labels) that a code base does answer, 95 of 100
 * have a passage above; test/unit/retrieval/ragThreshold.test.ts computes it.
 */
export const ASK_THRESHOLD = 0.4;
/** How many passages are looked for. */
export const ASK_TOP = 12;
/** Tokens of an endpoint's model for prompt and answer together, where the setting says nothing else. */
export const ASK_WINDOW = 4096;
export const ASK_ENDPOINT = 'http://localhost:11434/v1';
/** What the generator is told to say, word for word, when the passages have no answer. */
export const NOT_FOUND = 'Not in these files.';

export const MOST_ASKED = 50;
const question = z.string().check(z.maxLength(20_000));
const chunks = z.array(z.int()).check(z.maxLength(MOST_ASKED));
const threshold = z.number().check(z.gte(-1), z.lte(1));
const generatorKind = z.enum(['none', 'local', 'endpoint', 'editor']);
export type GeneratorKind = z.infer<typeof generatorKind>;

// ---- Looking for passages ----

/** A line in a passage that reads like an order to the generator. It stays data: it is only pointed at. */
export interface SuspiciousLine {
  /** UTF-16 offsets into the passage's text. */
  readonly start: number;
  readonly end: number;
  /** From 1, in the file. */
  readonly line: number;
  readonly why: 'instruction' | 'role' | 'control' | 'hidden';
}
export interface AskHit {
  readonly hit: SearchHit;
  /** Cosine of question and passage by the static model. */
  readonly similarity: number;
  readonly suspicious: readonly SuspiciousLine[];
}
export interface Retrieved {
  /** By which `ask.prompt` knows these passages. */
  readonly id: string;
  readonly question: string;
  /** The question's tokens and vector by the static model. */
  readonly inspected: InspectedText;
  readonly embedder: string;
  /** Best first, in the order of search. Those that were asked for by name come first. */
  readonly hits: readonly AskHit[];
  readonly pending: number;
  /** For people: why there is less than there could be. */
  readonly notes: readonly string[];
}
export const retrieve = method<Retrieved>()(
  'ask.retrieve',
  z.strictObject({
    question,
    /** Chunks of the index that are to be among the passages whatever their scores. */
    chunks: z.optional(chunks),
  }),
);

// ---- The prompt ----

export interface PromptPassage {
  /** By which the answer cites it, from 1. */
  readonly number: number;
  readonly chunk: number;
  readonly root: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly tokens: number;
}
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}
export interface AskPrompt {
  /** By which `ask.answer` knows it: what is sent is this, and no other. */
  readonly id: string;
  readonly question: string;
  readonly messages: readonly PromptMessage[];
  /** Of a local model: the one text that the messages become by its chat template. */
  readonly template?: string;
  readonly passages: readonly PromptPassage[];
  /** Chunks that were wanted and have no room in the window: the last ones. */
  readonly dropped: readonly number[];
  /** How many control marks of models (`<|im_end|>`) were broken up, so that none is obeyed. */
  readonly disarmed: number;
  /** Tokens of each part; `template` is what a local model's template adds. */
  readonly parts: {
    readonly system: number;
    readonly passages: number;
    readonly question: number;
    readonly template: number;
  };
  /** The sum of the parts. */
  readonly tokens: number;
  /** Kept free for the answer. */
  readonly answerTokens: number;
  readonly window: number;
  /** Whose tokens are counted; not `exact` where the generator may cut texts in another way. */
  readonly tokenizer: { readonly name: string; readonly exact: boolean };
}
const passages = z.strictObject({ retrieved: id, chunks });
/** The prompt of some passages, in this order, for the generator that is chosen. Faults: `unknown-session`, `too-large`. */
export const buildPrompt = method<AskPrompt>()('ask.prompt', passages);

/** Host -> worker: as above, with what the prompt is for. */
const promptTarget = z.union([
  /** A local model counts by its own tokenizer. */
  z.strictObject({ local: id }),
  z.strictObject({ window: z.int().check(z.gte(256)), systemRole: z.boolean() }),
]);
export type PromptTarget = z.infer<typeof promptTarget>;
export const buildPromptFor = method<AskPrompt>()(
  'ask.promptFor',
  z.strictObject({ retrieved: id, chunks, target: promptTarget }),
);

// ---- The answer ----

/** A piece of an answer: what is new since the last one. Empty and not done: nothing came for a while. */
export interface AnswerPart {
  readonly text: string;
  readonly done: boolean;
  /** True where it ended because it had become as long as it may. */
  readonly cut: boolean;
}
/** Sends a prompt to the chosen generator. Nothing is sent before. Faults: `refused` where there is no passage in it. */
export const startAnswer = method<{ readonly answer: string }>()('ask.answer', z.strictObject({ prompt: id }));
/**
 * Page -> host: what is new behind what the page has. The host keeps the answer: it goes on while the page is hidden, and
 * the next page takes it up. Waits some seconds at most. Faults as below, and `unknown-session` when it isn't kept.
 */
export const moreOfAnswer = method<AnswerPart>()(
  'ask.more',
  z.strictObject({
    answer: id,
    /** How much of its text the page has, in UTF-16 units. */
    from: z.int().check(z.gte(0)),
  }),
);
/** Host -> worker: what is new since the last call. Faults: what went wrong; what came before it was told before. */
export const nextOfAnswer = method<AnswerPart>()('ask.next', z.strictObject({ answer: id }));
/** Ends it: the request to the generator is broken off. */
export const stopAnswer = method<null>()('ask.stop', z.strictObject({ answer: id }));

/** The last answer, as far as it has come: it outlives the page, and a reload of the window. */
export interface KeptAnswer {
  readonly answer: string;
  /** What was sent for it. */
  readonly prompt: AskPrompt;
  readonly text: string;
  /** `interrupted`: the window was loaded again, or closed, while it came. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';
  readonly cut: boolean;
  /** Where it failed. */
  readonly fault?: FaultData & { readonly message: string };
}

const worksWith = z.union([
  z.strictObject({ local: id }),
  z.strictObject({
    endpoint: z.string().check(z.maxLength(2000)),
    model: z.string().check(z.maxLength(300)),
    /** Stays between host and worker; no page and no log sees it. */
    key: z.optional(z.string().check(z.maxLength(4000))),
  }),
]);
export type WorkerGenerator = z.infer<typeof worksWith>;
/** Host -> worker. */
export const generateAnswer = method<{ readonly answer: string }>()(
  'ask.generate',
  z.strictObject({ prompt: id, generator: worksWith }),
);

// ---- Page -> host ----

export interface GeneratorModel {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** `missing` has to be fetched first. */
  readonly state: 'ready' | 'missing';
}
/** What would answer, and where the prompt would go. */
export interface AskGenerator {
  readonly kind: GeneratorKind;
  /** The chosen model; empty where the generator chooses. */
  readonly model: string;
  readonly models: readonly GeneratorModel[];
  /** Empty where nothing is sent: `http://localhost:11434`. */
  readonly address: string;
  /** How far the prompt goes. `clear` leaves this machine, and can be read on its way. */
  readonly reach: 'nowhere' | 'machine' | 'outside' | 'clear' | 'editor';
  /** Of the endpoint. */
  readonly hasKey: boolean;
  /** Why it can't be used as it is. */
  readonly problem?: string;
}
export interface AskPlace extends Pick<SearchPlace, 'folders' | 'started' | 'enabled'> {
  readonly generator: AskGenerator;
  readonly threshold: number;
  /** What the panel was opened for: asked once. */
  readonly asked?: AskedFor;
  readonly answered?: KeptAnswer;
}
export interface AskedFor {
  readonly question?: string;
  readonly chunks?: readonly number[];
}
export const loadAsk = method<AskPlace>()('ask.load', z.strictObject({}));
/** Keeps a choice in the settings. */
export const chooseGenerator = method<null>()(
  'ask.choose',
  z.strictObject({
    generator: z.optional(generatorKind),
    model: z.optional(z.string().check(z.maxLength(300))),
    threshold: z.optional(threshold),
  }),
);
/** Asks for the endpoint's key. */
export const setEndpointKey = method<null>()('ask.setKey', z.strictObject({}));
export const openAskSettings = method<null>()('ask.settings', z.strictObject({}));
/** Host -> page: settings, models, or what the panel is opened for have changed. */
export const askChanged: Notice<Record<string, never>> = { name: 'ask.changed', params: z.strictObject({}) };
