// Quick Search over an index that is just being opened: what was typed once is found once it can be.

import { beforeEach, expect, it, vi } from 'vitest';
import { QuickSearch } from '../../../src/host/quickSearch.ts';
import { CLOSED } from '../../../src/host/searchHealth.ts';
import type { SearchIndex } from '../../../src/host/searchIndex.ts';
import type { HitOpener } from '../../../src/host/searchOpen.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { IndexHealth, SearchAnswer, SearchHit } from '../../../src/shared/searchMessages.ts';

const { pick } = vi.hoisted(() => ({
  pick: {
    value: '',
    busy: false,
    items: [] as { readonly label: string }[],
    hide: () => {},
    onDidChangeValue() {},
    onDidChangeActive() {},
    onDidAccept() {},
    onDidTriggerItemButton() {},
    onDidHide(listener: () => void) {
      pick.hide = listener;
    },
    show() {},
    dispose() {},
  },
}));
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: { createQuickPick: () => pick, tabGroups: { all: [] } },
  workspace: {},
  ThemeIcon: class {},
  TabInputText: class {},
  CancellationTokenSource: class {
    token = { isCancellationRequested: false };
    cancel() {
      this.token.isCancellationRequested = true;
    }
    dispose() {}
  },
}));

const HIT = {
  ...{ path: 'src/otter.ts', root: 'r', startLine: 1, endLine: 2, start: 0, end: 9, names: [], text: 'otter\n' },
  ...{ chunk: 1, language: 'typescript', kind: 'code', marks: [], score: 1, lexical: null, vector: null, rerank: null },
} as unknown as SearchHit;
const READY: IndexHealth = { ...CLOSED, state: 'ready', indexed: 3, chunks: 5 };

let health: IndexHealth;
let news: (now: IndexHealth) => void;
let listening: number;
let answers: (() => Promise<readonly SearchHit[]>)[];
let asked: number;

beforeEach(() => {
  Object.assign(pick, { value: '', busy: false, items: [] });
  health = { ...CLOSED, state: 'opening' };
  news = () => {};
  listening = 0;
  asked = 0;
});

function search(...these: (() => Promise<readonly SearchHit[]>)[]): void {
  answers = these;
  const index = {
    get health() {
      return health;
    },
    onDidChange(listener: () => void) {
      listening += 1;
      news = (now) => {
        health = now;
        listener();
      };
      return { dispose: () => (listening -= 1) };
    },
    async request(): Promise<SearchAnswer> {
      const answer = answers[Math.min(asked++, answers.length - 1)]!;
      return { query: '', hits: await answer(), took: {}, models: [], pending: 0, scanned: false, notes: [] };
    },
  };
  new QuickSearch(index as unknown as SearchIndex, {} as HitOpener).show('otter');
}
const labels = () => pick.items.map(({ label }) => label);

it('asks again when the index has come after nothing was found', async () => {
  search(
    async () => [],
    async () => [HIT],
  );
  await expect.poll(labels).toEqual(['Nothing was found.']);
  news(READY);
  await expect.poll(labels).toEqual(['$(file) otter.ts:1']);
  news({ ...READY, chunks: 6 });
  expect(pick.busy).toBe(false); // what has hits stays as it is
  expect(asked).toBe(2);
});

it('and when it came while that was being answered', async () => {
  search(
    async () => {
      news(READY);
      return [];
    },
    async () => [HIT],
  );
  await expect.poll(labels).toEqual(['$(file) otter.ts:1']);
});

it.each(['worker-died', 'cancelled'] as const)('and after a fault %s that the worker came back from', async (code) => {
  search(
    () => Promise.reject(new Fault(code, 'The search worker ended.')),
    async () => [HIT],
  );
  await expect.poll(labels).toEqual(['$(warning) The search worker ended.']);
  news({ ...CLOSED, state: 'failed' });
  expect(pick.busy).toBe(false); // that would start what ended too often
  news(READY);
  await expect.poll(labels).toEqual(['$(file) otter.ts:1']);
});

it('listens no longer than it is shown', async () => {
  search(async () => [HIT]);
  await expect.poll(labels).toHaveLength(1);
  expect(listening).toBe(1);
  pick.hide();
  expect(listening).toBe(0);
});
