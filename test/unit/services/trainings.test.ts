import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import { Trainings } from '../../../src/services/trainings.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import {
  MOST_TRAINING_BYTES,
  TRAINED_KINDS,
  type TrainingFigures,
  type TrainingPart,
} from '../../../src/shared/trainingMessages.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';

const texts = ['02-text-to-tokens', '03-byte-pair-encoding'].map((name) =>
  readFileSync(new URL(`../../../lessons/${name}/lesson.md`, import.meta.url), 'utf8'),
);
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

let trainings: Trainings;
let corpus: string;
let ids = 0;

/** A clock that goes on by a millisecond whenever it is looked at. */
function begin(): void {
  let now = 0;
  trainings = new Trainings({ now: () => 0, elapsed: () => now++ }, () => `id${ids++}`);
  corpus = trainings.openCorpus();
  for (const [at, text] of texts.entries()) {
    trainings.add(corpus, `text ${at}`, text);
  }
}

function toTheEnd(training: string): TrainingPart[] {
  const parts: TrainingPart[] = [];
  do {
    parts.push(trainings.next(training, 50, neverCancelled));
  } while (parts.at(-1)?.over === false);
  return parts;
}

describe.each(TRAINED_KINDS)('%s', (kind) => {
  it('ends with the size that was asked for, and with the tokens that its tokenizer.json cuts the texts into', () => {
    begin();
    const training = trainings.open(corpus, { kind, vocabulary: 700, minFrequency: 2 });
    const parts = toTheEnd(training);
    const last = parts.flatMap(({ figures }) => figures).at(-1);
    const tokenizer = tokenizerOf(readTokenizerJson(trainings.result(training), 'what was trained'));
    expect(tokenizer.size).toBe(700);
    expect(last).toMatchObject({ phase: 'measure', vocabulary: 700, bytes });
    expect(last?.tokens).toBe(texts.reduce((sum, text) => sum + tokenizer.count(text), 0));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every(({ figures, newest }) => figures.length <= 20 && newest.length <= 100)).toBe(true);
    expect(parts.flatMap(({ newest }) => newest).length).toBeGreaterThan(50);
  });

  it('measures a large text in parts, whatever it has learned', () => {
    begin();
    const large = trainings.openCorpus();
    const text = 'one two\n\nthree four '.repeat(20_000);
    trainings.add(large, 'large', text);
    const training = trainings.open(large, { kind, vocabulary: 300, minFrequency: 2 });
    const figures: TrainingFigures[] = [];
    for (let over = false; !over; ) {
      const part = trainings.next(training, 1, neverCancelled);
      figures.push(...part.figures.filter(({ phase }) => phase === 'measure'));
      over = part.over;
    }
    const tokenizer = tokenizerOf(readTokenizerJson(trainings.result(training), 'what was trained'));
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.at(-1)?.tokens).toBe(tokenizer.count(text));
  });

  it('has the same outcome however it is pulled', () => {
    begin();
    const options = { kind, vocabulary: 500, minFrequency: 3 };
    const [first, second] = [trainings.open(corpus, options), trainings.open(corpus, options)];
    toTheEnd(first);
    while (!trainings.next(second, 1, neverCancelled).over) {}
    expect(Buffer.from(trainings.result(first)).equals(trainings.result(second))).toBe(true);
  });
});

describe('faults', () => {
  it('says when there is nothing to learn from, and when more is asked for than there is', () => {
    begin();
    const empty = trainings.openCorpus();
    const training = trainings.open(empty, { kind: 'bpe', vocabulary: 500, minFrequency: 2 });
    expect(() => toTheEnd(training)).toThrow(/corpus|text|learn/i);
    expect(() => trainings.next(training, 50, neverCancelled)).toThrow(/ended/);
    const short = trainings.openCorpus();
    trainings.add(short, 'a', 'the cat and the hat and the bat');
    const parts = toTheEnd(trainings.open(short, { kind: 'bpe', vocabulary: 5000, minFrequency: 2 }));
    expect(parts.map(({ early }) => early).join('')).not.toBe('');
  });

  it('takes no more text than it has room for, and forgets what is closed', () => {
    begin();
    const large = 'x'.repeat(MOST_TRAINING_BYTES - bytes + 1);
    expect(() => trainings.add(corpus, 'large.txt', large)).toThrow(/large\.txt/);
    expect(trainings.add(corpus, 'fits.txt', large.slice(1))).toBe(MOST_TRAINING_BYTES);
    const training = trainings.open(corpus, { kind: 'bpe', vocabulary: 500, minFrequency: 2 });
    expect(() => trainings.result(training)).toThrow(/not over/);
    trainings.closeCorpus(corpus);
    expect(() => trainings.next(training, 50, neverCancelled)).toThrow(/ended/);
    expect(() => trainings.add(corpus, 'late.txt', 'a')).toThrow(/no longer here/);
  });

  it('stops when it is cancelled and goes on where it was', () => {
    begin();
    const training = trainings.open(corpus, { kind: 'unigram', vocabulary: 700, minFrequency: 2 });
    trainings.next(training, 5, neverCancelled);
    expect(() => trainings.next(training, 5, { cancelled: true })).toThrow(/cancelled/);
    expect(toTheEnd(training).at(-1)?.over).toBe(true);
  });
});
