// The tokenizers of test/fixtures/tokenizers/opened.json, which make_opened.py there has made.

import { readFileSync } from 'node:fs';

/** Ids, where each token begins and ends in code points, and the text decoded from the ids. */
export type Case = [ids: number[], places: number[], decoded: string];

export interface Opened {
  readonly texts: readonly string[];
  readonly tokenizers: readonly {
    readonly name: string;
    readonly file: Readonly<Record<string, unknown>>;
    readonly cases: readonly Case[];
    readonly plain: Case;
  }[];
}

export const opened = JSON.parse(
  readFileSync(new URL('../../fixtures/tokenizers/opened.json', import.meta.url), 'utf8'),
) as Opened;
