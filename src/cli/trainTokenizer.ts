// `train-tokenizer`: learns a vocabulary from files, and keeps it as a tokenizer.json.

import path from 'node:path';
import type { TrainingStep } from '../tokenizers/training/step.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { readOptions, wholeNumber } from './options.ts';
import { isSameFile, OutputFile } from './outputFile.ts';
import { progressLine, runTask, type Tasks } from './task.ts';

const COMMAND = 'train-tokenizer';
const KINDS = ['bpe', 'wordpiece', 'unigram'] as const;
const PATTERNS = ['gpt2', 'cl100k', 'o200k'] as const;

type Input = Tasks['trainTokenizer']['input'];

export async function run(argv: readonly string[], { entry, warn, onInterrupt }: CliContext): Promise<number> {
  const { values, positionals: files } = readOptions(COMMAND, argv, {
    kind: { type: 'string' },
    vocab: { type: 'string' },
    out: { type: 'string' },
    'min-frequency': { type: 'string' },
    special: { type: 'string' },
    pattern: { type: 'string' },
    json: { type: 'boolean' },
  });
  const recipe = recipeOf(values);
  const wanted = String(values.out ?? '');
  if (wanted === '') {
    throw new UsageError('Where to? Name a file by --out FILE.', COMMAND);
  }
  if (files.length === 0 || files.includes('-')) {
    throw new UsageError('Which texts? Name one file or more; standard input is not read.', COMMAND);
  }
  if (files.some((file) => isSameFile(file, wanted))) {
    throw new UsageError(`"${wanted}" is one of the texts: the tokenizer would take its place.`, COMMAND);
  }
  const out = await OutputFile.open(wanted);
  const stop = new SharedArrayBuffer(4);
  onInterrupt(() => {
    warn('Stopping; once more to stop at once.');
    Atomics.store(new Int32Array(stop), 0, 1);
  });
  const name = path.basename(out.file, path.extname(out.file));
  const progress = progressLine('Training');
  const result = await runTask(entry, 'trainTokenizer', { ...recipe, name, files, stop }, (step) => {
    progress.show({ done: step.done, total: step.total, unit: PHASES[step.phase] });
  }).catch(async (error: unknown) => {
    progress.end();
    await out.discard();
    throw error;
  });
  progress.end();
  if (result.file === undefined) {
    await out.discard();
    warn('Cancelled: nothing was saved.');
    return EXIT.cancelled;
  }
  await out.save(new Uint8Array(result.file));
  const { file: _, ...figures } = result;
  process.stdout.write(values.json ? `${JSON.stringify({ kind: recipe.kind, ...figures })}\n` : said(result, out.file));
  return EXIT.done;
}

const PHASES: Readonly<Record<TrainingStep['phase'], string>> = {
  count: 'characters',
  merge: 'pieces',
  seed: 'candidates',
  em: 'rounds',
  prune: 'rounds',
};

/** @throws UsageError */
function recipeOf(values: ReturnType<typeof readOptions>['values']): Omit<Input, 'name' | 'files' | 'stop'> {
  const kind = oneOf('kind', values.kind, KINDS);
  if (kind === undefined) {
    throw new UsageError(`Which kind? Name one by --kind: ${KINDS.join(', ')}.`, COMMAND);
  }
  const vocabularySize = wholeNumber(COMMAND, 'vocab', values.vocab, 1);
  if (vocabularySize === undefined) {
    throw new UsageError('How large? Say by --vocab N how many entries are wanted.', COMMAND);
  }
  const minFrequency = wholeNumber(COMMAND, 'min-frequency', values['min-frequency'], 1);
  if (minFrequency !== undefined && kind === 'unigram') {
    throw new UsageError('--min-frequency is of bpe and wordpiece: unigram weighs its pieces otherwise.', COMMAND);
  }
  const pattern = oneOf('pattern', values.pattern, PATTERNS);
  if (pattern !== undefined && kind !== 'bpe') {
    throw new UsageError('--pattern is of bpe: the other kinds have their own way to cut texts into words.', COMMAND);
  }
  const specialTokens = values.special === undefined ? undefined : String(values.special).split(',');
  return { kind, vocabularySize, minFrequency, pattern: pattern ?? 'gpt2', specialTokens };
}

/** @throws UsageError naming those that there are. */
function oneOf<T extends string>(option: string, given: unknown, known: readonly T[]): T | undefined {
  if (given !== undefined && !known.includes(given as T)) {
    throw new UsageError(`--${option} is one of ${known.join(', ')}, and not "${given}".`, COMMAND);
  }
  return given as T | undefined;
}

function said({ vocabulary, bytes, words, tokens, early }: Tasks['trainTokenizer']['output'], file: string): string {
  const cut = tokens === undefined ? '' : `, now ${tokens} tokens (${(bytes / tokens).toFixed(2)} bytes a token)`;
  const reason = early === undefined ? '' : `It is smaller than wished. ${early}\n`;
  return `${vocabulary} entries from ${bytes} bytes in ${words} different words${cut}.\n${reason}The tokenizer was saved to ${file}.\n`;
}
