// The steps of cutting one stretch of text by probability: all ways there are, the best way to each border, and back.

import type { Cell, FrameId, TableValue, ValueId } from '../shared/trace.ts';
import {
  type BestPath,
  bestPath,
  buildLattice,
  type Lattice,
  type LatticeEdge,
  type ScoredPieces,
} from '../tokenizers/lattice.ts';
import { bestPaths, forwardScores, type ScoredPath } from '../tokenizers/latticePaths.ts';
import { type LatticeLook, latticeValue, pathText, pathValue, type Scale, scoreText } from './latticeViews.ts';
import { places } from './places.ts';
import type { Recorder } from './recorder.ts';
import { counted, tableValue, visible } from './views.ts';

/** How many of the best cuts are compared. */
const COMPARED = 8;
/** Longer texts are shown whole, without a step for each border. */
const STEPPED_BORDERS = 24;
/** And still longer ones are not drawn at all. */
const DRAWN_BORDERS = 64;

export interface UnigramLook {
  readonly scale: Scale;
  readonly parent?: FrameId;
  readonly adjust?: NonNullable<LatticeLook['adjust']>;
  /** Whether the pieces' ids are shown. */
  readonly ids?: boolean;
  /** Whether the best cuts have been compared already. */
  readonly compared?: boolean;
}

const score = (label: string) => ({ label, type: 'text' as const });
const WAY_COLUMNS: TableValue['columns'] = [
  { id: 'piece', label: 'last piece', type: 'piece' },
  { id: 'from', label: 'from', type: 'number' },
  { id: 'before', ...score('best there') },
  { id: 'own', ...score('its own') },
  { id: 'together', ...score('together') },
];
const cutColumns = (scale: Scale): TableValue['columns'] => [
  { id: 'cut', label: 'cut', type: 'text' },
  { id: 'pieces', label: 'pieces', type: 'number' },
  { id: 'score', ...score(scale === 'logarithm' ? 'sum of logarithms' : 'product') },
];

/**
 * Records how `text` is cut; yields after each step.
 *
 * @returns the edges of the best path; none for an empty text
 */
export async function* unigramFrames(
  trace: Recorder,
  text: string,
  pieces: ScoredPieces,
  look: UnigramLook,
): AsyncGenerator<void, readonly LatticeEdge[], void> {
  const { scale, parent, ids = false, compared = false } = look;
  const lattice = buildLattice(text, pieces);
  const { nodes, edges } = lattice;
  const { path, best } = bestPath(lattice);
  const { unknownId } = pieces;
  const draw = drawing(trace, text, lattice, unknownId, look);
  trace.frame({
    op: 'lattice',
    parent,
    label: `All pieces in “${visible(text)}”`,
    note: latticeNote(text, edges, unknownId),
    outputs: draw({}),
    source: places.buildLattice,
  });
  yield;

  for (let node = 1; node < nodes.length && nodes.length <= STEPPED_BORDERS; node++) {
    const ways = edges.filter((edge) => edge.to === node);
    const by = best[node]!.by!;
    trace.frame({
      op: 'best-way',
      parent,
      label: `The best way to border ${node}`,
      note: wayNote(node, ways, by, scoreText(best[node]!.score, scale)),
      formula:
        scale === 'logarithm'
          ? 'best(to) = max of best(from) + ln p(piece)'
          : 'best(to) = max of best(from) × p(piece)',
      outputs: {
        ...draw({ best, upTo: node, at: node }),
        ways: trace.value(waysTable(ways, best, by, scale)),
      },
      source: places.bestPath,
    });
    yield;
  }

  const cut: ValueId = trace.value(pathValue(path, unknownId, ids));
  trace.frame({
    op: 'best-path',
    parent,
    label: 'Back along the best way',
    note: pathNote(text, path, scoreText(best.at(-1)!.score, scale)),
    outputs: { ...draw({ best, path }), cut },
    source: places.bestPath,
  });
  yield;

  if (!compared) {
    compareCuts(trace, text, pieces, look, best);
    yield;
  }
  return path;
}

/**
 * Records the few best cuts of `text`, as one step.
 *
 * @param best the best way to each border, where the learner has seen how it is found
 */
export function compareCuts(
  trace: Recorder,
  text: string,
  pieces: ScoredPieces,
  look: UnigramLook,
  best?: BestPath['best'],
): void {
  const lattice = buildLattice(text, pieces);
  const compared = bestPaths(lattice, COMPARED);
  const share = Math.exp((compared[0]?.score ?? 0) - forwardScores(lattice).at(-1)!);
  const draw = drawing(trace, text, lattice, pieces.unknownId, look);
  trace.frame({
    op: 'compare-cuts',
    parent: look.parent,
    label: 'The best cuts side by side',
    note: compareNote(compared, share, look.scale),
    outputs: {
      ...draw({ path: compared[0]?.path ?? [], ...(best && { best }) }),
      cuts: trace.value(cutsTable(compared, look.scale)),
    },
    source: places.bestPaths,
  });
}

/** How a lattice is shown; not at all where it is too long. */
function drawing(trace: Recorder, text: string, lattice: Lattice, unknownId: number, { scale, adjust }: UnigramLook) {
  const always = { scale, unknownId, ...(adjust && { adjust }) };
  return (more: Partial<LatticeLook>): Record<string, ValueId> =>
    lattice.nodes.length <= DRAWN_BORDERS
      ? { lattice: trace.value(latticeValue(text, lattice, { ...always, ...more })) }
      : {};
}

function cutsTable(compared: readonly ScoredPath[], scale: Scale): TableValue {
  const rows = compared.map(({ path, score: own }): Cell[] => [
    pathText(path, visible),
    path.length,
    scoreText(own, scale),
  ]);
  return tableValue(cutColumns(scale), rows, rows.length > 0 ? [{ row: 0, role: 'chosen' }] : []);
}

function waysTable(
  ways: readonly LatticeEdge[],
  best: readonly { readonly score: number }[],
  by: LatticeEdge,
  scale: Scale,
): TableValue {
  const together = (edge: LatticeEdge) => best[edge.from]!.score + edge.score;
  const order = [...ways].sort((a, b) => together(b) - together(a));
  const rows = order.map((edge): Cell[] => [
    edge.piece,
    edge.from,
    scoreText(best[edge.from]!.score, scale),
    scoreText(edge.score, scale),
    scoreText(together(edge), scale),
  ]);
  return tableValue(WAY_COLUMNS, rows, [{ row: order.indexOf(by), role: 'chosen' }]);
}

function latticeNote(text: string, edges: readonly LatticeEdge[], unknownId: number): string {
  if (text === '') {
    return 'There is nothing to cut.';
  }
  const unknown = edges.filter(({ id }) => id === unknownId).length;
  const strangers =
    unknown === 0
      ? ''
      : ` ${unknown === 1 ? 'One character is' : `${unknown} characters are`} no piece, and very unlikely.`;
  const found = counted(edges.length, 'place where a piece fits', 'places where a piece fits');
  return `${found}. Every way from left to right is a cut.${strangers}`;
}

function wayNote(node: number, ways: readonly LatticeEdge[], by: LatticeEdge, score: string): string {
  const name = `“${visible(by.piece)}”`;
  return ways.length === 1
    ? `Only ${name} ends at border ${node}: ${score}.`
    : `${counted(ways.length, 'piece')} end at border ${node}; the best way there ends with ${name}: ${score}.`;
}

function pathNote(text: string, path: readonly LatticeEdge[], score: string): string {
  if (path.length === 0) {
    return 'An empty text has no pieces.';
  }
  const shown = path.length <= 12 ? `: ${pathText(path, visible)}` : '';
  return `From the last border back to the first: “${visible(text)}” is cut into ${counted(path.length, 'piece')}${shown}, with ${score}.`;
}

function compareNote([first, second]: readonly ScoredPath[], share: number, scale: Scale): string {
  if (first === undefined || first.path.length === 0) {
    return 'There is one way to cut nothing.';
  }
  if (second === undefined) {
    return 'There is no other way to cut it.';
  }
  const [best, next] = [first, second].map((one) => `${named(one.path)} with ${scoreText(one.score, scale)}`);
  return `Best is ${best}, then comes ${next}. The best holds ${Math.round(100 * share)}% of what all cuts weigh together.`;
}

/** A cut in a sentence; a long one only by its number of pieces. */
function named(path: readonly LatticeEdge[]): string {
  return path.length <= 6 ? `“${pathText(path, visible)}”` : `a cut into ${counted(path.length, 'piece')}`;
}
