// Asking the workspace, stage by stage: passages, prompt, answer. Search worker and command line use it. What is sent is a
// prompt that was laid out and shown before, by its id; nothing else can be sent.

import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { product } from '../../retrieval/pooling.ts';
import { layOutPrompt, type PromptOptions } from '../../retrieval/rag/prompt.ts';
import { suspiciousLines } from '../../retrieval/rag/suspicious.ts';
import type { StoredChunk } from '../../retrieval/store.ts';
import {
  ASK_TOP,
  type AskHit,
  type AskPrompt,
  type PromptTarget,
  type Retrieved,
  type WorkerGenerator,
} from '../../shared/askMessages.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { PulledText } from '../../shared/pulledText.ts';
import type { SearchHit } from '../../shared/searchMessages.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';
import type { RealModels } from '../models/realModels.ts';
import { queryParts } from '../search/queryParts.ts';
import type { SearchService } from '../search/searchService.ts';
import { streamChat } from './endpoint.ts';
import { KeptFew } from './keptFew.ts';
import { streamLocal } from './local.ts';

export interface AskServiceParts {
  readonly service: SearchService;
  readonly staticModel: () => Promise<Embedder>;
  readonly tokenizer: (id: string) => Promise<Tokenizer>;
  readonly models: () => Promise<RealModels>;
  readonly newId: () => string;
}

/** What was found for a question, without how its vector came about. */
export type FoundPassages = Omit<Retrieved, 'inspected' | 'embedder'>;

/** By which tokens are counted where the generator's own tokenizer isn't here. */
export const COUNTED_BY = 'o200k_base';
/** Tokens of an answer, where a quarter of the window is not less. */
const ANSWER_TOKENS = 512;
const TEMPERATURE = 0;
/** Characters of a passage that are taken, as search shows them. */
const MOST_TEXT = 20_000;

export class AskService {
  readonly #parts: AskServiceParts;
  readonly #found: KeptFew<FoundPassages>;
  readonly #prompts: KeptFew<AskPrompt>;

  constructor(parts: AskServiceParts) {
    this.#parts = parts;
    this.#found = new KeptFew(8, () => lost('The passages'));
    this.#prompts = new KeptFew(8, () => lost('Prompts'));
  }

  /**
   * Passages for a question, best first, behind those chunks that are asked for by their numbers.
   *
   * @throws Fault `cancelled`, `not-found` when no index is open
   */
  async retrieve(question: string, chunks: readonly number[], signal: CancelSignal): Promise<FoundPassages> {
    const { service, staticModel, newId } = this.#parts;
    const answer = await service.query(question, { top: ASK_TOP, signal });
    const { store } = await service.opened();
    const named = (await store.chunks(chunks.filter((id) => id >= 0))).map(hitOfChunk);
    const known = new Map(answer.hits.map((hit) => [hit.chunk, hit]));
    const given = new Set(chunks);
    const hits = [
      ...named.map((hit) => known.get(hit.chunk) ?? hit),
      ...answer.hits.filter(({ chunk }) => !given.has(chunk)),
    ];
    const embedder = await staticModel();
    const texts = [questionText(question), ...hits.map(embeddedText)];
    const [asked, ...vectors] = await embedder.embed(texts, { signal });
    const { notes, pending } = answer;
    const found: FoundPassages = {
      id: newId(),
      question,
      hits: hits.map(
        (hit, i): AskHit => ({
          hit,
          similarity: product(asked as Float32Array, vectors[i] as Float32Array),
          suspicious: suspiciousLines(hit.text, hit.startLine),
        }),
      ),
      pending,
      notes,
    };
    this.#found.keep(found.id, found);
    return found;
  }

  /**
   * The prompt of these passages, in this order, as many of them as have room.
   *
   * @throws Fault `unknown-session` when what was found is no longer kept; `too-large`; as RealModels for a local model
   */
  async prompt(id: string, chunks: readonly number[], target: PromptTarget): Promise<AskPrompt> {
    const found = this.#found.get(id);
    const hits = chunks.map((chunk) => {
      const one = found.hits.find(({ hit }) => hit.chunk === chunk);
      if (one === undefined) {
        throw new Fault('refused', `Chunk ${chunk} is not among the passages.`);
      }
      return one.hit;
    });
    const counter = await this.#counter(target);
    const laid = layOutPrompt(found.question, hits, counter);
    const messages = laid.messages;
    const template = counter.promptOf?.(messages);
    const { system, passages, question } = laid.tokens;
    const plain = system + passages + question;
    const tokens = template === undefined ? plain : Math.max(plain, counter.countTokens(template));
    const prompt: AskPrompt = {
      id: this.#parts.newId(),
      question: found.question,
      messages,
      ...(template !== undefined && { template }),
      passages: hits.slice(0, laid.used).map(({ chunk, root, path, startLine, endLine }, i) => ({
        ...{ number: i + 1, chunk, root, path, startLine, endLine },
        tokens: laid.passageTokens[i] as number,
      })),
      dropped: hits.slice(laid.used).map(({ chunk }) => chunk),
      disarmed: laid.disarmed,
      parts: { ...laid.tokens, template: tokens - plain },
      tokens,
      answerTokens: counter.answerTokens,
      window: counter.window,
      tokenizer: counter.tokenizer,
    };
    this.#prompts.keep(prompt.id, prompt);
    return prompt;
  }

  /**
   * Sends a prompt, and gives the answer as it comes.
   *
   * @throws Fault `unknown-session` when the prompt is no longer kept, `refused` when there is no passage in it
   */
  answer(id: string, generator: WorkerGenerator): PulledText {
    const { messages, passages, answerTokens: maxTokens } = this.#prompts.get(id);
    if (passages.length === 0) {
      throw new Fault('refused', 'There is no passage in this prompt: nothing is sent.');
    }
    const abort = new AbortController();
    const options = { maxTokens, temperature: TEMPERATURE, signal: abort.signal };
    const source =
      'local' in generator
        ? streamLocal(this.#parts.models, generator.local, messages, options)
        : streamChat({ ...generator, address: generator.endpoint }, messages, options);
    return new PulledText(source, () => abort.abort());
  }

  async #counter(target: PromptTarget): Promise<Counter> {
    if ('local' in target) {
      const model = await (await this.#parts.models()).counter(target.local);
      const window = model.contextWindow;
      const empty = [
        { role: 'system', content: '' },
        { role: 'user', content: '' },
      ] as const;
      return {
        countTokens: (text) => model.countTokens(text),
        window,
        answerTokens: answerTokensOf(window),
        templateTokens: model.countTokens(model.promptOf(empty)),
        systemRole: true,
        promptOf: (messages) => model.promptOf(messages),
        tokenizer: { name: model.label, exact: true },
      };
    }
    const { window, systemRole } = target;
    const tokenizer = await this.#parts.tokenizer(COUNTED_BY);
    return {
      countTokens: (text) => tokenizer.encode(text).ids.length,
      window,
      answerTokens: answerTokensOf(window),
      systemRole,
      tokenizer: { name: COUNTED_BY, exact: false },
    };
  }
}

interface Counter extends PromptOptions {
  readonly promptOf?: (messages: AskPrompt['messages']) => string;
  readonly tokenizer: AskPrompt['tokenizer'];
}

/** What of a question is embedded: without the filters that may stand in it. */
export function questionText(question: string): string {
  return queryParts(question).text;
}

function answerTokensOf(window: number): number {
  return Math.min(ANSWER_TOKENS, Math.floor(window / 4));
}

function hitOfChunk(chunk: StoredChunk): SearchHit {
  const { id, root, path, language, kind, names, startLine, endLine, start, end, text } = chunk;
  return {
    ...{ chunk: id, root, path, language, kind, names, startLine, endLine, start, end },
    ...{ text: text.slice(0, MOST_TEXT), marks: [], score: 0, lexical: null, vector: null, rerank: null },
  };
}

function lost(what: string): Fault {
  return new Fault('unknown-session', `${what} of an earlier question are no longer kept.`, { remedy: 'Ask again.' });
}
