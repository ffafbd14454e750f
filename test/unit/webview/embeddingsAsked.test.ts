// Questions to the worker: the latest wins, the same is not asked twice, what is stopped can be asked again. And the
// figures of a vector against those of the engine.

import { describe, expect, it } from 'vitest';
import { statisticsOf } from '../../../src/engine/statistics.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { type CancelToken, method } from '../../../src/shared/messages.ts';
import { z } from '../../../src/shared/schema.ts';
import { Asked } from '../../../webview/embeddings/asked.ts';
import { figuresOf, tensorOf } from '../../../webview/embeddings/statistics.ts';
import type { Host } from '../../../webview/host.ts';

const question = method<string>()('test.question', z.strictObject({ of: z.string() }));

/** A worker that answers when the test says so. */
function slowHost() {
  const calls: {
    of: string;
    token: CancelToken | undefined;
    answer: (text: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const host = {
    request: (_: unknown, params: { of: string }, options?: { token?: CancelToken }) =>
      new Promise((answer, fail) => calls.push({ of: params.of, token: options?.token, answer, fail })),
  } as unknown as Pick<Host, 'request'>;
  return { calls, host };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a question', () => {
  it('cancels the one before it, whose answer is dropped', async () => {
    const { calls, host } = slowHost();
    const asked = new Asked(host, question, () => {});
    void asked.ask({ of: 'a' });
    void asked.ask({ of: 'b' });
    expect(calls[0]?.token?.isCancellationRequested).toBe(true);
    calls[1]?.answer('B');
    calls[0]?.answer('A');
    await settled();
    expect(asked).toMatchObject({ state: 'there', answer: 'B', of: { of: 'b' } });
  });

  it('is asked once, whatever became of it, and again only when wanted', async () => {
    const { calls, host } = slowHost();
    const asked = new Asked(host, question, () => {});
    void asked.ask({ of: 'a' });
    void asked.ask({ of: 'a' });
    expect(calls).toHaveLength(1);
    calls[0]?.fail(new Fault('not-found', 'Nothing is there.'));
    await settled();
    expect(asked).toMatchObject({ state: 'failed', fault: { code: 'not-found' } });
    void asked.ask({ of: 'a' });
    expect(calls).toHaveLength(1);
    void asked.again();
    asked.cancel();
    expect(calls[1]?.token?.isCancellationRequested).toBe(true);
    expect(asked.state).toBe('stopped');
    void asked.ask({ of: 'a' });
    expect(calls).toHaveLength(2);
    void asked.again();
    calls[2]?.answer('A');
    await settled();
    expect(asked).toMatchObject({ state: 'there', answer: 'A' });
  });

  it('keeps the last answer while another is on its way, and none after it was forgotten', async () => {
    const { calls, host } = slowHost();
    const asked = new Asked(host, question, () => {});
    void asked.ask({ of: 'a' });
    calls[0]?.answer('A');
    await settled();
    void asked.ask({ of: 'b' });
    expect(asked).toMatchObject({ state: 'waiting', answer: 'A' });
    asked.forget();
    expect(asked).toMatchObject({ state: 'idle', answer: undefined });
    calls[1]?.answer('B');
    await settled();
    expect(asked.answer).toBeUndefined();
  });
});

describe('a vector’s figures', () => {
  it('are those of the engine', () => {
    const random = seededRandom(2);
    const numbers = Float32Array.from({ length: 256 }, () => random() - 0.4);
    const [ours, theirs] = [figuresOf(numbers), statisticsOf(numbers)];
    expect(ours.histogram.counts).toEqual(theirs.histogram.counts);
    for (const name of ['min', 'max', 'mean', 'std'] as const) {
      expect(ours[name]).toBeCloseTo(theirs[name] as number, 9);
    }
    expect(figuresOf(new Float32Array())).toMatchObject({ min: null, nan: 0 });
  });

  it('describe a tensor with its bytes', () => {
    const { value, buffer } = tensorOf(Float32Array.of(1, 2, 3, 4), [2, 2]);
    expect(value.bytes).toEqual({ offset: 0, length: 16 });
    expect([...new Float32Array(buffer)]).toEqual([1, 2, 3, 4]);
  });
});
