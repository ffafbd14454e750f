// The same sentence by rank, by greed and by probability: three tokenizers that learn from one text, then three that
// ship.

import { Fault } from '../shared/errors.ts';
import type { Cell, Piece, TableValue, ValueId } from '../shared/trace.ts';
import { bytesOfCharacters } from '../tokenizers/byteCharacters.ts';
import { spell, textOf, utf8 } from '../tokenizers/bytes.ts';
import type { TokenizerDefinition } from '../tokenizers/definition.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { trainBpe } from '../tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../tokenizers/training/cuttings.ts';
import type { TrainingStep } from '../tokenizers/training/step.ts';
import { trainUnigram } from '../tokenizers/training/unigram.ts';
import { trainWordPiece, WORDPIECE_SPECIAL_TOKENS } from '../tokenizers/training/wordPiece.ts';
import { type Cutting, WordCounter, type WordCounts } from '../tokenizers/training/words.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import type { Recorder } from './recorder.ts';
import { HARBOUR } from './sampleTexts.ts';
import { counted, many, tableValue, textValue, tokensValue, visible } from './views.ts';

/** Steps of a training between two looks at what else there is to do. */
const STEPS_A_TURN = 64;
const BYTES = 256;

interface Kind {
  readonly name: string;
  readonly how: string;
  readonly cutting: Cutting;
  /** Entries that are there whatever is learned: characters and special tokens. */
  readonly least: (words: WordCounts) => number;
  readonly train: (words: WordCounts, size: number) => Generator<TrainingStep, TokenizerDefinition, void>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'BPE',
    how: 'by rank',
    cutting: byteLevel('gpt2'),
    least: () => BYTES,
    train: (words, vocabularySize) => trainBpe(words, { name: 'BPE', vocabularySize }),
  },
  {
    name: 'WordPiece',
    how: 'by greed',
    cutting: bertWords,
    least: (words) => WORDPIECE_SPECIAL_TOKENS.length + alphabet(words, true),
    train: (words, vocabularySize) => trainWordPiece(words, { name: 'WordPiece', vocabularySize }),
  },
  {
    name: 'Unigram',
    how: 'by probability',
    cutting: metaspaceWords,
    least: (words) => 1 + alphabet(words, false),
    train: (words, vocabularySize) => trainUnigram(words, { name: 'Unigram', vocabularySize }),
  },
];

const SHIPPED = [
  { id: 'cl100k_base', name: 'GPT-4, by rank' },
  { id: 'bert-base-uncased', name: 'BERT, by greed' },
  { id: 'use-lite', name: 'Sentence Encoder lite, by probability' },
] as const;

const COLUMNS: TableValue['columns'] = [
  { id: 'tokenizer', label: 'tokenizer', type: 'text' },
  { id: 'tokens', label: 'tokens', type: 'number' },
  { id: 'size', label: 'in the vocabulary', type: 'number' },
];
const LEARNED_COLUMNS: TableValue['columns'] = [{ id: 'piece', label: 'learned', type: 'piece' }];

export const threeTokenizers = defineProgram({
  id: 'three-tokenizers',
  title: 'Three tokenizers side by side',
  session: false,
  params: {
    sentence: { type: 'text', label: 'Sentence to cut', default: 'the lanternlight was unanswered', maxLength: 200 },
    corpus: { type: 'text', label: 'Text to learn from', default: HARBOUR, maxLength: 20_000, multiline: true },
    pieces: {
      type: 'number',
      label: 'Pieces to learn',
      help: 'On top of the single bytes or characters that each begins with.',
      default: 100,
      min: 1,
      max: 1000,
      step: 1,
    },
    shipped: { type: 'switch', label: 'Three of real models too', default: false },
  },
  async *run({ params, trace, tokenizer }) {
    const { sentence, corpus } = params;
    const cuts: Cut[] = [];
    for (const kind of KINDS) {
      const trained = yield* learn(trace, kind, corpus, params.pieces);
      if (trained !== undefined) {
        cuts.push(cut(trace, `Trained here, ${kind.how}`, trained, sentence));
        yield;
      }
    }
    for (const { id, name } of params.shipped ? SHIPPED : []) {
      cuts.push(cut(trace, name, await tokenizer(id), sentence));
      yield;
    }
    const rows = cuts.map(({ name, count, size }): Cell[] => [name, count, size]);
    trace.frame({
      op: 'side-by-side',
      label: 'Side by side',
      note:
        cuts.length === 0
          ? 'There was no word to learn from.'
          : `“${visible(sentence)}”, cut in ${counted(new Set(cuts.map(({ borders }) => borders)).size, 'different way')}.`,
      outputs: {
        ...Object.fromEntries(cuts.map(({ name, tokens }) => [name, tokens])),
        counts: trace.value(tableValue(COLUMNS, rows)),
      },
    });
    yield;
  },
});

/** Records what one kind learns from the text. @returns nothing where the text holds no word for it */
async function* learn(
  trace: Recorder,
  { name, how, cutting, least, train }: Kind,
  corpus: string,
  pieces: number,
): AsyncGenerator<void, Tokenizer | undefined, void> {
  const counter = new WordCounter(cutting);
  yield* turns(counter.add(corpus));
  const words = yield* turns(counter.words());
  if (words.counts.length === 0) {
    trace.frame({
      op: 'train',
      label: `${name} learns nothing`,
      note: 'The text holds no word.',
      inputs: { corpus: trace.value(textValue(corpus)) },
    });
    yield;
    return undefined;
  }
  const definition = yield* turns(train(words, least(words) + pieces));
  const learned = learnedPieces(definition);
  trace.frame({
    op: 'train',
    label: `${name} learns its pieces`,
    note: `${counted(learned.length, 'piece')} of more than one character, from ${counted(words.counts.length, 'different word')}. It will cut ${how}.${learned.length < pieces ? ' No more were found worth having.' : ''}`,
    inputs: { corpus: trace.value(textValue(corpus)) },
    outputs: {
      vocabulary: trace.value(
        tableValue(
          LEARNED_COLUMNS,
          learned.map((piece) => [piece]),
        ),
      ),
    },
    source: places[TRAINERS[definition.model.type as keyof typeof TRAINERS]],
  });
  yield;
  return tokenizerOf(definition);
}

const TRAINERS = { bpe: 'trainBpe', wordpiece: 'trainWordPiece', unigram: 'trainUnigram' } as const;

/** Takes all steps of a training, and lets others have a turn now and then. */
async function* turns<T>(steps: Generator<TrainingStep, T, void>): AsyncGenerator<void, T, void> {
  for (let count = 1; ; count++) {
    const next = steps.next();
    if (next.done) {
      return next.value;
    }
    if (count % STEPS_A_TURN === 0) {
      yield;
    }
  }
}

/** Different characters of the words; those inside words once more where they are other pieces there. */
function alphabet({ bytes, ends, counts }: WordCounts, inside: boolean): number {
  const pieces = new Set<string>();
  for (let i = 0; i < counts.length; i++) {
    const word = textOf(bytes.subarray(ends[i], ends[i + 1])) ?? '';
    for (const [at, character] of [...word].entries()) {
      pieces.add(character);
      if (inside && at > 0) {
        pieces.add(`##${character}`);
      }
    }
  }
  return pieces.size;
}

/** The pieces of more than one character, as they were learned or by how likely they are. */
function learnedPieces({ name, model, addedTokens }: TokenizerDefinition): string[] {
  const special = new Set(addedTokens.map(({ text }) => text));
  switch (model.type) {
    case 'bpe':
      return model.merges.map(([left, right]) => spell(bytesOfCharacters(left + right) ?? utf8(left + right)));
    case 'wordpiece':
      return model.pieces.filter(
        (piece): piece is string => piece !== null && !special.has(piece) && [...piece.replace(/^##/u, '')].length > 1,
      );
    case 'unigram':
      return model.pieces.flatMap(([piece]) => (special.has(piece) || [...piece].length < 2 ? [] : [piece]));
    case 'words':
      throw new Fault('internal', `${name} was trained as whole words.`);
  }
}

/** What one tokenizer makes of the sentence. */
interface Cut {
  readonly name: string;
  readonly tokens: ValueId;
  readonly count: number;
  readonly size: number;
  /** Where it cuts, to tell cuts apart. */
  readonly borders: string;
}

function cut(trace: Recorder, name: string, tokenizer: Tokenizer, sentence: string): Cut {
  const { ids, starts, ends, byteEnds, bytes } = tokenizer.encode(sentence);
  const pieces = Array.from(ids, (id, i): Piece => {
    const entry = tokenizer.entry(id);
    const spelled = entry?.bytes ?? (entry?.text == null ? bytes.slice(byteEnds[i], byteEnds[i + 1]) : undefined);
    return spelled === undefined
      ? { text: entry!.text, id, ...(entry?.special && { role: 'warn' as const }) }
      : { text: textOf(spelled), bytes: Array.from(spelled), id };
  });
  const tokens = trace.value(tokensValue(pieces));
  trace.frame({
    op: 'cut',
    label: name,
    note: `${counted(pieces.length, 'token')}, of ${many(tokenizer.size)} that it knows.`,
    inputs: { sentence: trace.value(textValue(sentence)) },
    outputs: { tokens },
  });
  const borders = Array.from(ids, (_, i) => `${starts[i]}-${ends[i]}`).join(' ');
  return { name, tokens, count: ids.length, size: tokenizer.size, borders };
}
