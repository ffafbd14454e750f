// `index`: makes the index of a folder, or brings it up to date, and says what is in it and what is not.

import { leftOutSummary } from '../services/search/indexHealth.ts';
import { counted } from '../shared/counted.ts';
import type { IndexHealth } from '../shared/searchMessages.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { bringUpToDate } from './indexRun.ts';
import { withSqlite } from './newerNode.ts';
import { searchIn } from './openSearch.ts';
import { atMostOne, readOptions } from './options.ts';
import { writeOutput } from './streams.ts';
import { visible } from './text.ts';

/** Files with an error that people are shown. */
const SHOWN = 5;

export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const { values, positionals } = readOptions('index', argv, { json: { type: 'boolean' }, store: { type: 'string' } });
  const directory = atMostOne('index', positionals, 'folder');
  if (directory === undefined) {
    throw new UsageError('Which folder?', 'index');
  }
  return withSqlite(context, async () => {
    const store = values.store === undefined ? undefined : String(values.store);
    const search = await searchIn(directory, { entry: context.entry, store });
    try {
      const { health, stopped } = await bringUpToDate(search, context);
      await writeOutput(values.json ? [json(health)] : summary(health, stopped));
      if (stopped) {
        context.warn('Cancelled: the next run goes on from here.');
        return EXIT.cancelled;
      }
      return health.indexed === 0 || health.state === 'read-only' ? EXIT.fault : EXIT.done;
    } finally {
      await search.service.close();
    }
  });
}

function json({
  store,
  indexed,
  chunks,
  textBytes,
  storeBytes,
  leftOut,
  errors,
  errorCount,
  ...more
}: IndexHealth): string {
  const { models, lastRun, state, pending, message } = more;
  const [model] = models;
  return `${JSON.stringify({
    ...{ state, store, files: indexed, chunks, textBytes, storeBytes, pending },
    ...{ leftOut, errors: errors.map(({ path, why }) => ({ path, why })), errorCount },
    ...{ model: model?.label, vectors: model?.vectors ?? 0 },
    ...{ read: lastRun?.read, milliseconds: lastRun?.milliseconds },
    ...(message !== undefined && { message }),
  })}\n`;
}

function summary(health: IndexHealth, stopped: boolean): string[] {
  const { indexed, pending, chunks, textBytes, leftOut, errors, errorCount, models, store, storeBytes, lastRun } =
    health;
  const lines: string[] = [];
  if (health.state === 'empty') {
    lines.push(health.message ?? 'Nothing is indexed.');
  } else {
    const size = `${counted(chunks, 'chunk')}, ${megabytes(textBytes)}`;
    lines.push(
      `${counted(indexed, 'file is', 'files are')} in the index (${size})${pending === 0 ? '' : `, ${counted(pending, 'is', 'are')} not yet`}.`,
    );
  }
  if (lastRun !== undefined && !stopped && indexed > 0) {
    const seconds = (lastRun.milliseconds / 1000).toFixed(1);
    lines.push(
      lastRun.read === 0
        ? 'Nothing had changed.'
        : `${counted(lastRun.read, 'file was', 'files were')} read, in ${seconds} s.`,
    );
  }
  if (Object.keys(leftOut).length > 0 && health.state !== 'empty') {
    lines.push(`Left out: ${leftOutSummary(leftOut)}.`);
  }
  for (const { path, why } of errors.slice(0, SHOWN)) {
    lines.push(`${visible(path)}: ${visible(why).replaceAll('·', ' ')}`);
  }
  if (errorCount > SHOWN) {
    lines.push(`... and ${counted(errorCount - SHOWN, 'more file', 'more files')} with something to say of.`);
  }
  for (const { state, label, vectors, message } of models) {
    lines.push(
      state === 'ready'
        ? `Vectors by ${label}: ${number(vectors)} of ${number(chunks)}.`
        : `No vectors: ${message ?? state}`,
    );
  }
  lines.push(`Kept in ${store} (${megabytes(storeBytes)}).`);
  return lines.map((line) => `${line}\n`);
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
