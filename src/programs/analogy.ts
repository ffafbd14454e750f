// king - man + woman with real word vectors: the sum, its neighbours with and without the three words that it was made
// of, and the four words laid flat.

import { pca, project } from '../model/pca.ts';
import { cosineOf, type Neighbour } from '../retrieval/wordVectors.ts';
import type { PointsValue, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { tableValue, visible } from './views.ts';

const SHOWN = 8;
const COLUMNS: TableValue['columns'] = [
  { id: 'all', label: 'of all words', type: 'piece' },
  { id: 'allCosine', label: 'cosine', type: 'number' },
  { id: 'others', label: 'without the three', type: 'piece' },
  { id: 'othersCosine', label: 'cosine', type: 'number' },
];

const wordParam = (label: string, value: string) => ({ type: 'text', label, default: value, maxLength: 40 }) as const;

export const analogy = defineProgram({
  id: 'analogy',
  title: 'One word minus another plus a third',
  session: false,
  params: {
    from: wordParam('Word', 'king'),
    minus: wordParam('minus', 'man'),
    plus: wordParam('plus', 'woman'),
  },
  async *run({ params, trace, models, engine: load, random }) {
    const vectors = await models.wordVectors();
    const words = [params.from, params.minus, params.plus].map((word) => word.trim().toLowerCase());
    const missing = words.find((word) => !vectors.has(word));
    if (missing !== undefined) {
      trace.frame({
        op: 'missing',
        label: 'No such word',
        note: `“${visible(missing)}” is not among the ${vectors.words.length.toLocaleString('en')} words of the table. Try a common English word.`,
      });
      yield;
      return;
    }
    const [from, minus, plus] = words.map((word) => vectors.vector(word)!) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const sum = from.map((value, c) => value - minus[c]! + plus[c]!); // (C,)
    const all = vectors.nearest(sum, SHOWN);
    const others = vectors.nearest(sum, SHOWN, words);
    const [first, other] = [all[0]!, others[0]!];
    trace.frame({
      op: 'nearest',
      label: 'Who is nearest to the sum',
      note: words.includes(first.word)
        ? `Nearest to ${words[0]} − ${words[1]} + ${words[2]} is “${first.word}”, which went in (${decimal(first.cosine, 3)}). Leave the three words out, and it’s “${other.word}” (${decimal(other.cosine, 3)}).`
        : `Nearest to ${words[0]} − ${words[1]} + ${words[2]} is “${first.word}” (${decimal(first.cosine, 3)}): none of the three had to be left out.`,
      outputs: { neighbours: trace.value(neighboursOf(all, others, words)) },
    });
    yield;
    trace.frame({
      op: 'moved',
      label: 'How far it moved',
      note: `The sum has a cosine of ${decimal(cosineOf(sum, from), 3)} with “${words[0]}”, where it began. “${other.word}” itself has ${decimal(cosineOf(vectors.vector(other.word)!, from), 3)} with “${words[0]}”.`,
      outputs: { moved: trace.value({ kind: 'scalar', value: Number(cosineOf(sum, from).toFixed(4)) }) },
    });
    yield;
    const engine = await load();
    const names = [...words, other.word];
    const rows = engine.tensor([...names.map((word) => [...vectors.vector(word)!]), [...sum]]); // (5, C)
    const map = pca(rows, 2, random);
    const flat = project(rows, map).toNested() as number[][]; // (5, 2)
    const kept = (map.variances[0]! + map.variances[1]!) / map.total || 0;
    trace.frame({
      op: 'map',
      label: 'Laid flat',
      note: `These five vectors along the two directions in which they differ most, which keep ${decimal(100 * kept, 1)}% of their spread.`,
      outputs: { map: trace.value(mapOf(flat, names)) },
    });
    yield;
  },
});

function neighboursOf(all: readonly Neighbour[], others: readonly Neighbour[], went: readonly string[]): TableValue {
  const cosine = ({ cosine: value }: Neighbour) => Number(value.toFixed(3));
  return tableValue(
    COLUMNS,
    all.map((each, i) => [each.word, cosine(each), others[i]!.word, cosine(others[i]!)]),
    all.flatMap(({ word }, row) => (went.includes(word) ? [{ row, role: 'warn' as const }] : [])),
  );
}

function mapOf(flat: readonly (readonly number[])[], names: readonly string[]): PointsValue {
  const at = (i: number) => [flat[i]![0]!, flat[i]![1]!] as const;
  return {
    kind: 'points',
    look: 'dots',
    points: [
      ...names.map((label, i) => ({
        x: flat[i]![0]!,
        y: flat[i]![1]!,
        label,
        ...(i === 3 && { role: 'match' as const }),
      })),
      { x: flat[4]![0]!, y: flat[4]![1]!, label: 'the sum', role: 'new' },
    ],
    lines: [
      { from: at(1), to: at(2), label: `${names[1]} → ${names[2]}` },
      { from: at(0), to: at(4), label: 'the same step', role: 'new' },
    ],
    xLabel: 'first direction',
    yLabel: 'second direction',
  };
}
