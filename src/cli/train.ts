// `train`: trains a small GPT on a text by a recipe, on its characters or by a tokenizer, and keeps it as safetensors.

import { findRecipe } from '../model/recipes.ts';
import type { TrainingProgress } from '../model/train.ts';
import { decodeUtf8 } from '../services/utf8.ts';
import { Fault } from '../shared/errors.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { readOptions, wholeNumber } from './options.ts';
import { isSameFile, OutputFile } from './outputFile.ts';
import { readInput } from './streams.ts';
import { progressLine, runTask, type Tasks } from './task.ts';

export async function run(argv: readonly string[], { entry, warn, onInterrupt }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('train', argv, {
    data: { type: 'string' },
    tokenizer: { type: 'string' },
    recipe: { type: 'string' },
    steps: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (positionals[0] !== undefined || values.data === undefined) {
    const what = positionals[0] === undefined ? 'Which text?' : `"${positionals[0]}" is one too many.`;
    throw new UsageError(`${what} Name a file by --data FILE.`, 'train');
  }
  const wanted = values.out === undefined ? undefined : String(values.out);
  for (const input of [values.data, values.tokenizer]) {
    if (input !== undefined && wanted !== undefined && isSameFile(String(input), wanted)) {
      throw new UsageError(`"${wanted}" is what it learns from: the model would take its place.`, 'train');
    }
  }
  const recipe = findRecipe(String(values.recipe ?? 'shakespeare-cpu'));
  const steps = wholeNumber('train', 'steps', values.steps, 1);
  const seed = wholeNumber('train', 'seed', values.seed, 0) ?? 1;
  const text = await readText(String(values.data), warn);
  const tokenizer = values.tokenizer === undefined ? undefined : await readTokenizer(String(values.tokenizer), warn);
  const { kernels } = await installation(entry);
  const out = wanted === undefined ? undefined : await OutputFile.open(wanted);
  const stop = new SharedArrayBuffer(4);
  onInterrupt(() => {
    warn('Stopping after this step; once more to stop at once.');
    Atomics.store(new Int32Array(stop), 0, 1);
  });
  const input = { text, tokenizer, recipe: recipe.id, steps, seed, save: out !== undefined, stop, kernels };
  const report = values.json ? reportJson : reporter();
  const result = await runTask(entry, 'train', input, report).catch(async (error: unknown) => {
    await out?.discard();
    throw error;
  });
  const saved = await keep(result, out);
  if (!result.finished) {
    warn(`Cancelled after ${result.steps} of ${steps ?? recipe.steps} steps: ${saved}.`);
    return EXIT.cancelled;
  }
  if (out !== undefined && !values.json) {
    process.stdout.write(`${saved[0].toUpperCase()}${saved.slice(1)}.\n`);
  }
  return EXIT.done;
}

/** @throws Fault when there is no such file, when it is empty, or no UTF-8. */
async function readText(file: string, warn: CliContext['warn']): Promise<string> {
  const name = file === '-' ? 'Standard input' : file;
  const text = decodeUtf8(await readInput(file, warn), name);
  if (text === '') {
    throw new Fault('bad-input', `${name} is empty.`, { where: name, remedy: 'Name a text to train on.' });
  }
  return text;
}

/** @throws Fault when there is no such file, or when it is no UTF-8. */
async function readTokenizer(name: string, warn: CliContext['warn']): Promise<{ name: string; file: string }> {
  if (name === '-') {
    throw new UsageError('A tokenizer is not read from standard input: name a file by --tokenizer FILE.', 'train');
  }
  return { name, file: decodeUtf8(await readInput(name, warn), name) };
}

/** Writes what there is to keep. @returns what was saved, for people. */
async function keep({ file }: Tasks['train']['output'], out: OutputFile | undefined): Promise<string> {
  if (out === undefined) {
    return 'nothing was saved, as there is no --out';
  }
  if (file === undefined) {
    await out.discard();
    return 'nothing was saved';
  }
  await out.save(new Uint8Array(file));
  return `the model was saved to ${out.file}`;
}

function reportJson({ step, loss, tokensPerSecond, valLoss }: TrainingProgress): void {
  const line = { step, loss, tokensPerSecond: Math.round(tokensPerSecond), ...(valLoss !== undefined && { valLoss }) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A line now and then, and between them how far it is. */
function reporter(): (progress: TrainingProgress) => void {
  const progress = progressLine('Training');
  return ({ step, steps, loss, tokensPerSecond, valLoss }) => {
    progress.show({ done: step, total: steps, unit: 'steps' });
    const often = Math.max(1, Math.floor(steps / 20));
    if (step % often === 0 || step === 1 || step === steps) {
      progress.end();
      const count = `${String(step).padStart(String(steps).length)} of ${steps}`;
      const held = valLoss === undefined ? '' : `, of what was held out ${valLoss.toFixed(4)}`;
      process.stdout.write(`${count}  ${Math.round(tokensPerSecond)} tokens/s  loss ${loss.toFixed(4)}${held}\n`);
    }
  };
}
