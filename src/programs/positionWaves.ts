// Positions as waves, made step by step: a speed for each pair of channels, one hand at one place, the sine and cosine
// that it leaves in the table, and what two rows of the table have to do with each other.

import { matmul } from '../engine/ops/matmul.ts';
import { transpose } from '../engine/ops/transpose.ts';
import { sinusoidalPositions, waveFrequency } from '../engine/positions.ts';
import type { PointsValue, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue } from './views.ts';

const CIRCLE_PIECES = 48;

const HANDS: TableValue['columns'] = [
  { id: 'pair', label: 'pair', type: 'number' },
  { id: 'speed', label: 'radians a place', type: 'number' },
  { id: 'places', label: 'places for a full turn', type: 'number' },
];
const CELLS: TableValue['columns'] = [
  { id: 'channel', label: 'channel', type: 'number' },
  { id: 'angle', label: 'angle', type: 'number' },
  { id: 'function', label: 'taken of it', type: 'text' },
  { id: 'value', label: 'value', type: 'number' },
];

export const positionWaves = defineProgram({
  id: 'position-waves',
  title: 'Positions as waves',
  session: false,
  params: {
    length: { type: 'number', label: 'Places', default: 24, min: 1, max: 64, step: 1 },
    pairs: { type: 'number', label: 'Pairs of channels', default: 8, min: 1, max: 16, step: 1 },
    place: { type: 'number', label: 'Look at place', default: 2, min: 0, max: 63, step: 1 },
    pair: { type: 'number', label: 'Look at pair', default: 1, min: 0, max: 15, step: 1 },
  },
  async *run({ params: { length: T, pairs, ...look }, trace, tape, engine: load }) {
    const engine = await load();
    const C = 2 * pairs;
    const place = Math.min(look.place, T - 1);
    const pair = Math.min(look.pair, pairs - 1);
    const frequencies = Array.from({ length: pairs }, (_, j) => waveFrequency(j, C));
    const turn = (frequency: number) => (2 * Math.PI) / frequency;

    trace.frame({
      op: 'frequencies',
      label: 'A hand for each pair',
      note: handsNote(frequencies.map(turn)),
      outputs: {
        hands: trace.value(
          tableValue(
            HANDS,
            frequencies.map((frequency, j) => [j, frequency, turn(frequency)]),
          ),
        ),
      },
      source: places.waveFrequency,
    });
    yield;

    const angle = place * frequencies[pair]!;
    const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
    trace.frame({
      op: 'hand',
      label: `Pair ${pair} at place ${place}`,
      note: handNote(place, frequencies[pair]!),
      outputs: { hand: trace.value(handAt(cosine, sine)) },
    });
    yield;

    trace.frame({
      op: 'cells',
      label: 'The two cells it fills',
      note: `Place ${place} gets the sine as channel ${2 * pair} and the cosine as channel ${2 * pair + 1}.`,
      outputs: {
        cells: trace.value(
          tableValue(CELLS, [
            [2 * pair, angle, 'sine', sine],
            [2 * pair + 1, angle, 'cosine', cosine],
          ]),
        ),
      },
    });
    yield;

    const positions = sinusoidalPositions(engine, T, C); // (T, C)
    tape.describe(positions, { name: 'positions', axes: ['place', 'channel'] });
    trace.frame({
      op: 'waves',
      label: 'All places, all channels',
      note: `${counted(T, 'row')} of ${C} numbers. The further to the right a channel stands, the slower its hand.`,
      outputs: { positions: tape.value(positions) },
      source: places.sinusoidalPositions,
    });
    yield;

    const across = transpose(positions); // (C, T)
    tape.describe(across, { name: 'transposed', axes: ['channel', 'place'] });
    engineStep(
      tape,
      engine,
      {
        label: 'Every row with every row',
        note: 'Each row has its dot product taken with every row. Along each slanted line the product is the same.',
        result: { name: 'products', axes: ['place', 'other'] },
      },
      () => matmul(positions, across), // (T, T)
    );
    yield;
  },
});

function handNote(place: number, speed: number): string {
  const angle = place * speed;
  const way = (value: number, ways: readonly [string, string]) =>
    `${decimal(Math.abs(value), 3)} ${ways[value < 0 ? 1 : 0]}`;
  const [right, up] = [way(Math.cos(angle), ['to the right', 'to the left']), way(Math.sin(angle), ['up', 'down'])];
  const turned = `${place} × ${decimal(speed, 4)} = ${decimal(angle, 4)} radians`;
  return `It has turned ${turned}. Its tip lies ${right}, which is the cosine, and ${up}, which is the sine.`;
}

function handsNote(turns: readonly number[]): string {
  const first = `The hand of pair 0 turns once in ${decimal(turns[0]!)} places`;
  const slowest = turns.length - 1;
  return slowest === 0
    ? `${first}.`
    : `${first}, that of pair ${slowest} once in ${many(Math.round(turns[slowest]!))}.`;
}

/** Where a hand of length 1 can point: a circle, in short straight pieces. */
function circle(): NonNullable<PointsValue['lines']> {
  const at = (piece: number) => {
    const angle = (2 * Math.PI * piece) / CIRCLE_PIECES;
    return [Math.cos(angle), Math.sin(angle)] as const;
  };
  return Array.from({ length: CIRCLE_PIECES }, (_, i) => ({ from: at(i), to: at(i + 1), role: 'dim' as const }));
}

/** A hand of length 1, with its height and its width drawn. */
function handAt(cosine: number, sine: number): PointsValue {
  return {
    kind: 'points',
    look: 'arrows',
    points: [{ x: cosine, y: sine, label: 'hand', role: 'new' }],
    lines: [
      ...circle(),
      { from: [0, 0], to: [cosine, 0], label: 'cosine', role: 'match' },
      { from: [cosine, 0], to: [cosine, sine], label: 'sine', role: 'match' },
    ],
    xLabel: 'cosine',
    yLabel: 'sine',
  };
}
