// A trace that the engine itself made: one block of a small transformer over six tokens, its loss, and the way back.

import { backward } from '../../../src/engine/autograd.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { attention } from '../../../src/engine/ops/attention.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { embedding } from '../../../src/engine/ops/embedding.ts';
import { gelu } from '../../../src/engine/ops/gelu.ts';
import { layerNorm } from '../../../src/engine/ops/layerNorm.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { TraceRecorder } from '../../../src/engine/record.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { Frame, Trace, Value } from '../../../src/shared/trace.ts';

const WORDS = ['the', 'keeper', 'lit', 'the', 'lamp', 'again'];
const IDS = [0, 1, 2, 0, 3, 4];

/** Packs what a recorder hands over, as bits, so that ids and numbers stand in one buffer. */
export function recording(wholeElements?: number) {
  const [values, frames, packed]: [Value[], Frame[], number[]] = [[], [], []];
  const tape = new TraceRecorder(
    {
      numbers: (data) => {
        const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
        for (const word of bits) {
          packed.push(word);
        }
        return { offset: (packed.length - bits.length) * 4, length: bits.length * 4 };
      },
      weigh: () => {},
      value: (value) => values.push(value) - 1,
      frame: (frame) => frames.push(frame) - 1,
    },
    wholeElements === undefined ? {} : { wholeElements },
  );
  const trace = (program: string): Trace => ({
    schema: 1,
    program,
    params: {},
    values,
    frames,
    buffer: Uint32Array.from(packed).buffer,
  });
  return { tape, trace };
}

export function transformerTrace(program = 'transformer-block'): Trace {
  const { tape, trace } = recording();
  const engine = new Engine(referenceKernels());
  const random = seededRandom(5);
  const leaf = (name: string, ...shape: number[]) => {
    const tensor = engine.randn(shape, random, 0.7, { name });
    tensor.requiresGrad = true;
    return tensor;
  };
  const [V, C] = [6, 8];
  const table = tape.describe(leaf('table', V, C), { axes: ['V', 'C'] });
  const ids = tape.describe(engine.tensor(IDS, { dtype: 'i32', name: 'ids' }), { axes: ['T'], labels: { 0: WORDS } });
  const targets = engine.tensor([1, 2, 0, 3, 4, 5], { dtype: 'i32', name: 'targets' });
  const [weight, bias] = [leaf('weight', C), leaf('bias', C)];
  const [wq, wk, wv, out] = [leaf('Wq', C, C), leaf('Wk', C, C), leaf('Wv', C, C), leaf('unembed', C, V)];
  const named = (name: string, axes: readonly string[], labelled: readonly number[]) => ({
    name,
    axes,
    labels: Object.fromEntries(labelled.map((axis) => [axis, WORDS])),
  });
  tape.record(engine, () => {
    const say = <T>(label: string, note: string, work: () => T) => tape.caption({ label, note }, work);
    const x = say('Look the tokens up', 'Each id takes its row of the table.', () => embedding(table, ids)); // (T, C)
    tape.describe(x, named('x', ['T', 'C'], [0]));
    const n = say('Normalise each row', 'Mean 0 and variance 1, then scaled and shifted.', () =>
      layerNorm(x, { weight, bias }),
    ); // (T, C)
    tape.describe(n, named('n', ['T', 'C'], [0]));
    const project = (name: string, w: typeof wq) =>
      tape.describe(
        tape.caption({ label: `Make the ${name}` }, () => matmul(n, w)),
        named(name, ['T', 'D'], [0]),
      ); // (T, D)
    const [q, k, v] = [project('queries', wq), project('keys', wk), project('values', wv)];
    const found = attention(q, k, v, { causal: true }); // (T, D)
    tape.describe(found, named('found', ['T', 'D'], [0]));
    const sum = say('Add what was found', 'The residual stream keeps what it had.', () => add(x, found)); // (T, C)
    tape.describe(sum, named('residual', ['T', 'C'], [0]));
    const active = tape.caption({ label: 'GELU' }, () => gelu(sum)); // (T, C)
    const logits = tape.caption({ label: 'A score for each token' }, () => matmul(active, out)); // (T, V)
    tape.describe(logits, { name: 'logits', axes: ['T', 'V'], labels: { 0: WORDS } });
    const loss = say('How surprised it is', 'The mean over the six positions.', () => crossEntropy(logits, targets));
    tape.describe(loss, { name: 'loss' });
    engine.group('Backward', () => backward(loss));
  });
  return trace(program);
}
