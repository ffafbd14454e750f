// The page that the tests of the points view open: one view of a scene, and a handler above it that answers as a block
// does: it offers parameters, and makes the scene again with what a point was moved to.

import type { NumberParam } from '../../../src/shared/params.ts';
import type { PointsValue } from '../../../src/shared/trace.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { PointsMove, PointsOffer } from '../../../webview/elements/points/moves.ts';
import type { PointsView } from '../../../webview/elements/values/pointsView.ts';
import '../../../webview/elements/values/pointsView.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

type Params = Readonly<Record<string, number>>;
const coordinate: NumberParam = { type: 'number', label: 'coordinate', default: 0, min: -5, max: 5, step: 0.1 };

const scenes: Readonly<Record<string, (params: Params) => PointsValue>> = {
  /** Two arrows that can be moved, and one that follows: their sum. */
  arrows: ({ ax = 3, ay = 1, bx = 1, by = 4 }) => ({
    kind: 'points',
    look: 'arrows',
    points: [
      { x: ax, y: ay, label: 'a', role: 'chosen', move: { x: 'ax', y: 'ay' } },
      { x: bx, y: by, label: 'b', move: { x: 'bx', y: 'by' } },
      { x: (ax + bx) / 2, y: (ay + by) / 2, label: 'half way', role: 'new' },
      { x: -2, y: -3, label: 'away', role: 'dim' },
      { x: -4, y: 1, label: 'odd one', role: 'warn' },
      { x: -2, y: 4, label: 'twin', role: 'match' },
    ],
    lines: [{ from: [ax, ay], to: [bx, by], label: 'distance' }],
    xLabel: 'coffee',
    yLabel: 'milk',
  }),
  /** Many dots with long names, in two crowds. */
  crowd: () => ({
    kind: 'points',
    look: 'dots',
    points: Array.from({ length: 60 }, (_, i) => ({
      x: (i % 2 === 0 ? 0.8 : -0.6) + 0.3 * Math.sin(i * 12.9898),
      y: (i % 2 === 0 ? 0.2 : -0.4) + 0.25 * Math.cos(i * 78.233),
      label: `a long name ${i}`,
      ...(i % 13 === 5 && { role: 'match' as const }),
    })),
  }),
  roles: () => ({
    kind: 'points',
    look: 'dots',
    points: (['chosen', 'new', 'match', 'warn', 'dim', undefined] as const).map((role, i) => ({
      x: i + 1,
      y: (i % 3) + 0.5,
      label: role ?? 'plain',
      ...(role !== undefined && { role }),
    })),
    lines: (['chosen', 'new', 'match', 'warn', 'dim', undefined] as const).map((role, i) => ({
      from: [i + 1, -1] as const,
      to: [i + 1, (i % 3) + 0.5] as const,
      ...(role !== undefined && { role }),
    })),
  }),
  one: () => ({ kind: 'points', look: 'dots', points: [{ x: 0, y: 0, label: 'alone' }] }),
  none: () => ({ kind: 'points', look: 'dots', points: [] }),
  tiny: () => ({ kind: 'points', look: 'arrows', points: [{ x: 1e-7, y: -2e-7, label: 'small' }] }),
};

/** What tests call. */
export interface PointsPage {
  /** Shows a scene; `movable` says whether its points may be moved. */
  show(scene: string, movable?: boolean): void;
  readonly moves: PointsMove['params'][];
  /** The parameters as they are now. */
  params: Params;
}

const page: PointsPage = { show, moves: [], params: {} };

function show(scene: string, movable = true): void {
  const make = scenes[scene];
  if (make === undefined) {
    throw new Error(`There is no scene "${scene}".`);
  }
  document.querySelector('main')?.remove();
  const main = document.createElement('main');
  main.style.padding = '16px';
  const view = document.createElement('points-view') as PointsView;
  const draw = () => Object.assign(view, { value: make(page.params), label: 'a scene' });
  main.addEventListener('points-offer', (event) => {
    if (movable) {
      (event as CustomEvent<PointsOffer>).detail.params = {
        ax: coordinate,
        ay: coordinate,
        bx: coordinate,
        by: coordinate,
      };
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
Object.assign(window, { pointsPage: page });
