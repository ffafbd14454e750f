// Asking in the real editor with the real search worker: passages and prompt of the workspace, nothing sent where nobody
// is to answer, the key where no page sees it. What an endpoint answers is tested without the editor.

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AskPanel } from '../../../src/host/askPanel.ts';
import type { SearchFeature } from '../../../src/host/searchFeature.ts';
import type { AskPlace, AskPrompt, Retrieved } from '../../../src/shared/askMessages.ts';
import { extension, TestPanel, until } from '../support.ts';

describe('asking the workspace', function () {
  this.timeout(60_000);
  let ask: AskPanel;
  let search: SearchFeature;
  let panel: TestPanel;

  const settings = () => vscode.workspace.getConfiguration('insideLlms.ask');
  const call = async <T>(method: string, params: unknown = {}) => {
    const { result, error } = await panel.call(method, params);
    equal(error, undefined, `${method}: ${error?.message}`);
    return result as T;
  };
  const promptOf = async (question: string) => {
    const found = await call<Retrieved>('ask.retrieve', { question });
    const chunks = found.hits.slice(0, 2).map(({ hit }) => hit.chunk);
    return { found, prompt: await call<AskPrompt>('ask.prompt', { retrieved: found.id, chunks }) };
  };

  before(async () => {
    const parts = await extension();
    search = await parts.search();
    ask = await parts.ask();
    await search.start();
    await until('the index is ready', () => search.index.health.state === 'ready');
  });

  beforeEach(() => {
    panel = new TestPanel();
    ask.attach(panel.panel);
  });

  afterEach(async () => {
    panel.panel.dispose();
    for (const name of ['generator', 'endpoint', 'model', 'threshold']) {
      await settings().update(name, undefined, vscode.ConfigurationTarget.Global);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('finds passages and lays the prompt out, and sends nothing where nobody is to answer', async () => {
    const place = await call<AskPlace>('ask.load');
    deepEqual([place.generator.kind, place.generator.reach], ['none', 'nowhere']);
    const { found, prompt } = await promptOf('how is a moving average computed');
    equal(found.hits[0]?.hit.path, 'code/moving_average.py');
    equal(found.inspected.vector.byteLength, 4 * found.inspected.dimensions);
    match(prompt.messages[1]?.content ?? '', /path="code\/moving_average\.py"/);
    const answer = await panel.call('ask.answer', { prompt: prompt.id });
    equal(answer.error?.data?.code, 'refused');
  });

  it('keeps what is chosen in the settings, and says where a prompt would go', async () => {
    await call('ask.choose', { generator: 'endpoint', threshold: 0.3 });
    await settings().update('endpoint', 'https://models.example.com/v1', vscode.ConfigurationTarget.Global);
    const { generator, threshold } = await call<AskPlace>('ask.load');
    equal(threshold, 0.3);
    deepEqual(
      [generator.kind, generator.address, generator.reach],
      ['endpoint', 'https://models.example.com', 'outside'],
    );
  });

  it('sends a prompt to nobody but whom it was shown for', async () => {
    const { prompt } = await promptOf('moving average');
    await call('ask.choose', { generator: 'endpoint' });
    const answer = await panel.call('ask.answer', { prompt: prompt.id });
    equal(answer.error?.data?.code, 'unknown-session');
  });

  it('tells pages that there is a key, and never the key', async () => {
    const { secrets } = (await extension()).services.context;
    await secrets.store('ask.endpointKey', 'sk-never-shown');
    try {
      await call('ask.choose', { generator: 'endpoint' });
      equal((await call<AskPlace>('ask.load')).generator.hasKey, true);
      ok(!JSON.stringify(panel.received).includes('sk-never-shown'));
    } finally {
      await secrets.delete('ask.endpointKey');
    }
  });

  it('names the local models, and what has to be fetched first', async () => {
    await call('ask.choose', { generator: 'local' });
    const { generator } = await call<AskPlace>('ask.load');
    ok(generator.models.length > 0);
    equal(generator.models.find(({ id }) => id === generator.model)?.state, 'missing');
    match(generator.problem ?? '', /not on this machine/);
  });

  it('says so where VS Code has no language model', async () => {
    await call('ask.choose', { generator: 'editor' });
    const { generator } = await call<AskPlace>('ask.load');
    match(generator.problem ?? '', /no language model/);
  });

  it('opens on the question and the chunks that its command is called with, once', async () => {
    await vscode.commands.executeCommand('insideLlms.askWorkspace', { query: 'why?', chunks: [3, 'x', -1] });
    const { asked } = await call<AskPlace>('ask.load');
    deepEqual(asked, { question: 'why?', chunks: [3] });
    equal((await call<AskPlace>('ask.load')).asked, undefined);
  });
});
