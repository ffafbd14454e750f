// The client for OpenAI-compatible endpoints against a real server: what it sends, what it makes of streams however they
// are cut up, each way to fail, and that the key goes to no one else.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endpointUrl, streamChat } from '../../../src/services/ask/endpoint.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import { beginStream, event, OpenAiServer, refusing, streaming } from '../../webview/openAiServer.ts';
import { ManualTimers } from '../worker/modelWorkerParts.ts';

const KEY = 'sk-very-secret-1234';
const MESSAGES = [
  { role: 'system', content: 'Rules' },
  { role: 'user', content: 'Grüße, 世界 👋' },
] as const;

let server: OpenAiServer;
beforeEach(async () => {
  server = await OpenAiServer.start();
});
afterEach(() => server[Symbol.asyncDispose]());

interface Asked {
  readonly text: string;
  readonly cut: boolean | undefined;
  readonly fault: Fault | undefined;
}

async function ask(
  more: { key?: string; model?: string; address?: string; abort?: AbortController; timers?: ManualTimers } = {},
): Promise<Asked> {
  const { key, model = 'm', address = server.address, abort = new AbortController(), timers } = more;
  const source = streamChat({ address, model, key }, MESSAGES, {
    ...{ maxTokens: 100, temperature: 0, signal: abort.signal },
    ...(timers && { timers }),
  });
  let text = '';
  try {
    for (;;) {
      const { value, done } = await source.next();
      if (done === true) {
        return { text, cut: value.cut, fault: undefined };
      }
      text += value;
    }
  } catch (error) {
    return { text, cut: undefined, fault: asFault(error) };
  }
}

describe('a request', () => {
  it('is as the protocol says, with the key in its header alone', async () => {
    await ask({ key: KEY, model: 'some/model' });
    expect(server.received).toEqual([
      {
        method: 'POST',
        path: '/v1/chat/completions',
        authorization: `Bearer ${KEY}`,
        body: { model: 'some/model', messages: MESSAGES, temperature: 0, max_tokens: 100, stream: true },
      },
    ]);
  });

  it('has no authorization without a key', async () => {
    await ask();
    expect(server.received[0]?.authorization).toBeUndefined();
  });

  it('asks for the first model that is offered where none is named', async () => {
    expect((await ask({ model: ' ' })).text).toBe('Yes [1].');
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
      'POST /v1/chat/completions',
    ]);
    expect(server.chats[0]?.body.model).toBe('first-model');
    server.models = [];
    expect((await ask({ model: '' })).fault?.message).toContain('offers no model');
  });

  it('is made once more, by the newer names, where a server says that it takes no others', async () => {
    server.reply = (response, { body }) => {
      if ('max_tokens' in body) {
        const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
        return refusing(400, { error: { message } })(response, server.received[0]!);
      }
      return streaming('Yes.')(response, server.received[0]!);
    };
    expect((await ask()).text).toBe('Yes.');
    expect(server.chats).toHaveLength(2);
    expect(server.chats[1]?.body).toEqual({ model: 'm', messages: MESSAGES, stream: true, max_completion_tokens: 100 });
    server.reply = refusing(400, { error: { message: 'no such temperature' } });
    expect((await ask()).fault?.message).toContain('no such temperature');
    expect(server.chats).toHaveLength(4);
  });

  it.each([
    ['http://localhost:11434/v1', 'http://localhost:11434/v1/'],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1/'],
    ['https://example.com/api/v1/chat/completions', 'https://example.com/api/v1/'],
    ['http://localhost:8000', 'http://localhost:8000/'],
    ['http://localhost:8000/v1?x=1#y', 'http://localhost:8000/v1/'],
  ])('to %s goes below %s', (address, url) => {
    expect(endpointUrl(address).href).toBe(url);
  });

  it.each(['', 'localhost:11434', 'ftp://localhost', 'file:///etc/passwd', 'http://user:pass@localhost/v1'])(
    'to "%s" is refused before anything is sent, and no password is told',
    async (address) => {
      const { fault } = await ask({ address });
      expect(fault?.code).toBe('bad-params');
      expect(fault?.full).not.toContain('pass@');
      expect(server.received).toEqual([]);
    },
  );
});

describe('an answer', () => {
  it('comes piece by piece', async () => {
    server.reply = streaming('It waits 世界 twice [1].', { size: 3 });
    expect(await ask()).toEqual({ text: 'It waits 世界 twice [1].', cut: false, fault: undefined });
  });

  it('is the same however its bytes are cut up, also inside of a character', async () => {
    const bytes = Buffer.from(
      `: a comment\r\n\r\n${event('Grü').replaceAll('\n', '\r\n')}event: x\nid: 1\n${event('ße 👋')}data: [DONE]\n\n`,
    );
    server.reply = async (response) => {
      beginStream(response);
      for (const byte of bytes) {
        response.write(Uint8Array.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    };
    expect((await ask()).text).toBe('Grüße 👋');
  });

  it('says that it was cut where it had become too long', async () => {
    server.reply = streaming('And so on', { finish: 'length' });
    expect((await ask()).cut).toBe(true);
  });

  it('may end with a reason and without the word DONE', async () => {
    server.reply = (response) => void beginStream(response).end(event('Done.', 'stop'));
    expect(await ask()).toMatchObject({ text: 'Done.', cut: false });
  });

  it('may come whole, from a server that does not stream', async () => {
    const body = { choices: [{ message: { role: 'assistant', content: 'Whole [1].' }, finish_reason: 'stop' }] };
    server.reply = refusing(200, body);
    expect(await ask()).toEqual({ text: 'Whole [1].', cut: false, fault: undefined });
  });
});

describe('a fault', () => {
  it('is told when nothing answers', async () => {
    const { address, origin } = server;
    await server[Symbol.asyncDispose]();
    // The guard of the tests would stop a connection to a port that is no longer served: that is what is wanted here.
    const { fault } = await ask({ address });
    expect(fault?.code).toBe('not-found');
    expect(fault?.message).toContain(origin);
    expect(fault?.remedy).toContain('Start the server');
  });

  it.each([
    [401, 'refused', 'Set Endpoint Key'],
    [403, 'refused', 'Set Endpoint Key'],
    [404, 'not-found', 'Name a model that it has'],
    [429, 'refused', 'It says to wait 7 seconds'],
    [400, 'bad-input', 'takes such a prompt'],
    [503, 'bad-input', 'server’s log'],
  ])('%i is %s and says what to do, and what the server says, without the key', async (status, code, remedy) => {
    server.reply = refusing(status, { error: { message: `no way with ${KEY}\u0007\nat all` } }, { 'retry-after': '7' });
    const { fault } = await ask({ key: KEY, model: 'big-one' });
    expect(fault).toMatchObject({ code });
    expect(fault?.remedy).toContain(remedy);
    expect(fault?.message).toContain('no way with … at all');
    expect(fault?.full).not.toContain(KEY);
    expect(status === 404 ? fault?.message : 'big-one').toContain('big-one');
  });

  it('shows nothing of a web page that answers in place of an API', async () => {
    server.reply = (response) =>
      void response.writeHead(502, { 'content-type': 'text/html' }).end('<html><script>x</script>');
    expect((await ask()).fault?.message).not.toContain('<');
    server.reply = (response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');
    expect((await ask()).fault).toMatchObject({ code: 'bad-input', remedy: expect.stringContaining('/v1') });
  });

  it('keeps what came before the stream was cut', async () => {
    server.reply = (response) => {
      beginStream(response).write(event('Half an ans'), () => response.destroy());
    };
    const { text, fault } = await ask();
    expect(text).toBe('Half an ans');
    expect(fault).toMatchObject({ code: 'bad-input', message: expect.stringContaining('broke off') });
  });

  it('is told when the stream ends properly before the answer did', async () => {
    server.reply = (response) => void beginStream(response).end(event('Half'));
    expect(await ask()).toMatchObject({ text: 'Half', fault: { message: expect.stringContaining('broke off') } });
  });

  it.each([
    ['no JSON', 'data: {"choices": [\n\n'],
    ['no choices', 'data: {"object":"something"}\n\n'],
    ['a number', 'data: 12\n\n'],
  ])('is told when an event is %s', async (_, data) => {
    server.reply = (response) => void beginStream(response).end(event('So ') + data);
    expect(await ask()).toMatchObject({
      text: 'So ',
      fault: { code: 'bad-input', message: expect.stringContaining('no answer') },
    });
  });

  it('is told when the server puts an error into the stream', async () => {
    server.reply = (response) =>
      void beginStream(response).end(`${event('So ')}data: {"error":{"message":"out of memory"}}\n\n`);
    expect((await ask()).fault?.message).toContain('out of memory');
  });

  it('is told when an answer has nothing in it', async () => {
    server.reply = (response) => void beginStream(response).end('data: [DONE]\n\n');
    expect((await ask()).fault?.message).toContain('answered with nothing');
  });

  it('is told when an event never ends', async () => {
    server.reply = (response) => {
      beginStream(response);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', more);
      more();
    };
    expect((await ask()).fault?.message).toContain('does not end');
    await vi.waitFor(() => expect(server.brokenOff).toBe(1));
  });

  it('follows no redirect: neither key nor files go elsewhere', async () => {
    await using other = await OpenAiServer.start();
    server.reply = (response) => void response.writeHead(307, { location: `${other.address}/chat/completions` }).end();
    const { fault } = await ask({ key: KEY });
    expect(fault).toMatchObject({ code: 'refused', message: expect.stringContaining('another address') });
    expect(other.received).toEqual([]);
  });

  it('gives up when nothing comes for too long', async () => {
    const timers = new ManualTimers();
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    server.reply = (response) => {
      beginStream(response).write(event('Wait'));
      began();
    };
    const asked = ask({ timers });
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 50));
    timers.pass(119_000);
    timers.pass(2_000);
    expect((await asked).fault?.message).toContain('did not answer in time');
    await vi.waitFor(() => expect(server.brokenOff).toBe(1));
  });
});

describe('stopping', () => {
  it('breaks the request off', async () => {
    const abort = new AbortController();
    server.reply = (response) => {
      beginStream(response).write(event('Going on'));
      setTimeout(() => abort.abort(), 20);
    };
    const { text, fault } = await ask({ abort });
    expect(text).toBe('Going on');
    expect(fault?.code).toBe('cancelled');
    await vi.waitFor(() => expect(server.brokenOff).toBe(1));
  });

  it('sends nothing when it comes first', async () => {
    const abort = new AbortController();
    abort.abort();
    expect((await ask({ abort })).fault?.code).toBe('cancelled');
    expect(server.received).toEqual([]);
  });

  it('ends the request too when nobody reads on', async () => {
    server.reply = (response) => void beginStream(response).write(event('Going on'));
    const signal = new AbortController().signal;
    for await (const _ of streamChat({ address: server.address, model: 'm' }, MESSAGES, {
      maxTokens: 9,
      temperature: 0,
      signal,
    })) {
      break;
    }
    await vi.waitFor(() => expect(server.brokenOff).toBe(1));
  });
});
