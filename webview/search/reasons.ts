// Why one hit is there: asked for when its row opens, and forgotten with the search that found it. Knows no element.

import { asFault } from '../../src/shared/errors.ts';
import { explainHit, type SearchHit } from '../../src/shared/searchMessages.ts';
import type { OpenedHit } from '../../src/shared/searchViewMessages.ts';
import type { Host } from '../host.ts';
import { t } from '../l10n.ts';
import type { Why } from './resultsTree.ts';
import { type Searcher, TOP, type Wanted } from './searcher.ts';

/** A long text like which others were found is cut: it is explained by its beginning. */
const MOST_TEXT = 20_000;

export class Reasons {
  /** Of the hit that is taken apart; undefined where none is. */
  why: Why | undefined;
  private readonly host: Pick<Host, 'request'>;
  private readonly searcher: Searcher;
  private readonly changed: () => void;

  constructor(host: Pick<Host, 'request'>, searcher: Searcher, changed: () => void) {
    this.host = host;
    this.searcher = searcher;
    this.changed = changed;
  }

  clear(): void {
    this.set(undefined);
  }

  /** @param hit undefined closes what is open */
  async ask(hit: SearchHit | undefined): Promise<void> {
    if (hit === undefined) {
      this.clear();
      return;
    }
    const { chunk } = hit;
    this.set({ chunk });
    const why = await this.explain(hit);
    if (this.why?.chunk === chunk) {
      this.set(why);
    }
  }

  private async explain({ chunk, root, path, startLine }: SearchHit): Promise<Why> {
    const { answered } = this.searcher;
    try {
      const reason = await this.host.request(explainHit, {
        ...searchedFor(answered),
        chunk,
        at: { root, path, startLine },
        top: TOP,
      });
      return { chunk, reason };
    } catch (error) {
      return { chunk, fault: asFault(error) };
    }
  }

  private set(why: Why | undefined): void {
    this.why = why;
    this.changed();
  }
}

function searchedFor(answered: Wanted | undefined) {
  if (answered === undefined) {
    return { query: '' };
  }
  const { filter } = answered;
  return 'query' in answered
    ? { query: answered.query, filter }
    : { query: answered.similarTo.slice(0, MOST_TEXT), filter, similar: true };
}

/** What is said of the place that was opened; undefined where it is the one that was indexed. */
export function placeSays(place: OpenedHit['place']): string | undefined {
  const says = {
    same: undefined,
    moved: t('The place has moved since it was indexed.'),
    changed: t('This file has changed since it was indexed: the place may be another.'),
  };
  return says[place];
}
