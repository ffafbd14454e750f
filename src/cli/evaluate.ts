// `evaluate`: how good search is on a folder's own files, beside plain ways to search. Needs no index and makes none.

import { readFile } from 'node:fs/promises';
import { MINILM } from '../services/models/knownModels.ts';
import { searchEmbedder } from '../services/models/searchEmbedder.ts';
import { evaluateFolder } from '../services/search/evaluate/evaluateFolder.ts';
import { readLabels } from '../services/search/evaluate/labelFile.ts';
import { Fault } from '../shared/errors.ts';
import { MOST_QUERIES, USUAL_QUERIES } from '../shared/evaluateMessages.ts';
import type { CliContext } from './commands.ts';
import { reportText } from './evaluateText.ts';
import { EXIT, UsageError } from './exit.ts';
import { searchIn } from './openSearch.ts';
import { atMostOne, readOptions, wholeNumber } from './options.ts';
import { writeOutput } from './streams.ts';
import { progressLine } from './task.ts';

export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const { values, positionals } = readOptions('evaluate', argv, {
    labels: { type: 'string' },
    queries: { type: 'string' },
    json: { type: 'boolean' },
  });
  const directory = atMostOne('evaluate', positionals, 'folder');
  if (directory === undefined) {
    throw new UsageError('Which folder?', 'evaluate');
  }
  const queries = wholeNumber('evaluate', 'queries', values.queries, 1) ?? USUAL_QUERIES;
  if (queries > MOST_QUERIES) {
    throw new UsageError(`--queries takes at most ${MOST_QUERIES}, and is ${queries}.`, 'evaluate');
  }
  const labels = values.labels === undefined ? undefined : await labelsOf(String(values.labels));
  const search = await searchIn(directory, { entry: context.entry });
  for (const note of search.notes) {
    context.warn(note);
  }
  const signal = { cancelled: false };
  context.onInterrupt(() => {
    signal.cancelled = true;
  });
  const lines = { files: progressLine('Reading'), chunks: progressLine('Vectors'), queries: progressLine('Asking') };
  try {
    const report = await evaluateFolder({
      ...{ settings: search.settings, cutter: search.cutter, labels, queries, commits: true, signal },
      ...{
        staticModel: search.models.staticModel,
        reranker: async () => searchEmbedder(await search.models.realModels(), MINILM),
      },
      onProgress: (progress) => lines[progress.unit as keyof typeof lines]?.show(progress),
    });
    endAll(lines);
    await writeOutput(values.json ? [`${JSON.stringify(report)}\n`] : reportText(report));
    return EXIT.done;
  } finally {
    endAll(lines);
  }
}

function endAll(lines: Readonly<Record<string, { end(): void }>>): void {
  for (const line of Object.values(lines)) {
    line.end();
  }
}

async function labelsOf(file: string) {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new Fault('not-found', `The labels in "${file}" can't be read.`, {
      where: file,
      remedy: 'Check the name of the file.',
      cause,
    });
  }
  return readLabels(text, file);
}
