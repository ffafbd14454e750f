// The cups of a café and one cup of the learner's, as arrows: who is nearest, by dot product, by cosine and by distance.

import type { Engine } from '../engine/engine.ts';
import { neg } from '../engine/ops/neg.ts';
import type { Tensor } from '../engine/tensor.ts';
import { likeness, type Measure } from '../model/neighbours.ts';
import type { Cell, PointsValue, TableValue } from '../shared/trace.ts';
import { CUPS } from './cafeMenu.ts';
import { decimal, decimals } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const NAMES = CUPS.map(([name]) => name);
const NONE = 'none';
/** The cup that the notes reckon with: the running example of the lesson. */
const SAMPLE = NAMES.indexOf('cappuccino');

const COLUMNS: TableValue['columns'] = [
  { id: 'place', label: '', type: 'number' },
  { id: 'distance', label: 'distance', type: 'text' },
  { id: 'cosine', label: 'cosine', type: 'text' },
  { id: 'dot', label: 'dot product', type: 'text' },
];

interface Ranked {
  readonly name: string;
  readonly value: number;
}

export const nearestNeighbours = defineProgram({
  id: 'nearest-neighbours',
  title: 'Who is nearest, by three measures',
  session: false,
  params: {
    milk: { type: 'number', label: 'Milk in your cup, cl', default: 4, min: 0, max: 16, step: 0.5 },
    coffee: { type: 'number', label: 'Coffee in your cup, cl', default: 2, min: 0, max: 8, step: 0.5 },
    all: { type: 'number', label: 'Stretch every cup of the menu, times', default: 1, min: 0.5, max: 2, step: 0.25 },
    which: {
      type: 'choice',
      label: 'Stretch one cup',
      default: NONE,
      options: [{ value: NONE, label: 'none of them' }, ...NAMES.map((name) => ({ value: name, label: name }))],
    },
    times: { type: 'number', label: 'Stretch that one, times', default: 2, min: 0.25, max: 4, step: 0.25 },
  },
  async *run({ params: { milk, coffee, all, which, times }, trace, tape, engine: load }) {
    const engine = await load();
    const amounts = CUPS.map(([name, ...cup]) => cup.map((amount) => amount * all * (name === which ? times : 1)));
    const menu = engine.tensor(amounts, { name: 'menu' }); // (N, C)
    const yours = engine.tensor([milk, coffee], { name: 'yours' }); // (C,)
    tape.describe(menu, { name: 'menu', axes: ['N', 'C'], labels: { 0: NAMES, 1: ['milk', 'coffee'] } });
    tape.describe(yours, { name: 'yours', axes: ['C'], labels: { 0: ['milk', 'coffee'] } });

    const lists = listsOf(engine, menu, yours);
    const stretched = all !== 1 || (which !== NONE && times !== 1);
    const before = listsOf(engine, engine.tensor(CUPS.map(([, ...cup]) => cup)), yours);
    const cups: PointsValue = {
      kind: 'points',
      look: 'arrows',
      points: [
        { x: milk, y: coffee, label: 'yours', role: 'chosen', move: { x: 'milk', y: 'coffee' } },
        ...amounts.map(([x = 0, y = 0], i) => ({
          x,
          y,
          label: NAMES[i]!,
          ...(NAMES[i] === which && times !== 1 && { role: 'new' as const }),
        })),
      ],
      room: [
        [0, 0],
        [Math.max(...CUPS.map(([, x]) => 2 * x)), Math.max(...CUPS.map(([, , y]) => 2 * y))],
      ],
      xLabel: 'milk, cl',
      yLabel: 'coffee, cl',
    };
    trace.frame({
      op: 'compare',
      label: 'Three lists of neighbours',
      note: `${noteOf(lists, milk, coffee)}${stretched ? ` ${movedNote(lists, before)}` : ''}`,
      outputs: { cups: trace.value(cups), neighbours: trace.value(tableOf(lists, before, which, times)) },
    });
    yield;

    const inputs = { menu: tape.value(menu), yours: tape.value(yours) };
    const step = (measure: Measure, label: string, note: string) => {
      const like = likeness(menu, yours, measure); // (N,)
      const shown = measure === 'distance' ? neg(like) : like; // (N,)
      tape.describe(shown, { name: measure, axes: ['N'], labels: { 0: NAMES } });
      trace.frame({
        op: measure,
        label,
        note,
        source: places.likeness,
        inputs,
        outputs: { [measure]: tape.value(shown) },
      });
    };
    const [x, y] = amounts[SAMPLE]! as [number, number];
    const name = NAMES[SAMPLE]!;
    const [dot, length, own] = [x * milk + y * coffee, Math.hypot(x, y), Math.hypot(milk, coffee)];
    step(
      'distance',
      'The distances',
      `Your cup is subtracted from each row. For the ${name} that leaves ${decimals([x - milk, y - coffee])}, and the length of it is ${decimal(Math.hypot(x - milk, y - coffee))}.`,
    );
    yield;
    step(
      'dot',
      'The dot products',
      `For the ${name} it’s ${decimal(x)} × ${decimal(milk)} + ${decimal(y)} × ${decimal(coffee)} = ${decimal(dot)}. The same sum is made for each of the ${CUPS.length} rows.`,
    );
    yield;
    step(
      'cosine',
      'The cosines',
      own === 0
        ? 'Each dot product would be divided by the length of your cup, and that is 0.'
        : `Each dot product is divided by the length of the row and by the length of your cup. For the ${name}: ${decimal(dot)} / (${decimal(length)} × ${decimal(own)}) = ${decimal(dot / length / own, 3)}.`,
    );
    yield;
  },
});

type Lists = Readonly<Record<Measure, readonly Ranked[]>>;

function listsOf(engine: Engine, menu: Tensor, yours: Tensor): Lists {
  return {
    dot: sorted(engine, menu, yours, 'dot'),
    cosine: sorted(engine, menu, yours, 'cosine'),
    distance: sorted(engine, menu, yours, 'distance'),
  };
}

/** The cups by how like yours they are, the most alike first; equals keep the menu's order. Distances as distances. */
function sorted(engine: Engine, menu: Tensor, yours: Tensor, measure: Measure): Ranked[] {
  const values = engine.scope(() => likeness(menu, yours, measure).toFlat());
  return NAMES.map((name, i) => ({ name, value: short(values[i]!, measure) })).sort((a, b) => {
    const order = measure === 'distance' ? a.value - b.value : b.value - a.value;
    return Number.isNaN(order) ? 0 : order;
  });
}

/** To as many decimals as f32 vouches for. */
function short(value: number, measure: Measure): number {
  return Number((measure === 'distance' ? Math.abs(value) : value).toFixed(measure === 'cosine' ? 4 : 3));
}

function noteOf(lists: Lists, milk: number, coffee: number): string {
  if (milk === 0 && coffee === 0) {
    return 'Your cup is empty. An arrow without length has no direction, so it has no cosine.';
  }
  const first = (measure: Measure) => {
    const [best, ...others] = lists[measure];
    return [best!, ...others.filter(({ value }) => value === best!.value)].map(({ name }) => name).join(' and ');
  };
  return `Your cup is ${decimals([milk, coffee])}. Nearest by distance: ${first('distance')}; by cosine: ${first('cosine')}; by dot product: ${first('dot')}.`;
}

/** What a stretch did to the three orders. */
function movedNote(lists: Lists, before: Lists): string {
  const words: Readonly<Record<Measure, string>> = { distance: 'distance', cosine: 'cosine', dot: 'dot product' };
  const moved = (Object.keys(words) as Measure[]).filter((measure) =>
    lists[measure].some((_, place) => risen(lists, before, measure, place) !== 0),
  );
  return moved.length === 0
    ? 'All three lists keep the order that they had before the stretch.'
    : `Against the menu before the stretch, the order changed by ${moved.map((measure) => words[measure]).join(' and by ')}${moved.length < 3 ? ', and nowhere else' : ''}.`;
}

/** How many places the cup at `place` has come up in a list; below 0 where it fell. */
function risen(lists: Lists, before: Lists, measure: Measure, place: number): number {
  const { name } = lists[measure][place]!;
  return before[measure].findIndex((ranked) => ranked.name === name) - place;
}

function tableOf(lists: Lists, before: Lists, which: string, times: number): TableValue {
  const cell = (measure: Measure, place: number, digits: number): Cell => {
    const { name, value } = lists[measure][place]!;
    const by = risen(lists, before, measure, place);
    const way = by === 0 ? '' : by > 0 ? '↑ ' : '↓ ';
    const number = Number.isNaN(value) ? '–' : decimal(value, digits);
    return `${way}${name === which && times !== 1 ? '+ ' : ''}${name} ${number}`;
  };
  return tableValue(
    COLUMNS,
    NAMES.map((_, i) => [i + 1, cell('distance', i, 2), cell('cosine', i, 3), cell('dot', i, 2)]),
  );
}
