// Learners' code in the real process: what ends it, what it can't reach, what it is told. What the next check finds.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Runner } from '../../../src/course/runner.ts';
import { forkRunner, permissionFlags } from '../../../src/services/runner/forkRunner.ts';
import { systemClock, systemTimers } from '../../../src/shared/environment.ts';
import { startsProcesses } from '../support/processes.ts';
import { type BuiltRunner, builtRunner } from './runnerBundle.ts';
import { RIGHT, sharesRequest } from './sharesExercise.ts';

startsProcesses();

let built: BuiltRunner;
beforeAll(async () => {
  built = await builtRunner();
});
afterAll(() => built.remove());

/** An answer whose function has this body. */
const body = (lines: string) => `export function shares(row: readonly number[]): any {\n${lines}\n}`;
const check = (text: string, limitMs = 60_000) => built.runner.check(sharesRequest(text), { limitMs });
const told = async (text: string) => (await check(text)).diagnosis;
const run = (code: string) => built.runner.run({ entry: 'code.ts', files: { 'code.ts': code } });

describe('what doesn’t come back', () => {
  it('is stopped when its time is over, with its input and what it printed, and the next check works', async () => {
    const report = await check(body('console.log("so far"); while (row) {}'), 500);
    expect(report).toMatchObject({
      passed: false,
      diagnosis: {
        kind: 'time',
        message: expect.stringMatching(/0\.5 seconds/),
        input: [{ name: 'row', text: expect.any(String) }],
      },
      output: [{ stream: 'log', text: 'so far' }],
    });
    expect((await check(RIGHT)).passed).toBe(true);
  });

  it('is stopped at once on cancel', async () => {
    let cancel = () => {};
    const token = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: () => void) => {
        cancel = listener;
        return { dispose: () => {} };
      },
    };
    const checking = built.runner.check(sharesRequest(body('while (row) {}')), { token, limitMs: 600_000 });
    setTimeout(() => cancel(), 100);
    await expect(checking).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('or goes on behind the answer’s back, doesn’t hold the next', async () => {
    const spinning = body('queueMicrotask(function on() { setTimeout(on, 0); }); return row;');
    expect((await check(spinning)).diagnosis?.kind).toBe('value');
    expect((await check(RIGHT)).passed).toBe(true);
  });
});

it.each([
  ['lists', 'const a: unknown[] = []; for (;;) a.push(new Array(100_000).fill(1));'],
  ['typed lists', 'const a: unknown[] = []; for (;;) a.push(new Float64Array(1_000_000).fill(1));'],
  ['the engine’s memory', 'const a: unknown[] = []; for (;;) a.push(ones([1000, 1000]));'],
])('ends what takes memory without end: %s', async (_, lines) => {
  const small = new Runner({
    start: () => forkRunner(built.bundle, { heapMegabytes: 64, megabytes: 320 }),
    timers: systemTimers,
    clock: systemClock,
  });
  const text = `import { ones } from 'inside-llms';\nones([1]);\n${body(lines)}`;
  expect((await small.check(sharesRequest(text), { limitMs: 60_000 })).diagnosis?.kind).toBe('memory');
  expect((await small.check(sharesRequest(RIGHT), { limitMs: 60_000 })).passed).toBe(true);
  small.dispose();
});

it.each([
  ['a bracket is missing', 'export function shares(row: number[] {\n}', 'syntax', /there is '\{'/, [1, 38]],
  [
    'a name is declared twice',
    `const a = 1;\nconst a = 2;\n${RIGHT}`,
    'syntax',
    /'a' has already been declared/,
    [2, 7],
  ],
  ['it has an enum', `\n  enum Color { Red }\n${RIGHT}`, 'syntax', /can't run an enum. Write const/, [2, 3]],
  ['it has a namespace', `namespace A { export const a = 1; }\n${RIGHT}`, 'syntax', /a namespace/, [1, 1]],
  ['it has a parameter property', 'class A { constructor(private a: number) {} }', 'syntax', /this\.x = x/, [1, 31]],
  ['it imports Node', `import fs from 'node:fs';\n${RIGHT}`, 'import', /no module "node:fs"/, [1, 17]],
  ['it imports a package', `import _ from 'lodash';\n${RIGHT}`, 'import', /no module "lodash"/, [1, 16]],
  ['it imports an address', `import _ from 'https://a.example/b.js';\n${RIGHT}`, 'import', /no module/, [1, 16]],
  [
    'it imports from outside',
    `import _ from '../../secret.ts';\n${RIGHT}`,
    'import',
    /no file "\.\.\/\.\.\/secret/,
    [1, 16],
  ],
  ['it imports the answer', `export * from 'course:solution';`, 'import', /no module "course:solution"/, [1, 16]],
  ['it imports the check', `import 'inside-llms/check';\n${RIGHT}`, 'import', /no module/, [1, 9]],
  ['it mistypes a name', `import { tensr } from 'inside-llms';\n${RIGHT}`, 'import', /Did you mean tensor/, [1, 10]],
  ['it imports a type as a value', `import { Shape } from 'inside-llms';\n${RIGHT}`, 'import', /import type/, [1, 10]],
  ['it imports as it runs', body(`return import('node:fs');`), 'import', /import\(\) is not taken/, [2, 16]],
  ['it was renamed', RIGHT.replace('shares', 'share'), 'missing', /Was share called shares before\?/, undefined],
  ['it was deleted', '', 'missing', /exports nothing/, undefined],
  [
    'it is not written yet',
    `import { todo } from 'inside-llms';\n${body("return todo('Sum first.');")}`,
    'untouched',
    /Sum first/,
    undefined,
  ],
  ['it throws', body('const nothing: any = undefined;\n  return nothing.here;'), 'threw', /reading 'here'/, [3, 18]],
  [
    'it throws after waiting',
    body('return (async () => {\nawait 0;\nthrow new RangeError("late");\n})();'),
    'threw',
    /RangeError: late/,
    [4, 7],
  ],
  ['it throws as it is loaded', `throw new Error('top');\n${RIGHT}`, 'threw', /loaded: Error: top/, [1, 7]],
  [
    'it throws what can’t be read',
    body('throw new Proxy(new Error("x"), { get() { throw 1; } });'),
    'threw',
    /can’t be shown/,
    undefined,
  ],
  ['it calls itself without end', body('return shares(row);'), 'threw', /never comes to an end/, [2, 1]],
  [
    'it loses a rejection',
    RIGHT.replace('{', '{\n  Promise.reject(new Error("lost"));'),
    'threw',
    /want of an await: Error: lost/,
    [2, 18],
  ],
  [
    'a timer of it throws',
    RIGHT.replace('{', '{\n  setTimeout(() => { throw new Error("lost"); });'),
    'threw',
    /Error: lost/,
    [2, 28],
  ],
  ['it gives NaN', body('return row.map(() => NaN);'), 'not-finite', /At \[0\], there is NaN/, undefined],
  ['it gives another type', body('return "1";'), 'shape', /is the text "1", and should be a list of 2/, undefined],
  [
    'it gives what can’t be read',
    body('return new Proxy([], { get() { throw 1; } });'),
    'shape',
    /can’t be read/,
    undefined,
  ],
])('says so when %s', async (_, text, kind, message, place) => {
  const diagnosis = await told(text);
  expect(diagnosis).toMatchObject({ kind, message: expect.stringMatching(message) });
  expect(diagnosis?.place && [diagnosis.place.line, diagnosis.place.column]).toEqual(place);
});

describe('out of reach', () => {
  it.each([
    'process.env',
    'require("node:fs")',
    'fetch("https://a.example")',
    'new WebSocket("wss://a.example")',
    'shares.constructor("return process")()',
    '(0, eval)("import(\'node:fs\')")',
    'Object.getPrototypeOf(async () => {}).constructor("return import(\'node:fs\')")()',
    'console.log.constructor("return 1")()',
  ])('is %s', async (expression) => {
    expect((await told(body(`return ${expression};`)))?.message).toMatch(/not defined|no eval/);
  });

  it('is the frame that called, and whatever import.meta has elsewhere', async () => {
    const prying = body(`Error.prepareStackTrace = (_, frames) => frames;
  return (new Error().stack as any).map((frame: any) => frame.getThis() ?? frame.getFunction());`);
    expect((await told(prying))?.message).toMatch(/can’t be changed/);
    expect((await run('console.log(Object.keys(import.meta), globalThis.constructor.name);')).output[0]?.text).toBe(
      '[] Object',
    );
  });

  it.each([
    ['a list’s map', 'Array.prototype.map = () => [];'],
    ['Object.is', 'Object.is = () => true;'],
    ['Math', 'Math.abs = () => 0;'],
    ['JSON, as a whole', '(globalThis as any).JSON = {};'],
    ['every object', '(Object.prototype as any).holds = () => true;'],
    ['the engine', `import { Tensor } from 'inside-llms';\n(Tensor.prototype as any).toNested = () => [];`],
    ['the next check', '(globalThis as any).left = 1;'],
  ])('is %s: to be changed', async (_, line) => {
    const answer = `${line}\n${body('return row.map(() => 0);')}`;
    expect((await told(answer))?.message).toMatch(/can’t be changed here/);
    expect((await check(RIGHT)).passed).toBe(true);
  });

  it('while what is one’s own may be named as one likes', async () => {
    const { output, diagnosis } = await run(`
      class Odd extends Error { constructor() { super('a'); this.name = 'Odd'; this.toString = () => 'odd'; } }
      console.log(String(new Odd()), Object.assign({}, { constructor: 1, valueOf: 2 }));`);
    expect(diagnosis).toBeUndefined();
    expect(output[0]?.text).toBe('odd {constructor: 1, valueOf: 2}');
  });
});

describe('what is printed', () => {
  it('is kept up to a bound, whatever it is', async () => {
    expect((await run('for (let i = 0; i < 1e6; i++) console.log(i);')).output).toHaveLength(1001);
    const { output } = await run('console.log("x".repeat(1e8)); console.log("more");');
    expect(output.map(({ text }) => text.length)).toEqual([65_537, expect.any(Number)]);
    const odd = await run(`
      const own: any = {}; own.own = own; console.log(own);
      let deep: unknown = 1; for (let i = 0; i < 1e5; i++) deep = [deep]; console.log(deep);
      console.log({ get broken() { throw { toString() { throw 1; } }; } }, new Proxy({}, { ownKeys() { throw 1; } }));
      console.warn(Symbol('s'), 1n, undefined);`);
    expect(odd.output.map(({ text }) => text)).toEqual([
      '{own: (itself)}',
      '[[[[[…]]]]]',
      expect.stringMatching(/can't be shown/),
      'Symbol(s) 1n undefined',
    ]);
  });

  it('is said to be cut short where a timer still waits', async () => {
    expect((await run('setTimeout(() => console.log("late"), 60_000); console.log(1);')).output).toMatchObject([
      { text: '1' },
      { stream: 'warn', text: expect.stringMatching(/timer was still waiting/) },
    ]);
  });
});

it('runs a learner’s answer beside the reference, waiting included, and finds where they part', async () => {
  const text = `import { watch } from 'inside-llms';
export async function shares(row: readonly number[]) {
  await null;
  const largest = watch('total', Math.max(...row));
  return row.map((x) => x / largest);
}`;
  const { mine, reference, difference } = await built.runner.trace(sharesRequest(text));
  expect(mine.frames.map(({ op }) => op)).toEqual(['inputs', 'watch', 'result']);
  expect(reference.frames.map(({ op }) => op)).toEqual(['inputs', 'result']);
  expect(difference).toMatchObject({ mine: 1 });
});

it('finds the learner’s own helpers, and their answers by their exercise', async () => {
  const request = sharesRequest(
    `import { total } from './helpers.ts';
import { by } from 'mine/divide';
export const shares = (row: number[]) => by(row, total(row));`,
    {
      uses: {
        divide: {
          path: '00-b/divide.ts',
          text: 'export const by = (row: number[], n: number) => row.map((x) => x / n);',
        },
      },
      beside: { '01-a/helpers.ts': 'export const total = (row: number[]) => row.reduce((a, b) => a + b);' },
    },
  );
  expect((await built.runner.check(request)).passed).toBe(true);
});

it.each([
  [['--permission', '--experimental-vm-modules'], '--permission'],
  [['--experimental-permission'], '--experimental-permission'],
  [['--experimental-vm-modules'], undefined],
])('closes Node’s own gate under the name that this Node has for it: %j', (known, gate) => {
  expect(permissionFlags('/dist', new Set(known))[0]).toBe(gate);
});
