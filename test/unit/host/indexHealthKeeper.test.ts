// What is known of the index: told when it changes, and only then, however eagerly those who are told ask again.

import { describe, expect, it } from 'vitest';
import { IndexHealthKeeper } from '../../../src/host/indexHealthKeeper.ts';
import { CLOSED } from '../../../src/host/searchHealth.ts';
import type { IndexHealth } from '../../../src/shared/searchMessages.ts';

function setUp(answers: readonly Partial<IndexHealth>[]) {
  const seen = { asked: 0, told: 0, faults: 0, now: 0 };
  const clock = { now: () => seen.now, elapsed: () => seen.now };
  const keeper = new IndexHealthKeeper(
    clock,
    async () => {
      const answer = answers[Math.min(seen.asked, answers.length - 1)];
      seen.asked += 1;
      return { ...CLOSED, ...answer };
    },
    () => {
      seen.faults += 1;
    },
  );
  return { keeper, seen };
}

/** As long as any page could go on asking. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('IndexHealthKeeper', () => {
  it('ends with a page that asks whenever it is told, even while every answer is another', async () => {
    const { keeper, seen } = setUp(Array.from({ length: 1000 }, (_, indexed) => ({ indexed })));
    for (let page = 0; page < 3; page++) {
      keeper.onDidChange(() => {
        seen.told += 1;
        void keeper.look();
      });
    }
    await keeper.ask();
    await settle();
    expect(seen.asked).toBeLessThanOrEqual(2);
    expect(seen.told).toBeLessThanOrEqual(6);
  });

  it('does not tell what is the same', async () => {
    const { keeper, seen } = setUp([{ state: 'ready', chunks: 3 }]);
    keeper.onDidChange(() => {
      seen.told += 1;
    });
    await keeper.ask();
    await keeper.ask();
    expect([seen.asked, seen.told, keeper.health.chunks]).toEqual([2, 1, 3]);
  });

  it('looks again once what it knows is old', async () => {
    const { keeper, seen } = setUp([{ chunks: 1 }, { chunks: 2 }]);
    await keeper.look();
    await keeper.look();
    expect([seen.asked, keeper.health.chunks]).toEqual([1, 1]);
    seen.now += 10_000;
    await keeper.look();
    expect([seen.asked, keeper.health.chunks]).toEqual([2, 2]);
  });

  it('asks once more where it was asked meanwhile, and keeps what it knew where the worker fails', async () => {
    const { keeper, seen } = setUp([{ chunks: 1 }, { chunks: 2 }]);
    await Promise.all([keeper.ask(), keeper.ask(), keeper.ask()]);
    expect([seen.asked, keeper.health.chunks]).toEqual([2, 2]);
    const failing = new IndexHealthKeeper(
      { now: () => 0, elapsed: () => 0 },
      () => Promise.reject(new Error('gone')),
      () => {
        seen.faults += 1;
      },
    );
    await failing.ask();
    expect([seen.faults, failing.health]).toEqual([1, CLOSED]);
  });
});
