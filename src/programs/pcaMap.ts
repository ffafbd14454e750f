// Sixteen drinks of six ingredients on a flat map, by principal components: how the map is made, how much of the spread
// it holds, and where it puts neighbours together that are none.

import { norm } from '../engine/ops/cosine.ts';
import { div } from '../engine/ops/div.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { sub } from '../engine/ops/sub.ts';
import { mean } from '../engine/ops/sum.ts';
import type { Tensor } from '../engine/tensor.ts';
import { covariance, type Pca, pca, powerSteps, project } from '../model/pca.ts';
import type { TableValue } from '../shared/trace.ts';
import { AMOUNTS, DRINKS, INGREDIENTS } from './cafeMenu.ts';
import { decimal } from './decimal.ts';
import {
  checkSentence,
  closest,
  distance,
  distancesOf,
  guessesOf,
  linesOf,
  mapOf,
  rounded,
  weights,
} from './drinksMap.ts';
import { engineStep, type StepWords } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';

type Words = StepWords & { readonly op: string; readonly result: { readonly name: string } };

const MENU = { axes: ['N', 'C'], labels: { 0: DRINKS, 1: INGREDIENTS } };
const STEPS: TableValue['columns'] = [
  { id: 'step', label: 'step', type: 'number' },
  { id: 'variance', label: 'variance along it', type: 'number' },
];
const SHARES: TableValue['columns'] = [
  { id: 'direction', label: 'direction', type: 'number' },
  { id: 'variance', label: 'variance', type: 'number' },
  { id: 'share', label: 'of all, %', type: 'number' },
  { id: 'sofar', label: 'so far, %', type: 'number' },
];

export const pcaMap = defineProgram({
  id: 'pca-map',
  title: 'A map of six dimensions',
  session: false,
  params: {
    lengths: {
      type: 'choice',
      label: 'Before the map is made',
      default: 'unit',
      options: [
        { value: 'unit', label: 'give every arrow the length 1' },
        { value: 'amounts', label: 'leave the cups as large as they are' },
      ],
    },
    drink: {
      type: 'choice',
      label: 'True distances from',
      default: 'warm milk',
      options: DRINKS.map((name) => ({ value: name, label: name })),
    },
    inside: { type: 'switch', label: 'Show what the engine does', default: false },
  },
  async *run({ params: { lengths, drink, inside }, trace, tape, engine: load, random }) {
    const engine = await load();
    /** One step, with its parts where they are asked for. */
    const step = (words: Words, work: () => Tensor): Tensor => {
      if (inside) {
        return engineStep(tape, engine, words, work);
      }
      const { result, ...frame } = words;
      const made = tape.describe(work(), result);
      trace.frame({ ...frame, outputs: { [result.name]: tape.value(made) } });
      return made;
    };
    const menu = tape.describe(engine.tensor(AMOUNTS.map((row) => [...row])), { ...MENU, name: 'menu' }); // (N, C)
    trace.frame({
      op: 'menu',
      label: 'The menu',
      note: `${counted(DRINKS.length, 'drink')} with ${INGREDIENTS.length} amounts each, in centilitres. Six axes: more than anybody can draw.`,
      outputs: { menu: tape.value(menu) },
    });
    yield;

    let rows = menu; // (N, C)
    if (lengths === 'unit') {
      rows = step(
        {
          op: 'unit',
          label: 'Give every arrow the length 1',
          note: 'Each row is divided by its length. Only the mix is left: latte and big latte are the same row now.',
          source: places.norm,
          result: { ...MENU, name: 'mix' },
        },
        () => div(menu, reshape(norm(menu), [DRINKS.length, 1])), // (N, C)
      );
      yield;
    }

    const centred = step(
      {
        op: 'centre',
        label: 'Put the middle at the origin',
        note: 'The mean drink is subtracted from each. What is left says how a drink differs from the middle of the menu.',
        source: places.sub,
        result: { ...MENU, name: 'centred' },
      },
      () => sub(rows, mean(rows, 0)), // (N, C)
    );
    yield;

    const spread = step(
      {
        op: 'covariance',
        label: 'How the ingredients vary together',
        note: 'On the diagonal: how much each ingredient varies, its variance. Elsewhere: above 0 where two come together, below 0 where one stands in for the other.',
        source: places.covariance,
        result: { name: 'covariance', axes: ['C', 'C'], labels: { 0: INGREDIENTS, 1: INGREDIENTS } },
      },
      () => covariance(centred), // (C, C)
    );
    yield;

    const steps = [...powerSteps(spread, engine.ones([INGREDIENTS.length]))].map(({ variance }) => variance);
    const found = pca(rows, INGREDIENTS.length, random);
    const widest = tape.describe(engine.tensor(rowsOf(found.directions).slice(0, 2)), {
      name: 'directions',
      axes: ['K', 'C'],
      labels: { 0: ['first', 'second'], 1: INGREDIENTS },
    }); // (2, C)
    const toward = rowsOf(widest);
    trace.frame({
      op: 'directions',
      label: 'The two widest directions',
      note: `Along the first the drinks differ most: ${weights(toward[0]!)}. Along the second they differ most in what is left: ${weights(toward[1]!)}. The table shows the first one being found. Multiplied by the covariance ${steps.length - 1} times, it turned to where the variance is largest.`,
      source: places.powerSteps,
      inputs: { covariance: tape.value(spread) },
      outputs: {
        directions: tape.value(widest),
        variance: trace.value(
          tableValue(
            STEPS,
            steps.map((variance, step) => [step, rounded(variance, 4)]),
          ),
        ),
      },
    });
    yield;

    const flat = step(
      {
        op: 'project',
        label: 'Lay every drink along the two',
        note: 'Two dot products for each drink are its place on the map.',
        source: places.project,
        result: { name: 'places', axes: ['N', 'K'], labels: { 0: DRINKS, 1: ['first', 'second'] } },
      },
      () => project(rows, { center: found.center, directions: widest }), // (N, 2)
    );
    yield;

    const shares = sharesOf(found);
    const onMap = rowsOf(flat);
    const from = DRINKS.indexOf(drink);
    trace.frame({
      op: 'map',
      label: 'The map',
      note: `The map keeps ${decimal(shares[1]!.sofar, 0)}% of the spread, as the variance measures it. The other ${decimal(100 - shares[1]!.sofar, 0)}% lies in directions that it doesn’t have.`,
      outputs: {
        map: trace.value(mapOf(onMap, toward, [], from)),
        variance: trace.value(
          tableValue(
            SHARES,
            shares.map(({ variance, share, sofar }, i) => [
              i + 1,
              rounded(variance, 3),
              rounded(share, 1),
              rounded(sofar, 1),
            ]),
            [0, 1].map((row) => ({ row, role: 'chosen' })),
          ),
        ),
      },
    });
    yield;

    const inSpace = rowsOf(rows);
    const [near, seems] = [closest(inSpace, from), closest(onMap, from)];
    const misled = DRINKS.filter(
      (_, i) => closest(inSpace, i).distance < distance(inSpace, i, closest(onMap, i).id) - 1e-4,
    );
    trace.frame({
      op: 'check',
      label: 'Where the map misleads',
      note: `${checkSentence(drink, near, seems, distance(inSpace, from, seems.id))} Of the ${DRINKS.length} drinks ${misled.length} have a nearest one on the map that isn’t their nearest.`,
      inputs: {
        guesses: trace.value(guessesOf(inSpace, onMap, from, near)),
      },
      outputs: {
        map: trace.value(mapOf(onMap, toward, linesOf(onMap, from, near.id, seems.id), from)),
        distances: trace.value(distancesOf(inSpace, onMap, from, near.id, seems.id)),
      },
    });
    yield;
  },
});

function rowsOf(matrix: Tensor): number[][] {
  return matrix.toNested() as number[][];
}

function sharesOf({ variances, total }: Pca): { variance: number; share: number; sofar: number }[] {
  let sum = 0;
  return variances.map((variance) => {
    sum += variance;
    return { variance, share: (100 * variance) / total, sofar: (100 * sum) / total };
  });
}
