// Mails as sentence vectors, laid flat onto the two directions in which they differ most, and a line between spam and
// wanted, learned on those two numbers alone.

import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';
import { type LogisticRegression, logisticScore, trainLogisticRegression } from '../model/logisticRegression.ts';
import type { Mail, MailSets } from '../model/mails/mails.ts';
import { pca, project } from '../model/pca.ts';
import { accuracy, confusionOf } from '../model/verdicts.ts';
import type { Embedder } from '../retrieval/embedder.ts';
import { seededRandom } from '../shared/environment.ts';
import type { PlaneAxis, PlaneValue } from '../shared/planeValue.ts';
import { decimal } from './decimal.ts';
import { vectorsOf } from './mailVectors.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { filtersOf, PARTS } from './spamFilters.ts';
import { percent } from './spamWords.ts';

/** Two numbers below 1 a mail: the steps are large, and nothing has to hold the weights back. */
const LINE = { steps: 200, learningRate: 20, decay: 0 };
const NAMES = ['x', 'y'] as const;
const SEED = 1;

export const spamPlane = defineProgram({
  id: 'spam-plane',
  title: 'Mails on their two main directions',
  session: false,
  params: {
    part: { type: 'choice', label: 'Mails', default: 'train', options: [PARTS[2], PARTS[0], PARTS[1]] },
    threshold: { type: 'number', label: 'Threshold', default: 0, min: -6, max: 6, step: 0.25 },
  },
  async *run({ params: { part, threshold }, trace, models, engine: load }) {
    const { places: flat, line, kept } = await flatMails(await models.embedder('static'), load);
    const of = part as keyof typeof flat;
    const mails = filtersOf().sets[of];
    const shown = flat[of].map(([x = 0, y = 0], i) => {
      const score = logisticScore(line, features([x, y]));
      return { x, y, score, spam: mails[i]!.spam };
    });
    trace.frame({
      op: 'plane',
      label: 'A direction and a threshold',
      note: `What lies on the arrow’s side of the cut is called spam. The two directions keep ${percent(kept)} of the spread. With the threshold at ${decimal(threshold)} the line gives the right verdict on ${percent(accuracy(confusionOf(shown, threshold)))} of these mails.`,
      source: places.project,
      outputs: { mails: trace.value(planeOf(shown, line, threshold)) },
    });
    yield;
  },
});

interface FlatMails {
  /** Of each part, where its mails lie: (N, 2). */
  readonly places: Readonly<Record<keyof MailSets, number[][]>>;
  readonly line: LogisticRegression;
  /** The share of the spread that the two directions hold. */
  readonly kept: number;
}

const known = new WeakMap<Embedder, FlatMails>();

/** The mails on the two directions in which those of training differ most; worked out once. */
async function flatMails(embedder: Embedder, load: () => Promise<Engine>): Promise<FlatMails> {
  const found = known.get(embedder);
  if (found !== undefined) {
    return found;
  }
  const { sets } = filtersOf();
  const engine = await load();
  const tableOf = async (mails: readonly Mail[]) => {
    const vectors = await vectorsOf(
      embedder,
      mails.map(({ text }) => text),
    );
    return engine.tensor(vectors.map((vector) => [...vector])); // (N, C)
  };
  const train = await tableOf(sets.train);
  const map = pca(train, 2, seededRandom(SEED));
  const placesOf = (table: Tensor) => project(table, map).toNested() as number[][]; // (N, 2)
  const flat = {
    train: placesOf(train),
    validation: placesOf(await tableOf(sets.validation)),
    test: placesOf(await tableOf(sets.test)),
  };
  const line = trainLogisticRegression(
    flat.train.map((place, i) => ({ features: features(place), label: sets.train[i]!.spam ? 1 : 0 })),
    LINE,
  );
  const made = { places: flat, line, kept: (map.variances[0]! + map.variances[1]!) / map.total };
  known.set(embedder, made);
  return made;
}

function features(place: readonly number[]): ReadonlyMap<string, number> {
  return new Map(NAMES.map((name, i) => [name, place[i]!]));
}

function planeOf(
  mails: readonly { x: number; y: number; score: number; spam: boolean }[],
  { weights, bias }: LogisticRegression,
  threshold: number,
): PlaneValue {
  const axis = (label: string): PlaneAxis => ({ label, from: -0.8, to: 0.8 });
  return {
    kind: 'plane',
    x: axis('first direction'),
    y: axis('second direction'),
    equal: true,
    groups: ['wanted', 'spam'],
    points: mails.map(({ x, y, score, spam }) => ({
      x,
      y,
      group: spam ? 'spam' : 'wanted',
      wrong: score > threshold !== spam,
    })),
    lines: [
      {
        weights: [weights.get('x')!, weights.get('y')!],
        bias: bias - threshold,
        label: 'the cut',
        role: 'chosen',
      },
    ],
  };
}
