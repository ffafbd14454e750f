// A model behind an endpoint that speaks OpenAI's protocol (Ollama, vLLM, llama.cpp, OpenAI): one request, the answer as
// it is streamed. The key goes into one header and nowhere else: into no fault, no log, no other server.

import type { PromptMessage } from '../../shared/askMessages.ts';
import { systemTimers, type Timers } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { TextEnd } from '../../shared/pulledText.ts';
import { addressFault, connectionFault, emptyFault, saidBy, statusFault } from './endpointFaults.ts';
import { eventData } from './sse.ts';

export interface Endpoint {
  /** Up to what stands before `/chat/completions`: `http://localhost:11434/v1`. */
  readonly address: string;
  /** Empty for the first that it offers. */
  readonly model: string;
  readonly key?: string | undefined;
}

export interface EndpointOptions {
  readonly maxTokens: number;
  readonly temperature: number;
  /** Breaks the request off. */
  readonly signal: AbortSignal;
  readonly timers?: Timers;
  /** How long nothing may come, in milliseconds: a server may have to load the model first. */
  readonly patience?: number;
}

const PATIENCE_MS = 120_000;
/** The list of models and a refusal are short. */
const MOST_BYTES = 1 << 20;

/**
 * The pieces of the answer.
 *
 * @throws Fault `cancelled`; `bad-params` for an address that is none; `not-found` when nothing answers or the model is
 *   unknown; `refused` by key or quota; `bad-input` for an answer that breaks off or is none.
 */
export async function* streamChat(
  endpoint: Endpoint,
  messages: readonly PromptMessage[],
  options: EndpointOptions,
): AsyncGenerator<string, TextEnd, void> {
  const { maxTokens, temperature } = options;
  const call = new EndpointCall(endpoint, options);
  try {
    const model = endpoint.model.trim() === '' ? await firstModel(call) : endpoint.model.trim();
    const common = { model, messages, stream: true };
    const response = await call
      .send('chat/completions', { ...common, temperature, max_tokens: maxTokens }, model)
      .catch((error: unknown) => {
        // Newer models of OpenAI's own take the limit by another name, and no temperature.
        if (error instanceof Fault && /\(400\).*(?:max_completion_tokens|temperature)/.test(error.message)) {
          return call.send('chat/completions', { ...common, max_completion_tokens: maxTokens }, model);
        }
        throw error;
      });
    return response.headers.get('content-type')?.includes('text/event-stream') === true
      ? yield* streamed(call, response)
      : yield* whole(call, response);
  } catch (error) {
    throw call.faultOf(error);
  } finally {
    call.close();
  }
}

/** The base address of an endpoint, checked. @throws Fault `bad-params` */
export function endpointUrl(address: string): URL {
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch {
    throw addressFault(address);
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw addressFault(address);
  }
  url.search = '';
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+(?:chat\/completions\/*)?$/, '')}/`;
  return url;
}

async function firstModel(call: EndpointCall): Promise<string> {
  const response = await call.send('models', undefined, '');
  const { data } = (await call.json(response)) as { readonly data?: readonly { readonly id?: unknown }[] };
  const first = Array.isArray(data) ? data[0]?.id : undefined;
  if (typeof first !== 'string' || first === '') {
    throw new Fault('not-found', `${call.place} offers no model.`, {
      remedy: 'Load one there, or name it in the setting "Inside LLMs › Ask: Model".',
    });
  }
  return first;
}

async function* streamed(call: EndpointCall, response: Response): AsyncGenerator<string, TextEnd, void> {
  let end: TextEnd | undefined;
  let said = false;
  for await (const data of eventData(call.bytes(response))) {
    if (data.trim() === '[DONE]') {
      end ??= { cut: false };
      break;
    }
    const { text, finish } = pieceOf(call, data, 'delta');
    if (text !== '') {
      said = true;
      yield text;
    }
    if (finish !== undefined) {
      end = { cut: finish === 'length' };
    }
  }
  if (end === undefined) {
    throw new Fault('bad-input', 'The answer broke off: the connection ended before the answer did.', {
      remedy: 'Ask again. If it happens each time, look at the server’s log.',
    });
  }
  if (!said) {
    throw emptyFault(call.place);
  }
  return end;
}

/** A server that doesn't stream sends the answer whole. */
async function* whole(call: EndpointCall, response: Response): AsyncGenerator<string, TextEnd, void> {
  const { text, finish } = pieceOf(call, await call.text(response), 'message');
  if (text === '') {
    throw emptyFault(call.place);
  }
  yield text;
  return { cut: finish === 'length' };
}

interface Choice {
  readonly delta?: { readonly content?: unknown } | null;
  readonly message?: { readonly content?: unknown } | null;
  readonly finish_reason?: unknown;
}

function pieceOf(call: EndpointCall, data: string, where: 'delta' | 'message'): { text: string; finish?: string } {
  const sent = call.parse(data);
  const { choices, error } = sent as { readonly choices?: unknown; readonly error?: unknown };
  if (error !== undefined && error !== null) {
    const { message } = error as { readonly message?: unknown };
    throw new Fault('bad-input', `${call.place}: ${call.harmless(String(message ?? JSON.stringify(error)))}`);
  }
  if (!Array.isArray(choices)) {
    throw call.malformed();
  }
  const [choice] = choices as readonly Choice[];
  const content = choice?.[where]?.content;
  const finish = choice?.finish_reason;
  return {
    text: typeof content === 'string' ? content : '',
    ...(typeof finish === 'string' && { finish }),
  };
}

/** One request after the other, given up when nothing comes for too long, or when it is stopped. */
class EndpointCall {
  readonly place: string;
  readonly #url: URL;
  readonly #key: string | undefined;
  readonly #options: EndpointOptions;
  readonly #abort = new AbortController();
  readonly #stop = () => this.#abort.abort();
  #timer: { dispose(): void } | undefined;
  #late = false;

  constructor({ address, key }: Endpoint, options: EndpointOptions) {
    this.#url = endpointUrl(address);
    this.place = this.#url.origin;
    this.#key = key?.trim() || undefined;
    this.#options = options;
    options.signal.addEventListener('abort', this.#stop);
    if (options.signal.aborted) {
      this.#abort.abort();
    }
  }

  /** @param model by which a 404 is told */
  async send(path: string, body: unknown, model: string): Promise<Response> {
    this.#wait();
    const response = await fetch(new URL(path, this.#url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/event-stream, application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.#key !== undefined && { authorization: `Bearer ${this.#key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Elsewhere neither the key nor the files are to go.
      redirect: 'error',
      signal: this.#abort.signal,
    });
    if (!response.ok) {
      const said = this.harmless(saidBy(await this.text(response)));
      throw statusFault(response, said, { place: this.place, model });
    }
    return response;
  }

  /** The body's bytes as they come. */
  async *bytes(response: Response): AsyncGenerator<Uint8Array, void, void> {
    if (response.body === null) {
      return;
    }
    for await (const chunk of response.body) {
      this.#wait();
      yield chunk;
    }
  }

  async text(response: Response): Promise<string> {
    const decoder = new TextDecoder();
    let text = '';
    let size = 0;
    for await (const chunk of this.bytes(response)) {
      size += chunk.length;
      if (size > MOST_BYTES) {
        throw this.malformed();
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  }

  async json(response: Response): Promise<unknown> {
    return this.parse(await this.text(response));
  }

  /** An object. @throws Fault `bad-input` */
  parse(text: string): object {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.malformed();
    }
    if (value === null || typeof value !== 'object') {
      throw this.malformed();
    }
    return value;
  }

  malformed(): Fault {
    return new Fault('bad-input', `${this.place} sent something that is no answer of OpenAI’s protocol.`, {
      remedy: 'See that the address is that of the API: it mostly ends in /v1.',
    });
  }

  /** What a server says, without the key, in one line. */
  harmless(text: string): string {
    const hidden = this.#key === undefined ? text : text.replaceAll(this.#key, '…');
    return hidden.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  }

  faultOf(error: unknown): Fault {
    if (error instanceof Fault) {
      return error;
    }
    if (this.#options.signal.aborted) {
      return new Fault('cancelled', 'The answer was stopped.');
    }
    return connectionFault(error, this.place, this.#late);
  }

  /** Ends what is still under way. */
  close(): void {
    this.#timer?.dispose();
    this.#options.signal.removeEventListener('abort', this.#stop);
    this.#abort.abort();
  }

  /** From now on nothing may come for so long. */
  #wait(): void {
    const { timers = systemTimers, patience = PATIENCE_MS } = this.#options;
    this.#timer?.dispose();
    this.#timer = timers.after(patience, () => {
      this.#late = true;
      this.#abort.abort();
    });
  }
}
