// One block of a transformer as a program: the model's own block says what its numbers must be, and a nudge of the
// weights what its gradients must be.

import { describe, expect, it } from 'vitest';
import { backward } from '../../../src/engine/autograd.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { embedding } from '../../../src/engine/ops/embedding.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { reshape } from '../../../src/engine/ops/reshape.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { ones, zeros } from '../../../src/model/initialise.ts';
import { Block } from '../../../src/model/layers/block.ts';
import { Dropout } from '../../../src/model/layers/dropout.ts';
import { Parameters } from '../../../src/model/parameters.ts';
import type { Frame, Trace } from '../../../src/shared/trace.ts';
import { framesOf, loadTestKernels, run, table } from './run.ts';
import { tensorOf } from './tensorOf.ts';

const labelled = ({ frames }: Trace, label: string) => frames.find((frame) => frame.label === label);
const partsOf = ({ frames }: Trace, whole: Frame | undefined) =>
  frames.filter(({ parent }) => parent !== undefined && frames[parent] === whole);

describe('attention-step', () => {
  it('opens attention into scores, scale, mask, softmax and values', async () => {
    const trace = await run('attention-step');
    const [attention] = framesOf(trace, 'attention');
    const parts = partsOf(trace, attention);
    expect(parts.map(({ op }) => op)).toEqual(['transpose', 'matmul', 'mul', 'where', 'softmax', 'matmul']);
    expect(parts.map(({ label }) => label)).toEqual([
      'Turn the keys',
      'Every query with every key',
      'Scale the scores',
      'Hide what comes later',
      'Scores become shares',
      'Average the values',
    ]);
    expect(attention!.inputs.map(({ name }) => name)).toEqual(['keys', 'queries', 'mask', 'values']);
    expect(trace.frames[attention!.parent!]?.op).toBe('self-attention');
    const seen = await run('attention-step', { causal: false });
    expect(partsOf(seen, framesOf(seen, 'attention')[0]).map(({ op }) => op)).not.toContain('where');
  });

  it('gives each word shares of 1, and none to words that come later', async () => {
    for (const causal of [true, false]) {
      const trace = await run('attention-step', { causal, heads: '4' });
      const { value, numbers } = tensorOf(trace, labelled(trace, 'Scores become shares'), 'shares');
      const [H, T, S] = value.shape as [number, number, number];
      expect(value.shape).toEqual([4, 5, 5]);
      expect(value.axes).toEqual(['H', 'T', 'S']);
      for (let row = 0; row < H * T; row++) {
        const shares = numbers.slice(row * S, (row + 1) * S);
        expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(shares.slice((row % T) + 1).every((share) => share > 0 !== causal)).toBe(true);
      }
    }
  });

  it.each(['1', '2', '4'])('has the numbers and gradients of the model’s own block of %s heads', async (heads) => {
    const trace = await run('attention-step', { heads });
    const ids = tensorOf(trace, labelled(trace, 'Look the words up'), 'ids').numbers;
    const targets = tensorOf(trace, labelled(trace, 'How wrong is it?'), 'targets').numbers;
    expect(targets).toEqual([...ids.slice(1), -1]);

    const engine = new Engine(await loadTestKernels());
    const C = 8;
    const parameters = new Parameters(engine, () => 0.5);
    const mode = { training: false, fused: true };
    const options = { channels: C, heads: Number(heads), bias: false, initialise: zeros, initialiseBack: zeros };
    const block = new Block(parameters, mode, new Dropout(0, () => 0.5, mode), { ...options, initialiseBias: ones });
    const shown = {
      'ln_1.weight': tensorOf(trace, labelled(trace, 'Bring each row to one size'), 'norm1'),
      'attn.c_attn.weight': tensorOf(trace, labelled(trace, 'Queries, keys and values'), 'projection'),
      'attn.c_proj.weight': tensorOf(trace, labelled(trace, 'Mix what the heads found'), 'mix'),
      'mlp.c_fc.weight': tensorOf(trace, labelled(trace, 'Make each row wider'), 'wide'),
      'mlp.c_proj.weight': tensorOf(trace, labelled(trace, 'Make it narrow again'), 'narrow'),
    };
    for (const [name, { numbers }] of Object.entries(shown)) {
      parameters.get(name).storage.data.set(numbers);
    }
    const given = (frame: string, name: string) => {
      const { value, numbers } = tensorOf(trace, labelled(trace, frame), name);
      return engine.fromData(Float32Array.from(numbers), value.shape, { requiresGrad: true });
    };
    const words = given('Look the words up', 'words'); // (V, C)
    const positions = given('Add the places', 'positions'); // (T, C)
    const T = ids.length;
    const x = add(embedding(words, engine.fromData(Int32Array.from(ids), [T])), positions); // (T, C)
    const y = reshape(block.forward(reshape(x, [1, T, C])), [T, C]); // (T, C)
    const loss = crossEntropy(matmul(y, transpose(words)), engine.fromData(Int32Array.from(targets), [T])); // ()
    const close = (numbers: ArrayLike<number>, expected: ArrayLike<number>) => {
      expect(numbers.length).toBe(expected.length);
      Array.from(expected).forEach((number, i) => {
        expect(numbers[i]).toBeCloseTo(number, 4);
      });
    };
    close(tensorOf(trace, labelled(trace, 'Add what was worked out'), 'y').numbers, y.toFlat());
    close(tensorOf(trace, labelled(trace, 'How wrong is it?'), 'loss').numbers, [loss.item()]);

    backward(loss);
    const { rows } = table(trace, trace.frames.at(-1), 'gradients');
    const largest = new Map(rows.map(([name, , most]) => [name, most as number]));
    const mostOf = (tensor: { grad?: typeof words | undefined }) => Math.max(...tensor.grad!.toFlat().map(Math.abs));
    expect(rows).toHaveLength(8);
    expect(largest.get('words')).toBeCloseTo(mostOf(words), 4);
    expect(largest.get('positions')).toBeCloseTo(mostOf(positions), 4);
    expect(largest.get('projection')).toBeCloseTo(mostOf(parameters.get('attn.c_attn.weight')), 4);
    expect(largest.get('mix')).toBeCloseTo(mostOf(parameters.get('attn.c_proj.weight')), 4);
    expect(largest.get('norm2')).toBeCloseTo(mostOf(parameters.get('ln_2.weight')), 4);
    expect(largest.get('narrow')).toBeCloseTo(mostOf(parameters.get('mlp.c_proj.weight')), 4);
  });

  it('goes back through the steps in the opposite order, the shares’ gradients among them', async () => {
    const trace = await run('attention-step');
    const [back] = framesOf(trace, 'way-back');
    const parts = partsOf(trace, back);
    expect(parts[0]!.op).toBe('crossEntropy-backward');
    const labels = parts.map(({ label }) => label);
    const order = ['Average the values', 'Scores become shares', 'Scale the scores', 'Every query with every key'];
    const places = order.map((label) => labels.indexOf(`${label}, backward`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    const shares = parts[places[1]!]!;
    expect(shares.outputs[0]?.gradientOf).toBeDefined();
    expect(shares.source?.file).toBe('src/engine/ops/softmax.ts');
  });

  it('names every axis and says of every step what it is for', async () => {
    const trace = await run('attention-step', { heads: '1', sentence: 'a a' });
    expect(trace.frames.filter(({ note }) => !note)).toEqual([]);
    const [way] = framesOf(trace, 'way-back');
    const unnamed = trace.frames
      .filter(({ parent }) => parent === undefined || trace.frames[parent] !== way)
      .flatMap(({ label, outputs }) => outputs.map(({ value }) => [label, trace.values[value]!] as const))
      .filter(([, value]) => value.kind === 'tensor' && value.axes === undefined)
      .map(([label]) => label);
    expect([...new Set(unnamed)]).toEqual(['slice', 'reshape', 'permute']);
  });

  it('asks for two words, and leaves out those beyond its rows', async () => {
    for (const sentence of ['', ' ', 'alone']) {
      const { frames } = await run('attention-step', { sentence });
      expect(frames.map(({ note }) => note)).toEqual([expect.stringMatching(/type at least two\.$/u)]);
    }
    const { frames } = await run('attention-step', { sentence: 'a b c d e f g h i' });
    expect(frames[0]!.note).toMatch(/The 1 word behind them is left out\.$/u);
  });
});
