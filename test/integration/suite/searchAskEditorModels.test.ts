// VS Code's own language models as what answers, in the real editor: what one says is passed on piece by piece and kept
// while the panel is hidden; what VS Code or a provider refuses is told with what to do. The model is played: no provider
// comes with the editor that tests run in.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AskPanel } from '../../../src/host/askPanel.ts';
import type { AnswerPart, AskPlace, AskPrompt, Retrieved } from '../../../src/shared/askMessages.ts';
import { extension, TestPanel, until } from '../support.ts';

type Answers = (
  token: vscode.CancellationToken,
  messages: readonly vscode.LanguageModelChatMessage[],
) => AsyncIterable<string>;

describe('a language model of VS Code', function () {
  this.timeout(60_000);
  let ask: AskPanel;
  let panel: TestPanel;
  let answers: Answers;
  const lm = vscode.lm as unknown as Record<string, unknown>;
  const select = lm.selectChatModels;
  const settings = () => vscode.workspace.getConfiguration('insideLlms.ask');

  const model = {
    ...{ id: 'played-1', name: 'Played', vendor: 'tests', family: 'played', version: '1', maxInputTokens: 3000 },
    sendRequest: async (
      messages: vscode.LanguageModelChatMessage[],
      options: vscode.LanguageModelChatRequestOptions,
      token: vscode.CancellationToken,
    ) => {
      match(options.justification ?? '', /question about this workspace/);
      return { text: answers(token, messages) };
    },
  };

  const call = async <T>(method: string, params: unknown = {}) => {
    const { result, error } = await panel.call(method, params);
    equal(error, undefined, `${method}: ${error?.message}`);
    return result as T;
  };
  const start = async () => {
    const found = await call<Retrieved>('ask.retrieve', { question: 'how is a moving average computed' });
    const chunks = found.hits.slice(0, 2).map(({ hit }) => hit.chunk);
    const prompt = await call<AskPrompt>('ask.prompt', { retrieved: found.id, chunks });
    return { prompt, ...(await call<{ answer: string }>('ask.answer', { prompt: prompt.id })) };
  };
  /** To its end, or to what went wrong. */
  const follow = async (answer: string) => {
    let text = '';
    for (;;) {
      const { result, error } = await panel.call('ask.more', { answer, from: text.length });
      if (error !== undefined) {
        return { text, error };
      }
      const part = result as AnswerPart;
      text += part.text;
      if (part.done) {
        return { text, error };
      }
    }
  };
  const refusedBy = async (error: unknown) => {
    answers = async function* () {
      yield 'So ';
      throw error;
    };
    return follow((await start()).answer);
  };

  before(async () => {
    const parts = await extension();
    const search = await parts.search();
    ask = await parts.ask();
    await search.start();
    await until('the index is ready', () => search.index.health.state === 'ready');
    lm.selectChatModels = async (wanted?: { id?: string }) =>
      wanted?.id === undefined || wanted.id === model.id ? [model] : [];
    await settings().update('generator', 'editor', vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    lm.selectChatModels = select;
    await settings().update('generator', undefined, vscode.ConfigurationTarget.Global);
  });
  beforeEach(() => {
    panel = new TestPanel();
    ask.attach(panel.panel);
  });
  afterEach(() => panel.panel.dispose());

  it('is named, with where a prompt would go, and its window', async () => {
    const { generator } = await call<AskPlace>('ask.load');
    deepEqual([generator.kind, generator.reach, generator.model], ['editor', 'editor', 'played-1']);
    equal(generator.problem, undefined);
  });

  it('answers piece by piece, and is given its rules as a user’s message', async () => {
    let given: readonly vscode.LanguageModelChatMessage[] = [];
    answers = async function* (_token, messages) {
      given = messages;
      yield 'It is the mean ';
      yield 'of the last ones [1].';
    };
    const { prompt, answer } = await start();
    deepEqual(await follow(answer), { text: 'It is the mean of the last ones [1].', error: undefined });
    equal(prompt.window, 3000);
    ok(given.every(({ role }) => role === vscode.LanguageModelChatMessageRole.User));
  });

  it('goes on while the panel is hidden, and the next page has it', async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    answers = async function* () {
      yield 'Half, ';
      await held;
      yield 'and whole [1].';
    };
    const { answer } = await start();
    equal((await call<AnswerPart>('ask.more', { answer, from: 0 })).text, 'Half, ');
    panel.hide();
    go();
    let kept: AskPlace['answered'];
    for (let tries = 0; tries < 100 && kept?.state !== 'done'; tries++) {
      kept = (await call<AskPlace>('ask.load')).answered;
    }
    equal(kept?.text, 'Half, and whole [1].');
    equal(kept?.prompt.question, 'how is a moving average computed');
    equal((await call<AnswerPart>('ask.more', { answer, from: 6 })).text, 'and whole [1].');
  });

  it('stops when it is told to, and what came stays', async () => {
    let stopped = false;
    answers = async function* (token) {
      yield 'On and ';
      await new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
      stopped = true;
      yield 'on';
    };
    const { answer } = await start();
    await call<AnswerPart>('ask.more', { answer, from: 0 });
    await call('ask.stop', { answer });
    await until('the model is told', () => stopped);
    const { answered } = await call<AskPlace>('ask.load');
    deepEqual([answered?.text, answered?.state], ['On and ', 'stopped']);
  });

  it('that may not be used says how to allow it', async () => {
    const { text, error } = await refusedBy(vscode.LanguageModelError.NoPermissions('no'));
    equal(text, 'So ');
    equal(error?.data?.code, 'refused');
    match(`${error?.message} ${error?.data?.remedy}`, /told no.*Manage Language Model Access/);
  });

  it('whose quota is used up says to wait, however that is told', async () => {
    const ways = [
      vscode.LanguageModelError.Blocked('blocked'),
      new Error('You have exceeded your quota.'),
      Object.assign(new Error('x'), { code: 'ChatQuotaExceeded' }),
      Object.assign(new Error('Unknown'), { code: 'Unknown', cause: new Error('429 Too Many Requests') }),
    ];
    for (const way of ways) {
      const { error } = await refusedBy(way);
      equal(error?.data?.code, 'refused', String(way));
      match(`${error?.message} ${error?.data?.remedy}`, /quota is used up.*Wait a while/);
    }
  });

  it('that is gone, fails, or says nothing is told as that', async () => {
    equal((await refusedBy(vscode.LanguageModelError.NotFound('x'))).error?.data?.code, 'not-found');
    match((await refusedBy(new Error('boom'))).error?.message ?? '', /Played did not answer: boom/);
    answers = async function* () {
      yield '';
    };
    match((await follow((await start()).answer)).error?.message ?? '', /answered with nothing/);
  });
});
