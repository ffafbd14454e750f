// Questions that come before the index is open, or while it is opened anew: none is lost, and none outlives its asker.

import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { faultOf } from '../worker/modelWorkerParts.ts';
import { found, Workspace } from './serviceParts.ts';

const files = { 'a.md': '# Otter\n\nAn otter swims.\n', 'b.md': '# Heron\n\nA heron waits.\n' };

/** Opens stores when it is told to. */
function doors() {
  const waiting: (() => void)[] = [];
  return {
    get knocks() {
      return waiting.length;
    },
    open: (at: number) => waiting[at]?.(),
    openStore: async ({ store }: { readonly store: string }) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return SqliteStore.open(store, { clock: systemClock });
    },
  };
}

it('a question that comes before the index is open is answered once it is', async () => {
  await using workspace = await Workspace.with(files);
  const door = doors();
  const service = workspace.service({ openStore: door.openStore });
  const opening = service.open(workspace.settings());
  const finding = found(service, 'otter');
  await expect.poll(() => door.knocks).toBe(1);
  door.open(0);
  await opening;
  expect((await finding)[0]).toBe('a.md');
});

it('one that is taken back meanwhile ends at once, and the index is opened all the same', async () => {
  await using workspace = await Workspace.with(files);
  const door = doors();
  const service = workspace.service({ openStore: door.openStore });
  const opening = service.open(workspace.settings());
  const signal = { cancelled: false };
  const asked = [
    faultOf(service.query('otter', { top: 1, signal })),
    faultOf(service.similar('otter', { top: 1, signal })),
  ];
  const next = found(service, 'heron');
  await wait(20);
  signal.cancelled = true;
  for (const fault of await Promise.all(asked)) {
    expect(fault.code).toBe('cancelled');
  }
  door.open(0);
  await opening;
  expect((await next)[0]).toBe('b.md');
});

it('one that waits while the index is opened anew is answered by the new one', async () => {
  await using workspace = await Workspace.with(files);
  const door = doors();
  const service = workspace.service({ openStore: door.openStore });
  const first = service.open(workspace.settings());
  const finding = found(service, 'heron');
  await expect.poll(() => door.knocks).toBe(1);
  const second = service.open(workspace.settings({ store: `${workspace.store}2` }));
  await expect.poll(() => door.knocks).toBe(2);
  door.open(0);
  await first;
  await wait(20);
  door.open(1);
  await second;
  expect((await finding)[0]).toBe('b.md');
});

it('one that is being answered while the index is opened anew is answered by the new one', async () => {
  await using workspace = await Workspace.with(files);
  const service = await workspace.settled();
  const [store] = workspace.stores;
  const { lexical } = store!;
  let reopened: Promise<void> | undefined;
  store!.lexical = async (...args) => {
    reopened ??= service.open(workspace.settings());
    await reopened;
    return lexical.apply(store, args); // a store that is closed by now
  };
  expect((await found(service, 'heron'))[0]).toBe('b.md');
  expect(workspace.stores).toHaveLength(2);
});
