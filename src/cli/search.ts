// `search`: looks for a query in a folder, whose index is made or brought up to date first.

import { linesOf } from '../shared/lines.ts';
import { MOST_HITS, type SearchAnswer, type SearchHit } from '../shared/searchMessages.ts';
import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { bringUpToDate } from './indexRun.ts';
import { withSqlite } from './newerNode.ts';
import { searchIn } from './openSearch.ts';
import { readOptions, wholeNumber } from './options.ts';
import { writeOutput } from './streams.ts';
import { clip } from './text.ts';

const TOP = 10;
/** Lines of a hit that people are shown. */
const SHOWN_LINES = 3;

export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const { values, positionals } = readOptions('search', argv, {
    top: { type: 'string' },
    json: { type: 'boolean' },
    store: { type: 'string' },
  });
  const [directory, query, more] = positionals;
  if (directory === undefined || query === undefined || query.trim() === '') {
    throw new UsageError(directory === undefined ? 'Which folder?' : 'What is looked for?', 'search');
  }
  if (more !== undefined) {
    throw new UsageError(`"${more}" is one too many: put the query in quotes.`, 'search');
  }
  const top = wholeNumber('search', 'top', values.top, 1) ?? TOP;
  if (top > MOST_HITS) {
    throw new UsageError(`--top takes at most ${MOST_HITS}, and is ${top}.`, 'search');
  }
  return withSqlite(context, async () => {
    const store = values.store === undefined ? undefined : String(values.store);
    const search = await searchIn(directory, { entry: context.entry, store });
    try {
      const { health, stopped } = await bringUpToDate(search, context);
      if (stopped) {
        context.warn('Cancelled: the index goes on from here when it is next used.');
        return EXIT.cancelled;
      }
      if (health.state === 'empty' && health.message !== undefined) {
        context.warn(health.message);
      }
      const answer = await search.service.query(query, { top });
      for (const note of answer.notes) {
        context.warn(note);
      }
      await writeOutput(values.json ? [json(answer)] : listed(answer));
      return EXIT.done;
    } finally {
      await search.service.close();
    }
  });
}

function json({ hits }: SearchAnswer): string {
  return `${JSON.stringify({
    hits: hits.map(({ path, startLine, endLine, score, lexical, vector }) => ({
      ...{ path, startLine, endLine, score },
      lexical: lexical?.score ?? null,
      vector: vector?.score ?? null,
    })),
  })}\n`;
}

function listed({ hits }: SearchAnswer): string[] {
  if (hits.length === 0) {
    return ['Nothing was found.\n'];
  }
  return hits.map((hit, i) => {
    const { path, startLine, endLine, names } = hit;
    const heading = `${i + 1}. ${harmless(path)}:${startLine}-${endLine}`;
    const within = names.length === 0 ? '' : `  ${harmless(names.join(' › '))}`;
    return `${heading}${within}\n   ${partsOf(hit)}\n${firstLines(hit.text)}\n`;
  });
}

function partsOf({ score, lexical, vector }: SearchHit): string {
  const part = (what: string, one: SearchHit['lexical']) =>
    one === null ? `${what} -` : `${what} ${one.score.toFixed(3)} (place ${one.rank})`;
  return `score ${score.toFixed(4)}: ${part('words', lexical)}, ${part('meaning', vector)}`;
}

function firstLines(text: string): string {
  return linesOf(text)
    .filter((line) => line.trim() !== '')
    .slice(0, SHOWN_LINES)
    .map((line) => `     ${clip(harmless(line.replaceAll('\t', '  ')), 110)}\n`)
    .join('');
}

/** Without what a terminal would obey, or wouldn't show. */
function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
