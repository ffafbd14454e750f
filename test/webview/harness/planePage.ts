// The page that the tests of the plane view open: one view of a scene, and a handler above it that answers as a block
// does: it offers parameters, and makes the scene again with what a point was moved to.

import type { NumberParam } from '../../../src/shared/params.ts';
import type { PlaneHeights, PlaneValue } from '../../../src/shared/planeValue.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { PlaneView } from '../../../webview/elements/plane/planeView.ts';
import type { PointsMove, PointsOffer } from '../../../webview/elements/points/moves.ts';
import '../../../webview/elements/plane/planeView.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

type Params = Readonly<Record<string, number>>;
const coordinate: NumberParam = { type: 'number', label: 'weight', default: 0, min: -2, max: 2, step: 0.1 };

/** Heights of a function over a rectangle. */
function heightsOf(
  label: string,
  [left, right, bottom, top]: readonly [number, number, number, number],
  height: (x: number, y: number) => number,
  more: Partial<PlaneHeights> = {},
): PlaneHeights {
  const [columns, rows] = [41, 41];
  const data = Float32Array.from({ length: columns * rows }, (_, i) =>
    height(
      left + ((right - left) * (i % columns)) / (columns - 1),
      bottom + ((top - bottom) * Math.floor(i / columns)) / (rows - 1),
    ),
  );
  return { label, columns, rows, bytes: data.buffer, ...more };
}

const scenes: Readonly<Record<string, (params: Params) => PlaneValue>> = {
  /** Two classes, a line that can be turned by its arrow, one point on the wrong side. */
  line: ({ wx = 1, wy = 1.5 }) => ({
    kind: 'plane',
    equal: true,
    x: { label: 'sun', from: -2, to: 2 },
    y: { label: 'free time', from: -2, to: 2 },
    groups: ['stay', 'walk'],
    points: [
      { x: -1, y: -1, group: 'stay', label: 'Monday', wrong: false },
      { x: -1.2, y: 0.8, group: 'walk', label: 'Tuesday', wrong: true },
      { x: 1, y: 1, group: 'walk', label: 'Sunday', wrong: false },
      { x: wx, y: wy, from: [0, 0], label: 'w', role: 'chosen', move: { x: 'wx', y: 'wy' } },
    ],
    lines: [{ weights: [wx, wy], bias: 0, label: 'the line' }],
  }),
  /** A score with a boundary, three classes. */
  score: () => ({
    kind: 'plane',
    x: { label: 'first input', from: 0, to: 1, names: [0, 1].map((at) => ({ at, text: at === 0 ? 'no' : 'yes' })) },
    y: { label: 'second input', from: 0, to: 1 },
    groups: ['no', 'yes', 'both'],
    heights: heightsOf('chance of yes', [0, 1, 0, 1], (x, y) => 1 / (1 + Math.exp(-12 * (x - 0.5) * (y - 0.4))), {
      range: [0, 1],
      boundary: { at: 0.5, label: 'the boundary' },
    }),
    points: Array.from({ length: 40 }, (_, i) => ({
      x: 0.5 + 0.45 * Math.sin(i * 12.9),
      y: 0.5 + 0.45 * Math.cos(i * 7.3),
      group: ['no', 'yes', 'both'][i % 3]!,
      wrong: i % 7 === 3,
    })),
  }),
  /** A landscape of losses with the ways of three optimisers, one of which runs away. */
  landscape: () => ({
    kind: 'plane',
    x: { label: 'a', from: -3, to: 3 },
    y: { label: 'b', from: -1, to: 4 },
    heights: heightsOf('loss', [-3, 3, -1, 4], (x, y) => (1 - x) ** 2 + 10 * (y - x * x) ** 2 + 0.01, { scale: 'log' }),
    paths: [
      { label: 'SGD', points: Array.from({ length: 30 }, (_, i) => [-2.5 + 0.06 * i, 3.5 - 0.1 * i] as const) },
      {
        label: 'momentum',
        points: Array.from({ length: 30 }, (_, i) => [-2.5 + 0.11 * i, 3.5 - 3 * Math.sin(i / 9)] as const),
      },
      {
        label: 'too fast',
        points: Array.from(
          { length: 9 },
          (_, i) => [-2.5 + 3 ** i * (i % 2 ? 0.2 : -0.1), i < 8 ? 3.5 - i : Number.NaN] as const,
        ),
      },
    ],
  }),
  empty: () => ({ kind: 'plane', x: { label: 'x', from: 0, to: 1 }, y: { label: 'y', from: 0, to: 1 } }),
};

/** What tests call. */
export interface PlanePage {
  /** Shows a scene; `movable` says whether its points may be moved. */
  show(scene: string, movable?: boolean): void;
  readonly moves: PointsMove['params'][];
  params: Params;
}

const page: PlanePage = { show, moves: [], params: {} };

function show(scene: string, movable = true): void {
  const make = scenes[scene];
  if (make === undefined) {
    throw new Error(`There is no scene "${scene}".`);
  }
  document.querySelector('main')?.remove();
  const main = document.createElement('main');
  main.style.padding = '16px';
  const view = document.createElement('plane-view') as PlaneView;
  const draw = () => Object.assign(view, { value: make(page.params), label: 'a scene' });
  main.addEventListener('points-offer', (event) => {
    if (movable) {
      (event as CustomEvent<PointsOffer>).detail.params = { wx: coordinate, wy: coordinate };
    }
  });
  main.addEventListener('points-move', (event) => {
    const { params } = (event as CustomEvent<PointsMove>).detail;
    page.moves.push(params);
    page.params = { ...page.params, ...params };
    setTimeout(draw);
  });
  main.append(view);
  document.body.append(main);
  draw();
}
Object.assign(window, { planePage: page });
