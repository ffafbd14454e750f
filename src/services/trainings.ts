// Trainings of tokenizers in the worker: texts that were handed over, and vocabularies that grow while somebody asks.
// A training does nothing between two pulls. Saving files is the caller's business.

import { writeTokenizerJson } from '../formats/tokenizerJson.ts';
import type { CancelSignal, Clock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import {
  MOST_TRAINING_BYTES,
  type TrainedKind,
  type TrainingFigures,
  type TrainingOptions,
  type TrainingPart,
} from '../shared/trainingMessages.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import { chunkEnd, chunkingOf } from '../tokenizers/chunks.ts';
import type { TokenizerDefinition } from '../tokenizers/definition.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import { trainBpe } from '../tokenizers/training/bpe.ts';
import { bertWords, byteLevel, metaspaceWords } from '../tokenizers/training/cuttings.ts';
import type { TrainingStep } from '../tokenizers/training/step.ts';
import { trainUnigram } from '../tokenizers/training/unigram.ts';
import { trainWordPiece, WORDPIECE_SPECIAL_TOKENS } from '../tokenizers/training/wordPiece.ts';
import { type Cutting, WordCounter, type WordCounts } from '../tokenizers/training/words.ts';

/** Most corpora and trainings at once: each holds its texts or its words. */
const MOST_CORPORA = 4;
const MOST_TRAININGS = 12;
/** Figures that one pull answers at most: the newest, and others evenly. */
const MOST_FIGURES = 20;
const MOST_PIECES = 100;
/** UTF-16 units that are encoded at once. */
const SLICE = 64 * 1024;

interface Corpus {
  /** UTF-8: half the size of most strings, and outside of the heap. */
  readonly texts: Uint8Array[];
  bytes: number;
}

/** A step of the trainer, or of the measuring that comes after it. */
type Step = Omit<TrainingStep, 'phase'> & { readonly phase: TrainingStep['phase'] | 'measure' };

interface Training {
  readonly corpus: string;
  readonly kind: TrainedKind;
  readonly steps: Generator<Step, TokenizerDefinition, void>;
  result?: TokenizerDefinition;
}

export class Trainings {
  private readonly clock: Clock;
  private readonly newId: () => string;
  private readonly corpora = new Map<string, Corpus>();
  private readonly trainings = new Map<string, Training>();

  constructor(clock: Clock, newId: () => string) {
    this.clock = clock;
    this.newId = newId;
  }

  /** @throws Fault `too-large` when too many are open. */
  openCorpus(): string {
    this.checkRoom(this.corpora, MOST_CORPORA);
    const id = this.newId();
    this.corpora.set(id, { texts: [], bytes: 0 });
    return id;
  }

  /** @throws Fault `too-large`, `unknown-session`. @returns bytes in the corpus now. */
  add(corpusId: string, name: string, text: string): number {
    const corpus = this.corpus(corpusId);
    const bytes = utf8(text);
    if (corpus.bytes + bytes.length > MOST_TRAINING_BYTES) {
      throw new Fault(
        'too-large',
        `With ${name} there would be more than ${MOST_TRAINING_BYTES / 2 ** 20} MB of text.`,
        {
          where: name,
          remedy: 'Train on fewer files.',
        },
      );
    }
    corpus.texts.push(bytes);
    corpus.bytes += bytes.length;
    return corpus.bytes;
  }

  /** Forgets the texts, and the trainings over them. */
  closeCorpus(id: string): void {
    this.corpora.delete(id);
    for (const [training, { corpus }] of this.trainings) {
      if (corpus === id) {
        this.trainings.delete(training);
      }
    }
  }

  /** Nothing runs before the first {@link next}. @throws Fault `too-large`, `unknown-session` */
  open(corpusId: string, options: TrainingOptions): string {
    const { texts } = this.corpus(corpusId);
    this.checkRoom(this.trainings, MOST_TRAININGS);
    const id = this.newId();
    this.trainings.set(id, { corpus: corpusId, kind: options.kind, steps: learn([...texts], options) });
    return id;
  }

  /**
   * Works for about `budgetMs` milliseconds, one step at least. A fault ends the training.
   *
   * @throws Fault `cancelled` (the training stays where it was), `unknown-session`, or the trainer's own.
   */
  next(id: string, budgetMs: number, signal: CancelSignal): TrainingPart {
    const training = this.training(id);
    const until = this.clock.elapsed() + budgetMs;
    const figures: TrainingFigures[] = [];
    const newest: string[] = [];
    let early: string | undefined;
    while (training.result === undefined) {
      if (signal.cancelled) {
        throw new Fault('cancelled', 'The training was cancelled.');
      }
      const { done, value } = this.step(id, training);
      if (done) {
        training.result = value;
        break;
      }
      const { newest: piece, early: why, ...figure } = value;
      figures.push(figure);
      early = why ?? early;
      if (piece !== undefined) {
        newest.push(piece);
      }
      if (this.clock.elapsed() >= until) {
        break;
      }
    }
    const over = training.result !== undefined;
    const pieces = training.result && training.kind === 'unigram' ? likeliest(training.result) : newest;
    return {
      figures: thinned(figures, MOST_FIGURES),
      newest: pieces.slice(-MOST_PIECES),
      over,
      ...(early !== undefined && { early }),
    };
  }

  /** The tokenizer that came out, as the text of a `tokenizer.json`. @throws Fault `not-found` before it is there. */
  result(id: string): Uint8Array {
    const { result } = this.training(id);
    if (result === undefined) {
      throw new Fault('not-found', 'This training is not over yet.', { where: id, remedy: 'Let it come to its end.' });
    }
    return utf8(writeTokenizerJson(result));
  }

  /** Forgets a training, wherever it is. */
  stop(id: string): void {
    this.trainings.delete(id);
  }

  private step(id: string, { steps }: Training) {
    try {
      return steps.next();
    } catch (error) {
      this.trainings.delete(id);
      throw error;
    }
  }

  private corpus(id: string): Corpus {
    return found(this.corpora, id, 'These texts are no longer here: the worker that held them has ended.');
  }

  private training(id: string): Training {
    return found(this.trainings, id, 'This training has ended, or was lost when its worker ended.');
  }

  private checkRoom(open: ReadonlyMap<string, unknown>, most: number): void {
    if (open.size >= most) {
      throw new Fault('too-large', `${most} of these are open already.`, { remedy: 'Close the panel that has them.' });
    }
  }
}

function found<T>(all: ReadonlyMap<string, T>, id: string, otherwise: string): T {
  const one = all.get(id);
  if (one === undefined) {
    throw new Fault('unknown-session', otherwise, { where: id, remedy: 'Start it again.' });
  }
  return one;
}

/** What each kind is called, how it cuts a corpus into words, and which tokens its models expect. */
const RECIPES: Readonly<
  Record<
    TrainedKind,
    {
      readonly name: string;
      readonly cutting: Cutting;
      readonly specialTokens: readonly string[];
      readonly train: typeof trainBpe;
    }
  >
> = {
  bpe: { name: 'My BPE', cutting: byteLevel('gpt2'), specialTokens: ['<|endoftext|>'], train: trainBpe },
  wordpiece: {
    name: 'My WordPiece',
    cutting: bertWords,
    specialTokens: WORDPIECE_SPECIAL_TOKENS,
    train: trainWordPiece,
  },
  unigram: {
    name: 'My Unigram',
    cutting: metaspaceWords,
    specialTokens: ['<unk>', '<s>', '</s>'],
    train: trainUnigram,
  },
};

function* learn(
  texts: readonly Uint8Array[],
  { kind, vocabulary, minFrequency }: TrainingOptions,
): Generator<Step, TokenizerDefinition, void> {
  const { name, cutting, specialTokens, train } = RECIPES[kind];
  const words = yield* count(texts, cutting);
  const definition = yield* train(words, { name, vocabularySize: vocabulary, minFrequency, specialTokens });
  yield* measure(texts, definition);
  return definition;
}

/**
 * Counts the tokens of the texts with the tokenizer that came out: what the last figures say is true of it, also where
 * an encoder cuts otherwise than the training did.
 */
function* measure(texts: readonly Uint8Array[], definition: TokenizerDefinition): Generator<Step, void, void> {
  const tokenizer = tokenizerOf(definition);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const bytes = texts.reduce((sum, { length }) => sum + length, 0);
  const figures = { phase: 'measure', vocabulary: tokenizer.size, bytes } as const;
  let done = 0;
  let tokens = 0;
  for (const encoded of texts) {
    for (const slice of slices(decoder.decode(encoded), definition)) {
      tokens += tokenizer.count(slice);
      yield { ...figures, done, total: bytes };
    }
    done += encoded.length;
  }
  yield { ...figures, tokens, done, total: bytes };
}

/** The text in parts that have the tokens that they have as parts of the whole. */
function* slices(text: string, definition: TokenizerDefinition): Generator<string> {
  const chunking = chunkingOf(definition);
  for (let from = 0; from < text.length; ) {
    const to = chunkEnd(text, from, text.length, chunking, SLICE);
    yield text.slice(from, to);
    from = to;
  }
}

/** Counts the words of all texts, with the progress over all of them. */
function* count(texts: readonly Uint8Array[], cutting: Cutting): Generator<TrainingStep, WordCounts, void> {
  const counter = new WordCounter(cutting);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  for (const bytes of texts) {
    for (const step of counter.add(decoder.decode(bytes))) {
      yield { ...step, done: Math.min(total, before + (bytes.length * step.done) / Math.max(1, step.total)), total };
    }
    before += bytes.length;
  }
  return yield* counter.words();
}

/** Pieces of three characters or more, the likeliest last: what a Unigram training ends with, for it drops and never adds. */
function likeliest({ model }: TokenizerDefinition): string[] {
  const pieces = model.type === 'unigram' ? model.pieces : [];
  return pieces
    .filter(([piece, score]) => score < 0 && [...piece].length >= 3)
    .sort(([, a], [, b]) => a - b)
    .map(([piece]) => piece);
}

/** At most `most` of `list`, evenly, the last one among them. */
function thinned<T>(list: readonly T[], most: number): T[] {
  const every = Math.ceil(list.length / most);
  return list.filter((_, at) => (list.length - 1 - at) % every === 0);
}
