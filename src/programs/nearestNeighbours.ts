// The cups of a café and one cup of the learner's, as arrows: who is nearest, by dot product, by cosine and by distance.

import type { Engine } from '../engine/engine.ts';
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

const COLUMNS: TableValue['columns'] = [
  { id: 'place', label: '', type: 'number' },
  { id: 'dot', label: 'dot product', type: 'text' },
  { id: 'cosine', label: 'cosine', type: 'text' },
  { id: 'distance', label: 'distance', type: 'text' },
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
    times: { type: 'number', label: 'that one, times', default: 2, min: 0.25, max: 4, step: 0.25 },
  },
  async *run({ params: { milk, coffee, all, which, times }, trace, tape, engine: load }) {
    const engine = await load();
    const amounts = CUPS.map(([name, ...cup]) => cup.map((amount) => amount * all * (name === which ? times : 1)));
    const menu = engine.tensor(amounts, { name: 'menu' }); // (N, C)
    const yours = engine.tensor([milk, coffee], { name: 'yours' }); // (C,)
    tape.describe(menu, { name: 'menu', axes: ['N', 'C'], labels: { 0: NAMES, 1: ['milk', 'coffee'] } });
    tape.describe(yours, { name: 'yours', axes: ['C'], labels: { 0: ['milk', 'coffee'] } });

    const lists = {
      dot: sorted(engine, menu, yours, 'dot'),
      cosine: sorted(engine, menu, yours, 'cosine'),
      distance: sorted(engine, menu, yours, 'distance'),
    };
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
      xLabel: 'milk, cl',
      yLabel: 'coffee, cl',
    };
    trace.frame({
      op: 'compare',
      label: 'Three lists of neighbours',
      note: noteOf(lists, milk, coffee),
      outputs: { cups: trace.value(cups), neighbours: trace.value(tableOf(lists, which, times)) },
    });
    yield;

    const result = { axes: ['N'], labels: { 0: NAMES } };
    const step = (measure: Measure, label: string, note: string) =>
      tape.record(engine, () =>
        tape.caption({ op: measure, label, note, source: places.likeness }, () =>
          tape.describe(likeness(menu, yours, measure), { ...result, name: measure }),
        ),
      );
    step(
      'dot',
      'All dot products at once',
      `One product of the menu, a table of shape (${CUPS.length}, 2), with your cup, of shape (2): ${CUPS.length} sums.`,
    );
    yield;
    step(
      'cosine',
      'The same, divided by the lengths',
      'Each dot product is divided by the length of its cup and by the length of yours.',
    );
    yield;
    step(
      'distance',
      'The distances',
      'Your cup is subtracted from each row, and the lengths of what is left are the distances. They count negative, so that more is nearer.',
    );
    yield;
  },
});

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

function noteOf(lists: Readonly<Record<Measure, readonly Ranked[]>>, milk: number, coffee: number): string {
  if (milk === 0 && coffee === 0) {
    return 'Your cup is empty. An arrow without length has no direction, so it has no cosine.';
  }
  const first = (measure: Measure) => {
    const [best, ...others] = lists[measure];
    return [best!, ...others.filter(({ value }) => value === best!.value)].map(({ name }) => name).join(' and ');
  };
  return `Your cup is ${decimals([milk, coffee])}. Nearest by dot product: ${first('dot')}; by cosine: ${first('cosine')}; by distance: ${first('distance')}.`;
}

function tableOf(lists: Readonly<Record<Measure, readonly Ranked[]>>, which: string, times: number): TableValue {
  const cell = ({ name, value }: Ranked, digits: number): Cell => {
    const number = Number.isNaN(value) ? '–' : decimal(value, digits);
    return `${name === which && times !== 1 ? '+ ' : ''}${name} ${number}`;
  };
  return tableValue(
    COLUMNS,
    NAMES.map((_, i) => [i + 1, cell(lists.dot[i]!, 2), cell(lists.cosine[i]!, 3), cell(lists.distance[i]!, 2)]),
  );
}
