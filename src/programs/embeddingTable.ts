// A sentence on its way into a model: tokens, ids, and the rows of the table that stand for them, by product and by
// look-up.

import { embedding, oneHot } from '../engine/ops/embedding.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { engineStep } from './engineStep.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { idsTensor, looked, VOCABULARY, WIDTH, WORDS, wordTable } from './sixWords.ts';
import { counted, tokensValue, visible } from './views.ts';

export const sentenceParam = {
  type: 'text',
  label: 'Sentence',
  help: 'The table knows boat, ship, tide, wait and wave.',
  default: 'wait tide wait boat',
  maxLength: 120,
} as const;

export const embeddingTable = defineProgram({
  id: 'embedding-table',
  title: 'A sentence becomes rows',
  session: false,
  params: { sentence: sentenceParam },
  async *run({ params: { sentence }, trace, tape, engine: load }) {
    const engine = await load();
    const { words, ids: numbers } = looked(sentence);
    const T = words.length;
    const V = WORDS.length;
    const labels = words.map(visible);
    const ids = idsTensor(engine, tape, { words: labels, ids: numbers }); // (T,)

    trace.frame({
      op: 'ids',
      label: 'Tokens and their ids',
      note: idsNote(words, numbers),
      outputs: {
        tokens: trace.value(
          tokensValue(
            words.map((text, word) => ({
              text,
              id: numbers[word]!,
              word,
              ...(numbers[word] === VOCABULARY.unknownId && { role: 'warn' as const }),
            })),
          ),
        ),
        ids: tape.value(ids),
      },
      source: places.lookUp,
    });
    yield;

    const table = wordTable(engine, tape); // (V, C)
    const switches = engineStep(
      tape,
      engine,
      {
        label: 'A row of switches for each token',
        note: `One 1 in each row: ${counted(T, 'token')} (T) and ${V} rows of the table (V) make the shape (${T}, ${V}).`,
        formula: 'oneHot[t, v] = 1 where v is ids[t], else 0',
        result: { name: 'oneHot', axes: ['T', 'V'], labels: { 0: labels, 1: WORDS } },
      },
      () => oneHot(ids, V), // (T, V)
    );
    yield;

    const result = { name: 'rows', axes: ['T', 'C'], labels: { 0: labels } };
    engineStep(
      tape,
      engine,
      {
        label: 'Switches times table',
        note: `Each row of switches picks one row of the table, so there are ${T} rows of ${WIDTH} numbers: the shape is (${T}, ${WIDTH}).`,
        formula: 'rows[t, c] = sum over v of oneHot[t, v] * table[v, c]',
        result,
      },
      () => matmul(switches, table), // (T, C)
    );
    yield;

    engineStep(
      tape,
      engine,
      { label: 'The same by look-up', note: rowsNote(words, numbers), formula: 'rows[t] = table[ids[t]]', result },
      () => embedding(table, ids), // (T, C)
    );
    yield;
  },
});

function idsNote(words: readonly string[], ids: readonly number[]): string {
  if (words.length === 0) {
    return 'The sentence holds no token, so there is nothing to look up.';
  }
  const unknown = ids.filter((id) => id === VOCABULARY.unknownId).length;
  const stranger =
    unknown === 0 ? '' : ` The table has no row of its own for ${unknown} of them: they share the last one.`;
  return `${counted(words.length, 'token')}, with the ${ids.length === 1 ? 'id' : 'ids'} ${listed(ids)}.${stranger}`;
}

/** The first ids; of more than eight the rest is dots. */
function listed(ids: readonly number[]): string {
  return `${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ', …' : ''}`;
}

function rowsNote(words: readonly string[], ids: readonly number[]): string {
  const copied = `${counted(ids.length, 'row')} of the table, copied.`;
  const again = ids.findIndex((id, place) => ids.indexOf(id) < place);
  if (again === -1) {
    return ids.length < 2 ? copied : `${copied} No two tokens got the same row.`;
  }
  const first = ids.indexOf(ids[again]!);
  const [one, other] = [visible(words[first]!), visible(words[again]!)];
  const why = one === other ? `both are “${one}”` : `“${one}” and “${other}” are both strangers`;
  return `${copied} Tokens ${first} and ${again} got the same row, since ${why}.`;
}
