// What a keystroke costs the token inspector in a file of 1 MB, from the editor's event to the patch that goes to the
// page, over the real worker thread; beside it the whole made anew. And a search in the largest vocabulary.

import { bundleAll } from '../../src/build/bundle.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { inRoot } from '../../src/build/paths.ts';
import { ModelWorker } from '../../src/host/modelWorker.ts';
import { spawnWorker } from '../../src/host/platform.ts';
import { encodeWithAll } from '../../src/host/tokensEncoding.ts';
import { TokensPatcher } from '../../src/host/tokensPatcher.ts';
import { CancelSource } from '../../src/shared/cancelSource.ts';
import { searchVocabulary } from '../../src/shared/messages.ts';

/** A frame at 60 a second, in ms. */
const FRAME = 1000 / 60;
const KEYSTROKES = 200;
const LINE = "  const value = compute(input, 42); // it's naïve, and 👍 all the same\r\n";

export const measure: Measure = async (report) => {
  await bundleAll();
  const quiet = { info: () => {}, warn: () => {}, error: (text: string) => console.error(text) };
  const worker = new ModelWorker({ spawn: () => spawnWorker(inRoot('dist/worker.mjs'), quiet), log: quiet });
  try {
    for (const chosen of [['r50k_base'], ['r50k_base', 'o200k_base', 'bert-base-uncased']]) {
      const names = chosen.length === 1 ? 'one tokenizer' : `${chosen.length} tokenizers`;
      const text = LINE.repeat(Math.ceil((1024 * 1024) / LINE.length));
      const whole: number[] = [];
      for (let i = 0; i < 5; i++) {
        whole.push(
          await timed(() =>
            encodeWithAll(worker, { text, chosen, specialTokens: false }, { token: new CancelSource() }),
          ),
        );
      }
      const patches = await keystrokes(worker, text, chosen);
      report(lessIsBetter(`keystroke to patch in 1 MB, ${names}`, median(patches), 'ms', 'goal', FRAME));
      report(lessIsBetter('  of 100, the slowest but one', slowest(patches), 'ms', 'goal', 2 * FRAME));
      report(lessIsBetter('  median', median(patches), 'ms', 'the whole again', median(whole)));
    }
    const search = (query: string) =>
      worker.request(searchVocabulary, { encoding: 'o200k_base', query, from: 0, limit: 100 });
    report({ name: 'first search in 200,000 entries', value: await timed(() => search('ing')), unit: 'ms' });
    const later: number[] = [];
    for (const query of ['a', 'the', ' un', 'function', '漢', 'ization', '42']) {
      later.push(await timed(() => search(query)));
    }
    report(lessIsBetter('a later search', median(later), 'ms', 'goal', FRAME));
  } finally {
    worker.dispose();
  }
};

/** Types letters here and there, each when the patch before has gone out. @returns milliseconds for each */
async function keystrokes(worker: ModelWorker, text: string, chosen: readonly string[]): Promise<number[]> {
  let now = text;
  let sent: () => void = () => {};
  const patcher = new TokensPatcher({
    source: () => ({ length: now.length, read: (start, end) => ({ start, text: now.slice(start, end) }) }),
    encode: (stretch, token) => encodeWithAll(worker, { text: stretch, chosen, specialTokens: false }, { token }),
    send: () => sent(),
    reload: () => {
      throw new Error('The whole was asked for, where a patch was expected.');
    },
  });
  patcher.begin(now.length);
  patcher.shown(1);
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const at = Math.floor(((i * 0.618) % 1) * now.length);
    now = `${now.slice(0, at)}x${now.slice(at)}`;
    now.charCodeAt(at); // the editor's document is there before its event
    times.push(
      await timed(
        () =>
          new Promise<void>((resolve) => {
            sent = resolve;
            patcher.edit([{ rangeOffset: at, rangeLength: 0, text: 'x' }]);
          }),
      ),
    );
  }
  patcher.stop();
  return times.slice(KEYSTROKES / 10); // the first ones warm up
}

function slowest(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99) - 1] as number;
}

async function timed(once: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await once();
  return performance.now() - begun;
}
