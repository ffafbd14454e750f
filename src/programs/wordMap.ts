// Real word vectors laid flat, with the true neighbours of one word beside the map: what touches on it may be far apart.

import { pca, project } from '../model/pca.ts';
import { cosineOf, type WordVectors } from '../retrieval/wordVectors.ts';
import type { PlaneAxis, PlaneValue } from '../shared/planeValue.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue, visible } from './views.ts';

const MOST = 60;
const SHOWN = 8;
const WORDS =
  'boat ship ferry sail river cat dog horse cow frog bread cheese soup rice cake rain snow wind fog storm doctor nurse teacher lawyer judge paris rome tokyo london berlin monday tuesday friday sunday';

export const wordMap = defineProgram({
  id: 'word-map',
  title: 'A map of real words',
  session: false,
  params: {
    words: { type: 'text', label: 'Words on the map', default: WORDS, maxLength: 800, multiline: true },
    word: { type: 'text', label: 'Whose neighbours', default: 'boat', maxLength: 40 },
  },
  async *run({ params, trace, models, engine: load, random }) {
    const vectors = await models.wordVectors();
    const asked = [...new Set(params.words.toLowerCase().match(/[a-z]+/g) ?? [])];
    const known = asked.filter((word) => vectors.has(word)).slice(0, MOST);
    const word = params.word.trim().toLowerCase();
    if (!vectors.has(word) || known.length < 3) {
      trace.frame({
        op: 'missing',
        label: 'Too few words',
        note: vectors.has(word)
          ? `A map needs at least three words, and the table has ${counted(known.length, 'word')} of these.`
          : `“${visible(word)}” is not among the words of the table. Try a common English word.`,
      });
      yield;
      return;
    }
    const names = known.includes(word) ? known : [word, ...known];
    const engine = await load();
    const rows = engine.tensor(names.map((name) => [...vectors.vector(name)!])); // (N, C)
    const map = pca(rows, 2, random);
    const flat = project(rows, map).toNested() as number[][]; // (N, 2)
    const kept = (map.variances[0]! + map.variances[1]!) / map.total || 0;
    const at = names.indexOf(word);
    const away = (i: number) => Math.hypot(flat[i]![0]! - flat[at]![0]!, flat[i]![1]! - flat[at]![1]!);
    const onMap = names
      .map((name, i) => ({ name, away: away(i) }))
      .filter(({ name }) => name !== word)
      .sort((a, b) => a.away - b.away);
    trace.frame({
      op: 'map',
      label: 'The map',
      note: `${counted(names.length, 'word')}, laid flat on two of ${vectors.dimensions} directions, which keep ${decimal(100 * kept, 1)}% of the spread. Nearest to “${word}” on the map is “${onMap[0]!.name}”.`,
      outputs: {
        map: trace.value(planeOf(flat, names, word)),
        neighbours: trace.value(neighboursOf(vectors, word, onMap)),
      },
    });
    yield;
  },
});

const COLUMNS: TableValue['columns'] = [
  { id: 'all', label: 'of all words', type: 'piece' },
  { id: 'cosine', label: 'cosine', type: 'number' },
  { id: 'shown', label: 'of those shown', type: 'piece' },
  { id: 'shownCosine', label: 'cosine', type: 'number' },
  { id: 'onMap', label: 'on the map', type: 'piece' },
  { id: 'mapCosine', label: 'true cosine', type: 'number' },
];

function neighboursOf(vectors: WordVectors, word: string, onMap: readonly { readonly name: string }[]): TableValue {
  const query = vectors.vector(word)!;
  const cosine = (name: string) => Number(cosineOf(query, vectors.vector(name)!).toFixed(3));
  const all = vectors.nearest(query, SHOWN, [word]);
  const shown = onMap.map(({ name }) => ({ name, cosine: cosine(name) })).sort((a, b) => b.cosine - a.cosine);
  return tableValue(
    COLUMNS,
    all
      .slice(0, Math.max(onMap.length, 1))
      .map((each, i) => [
        each.word,
        Number(each.cosine.toFixed(3)),
        shown[i]?.name ?? null,
        shown[i]?.cosine ?? null,
        onMap[i]?.name ?? null,
        onMap[i] === undefined ? null : cosine(onMap[i].name),
      ]),
  );
}

function planeOf(flat: readonly (readonly number[])[], names: readonly string[], word: string): PlaneValue {
  const reach = 1.1 * Math.max(...flat.flat().map(Math.abs), 1e-6);
  const axis = (label: string): PlaneAxis => ({ label, from: -reach, to: reach });
  return {
    kind: 'plane',
    x: axis('first direction'),
    y: axis('second direction'),
    equal: true,
    points: flat.map(([x = 0, y = 0], i) => ({
      x,
      y,
      label: names[i]!,
      ...(names[i] === word && { role: 'chosen' as const }),
    })),
  };
}
