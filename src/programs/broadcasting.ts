// Two shapes lined up at the right, the copies that exist only in the reading, and the sum or product; or why they
// don't fit.

import type { Engine } from '../engine/engine.ts';
import { add } from '../engine/ops/add.ts';
import { expand } from '../engine/ops/expand.ts';
import { mul } from '../engine/ops/mul.ts';
import { broadcastShapes, type Shape, showShape, sizeOf } from '../engine/shape.ts';
import type { Tensor } from '../engine/tensor.ts';
import { asFault, type Fault } from '../shared/errors.ts';
import type { TableValue, ValueId } from '../shared/trace.ts';
import { engineStep } from './engineStep.ts';
import { type FlatList, readingOf } from './flatReading.ts';
import { places } from './places.ts';
import { defineProgram, type ProgramContext } from './program.ts';
import { counted, tableValue, textValue, visible } from './views.ts';

/** Most axes, and most numbers along one: what still fits on a screen. */
const MOST_AXES = 4;
const MOST_SIZE = 8;

const NO_FIT = 'they don’t fit';
/** In the row of an axis. */
const CLASH = 'no fit';

const CHOICES: TableValue['columns'] = [{ id: 'shape', label: 'shape of the result', type: 'text' }];
const AXES: TableValue['columns'] = [
  { id: 'axis', label: 'axis', type: 'number' },
  { id: 'first', label: 'first', type: 'number' },
  { id: 'second', label: 'second', type: 'number' },
  { id: 'result', label: 'result', type: 'text' },
];

const params = {
  first: { type: 'text', label: 'Shape of the first', default: '3,1', maxLength: 40 },
  second: { type: 'text', label: 'Shape of the second', default: '1,4', maxLength: 40 },
  operation: {
    type: 'choice',
    label: 'Operation',
    default: 'add',
    options: [
      { value: 'add', label: 'add' },
      { value: 'mul', label: 'multiply' },
    ],
  },
} as const;

export const broadcasting = defineProgram({
  id: 'broadcast',
  title: 'Broadcasting',
  session: false,
  params,
  async *run(context) {
    const { trace, tape } = context;
    const engine = await context.engine();
    const [first, second] = [parseShape(context.params.first), parseShape(context.params.second)];
    const bad = first === undefined ? context.params.first : second === undefined ? context.params.second : undefined;
    if (first === undefined || second === undefined) {
      trace.frame({
        op: 'refused',
        label: 'That is no shape',
        note: `“${visible(bad ?? '')}” can’t be read as a shape: write up to ${MOST_AXES} sizes from 0 to ${MOST_SIZE} with commas between them, such as 3,1.`,
        outputs: { typed: trace.value(textValue(bad ?? '')) },
      });
      yield;
      return;
    }

    const a = countingTensor(engine, first, 10);
    const b = countingTensor(engine, second, 1);
    tape.describe(a, { name: 'first' });
    tape.describe(b, { name: 'second' });
    const fit = fitOf(context.params.operation, first, second);
    trace.frame({
      op: 'shapes',
      label: 'Two tensors',
      note: `The first has shape ${showShape(first)} and ${counted(sizeOf(first), 'number')}, the second ${showShape(second)} and ${counted(sizeOf(second), 'number')}.`,
      outputs: { first: tape.value(a), second: tape.value(b) },
    });
    yield;

    const chosen = Array.isArray(fit) ? showShape(fit) : NO_FIT;
    trace.frame({
      op: 'align',
      label: 'Line the shapes up at the right',
      note: alignNote(first, second, fit),
      inputs: { guesses: trace.value(tableValue(CHOICES, choices(first, second, chosen))) },
      outputs: {
        chosen: trace.value(tableValue(CHOICES, [[chosen]])),
        axes: trace.value(axesTable(first, second)),
      },
      source: places.broadcastShapes,
    });
    yield;

    if (!Array.isArray(fit)) {
      trace.frame({
        op: 'refused',
        label: 'What the engine says',
        note: `${fit.message} ${fit.remedy ?? ''}`.trim(),
        inputs: { first: tape.value(a), second: tape.value(b) },
        source: places.broadcastShapes,
      });
      yield;
      return;
    }
    for (const [tensor, list] of [
      [a, 'first'],
      [b, 'second'],
    ] as const) {
      ghosts(context, tensor, list, fit);
      yield;
    }

    const isSum = context.params.operation === 'add';
    engineStep(
      tape,
      engine,
      {
        label: isSum ? 'Add, cell by cell' : 'Multiply, cell by cell',
        note: `${counted(sizeOf(fit), isSum ? 'sum' : 'product')} of shape ${showShape(fit)}, from ${counted(sizeOf(first) + sizeOf(second), 'stored number')}.`,
        result: { name: 'result' },
      },
      () => (isSum ? add(a, b) : mul(a, b)),
    );
    yield;
  },
});

/** Records how one of the two is read in the shape of the result. */
function ghosts(
  { trace, tape }: ProgramContext<typeof params>,
  tensor: Tensor,
  name: 'first' | 'second',
  shape: Shape,
): void {
  const value: ValueId = tape.value(tensor);
  const list: FlatList = { tensor, value };
  const read = expand(tensor, shape);
  const repeated = read.strides.flatMap((stride, axis) => (stride === 0 ? [axis - shape.length] : []));
  const cells = sizeOf(shape);
  trace.frame({
    op: `read-${name}`,
    label: `Read the ${name} in that shape`,
    note:
      repeated.length === 0 || cells === 0
        ? `Nothing of the ${name} is repeated: its strides are ${showShape(read.strides)}.`
        : `Strides ${showShape(read.strides)}: along ${repeated.length === 1 ? 'axis' : 'axes'} ${repeated.join(' and ')} a step goes nowhere, so ${counted(tensor.size, 'number')} ${tensor.size === 1 ? 'fills' : 'fill'} ${counted(cells, 'cell')}.`,
    inputs: { [name]: value },
    outputs: { read: readingOf(trace, read, list) },
    source: places.broadcastStrides,
  });
}

/** `"3,1"`, `"(3, 1)"` or `"3 1"` as sizes, `""` as none; undefined where it is no shape, or too large a one. */
export function parseShape(text: string): number[] | undefined {
  const inside = text.trim().replace(/^\(/u, '').replace(/\)$/u, '');
  const sizes = inside.split(/[\s,]+/u).filter((size) => size !== '');
  const isShape = sizes.length <= MOST_AXES && sizes.every((size) => /^\d+$/u.test(size) && Number(size) <= MOST_SIZE);
  return isShape ? sizes.map(Number) : undefined;
}

/** Filled with `unit`, 2 `unit`, 3 `unit` and so on, so that a sum shows where its parts came from. */
function countingTensor(engine: Engine, shape: Shape, unit: number): Tensor {
  return engine.fromData(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => (i + 1) * unit),
    shape,
  );
}

/** The shape of the result, or what the engine says against it. */
function fitOf(operation: string, first: Shape, second: Shape): number[] | Fault {
  try {
    return broadcastShapes(operation, first, second);
  } catch (error) {
    return asFault(error);
  }
}

/** What one could think: each shape once, the right one among them. */
function choices(first: Shape, second: Shape, chosen: string): string[][] {
  const rank = Math.max(first.length, second.length);
  const left = Array.from({ length: rank }, (_, axis) => Math.max(first[axis] ?? 1, second[axis] ?? 1));
  const guesses = [chosen, NO_FIT, showShape(first), showShape(second), showShape(left), showShape(left.toReversed())];
  return [...new Set(guesses)].sort().map((guess) => [guess]);
}

/** The last axis first; where the sizes don't go together, the row is marked. */
function axesTable(first: Shape, second: Shape): TableValue {
  const rank = Math.max(first.length, second.length);
  const rows = Array.from({ length: rank }, (_, i) => {
    const [a, b] = [first.at(-1 - i), second.at(-1 - i)];
    const [x, y] = [a ?? 1, b ?? 1];
    const result = x === y || y === 1 ? String(x) : x === 1 ? String(y) : CLASH;
    return [-1 - i, a ?? null, b ?? null, result];
  });
  const marks = rows.flatMap(([, , , result], row) => (result === CLASH ? [{ row, role: 'warn' as const }] : []));
  return tableValue(AXES, rows, marks);
}

function alignNote(first: Shape, second: Shape, fit: number[] | Fault): string {
  if (!Array.isArray(fit)) {
    const apart = axesTable(first, second)
      .rows.filter(([, , , result]) => result === CLASH)
      .map(([axis, a, b]) => `axis ${axis} has ${a} and ${b}`);
    return `Compared from the last axis on, ${showShape(first)} and ${showShape(second)} don’t fit: ${apart.join(', ')}, and neither is 1.`;
  }
  const missing = Math.abs(first.length - second.length);
  const added =
    missing === 0
      ? ''
      : ` ${counted(missing, 'missing axis', 'missing axes')} in front ${missing === 1 ? 'counts' : 'count'} as 1.`;
  return `Compared from the last axis on, sizes are equal or one of them is 1: the result is ${showShape(fit)}.${added}`;
}
