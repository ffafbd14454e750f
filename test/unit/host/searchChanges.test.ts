// Changes in the workspace reach the worker in few messages, whatever happens there.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeBatch, type ChangedFile, MOST_LISTED } from '../../../src/host/searchChanges.ts';
import type { Timers } from '../../../src/shared/environment.ts';

/** Time that the test moves. */
class TestTimers implements Timers {
  private now = 0;
  private waiting: { readonly at: number; readonly callback: () => void }[] = [];

  after(milliseconds: number, callback: () => void) {
    const entry = { at: this.now + milliseconds, callback };
    this.waiting.push(entry);
    return {
      dispose: () => {
        this.waiting = this.waiting.filter((one) => one !== entry);
      },
    };
  }

  pass(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (;;) {
      const [next] = this.waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) {
        break;
      }
      this.now = next.at;
      this.waiting = this.waiting.filter((one) => one !== next);
      next.callback();
    }
    this.now = until;
  }
}

function batch() {
  const timers = new TestTimers();
  const sent: (readonly ChangedFile[])[] = [];
  return { timers, sent, changes: new ChangeBatch(timers, (files) => sent.push(files)) };
}

describe('a batch of changes', () => {
  it('tells a file once, however often it was saved in a moment', () => {
    const { timers, sent, changes } = batch();
    for (const path of ['a.ts', 'b.ts', 'a.ts']) {
      changes.add('r', path);
    }
    timers.pass(1000);
    expect(sent).toEqual([
      [
        { root: 'r', path: 'a.ts' },
        { root: 'r', path: 'b.ts' },
      ],
    ]);
  });

  it('is told within a second where changes never cease', () => {
    const { timers, sent, changes } = batch();
    for (let round = 0; round < 20; round++) {
      changes.add('r', `${round}.ts`);
      timers.pass(100);
    }
    expect(sent.length).toBeGreaterThanOrEqual(1);
    timers.pass(1000);
    expect(sent.flat().length).toBe(20);
  });

  it('of a checkout of thousands of files says only that all are to be looked at', () => {
    const { timers, sent, changes } = batch();
    for (let file = 0; file <= MOST_LISTED; file++) {
      changes.add('r', `${file}.ts`);
    }
    timers.pass(1000);
    expect(sent).toEqual([[]]);
    changes.add('r', 'later.ts');
    timers.pass(1000);
    expect(sent[1]).toEqual([{ root: 'r', path: 'later.ts' }]);
  });

  it('looks at all where the rules themselves have changed, and at nothing for noise', () => {
    const { timers, sent, changes } = batch();
    for (const path of ['.git/index.lock', 'a/node_modules/b/c.js', '.git/objects/12/34']) {
      changes.add('r', path);
    }
    timers.pass(1000);
    expect(sent).toEqual([]);
    for (const path of ['src/.gitignore', '.git/info/exclude']) {
      changes.add('r', path);
      timers.pass(1000);
    }
    expect(sent).toEqual([[], []]);
  });

  it('loses no file and tells none twice in one message', () => {
    const names = fc.array(fc.tuple(fc.constantFrom('r', 's'), fc.stringMatching(/^[a-d]{1,2}\.ts$/), fc.nat(400)));
    fc.assert(
      fc.property(names, (events) => {
        const { timers, sent, changes } = batch();
        for (const [root, path, wait] of events) {
          changes.add(root, path);
          timers.pass(wait);
        }
        timers.pass(2000);
        const keyOf = ({ root, path }: ChangedFile) => `${root} ${path}`;
        expect(new Set(sent.flat().map(keyOf))).toEqual(new Set(events.map(([root, path]) => `${root} ${path}`)));
        for (const files of sent) {
          expect(new Set(files.map(keyOf)).size).toBe(files.length);
        }
      }),
    );
  });

  it('says nothing once it is disposed', () => {
    const { timers, sent, changes } = batch();
    changes.add('r', 'a.ts');
    changes.dispose();
    timers.pass(2000);
    expect(sent).toEqual([]);
  });
});
