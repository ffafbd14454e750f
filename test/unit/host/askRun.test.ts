// An answer that the host keeps: nothing of it is lost or told twice whoever pulls it, it goes on with nobody looking, and
// what is written of it is what a later window reads.

import { describe, expect, it } from 'vitest';
import { AskKept, type Memory } from '../../../src/host/askKept.ts';
import { AskRun } from '../../../src/host/askRun.ts';
import type { AnswerPart, AskPrompt, KeptAnswer } from '../../../src/shared/askMessages.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { faultOf, ManualTimers } from '../worker/modelWorkerParts.ts';

const PROMPT = { id: 'p', question: 'why?' } as AskPrompt;

/** A source whose parts the test hands out. */
class Source {
  stopped = 0;
  #give: ((part: AnswerPart) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;
  next = () =>
    new Promise<AnswerPart>((resolve, reject) => {
      [this.#give, this.#fail] = [resolve, reject];
    });
  stop = () => {
    this.stopped += 1;
  };

  async give(text: string, more: Partial<AnswerPart> = {}): Promise<void> {
    this.#give?.({ text, done: false, cut: false, ...more });
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.#fail?.(error);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function begun(timers?: ManualTimers) {
  const source = new Source();
  const states: KeptAnswer['state'][] = [];
  const run: AskRun = new AskRun({
    ...{ id: 'a', prompt: PROMPT, source, ...(timers && { timers }) },
    changed: () => states.push(run.kept.state),
  });
  return { run, source, states };
}

describe('an answer', () => {
  it('is read to its end with nobody looking, and told whole to who comes then', async () => {
    const { run, source } = begun();
    await source.give('It is ');
    await source.give('so.', { done: true, cut: true });
    expect(await run.more(0)).toEqual({ text: 'It is so.', done: true, cut: true });
    expect(await run.more(6)).toEqual({ text: 'so.', done: true, cut: true });
    expect(run.kept).toEqual({ answer: 'a', prompt: PROMPT, text: 'It is so.', state: 'done', cut: true });
  });

  it('wakes all who wait, each with what it hasn’t got', async () => {
    const { run, source } = begun();
    const [first, second] = [run.more(0), run.more(0)];
    await source.give('New');
    expect([await first, await second].map(({ text }) => text)).toEqual(['New', 'New']);
    const third = run.more(3);
    await source.give('er');
    expect(await third).toEqual({ text: 'er', done: false, cut: false });
  });

  it('answers with nothing when nothing comes for a while', async () => {
    const timers = new ManualTimers();
    const { run } = begun(timers);
    const waits = run.more(0);
    timers.pass(10_000);
    expect(await waits).toEqual({ text: '', done: false, cut: false });
  });

  it('tells what came before a fault, then the fault, and keeps both', async () => {
    const { run, source } = begun();
    await source.give('Half');
    await source.fail(new Fault('refused', 'No.', { remedy: 'Ask again.' }));
    expect((await run.more(0)).text).toBe('Half');
    expect(await faultOf(run.more(4))).toMatchObject({ code: 'refused', message: 'No.' });
    expect(run.kept).toMatchObject({
      text: 'Half',
      state: 'failed',
      fault: { code: 'refused', message: 'No.', remedy: 'Ask again.' },
    });
  });

  it('that is stopped grows no more, and its source is stopped once', async () => {
    const { run, source, states } = begun();
    await source.give('On');
    const waits = run.more(2);
    run.stop();
    run.stop();
    expect(await waits).toEqual({ text: '', done: true, cut: false });
    await source.give(' and on');
    expect(run.kept).toMatchObject({ text: 'On', state: 'stopped' });
    expect(source.stopped).toBe(1);
    expect(states).toEqual(['running', 'stopped']);
  });
});

class Storage implements Memory {
  readonly values = new Map<string, unknown>();
  writes = 0;
  get = (key: string) => this.values.get(key);
  update = async (key: string, value: unknown) => {
    this.writes += 1;
    this.values.set(key, JSON.parse(JSON.stringify(value)));
  };
}

describe('what is kept of it', () => {
  const kept = (text: string, state: KeptAnswer['state']): KeptAnswer => ({
    ...{ answer: 'a', prompt: PROMPT, text, state, cut: false },
  });
  const unexpected = (error: unknown) => {
    throw error;
  };

  it('is read by a later window, with one that was coming as interrupted', () => {
    const storage = new Storage();
    new AskKept(storage, unexpected).keep(() => kept('Half', 'running'), true);
    expect(new AskKept(storage, unexpected).read()).toEqual(kept('Half', 'interrupted'));
    new AskKept(storage, unexpected).keep(() => kept('Whole', 'done'), true);
    expect(new AskKept(storage, unexpected).read()).toEqual(kept('Whole', 'done'));
  });

  it('is written once a while as it grows, and at once when it ends', () => {
    const [storage, timers] = [new Storage(), new ManualTimers()];
    const keeper = new AskKept(storage, unexpected, timers);
    for (let i = 0; i < 100; i++) {
      keeper.keep(() => kept('x'.repeat(i), 'running'), false);
    }
    expect(storage.writes).toBe(0);
    timers.pass(1000);
    expect(storage.writes).toBe(1);
    expect(keeper.read()?.text).toHaveLength(99);
    keeper.keep(() => kept('y', 'running'), false);
    keeper.keep(() => kept('end', 'done'), true);
    timers.pass(1000);
    expect(storage.writes).toBe(2);
    expect(keeper.read()?.text).toBe('end');
  });

  it('in another shape, or nothing, is nothing', () => {
    const storage = new Storage();
    expect(new AskKept(storage, unexpected).read()).toBeUndefined();
    storage.values.set('ask.answer', { schema: 0, answer: kept('old', 'done') });
    expect(new AskKept(storage, unexpected).read()).toBeUndefined();
  });
});
