// What training a tokenizer costs, on real code and prose, beside Hugging Face's `tokenizers` (Rust, from Python) where a
// Python that has it can be found (`python3`, or what PYTHON names). Each side reads the same file; the time is that from
// the text to the vocabulary. It is a library of several threads, and runs with as many as it takes.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lessIsBetter, type Measure, type Measurement, median } from '../../src/build/measurement.ts';
import { collect } from '../../src/build/processes.ts';
import { trainBpe } from '../../src/tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../../src/tokenizers/training/cuttings.ts';
import type { TrainingStep } from '../../src/tokenizers/training/step.ts';
import { trainUnigram } from '../../src/tokenizers/training/unigram.ts';
import { trainWordPiece } from '../../src/tokenizers/training/wordPiece.ts';
import { type Cutting, WordCounter, type WordCounts } from '../../src/tokenizers/training/words.ts';
import { code, muchCode, prose } from './tokenizers/corpora.ts';

const MILLION = 1e6;
const MERGES = 8000;
/** Of WordPiece and Unigram; the latter's time at Hugging Face grows fast. */
const PIECES = 8000;
const SMALLER = 1 * MILLION;
const SIZES = [1, 2, 5, 10, 20];
const LARGEST = 20;
const TURNS = 3;

type Kind = 'bpe' | 'wordpiece' | 'unigram';
type Train = (words: WordCounts) => Generator<TrainingStep, unknown, void>;

const ways: Readonly<Record<Kind, { readonly cutting: Cutting; readonly train: Train }>> = {
  bpe: {
    cutting: byteLevel('gpt2'),
    train: (words) => trainBpe(words, { name: 'bench', vocabularySize: 256 + MERGES }),
  },
  wordpiece: {
    cutting: bertWords,
    train: (words) => trainWordPiece(words, { name: 'bench', vocabularySize: PIECES }),
  },
  unigram: {
    cutting: metaspaceWords,
    train: (words) => trainUnigram(words, { name: 'bench', vocabularySize: PIECES }),
  },
};

export const measureTraining: Measure = async (report, log) => {
  // Code and prose in turns, so that every beginning of it is of both kinds.
  const text = inTurns(await code(), await prose());
  const more = inTurns(await prose(), await muchCode(2 * LARGEST * MILLION));
  log(
    `Training: ${(text.length / MILLION).toFixed(1)} million characters, code and prose in turns; more of it for its rows.`,
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'training-'));
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      learn('bpe', text.slice(0, SMALLER)); // so that its code is compiled
    }
    for (const size of SIZES) {
      const part = more.slice(0, size * MILLION);
      if (part.length < size * MILLION) {
        log(`There is too little text for ${size} MB: that row is left out.`);
        break;
      }
      const turns = Array.from({ length: TURNS }, () => learn('bpe', part));
      const seconds = median(turns.map((turn) => turn.seconds));
      report({ name: `train BPE, ${MERGES} merges, a MB of ${size} MB`, value: seconds / size, unit: 's' });
      report({
        name: `  its longest step, ${size} MB`,
        value: median(turns.map(({ longest }) => longest)),
        unit: 'ms',
      });
    }
    const rows: readonly [Kind, string][] = [
      ['bpe', text.slice(0, 10 * MILLION)],
      ['wordpiece', text.slice(0, SMALLER)],
      ['unigram', text.slice(0, SMALLER)],
    ];
    for (const [kind, part] of rows) {
      report(await besidePeer(kind, part, folder, log));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** As an area of its own: `npm run bench -- training`. */
export const measure: Measure = measureTraining;

function inTurns(one: string, other: string): string {
  const STRETCH = 100_000;
  let text = '';
  for (let at = 0; at < Math.max(one.length, other.length); at += STRETCH) {
    text += one.slice(at, at + STRETCH) + other.slice(at, at + STRETCH);
  }
  return text;
}

/** Trains once. @returns seconds for all of it, and milliseconds of the longest step. */
function learn(kind: Kind, text: string): { seconds: number; longest: number } {
  const { cutting, train } = ways[kind];
  const begun = performance.now();
  let longest = 0;
  let at = begun;
  const toEnd = <T>(steps: Generator<TrainingStep, T, void>): T => {
    for (;;) {
      const { value, done } = steps.next();
      const now = performance.now();
      longest = Math.max(longest, now - at);
      at = now;
      if (done) {
        return value as T;
      }
    }
  };
  const counter = new WordCounter(cutting);
  toEnd(counter.add(text));
  toEnd(train(toEnd(counter.words())));
  return { seconds: (performance.now() - begun) / 1000, longest };
}

async function besidePeer(kind: Kind, text: string, folder: string, log: (line: string) => void): Promise<Measurement> {
  const file = path.join(folder, 'corpus.txt');
  await writeFile(file, text);
  const name = `train ${kind}, ${kind === 'bpe' ? `${MERGES} merges` : `${PIECES} pieces`}, ${text.length / MILLION} MB`;
  const { seconds } = learn(kind, text);
  const peer = await huggingFace(kind, file, log);
  return peer === undefined
    ? { name, value: seconds, unit: 's' }
    : lessIsBetter(name, seconds, 's', 'Hugging Face (Python)', peer);
}

/** The same training there: prints its seconds, from the text to the vocabulary. */
const PYTHON = `
import sys, time
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
kind, file = sys.argv[1:]
text = open(file, newline='', encoding='utf-8').read()
if kind == 'bpe':
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=${256 + MERGES}, min_frequency=2, initial_alphabet=alphabet, show_progress=False)
elif kind == 'wordpiece':
    tokenizer = Tokenizer(models.WordPiece(unk_token='[UNK]'))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=${PIECES}, min_frequency=2, special_tokens=['[UNK]'], show_progress=False)
else:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=${PIECES}, special_tokens=['<unk>'], unk_token='<unk>', show_progress=False)
begun = time.perf_counter()
tokenizer.train_from_iterator([text], trainer)
print(time.perf_counter() - begun)
`;

async function huggingFace(kind: Kind, file: string, log: (line: string) => void): Promise<number | undefined> {
  const python = process.env.PYTHON ?? 'python3';
  try {
    const { code, output } = await collect(python, ['-c', PYTHON, kind, file]);
    const seconds = Number(output.trim().split('\n').at(-1));
    if (code === 0 && seconds > 0) {
      return seconds;
    }
    log(`${python} has no package "tokenizers": that peer is left out.`);
  } catch (error) {
    log(`${(error as Error).message}: Hugging Face's trainer is left out.`);
  }
  return undefined;
}
