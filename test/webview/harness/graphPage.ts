// The page that the tests of the graph view open: one view of a scene, and a handler above it that answers as a block
// does: it offers parameters, and makes the scene again with what an edge was pulled to.

import { backward } from '../../../src/model/scalar.ts';
import { breakfastOf, flowOf } from '../../../src/programs/breakfast.ts';
import { latticeValue } from '../../../src/programs/latticeViews.ts';
import type { NumberParam } from '../../../src/shared/params.ts';
import type { GraphValue, Role } from '../../../src/shared/trace.ts';
import { bestPath, buildLattice } from '../../../src/tokenizers/lattice.ts';
import { scored } from '../../../src/tokenizers/unigramLearning.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { PointsMove, PointsOffer } from '../../../webview/elements/points/moves.ts';
import type { GraphView } from '../../../webview/elements/values/graphView.ts';
import '../../../webview/elements/values/graphView.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

type Params = Readonly<Record<string, number>>;
const probability: NumberParam = { type: 'number', label: 'p', default: 0.06, min: 0.005, max: 0.45, step: 0.005 };
const ROLES = ['chosen', 'new', 'match', 'warn', 'dim', undefined] as const;

function lattice(text: string, of: ReadonlyMap<string, number>, params: Params = {}): GraphValue {
  const pieces = scored(of);
  const built = buildLattice(text, pieces);
  const { path, best } = bestPath(built);
  const adjust = new Map(Object.entries(params).map(([piece, value]) => [piece, { param: piece, value }]));
  return latticeValue(text, built, { scale: 'probability', best, path, unknownId: pieces.unknownId, adjust });
}

function flow(kind: string): GraphValue {
  const numbers = breakfastOf(kind, { w: 2, b: 1, x: 3, t: 5, v: 2 });
  backward(numbers.loss);
  const [all, results] = [numbers.all, numbers.all.filter(({ inputs }) => inputs.length > 0)];
  return flowOf(numbers, {
    slopes: true,
    passed: new Set(results),
    reached: new Set(all),
    roles: new Map(all.map((number, i) => [number, ROLES[i % ROLES.length]] as const).filter(isMarked)),
    ...(results[0] !== undefined && { last: results[0] }),
  });
}

function isMarked<T>(entry: readonly [T, (typeof ROLES)[number]]): entry is readonly [T, Role] {
  return entry[1] !== undefined;
}

const letters = (text: string) => [...text].map((letter) => [letter, 0.05] as const);

const scenes: Readonly<Record<string, (params: Params) => GraphValue>> = {
  /** Two readings of one word; two of its edges can be pulled. */
  nowhere: ({ now = 0.06, where = 0.06 }) =>
    lattice(
      'nowhere',
      new Map([...letters('nowhere'), ['no', 0.1], ['now', now], ['here', 0.08], ['where', where], ['her', 0.03]]),
      { now, where },
    ),
  /** As long as a sentence, with all stretches of up to seven characters. */
  long: () => {
    const text = 'the harbour wall was wet';
    const stretches = Array.from(text, (_, i) => [2, 3, 5, 7].map((length) => text.slice(i, i + length))).flat();
    return lattice(
      text,
      new Map([...letters(text), ...stretches.map((piece) => [piece, 0.001 * piece.length] as const)]),
    );
  },
  roles: () => ({
    kind: 'graph',
    look: 'row',
    nodes: ROLES.map((role, i) => ({ label: String(i), note: 'n', ...(role !== undefined && { role }) })),
    edges: ROLES.slice(1).map((role, i) => ({
      from: i,
      to: i + 1,
      label: role ?? 'plain',
      note: '1',
      ...(role !== undefined && { role }),
    })),
  }),
  /** An unknown character, white space, and two edges between the same two nodes. */
  odd: () => ({
    kind: 'graph',
    look: 'row',
    nodes: ['0', '1', '2'].map((label) => ({ label })),
    edges: [
      { from: 0, to: 1, label: ' ', role: 'warn' },
      { from: 0, to: 2, label: ' \u200b', note: '0.1' },
      { from: 0, to: 2, label: 'twin', note: '0.2' },
      { from: 1, to: 2, label: '🌊', note: '0.5' },
    ],
    between: [' ', '🌊'],
  }),
  /** A computation with all that a backward pass leaves at it; one number is used twice. */
  breakfast: () => flow('breakfast'),
  weekend: () => flow('weekend'),
  none: () => ({ kind: 'graph', look: 'row', nodes: [{ label: '0' }], edges: [], between: [] }),
};

/** What tests call. */
export interface GraphPage {
  /** Shows a scene; `movable` says whether its edges may be pulled. */
  show(scene: string, movable?: boolean): void;
  readonly moves: PointsMove['params'][];
  /** The parameters as they are now. */
  params: Params;
}

const page: GraphPage = { show, moves: [], params: {} };

function show(scene: string, movable = true): void {
  const make = scenes[scene];
  if (make === undefined) {
    throw new Error(`There is no scene "${scene}".`);
  }
  document.querySelector('main')?.remove();
  const main = document.createElement('main');
  main.style.padding = '16px';
  const view = document.createElement('graph-view') as GraphView;
  const draw = () => Object.assign(view, { value: make(page.params), label: 'a scene' });
  main.addEventListener('points-offer', (event) => {
    if (movable) {
      (event as CustomEvent<PointsOffer>).detail.params = { now: probability, where: probability };
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
Object.assign(window, { graphPage: page });
