// `embed`: texts as vectors.

import type { Embedder } from '../retrieval/embedder.ts';
import { STATIC_MODEL } from '../services/models/programModels.ts';
import { cliModels } from './cliModels.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { readOptions } from './options.ts';
import { writeOutput } from './streams.ts';
import { clip, visible } from './text.ts';

/** Numbers of a vector that people are shown. */
const SHOWN = 6;

export async function run(argv: readonly string[], { entry, onInterrupt }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('embed', argv, { json: { type: 'boolean' }, model: { type: 'string' } });
  if (positionals.length === 0) {
    throw new UsageError('Which text? Write it in quotes.', 'embed');
  }
  const stop = { cancelled: false };
  onInterrupt(() => {
    stop.cancelled = true;
  });
  const models = cliModels(await installation(entry));
  const model = await models.embedder(String(values.model ?? STATIC_MODEL));
  const vectors = await model.embed(positionals, { signal: stop });
  await writeOutput(values.json ? [json(model, vectors)] : table(model, positionals, vectors));
  return EXIT.done;
}

function json({ id, dimensions }: Embedder, vectors: readonly Float32Array[]): string {
  return `${JSON.stringify({ model: id, dimensions, vectors: vectors.map((vector) => [...vector]) })}\n`;
}

/** Each text with its first numbers; of several texts the cosine of each two. */
function table({ label, dimensions }: Embedder, texts: readonly string[], vectors: readonly Float32Array[]): string[] {
  const lines = [`${label}: ${dimensions} numbers for each text, of length 1 together\n\n`];
  texts.forEach((text, i) => {
    const vector = vectors[i] as Float32Array;
    const first = [...vector.subarray(0, SHOWN)].map((value) => value.toFixed(4).padStart(8)).join('');
    const empty = vector.every((value) => value === 0) ? '  nothing in it that the model knows' : '';
    lines.push(`${String(i + 1).padStart(3)} ${first} ...  ${clip(visible(text), 60)}${empty}\n`);
  });
  if (texts.length > 1) {
    lines.push(
      '\nCosines: 1 is the same direction\n\n',
      `    ${texts.map((_, i) => String(i + 1).padStart(8)).join('')}\n`,
    );
    vectors.forEach((a, i) => {
      lines.push(`${String(i + 1).padStart(3)} ${vectors.map((b) => cosine(a, b).toFixed(4).padStart(8)).join('')}\n`);
    });
  }
  return lines;
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
