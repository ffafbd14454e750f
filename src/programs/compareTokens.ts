// Two texts, tokenized alike and put side by side: the same tokens stand in the same row.

import type { Cell, Piece, TableValue } from '../shared/trace.ts';
import { spell } from '../tokenizers/bytes.ts';
import type { Encoded } from '../tokenizers/tokenizer.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, pieceOf, tableValue, textValue, tokensValue, visibleToken } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'firstPiece', label: 'first text', type: 'piece' },
  { id: 'firstId', label: 'id', type: 'number' },
  { id: 'secondPiece', label: 'second text', type: 'piece' },
  { id: 'secondId', label: 'id', type: 'number' },
  { id: 'same', label: 'same?', type: 'text' },
];

/** A token's place in the first text and one in the second, or only one of them. */
interface Row {
  readonly first: number | undefined;
  readonly second: number | undefined;
  readonly same: boolean;
}

export const compareTokens = defineProgram({
  id: 'compare-tokens',
  title: 'Two texts, side by side',
  session: false,
  params: {
    first: { type: 'text', label: 'First text', default: 'Hello world', maxLength: 500 },
    second: { type: 'text', label: 'Second text', default: 'hello world', maxLength: 500 },
    encoding: {
      type: 'choice',
      label: 'Encoding',
      default: 'r50k_base',
      options: [
        { value: 'r50k_base', label: 'GPT-2 (r50k_base)' },
        { value: 'cl100k_base', label: 'GPT-4 (cl100k_base)' },
        { value: 'o200k_base', label: 'GPT-4o (o200k_base)' },
      ],
    },
  },
  async *run({ params, trace, signal, tokenizer }) {
    const encoder = await tokenizer(params.encoding);
    const encode = (which: 'first' | 'second') => {
      const encoded = encoder.encode(params[which], { signal });
      const pieces = piecesOf(encoded);
      const value = trace.value(tokensValue(pieces));
      trace.frame({
        op: 'encode',
        label: `Tokenize the ${which} text`,
        note: encodeNote(which, params[which], encoded),
        inputs: { text: trace.value(textValue(params[which])) },
        outputs: { [which]: value },
        source: places.encode,
      });
      return { encoded, value };
    };
    const first = encode('first');
    yield;
    const second = encode('second');
    yield;
    const rows = align(Array.from(first.encoded.ids), Array.from(second.encoded.ids));
    const marks = rows.map((row, i) => ({ row: i, role: row.same ? ('match' as const) : ('warn' as const) }));
    const cells = rows.map((row) => [
      ...cellsOf(first.encoded, row.first),
      ...cellsOf(second.encoded, row.second),
      row.same ? 'same' : 'different',
    ]);
    trace.frame({
      op: 'compare',
      label: 'Side by side',
      note: compareNote(rows, first.encoded, second.encoded),
      inputs: { first: first.value, second: second.value },
      outputs: { comparison: trace.value(tableValue(COLUMNS, cells, marks, 2 * 500)) },
    });
    yield;
  },
});

function bytesOf(encoded: Encoded, at: number): Uint8Array {
  return encoded.bytes.subarray(encoded.byteEnds[at]!, encoded.byteEnds[at + 1]!);
}

function piecesOf(encoded: Encoded): Piece[] {
  return Array.from(encoded.ids, (id, at) => pieceOf(bytesOf(encoded, at), { id }));
}

function cellsOf(encoded: Encoded, at: number | undefined): Cell[] {
  return at === undefined ? [null, null] : [spell(bytesOf(encoded, at)), encoded.ids[at]!];
}

/**
 * Puts as many equal ids beside each other as their order allows (longest common subsequence); what is left over
 * between two such rows stands side by side as different.
 */
function align(first: readonly number[], second: readonly number[]): Row[] {
  const width = second.length + 1;
  // common[i * width + j]: how many rows can be equal from places i and j on
  const common = new Uint16Array((first.length + 1) * width);
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      common[i * width + j] =
        first[i] === second[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  let onlyFirst: number[] = [];
  let onlySecond: number[] = [];
  const flush = () => {
    for (let k = 0; k < Math.max(onlyFirst.length, onlySecond.length); k++) {
      rows.push({ first: onlyFirst[k], second: onlySecond[k], same: false });
    }
    onlyFirst = [];
    onlySecond = [];
  };
  while (i < first.length || j < second.length) {
    if (i < first.length && j < second.length && first[i] === second[j]) {
      flush();
      rows.push({ first: i, second: j, same: true });
      i++;
      j++;
    } else if (
      j === second.length ||
      (i < first.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      onlyFirst.push(i++);
    } else {
      onlySecond.push(j++);
    }
  }
  flush();
  return rows;
}

function encodeNote(which: string, text: string, encoded: Encoded): string {
  if (encoded.ids.length === 0) {
    return `The ${which} text is empty, so it has no tokens.`;
  }
  const ids = Array.from(encoded.ids.slice(0, 6)).join(', ');
  const more = encoded.ids.length > 6 ? ', …' : '';
  return `The ${which} text, ${counted(text.length, 'character')}, becomes ${counted(encoded.ids.length, 'token')}: ${ids}${more}.`;
}

function compareNote(rows: readonly Row[], first: Encoded, second: Encoded): string {
  const different = rows.filter((row) => !row.same);
  if (rows.length === 0) {
    return 'Both texts are empty.';
  }
  if (different.length === 0) {
    return 'Every token is the same.';
  }
  const equal = rows.length - different.length;
  const share = `${many(equal)} of ${counted(rows.length, 'row')} ${equal === 1 ? 'is' : 'are'} the same.`;
  for (const { first: a, second: b } of different) {
    if (a !== undefined && b !== undefined) {
      return `${share} “${visibleToken(bytesOf(first, a))}” is ${first.ids[a]} and “${visibleToken(bytesOf(second, b))}” is ${second.ids[b]}: nothing in the numbers says how alike they look.`;
    }
  }
  return share;
}
