// The right answers of the exercises on gradients, against the engine's own gradients, which are held to PyTorch's.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import * as course from '../../../src/runner/api/course.ts';
import { useEngine } from '../../../src/runner/api/session.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

const { add, backward, matmul, mul, randn, sum, tanh } = course;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'answers-'));
  useEngine(new Engine(referenceKernels()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads an answer as the runner does: "inside-llms" is the course's own module, "mine/ID" another answer. */
async function answer(id: string): Promise<Record<string, (...all: never[]) => unknown>> {
  const text = readFileSync(inRoot('lessons/11-backpropagation/solutions', `${id}.ts`), 'utf8');
  for (const [, used] of text.matchAll(/'mine\/([\w-]+)'/gu)) {
    await answer(used!);
  }
  const file = path.join(folder, `${id}.ts`);
  const url = (target: string) => pathToFileURL(target).href;
  writeFileSync(
    file,
    text
      .replaceAll("'inside-llms'", `'${url(inRoot('src/runner/api/course.ts'))}'`)
      .replaceAll(/'mine\/([\w-]+)'/gu, (_, used: string) => `'${url(path.join(folder, `${used}.ts`))}'`),
  );
  return import(/* @vite-ignore */ url(file));
}

const random = seededRandom(3);
const leaf = (...shape: number[]) => randn(shape, random, 1, { requiresGrad: true });

/** What the engine's backward says of each input, when `dy` comes from above. */
function gradients(y: Tensor, dy: Tensor, inputs: readonly Tensor[]): Tensor[] {
  backward(sum(mul(y, dy)));
  return inputs.map((input) => input.grad as Tensor);
}

function expectSame(mine: readonly Tensor[], theirs: readonly Tensor[]): void {
  expect(mine.map(({ shape }) => shape)).toEqual(theirs.map(({ shape }) => shape));
  mine.forEach((tensor, i) => {
    tensor.toFlat().forEach((value, at) => {
      expect(value).toBeCloseTo(theirs[i]!.toFlat()[at]!, 4);
    });
  });
}

it('add, mul, tanh and matmul pass back what the engine does', async () => {
  const elementwise = await answer('backward-elementwise');
  const product = await answer('backward-matmul');
  const call = (fn: unknown, ...all: unknown[]) => [(fn as (...all: unknown[]) => unknown)(...all)].flat() as Tensor[];
  const [a, b, row, dy] = [leaf(2, 3), leaf(2, 3), leaf(3), randn([2, 3], random)];
  expectSame(call(elementwise.addBackward, dy, a, row), gradients(add(a, row), dy, [a, row]));
  course.zeroGrad([a]);
  expectSame(call(elementwise.mulBackward, dy, a, b), gradients(mul(a, b), dy, [a, b]));
  const x = leaf(2, 3);
  expectSame(call(elementwise.tanhBackward, dy, tanh(x)), gradients(tanh(x), dy, [x]));
  const [left, right, above] = [leaf(2, 3), leaf(3, 5), randn([2, 5], random)];
  expectSame(call(product.matmulBackward, above, left, right), gradients(matmul(left, right), above, [left, right]));
});

it('the look-up passes back what the engine does', async () => {
  const { embeddingBackward } = await answer('backward-embedding');
  const [table, ids] = [leaf(4, 2), [2, 0, 2]];
  const dy = randn([3, 2], random);
  const looked = course.embedding(table, course.tensor(ids, { dtype: 'i32' }));
  const mine = (embeddingBackward as unknown as (...all: unknown[]) => number[][])(dy.toNested(), ids, 4, 2);
  expectSame([course.tensor(mine)], gradients(looked, dy, [table]));
});

it('the tiny autograd says what the engine does', async () => {
  interface Node {
    readonly value: Tensor;
  }
  const own = (await answer('tiny-autograd')) as unknown as Record<string, (...all: Node[]) => Node> & {
    leaf(value: Tensor): Node;
    backward(loss: Node): Map<Node, Tensor>;
  };
  const values = [leaf(2, 3), leaf(3, 4), leaf(4)] as const;
  const [x, w, b] = values.map((value) => own.leaf(value));
  const hidden = own.tanhNode!(own.linearNode!(x!, w!, b!));
  const found = own.backward(own.mulNode!(hidden, hidden));
  const y = tanh(add(matmul(values[0], values[1]), values[2]));
  const theirs = gradients(mul(y, y), course.ones([2, 4]), values);
  expectSame(
    [x, w, b].map((node) => found.get(node!) as Tensor),
    theirs,
  );
});
