// Two arrows in the plane, one of which can be turned and stretched: what that does to their dot product and their
// cosine, and where each of these comes from.

import { cosine } from '../engine/ops/cosine.ts';
import type { MapPoint, PointsValue, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

type Pair = readonly [x: number, y: number];

const COLUMNS: TableValue['columns'] = [
  { id: 'arrow', label: 'arrow', type: 'text' },
  { id: 'length', label: 'length', type: 'number' },
  { id: 'dot', label: 'dot product', type: 'number' },
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'angle', label: 'angle', type: 'text' },
];

/** In sight on either side of zero: an arrow of length 5 at twice its length. */
const ROOM = 10;

const coordinate = (label: string, value: number) =>
  ({ type: 'number', label, default: value, min: -6, max: 6, step: 0.5 }) as const;

export const dotAndCosine = defineProgram({
  id: 'dot-and-cosine',
  title: 'Turn an arrow, stretch an arrow',
  session: false,
  params: {
    stretch: { type: 'number', label: 'Stretch a, times', default: 1, min: 0.25, max: 2, step: 0.25 },
    turn: { type: 'number', label: 'Turn a, degrees', default: 0, min: -180, max: 180, step: 5 },
    ax: coordinate('a, first number', 3),
    ay: coordinate('a, second number', 4),
    bx: coordinate('b, first number', 4),
    by: coordinate('b, second number', 3),
    inside: { type: 'switch', label: 'Show what the engine does', default: false },
  },
  async *run({ params: { stretch, turn, ax, ay, bx, by, inside }, trace, tape, engine: load }) {
    const b: Pair = [bx, by];
    const moved = stretch !== 1 || turn !== 0;
    const a = changed([ax, ay], stretch, turn);
    const name = moved ? 'a′' : 'a';
    const tips: MapPoint[] = [
      { x: ax, y: ay, label: 'a', role: moved ? 'dim' : 'chosen', move: { x: 'ax', y: 'ay' } },
      ...(moved ? [{ x: a[0], y: a[1], label: name, role: 'chosen' } as const] : []),
      { x: bx, y: by, label: 'b', move: { x: 'bx', y: 'by' } },
    ];
    const arrows = {
      kind: 'points',
      look: 'arrows',
      room: [
        [-ROOM, -ROOM],
        [ROOM, ROOM],
      ],
      xLabel: 'first number',
      yLabel: 'second number',
    } as const;
    trace.frame({
      op: 'compare',
      label: 'Two arrows, measured',
      note: sentence(name, a, b),
      outputs: {
        arrows: trace.value({ ...arrows, points: tips }),
        withB: trace.value(
          tableValue(
            COLUMNS,
            [row('a', [ax, ay], b), ...(moved ? [row(name, a, b)] : []), row('b', b, b)],
            moved ? [{ row: 1, role: 'chosen' }] : [],
          ),
        ),
      },
    });
    yield;

    trace.frame({
      op: 'dot-product',
      label: 'Dot product: multiply, then add',
      note: product(a, b),
      source: places.dot,
      outputs: { sum: trace.value(productsOf(name, a, b)) },
    });
    yield;

    trace.frame({
      op: 'lengths',
      label: 'The two lengths',
      note: `${root(name, a)}; ${root('b', b)}.`,
      source: places.norm,
      outputs: { lengths: trace.value(lengthsOf([name, 'b'], [a, b])) },
    });
    yield;

    trace.frame({
      op: 'cosine',
      label: 'Cosine: the dot product without the lengths',
      note: quotient(a, b),
      source: places.cosine,
      outputs: { cosine: trace.value(quotientOf(name, a, b)) },
    });
    yield;

    const foot = shadow(a, b);
    trace.frame({
      op: 'shadow',
      label: 'The dot product as a shadow',
      note:
        foot === undefined
          ? 'b has no length, so nothing can be laid along it.'
          : `Let ${name} fall straight onto the line of b. Its shadow is ${decimal(foot.length)} long${foot.length < 0 ? ', against b' : ''}, and ${decimal(foot.length)} × ${decimal(Math.hypot(...b))} = ${decimal(dotOf(a, b))}.`,
      outputs: {
        shadow: trace.value(foot === undefined ? { ...arrows, points: tips } : picture(arrows, tips, a, foot.at)),
      },
    });
    yield;

    if (inside) {
      const engine = await load();
      const vector = (pair: Pair, called: string) => engine.tensor([...pair], { name: called }); // (2,)
      const [first, second] = [vector(a, name), vector(b, 'b')];
      const caption = {
        op: 'engine',
        label: 'The same, by the engine',
        note: 'Each line of the code is a step in here: the products and their sum, the two lengths, the division.',
        source: places.cosine,
        result: { name: 'cosine' },
      };
      engineStep(tape, engine, caption, () => cosine(first, second)); // ()
      yield;
    }
  },
});

/** Stretched, then turned counter-clockwise; free of the crumbs of 3 * cos(90°). */
function changed([x, y]: Pair, stretch: number, degrees: number): Pair {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const clean = (value: number) => Number(value.toFixed(9)) + 0;
  return [clean(stretch * (x * cos - y * sin)), clean(stretch * (x * sin + y * cos))];
}

function dotOf([ax, ay]: Pair, [bx, by]: Pair): number {
  return ax * bx + ay * by;
}

/** The two rows multiplied number by number, and the sum. */
function productsOf(name: string, [ax, ay]: Pair, [bx, by]: Pair): TableValue {
  return tableValue(
    [
      { id: 'number', label: '', type: 'text' },
      { id: 'a', label: name, type: 'number' },
      { id: 'b', label: 'b', type: 'number' },
      { id: 'product', label: `${name} × b`, type: 'number' },
    ],
    [
      ['first number', short(ax), short(bx), short(ax * bx)],
      ['second number', short(ay), short(by), short(ay * by)],
      ['added up', null, null, short(ax * bx + ay * by)],
    ],
    [{ row: 2, role: 'chosen' }],
  );
}

function lengthsOf(names: readonly string[], pairs: readonly Pair[]): TableValue {
  return tableValue(
    [
      { id: 'arrow', label: 'arrow', type: 'text' },
      { id: 'squares', label: 'squares, added up', type: 'number' },
      { id: 'length', label: 'length: the root of it', type: 'number' },
    ],
    pairs.map((pair, i) => [names[i]!, short(dotOf(pair, pair)), short(Math.hypot(...pair))]),
  );
}

function quotientOf(name: string, a: Pair, b: Pair): TableValue {
  const cosine = cosineOf(a, b);
  return tableValue(
    [
      { id: 'dot', label: 'dot product', type: 'number' },
      { id: 'lengths', label: `length of ${name} × length of b`, type: 'number' },
      { id: 'cosine', label: 'cosine: divided', type: 'number' },
    ],
    [[short(dotOf(a, b)), short(Math.hypot(...a) * Math.hypot(...b)), cosine === undefined ? null : short(cosine)]],
  );
}

/** Undefined where an arrow has no length. */
function cosineOf(a: Pair, b: Pair): number | undefined {
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  return lengths === 0 ? undefined : Math.min(1, Math.max(-1, dotOf(a, b) / lengths));
}

function short(value: number): number {
  return Number(value.toFixed(3)) + 0;
}

function degreesOf(cosine: number): number {
  return (Math.acos(cosine) * 180) / Math.PI;
}

function row(name: string, a: Pair, b: Pair): TableValue['rows'][number] {
  const cosine = cosineOf(a, b);
  return [
    name,
    short(Math.hypot(...a)),
    short(dotOf(a, b)),
    cosine === undefined ? null : short(cosine),
    cosine === undefined ? null : `${decimal(degreesOf(cosine), 1)}°`,
  ];
}

function sentence(name: string, a: Pair, b: Pair): string {
  const cosine = cosineOf(a, b);
  if (cosine === undefined) {
    return 'An arrow without length points nowhere: it has no cosine with anything.';
  }
  const way =
    cosine > 0.9999
      ? 'the same way'
      : cosine < -0.9999
        ? 'opposite ways'
        : Math.abs(cosine) < 1e-9
          ? 'at right angles'
          : `${decimal(degreesOf(cosine), 1)}° apart`;
  return `${name} and b point ${way}: cosine ${decimal(cosine, 3)}, dot product ${decimal(dotOf(a, b))}.`;
}

function product([ax, ay]: Pair, [bx, by]: Pair): string {
  const factor = (value: number) => (value < 0 ? `(${decimal(value)})` : decimal(value));
  const term = (x: number, y: number) => `${factor(x)} × ${factor(y)}`;
  return `${term(ax, bx)} + ${term(ay, by)} = ${decimal(ax * bx)} + ${factor(ay * by)} = ${decimal(ax * bx + ay * by)}.`;
}

function root(name: string, [x, y]: Pair): string {
  return `${name}: √(${decimal(x * x)} + ${decimal(y * y)}) = √${decimal(x * x + y * y)} = ${decimal(Math.hypot(x, y))}`;
}

function quotient(a: Pair, b: Pair): string {
  const cosine = cosineOf(a, b);
  return cosine === undefined
    ? 'One of the lengths is 0, and nothing can be divided by 0.'
    : `${decimal(dotOf(a, b))} / (${decimal(Math.hypot(...a))} × ${decimal(Math.hypot(...b))}) = ${decimal(cosine, 3)}: an angle of ${decimal(degreesOf(cosine), 1)}°.`;
}

/** Where a's tip falls straight onto the line of b, and how far from the origin, along b. */
function shadow(a: Pair, b: Pair): { readonly at: Pair; readonly length: number } | undefined {
  const square = dotOf(b, b);
  const share = dotOf(a, b) / square;
  return square === 0 ? undefined : { at: [share * b[0], share * b[1]], length: share * Math.sqrt(square) };
}

function picture(arrows: Omit<PointsValue, 'points'>, tips: readonly MapPoint[], from: Pair, at: Pair): PointsValue {
  return {
    ...arrows,
    points: [...tips, { x: at[0], y: at[1], label: 'shadow', role: 'new' }],
    lines: [{ from, to: at, label: 'straight onto b' }],
  };
}
