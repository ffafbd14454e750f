// The step in plain C (trainingStep.c), where a C compiler can be found: compiled for this machine, and driven through
// pipes, so that it takes a step when it is asked to.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { collect } from '../../../src/build/processes.ts';
import type { Task, Way } from './task.ts';

/** The second for compilers that don't know the first. */
const FLAGS = [
  ['-O3', '-march=native', '-ffast-math'],
  ['-O3', '-ffast-math'],
] as const;
const SOURCE = fileURLToPath(new URL('trainingStep.c', import.meta.url));

/** The C compiler that CC names, or the first of the usual names that answers; undefined where there is none. */
export async function findCompiler(): Promise<string | undefined> {
  for (const name of [process.env.CC, 'cc', 'gcc', 'clang']) {
    const found = name === undefined ? undefined : await collect(name, ['--version']).catch(() => undefined);
    if (found?.code === 0) {
      return name;
    }
  }
  return undefined;
}

/** @throws Error with the compiler's own account when it doesn't compile. */
export async function plainCWay(task: Task, compiler: string): Promise<Way> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inside-llms-step-'));
  const [program, file] = ['trainingStep', 'task'].map((name) => path.join(folder, name));
  const compile = (flags: readonly string[]) => collect(compiler, [...flags, SOURCE, '-lm', '-o', program]);
  const first = await compile(FLAGS[0]);
  const { code, output } = first.code === 0 ? first : await compile(FLAGS[1]);
  if (code !== 0) {
    await rm(folder, { recursive: true });
    throw new Error(`${compiler} doesn't compile ${SOURCE}:\n${output}`);
  }
  await writeFile(file, bytesOf(task));
  const child = spawn(program, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: 'plain C, one thread',
    async step() {
      child.stdin.write('.');
      const { value } = await lines.next();
      const [loss, ms] = String(value).split(' ').map(Number);
      return { loss, ms };
    },
    async end() {
      child.stdin.end();
      await lines.next();
      await rm(folder, { recursive: true });
    },
  };
}

/** The task as the program reads it: weights (out, in), the norms' first. */
function bytesOf({ size, weights, ids, targets }: Task): Uint8Array {
  const { vocabulary, T, layers, heads, C, B } = size;
  const each = (names: readonly string[]) =>
    Array.from({ length: layers }, (_, layer) => names.map((name) => `transformer.h.${layer}.${name}.weight`)).flat();
  const order = [
    ...each(['ln_1', 'ln_2']),
    'transformer.ln_f.weight',
    'transformer.wte.weight',
    'transformer.wpe.weight',
    ...each(['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj']),
  ];
  const lists = order.map((wanted) => {
    const { shape, values } = weights.find(({ name }) => name === wanted)!;
    return wanted.includes('.c_') ? transposed(values, shape[0], shape[1]) : values;
  });
  return Buffer.concat(
    [Int32Array.of(vocabulary, T, layers, heads, C, B), ...lists, ids, targets].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  );
}

/** (rows, columns) to (columns, rows). */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
