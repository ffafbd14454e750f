// A server that speaks OpenAI's chat protocol over real HTTP, and does what the test says: streams, refuses, breaks off.
// The wire format is as OpenAI's API reference gives it.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model?: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly stream?: boolean;
    readonly max_tokens?: number;
  };
}

/** Answers a chat request. */
export type Reply = (response: ServerResponse, received: Received) => void | Promise<void>;

export class OpenAiServer implements AsyncDisposable {
  readonly received: Received[] = [];
  /** How many requests were broken off by who asked. */
  brokenOff = 0;
  reply: Reply;
  models: readonly string[] = ['first-model', 'second-model'];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  private constructor(reply: Reply) {
    this.reply = reply;
  }

  static async start(reply: Reply = streaming('Yes [1].')): Promise<OpenAiServer> {
    const made = new OpenAiServer(reply);
    made.#server.listen(0, '127.0.0.1');
    await once(made.#server, 'listening');
    return made;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get address(): string {
    return `${this.origin}/v1`;
  }

  /** Chat requests alone. */
  get chats(): readonly Received[] {
    return this.received.filter(({ path }) => path.endsWith('/chat/completions'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const { method = '', url: path = '', headers } = request;
    const received: Received = {
      method,
      path,
      authorization: headers.authorization,
      body: text === '' ? {} : JSON.parse(text),
    };
    this.received.push(received);
    response.on('close', () => {
      this.brokenOff += response.writableFinished ? 0 : 1;
    });
    if (path.endsWith('/models')) {
      const data = this.models.map((id) => ({ id, object: 'model' }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ object: 'list', data }));
    } else {
      await this.reply(response, received);
    }
  }
}

/** One event of a stream. */
export function event(content: string | undefined, finish: string | null = null): string {
  const delta = content === undefined ? {} : { content };
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

export function beginStream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

/** Streams a text, some characters at a time. */
export function streaming(text: string, { finish = 'stop', size = 5, pause = 0 } = {}): Reply {
  return async (response) => {
    beginStream(response);
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })}\n\n`,
    );
    for (let at = 0; at < text.length && !response.destroyed; at += size) {
      response.write(event(text.slice(at, at + size)));
      if (pause > 0) {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    response.end(`${event(undefined, finish)}data: [DONE]\n\n`);
  };
}

export function refusing(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}
