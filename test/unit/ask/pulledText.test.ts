// A growing text that is pulled: nothing is lost or told twice, what came before a fault is told before it, and stopping
// stops the source.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/errors.ts';
import { PulledText, type TextEnd } from '../../../src/shared/pulledText.ts';
import { faultOf, ManualTimers } from '../worker/modelWorkerParts.ts';

async function* pieces(texts: readonly string[], then?: Error): AsyncGenerator<string, TextEnd, void> {
  for (const text of texts) {
    await new Promise((resolve) => setImmediate(resolve));
    yield text;
  }
  if (then !== undefined) {
    throw then;
  }
  return { cut: true };
}

async function all(text: PulledText): Promise<string> {
  let told = '';
  for (;;) {
    const part = await text.next();
    told += part.text;
    if (part.done) {
      expect(part.cut).toBe(true);
      return told;
    }
  }
}

describe('a pulled text', () => {
  it('is told whole, however slowly it is pulled', async () => {
    const texts = Array.from({ length: 50 }, (_, i) => `${i} `);
    expect(await all(new PulledText(pieces(texts), () => {}))).toBe(texts.join(''));
    const slow = new PulledText(pieces(texts), () => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(slow.live).toBe(false);
    expect(await all(slow)).toBe(texts.join(''));
  });

  it('tells what came before a fault, and then the fault, each time', async () => {
    const text = new PulledText(pieces(['a', 'b'], new Fault('refused', 'No.')), () => {});
    let told = '';
    const fault = await faultOf(
      (async () => {
        for (;;) {
          told += (await text.next()).text;
        }
      })(),
    );
    expect(told).toBe('ab');
    expect(fault.code).toBe('refused');
    expect((await faultOf(text.next())).code).toBe('refused');
  });

  it('answers with nothing when nothing comes for a while', async () => {
    const timers = new ManualTimers();
    const never: AsyncIterator<string, undefined> = { next: () => new Promise(() => {}) };
    const text = new PulledText(never, () => {}, timers);
    const next = text.next();
    timers.pass(10_000);
    expect(await next).toEqual({ text: '', done: false, cut: false });
  });

  it('stops its source at once, and wakes who waits', async () => {
    let stopped = 0;
    const never: AsyncIterator<string, undefined> = { next: () => new Promise(() => {}) };
    const text = new PulledText(never, () => {
      stopped += 1;
    });
    const next = faultOf(text.next());
    text.stop();
    text.stop();
    expect((await next).code).toBe('cancelled');
    expect(stopped).toBe(1);
  });

  it('gives back what a stopped source holds', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<string, undefined, void> {
      try {
        for (;;) {
          await new Promise((resolve) => setImmediate(resolve));
          yield 'x';
        }
      } finally {
        closed = true;
      }
    }
    const text = new PulledText(endless(), () => {});
    await text.next();
    text.stop();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(closed).toBe(true);
  });
});
