// The search worker's method that measures, on an open index.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedText } from '../../../src/retrieval/chunk.ts';
import { withStored } from '../../../src/services/search/evaluate/storedVectors.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { type EvaluationReport, evaluateSearch } from '../../../src/shared/evaluateMessages.ts';
import { z } from '../../../src/shared/schema.ts';
import type { Call, On } from '../../../src/worker/methods.ts';
import { addEvaluateMethods } from '../../../src/worker/search/evaluateMethods.ts';
import { realCutter, WordModel, Workspace } from './serviceParts.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.with({
    'a.py': 'def fill(tank, litres):\n    """Pour water into the tank."""\n    tank.water += litres\n',
    'b.md': '# Zoo\n\nAn elephant lives here.\n',
    'c.log': 'Pour water into the tank.',
  });
});
afterEach(() => workspace[Symbol.asyncDispose]());

type Evaluate = (params: z.infer<typeof evaluateSearch.params>, call: Call) => Promise<EvaluationReport>;

const noModels = new Fault('model-missing', 'There is no real model here.');

function methodOf(service: ReturnType<Workspace['service']>, why: Error = noModels): Evaluate {
  let method: unknown;
  const on: On = (_, answer) => {
    method = answer;
  };
  addEvaluateMethods(on, {
    service,
    cutter: realCutter,
    staticModel: async () => workspace.model,
    models: async () => {
      throw why;
    },
  });
  return method as Evaluate;
}

const call = (cancelled = false): Call => ({
  token: { isCancellationRequested: cancelled },
  signal: { cancelled },
  onProgress: () => {},
});

test('measures on the files of the open index, by its own rules, and leaves the index as it was', async () => {
  const rules = { ...workspace.settings().rules, exclude: ['*.log'] };
  const service = await workspace.settled({}, { rules });
  const { chunks } = await service.health();
  const report = await methodOf(service)({ queries: 10, commits: false }, call());
  expect(report).toMatchObject({
    files: 2,
    models: { reranker: null },
    sources: [{ source: 'docstrings', queries: 1 }],
  });
  expect((await service.health()).chunks).toBe(chunks);
});

test('says what is wrong with a model that is there and broken', async () => {
  const service = await workspace.settled();
  const evaluate = methodOf(service, new Fault('bad-input', 'The model is damaged.'));
  await expect(evaluate({ queries: 10, commits: false }, call())).rejects.toThrow('The model is damaged.');
});

test('takes labels as the text of a file, and names the line that is wrong', async () => {
  const service = await workspace.settled();
  const evaluate = methodOf(service);
  const labels = { text: '{"query":"elephant","path":"b.md"}', file: 'labels.jsonl' };
  const { sources } = await evaluate({ queries: 10, commits: true, labels }, call());
  expect(sources).toMatchObject([{ source: 'labels', queries: 1 }]);
  const wrong = { ...labels, text: `${labels.text}\n{"query":7}` };
  await expect(evaluate({ queries: 10, commits: true, labels: wrong }, call())).rejects.toMatchObject({
    code: 'bad-input',
    where: 'labels.jsonl:2',
  });
});

test('a chunk that is the same in the index is not embedded again, and its vector is that of the index', async () => {
  const service = await workspace.settled();
  const { store } = await service.opened();
  const before = workspace.model.embedded.length;
  const model = withStored(workspace.model, store);
  const stored = (await store.chunkPage(-1, 100)).map(embeddedText);
  expect(stored.length).toBeGreaterThan(1);
  const vectors = await model.embed(['another text', ...stored, 'and one more']);
  expect(workspace.model.embedded.slice(before)).toEqual(['another text', 'and one more']);
  const anew = await workspace.model.embed(['another text', ...stored, 'and one more']);
  for (const [i, vector] of vectors.entries()) {
    expect([...vector]).toEqual([...anew[i]!].map((value) => expect.closeTo(value, 6)));
  }
  // Of a model that the index knows nothing of, all is made.
  const other = new WordModel('words-2');
  await withStored(other, store).embed(stored);
  expect(other.embedded).toEqual(stored);
});

test('needs an open index, and stops when nobody waits', async () => {
  const evaluate = methodOf(workspace.service());
  await expect(evaluate({ queries: 10, commits: false }, call())).rejects.toMatchObject({ code: 'not-found' });
  const open = methodOf(await workspace.settled());
  await expect(open({ queries: 10, commits: false }, call(true))).rejects.toMatchObject({ code: 'cancelled' });
});

test.each([
  [{ queries: 10, commits: true }, true],
  [{ queries: 0, commits: true }, false],
  [{ queries: 1e6, commits: true }, false],
  [{ queries: 10 }, false],
  [{ queries: 10, commits: true, folder: '/' }, false],
])('takes %j: %j', (params, taken) => {
  expect(z.safeParse(evaluateSearch.params, params).success).toBe(taken);
});
