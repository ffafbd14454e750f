// What the tests of lesson texts share: a lesson file taken apart into prose and blocks; the numbers in
// its prose; and the claims that account for them. Not handled: whether the file compiles (test/unit/lessons).

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { PreTokenizer } from '../../../src/tokenizers/preTokenizer.ts';
import type { Splitter } from '../../../src/tokenizers/words.ts';

const root = new URL('../../../', import.meta.url);

export interface FenceBlock {
  readonly kind: string;
  readonly body: BlockBody;
}

/** What these tests read of blocks of all kinds; which of it a block has depends on its kind. */
export interface BlockBody {
  readonly id: string;
  readonly text: string;
  readonly question: string;
  readonly caption?: string;
  readonly bet?: {
    readonly question: string;
    readonly choices?: readonly { readonly text: string; readonly right?: boolean; readonly why: string }[];
  };
  readonly goal?: { readonly do: string };
  readonly options?: readonly { readonly text: string; readonly right?: boolean; readonly why: string }[];
  readonly params: {
    readonly text: string;
    readonly corpus: string;
    readonly sentence: string;
    readonly word: string;
    readonly first: string;
    readonly second: string;
    readonly merges: number;
    readonly splitter: Splitter;
    readonly preTokenizer: PreTokenizer;
  };
}

export interface LessonProse {
  /** All that people read as prose, link targets and ordinary code fences taken out, white space made single. */
  readonly prose: string;
  /** The same in paragraphs, list items, headings and the texts of blocks, for what is counted by sentence. */
  readonly passages: readonly string[];
  readonly blocks: readonly FenceBlock[];
  /** The body of the section with this heading. */
  section(title: string): string;
}

const BLOCKS = new Set(['step', 'quiz', 'tokens', 'plot', 'source']);

export function readLesson(folder: string): LessonProse {
  const file = readFileSync(new URL(`lessons/${folder}/lesson.md`, root), 'utf8');
  const body = file.replace(/^---\n[\s\S]*?\n---\n/, '');
  const blocks: FenceBlock[] = [];
  const text = body.replace(/^```(\w*)\n([\s\S]*?)^```$/gm, (_, kind: string, inside: string) => {
    if (!BLOCKS.has(kind)) {
      return '';
    }
    const block = { kind, body: parse(inside) };
    blocks.push(block);
    return `\n${proseOf(block).join('\n\n')}\n`;
  });
  const passages = text
    .replace(/\]\([^)]*\)/g, ']')
    .split(/\n\s*\n|\n(?=[-|>#]|\d+\. )/)
    .map(squeeze)
    .filter((passage) => passage !== '');
  return {
    prose: passages.join('\n'),
    passages,
    blocks,
    section(title) {
      const start = body.indexOf(`## ${title}\n`);
      expect(start, `a section "${title}"`).toBeGreaterThanOrEqual(0);
      const end = body.indexOf('\n## ', start);
      return body.slice(start, end === -1 ? undefined : end);
    },
  };
}

/** What a block says to the learner in words. */
function proseOf({ body }: FenceBlock): string[] {
  const options = [...(body.options ?? []), ...(body.bet?.choices ?? [])];
  return [body.caption, body.question, body.bet?.question, body.goal?.do, ...options.flatMap((o) => [o.text, o.why])]
    .filter((text) => text !== undefined)
    .map(String);
}

/** The block with this id. */
export function blockOf(lesson: LessonProse, id: string): FenceBlock {
  const block = lesson.blocks.find((candidate) => candidate.body.id === id);
  expect(block, `a block "${id}"`).toBeDefined();
  return block!;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** 1234567 as "1,234,567". */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}

/** 0.0459 as "4.6%" with one digit. */
export function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/**
 * Accounts for the numbers of a lesson's prose. Each claim is a stretch of the prose whose numbers the test computed;
 * what no claim covers is named by `unclaimed`.
 */
export class Claims {
  private readonly prose: string;
  private readonly covered: Uint8Array;

  constructor(lesson: LessonProse) {
    this.prose = lesson.prose;
    this.covered = new Uint8Array(lesson.prose.length);
  }

  /** The prose must hold `phrase`, wherever and as often as it does; numbers inside it are accounted for. */
  says(phrase: string): void {
    const wanted = squeeze(phrase);
    let at = this.prose.indexOf(wanted);
    expect(at, `the lesson says "${wanted}"`).toBeGreaterThanOrEqual(0);
    for (; at !== -1; at = this.prose.indexOf(wanted, at + 1)) {
      this.covered.fill(1, at, at + wanted.length);
    }
  }

  /** Numbers of two digits or more, in any of their written forms, that no claim covers; with what stands around. */
  unclaimed(): string[] {
    const numbers = this.prose.matchAll(/\d[\d,.]*\d|\d/g);
    return [...numbers]
      .filter(
        ({ 0: number, index }) =>
          number.length > 1 && !this.covered.subarray(index, index + number.length).every(Boolean),
      )
      .map(
        ({ 0: number, index }) =>
          `${number} in "${this.prose.slice(Math.max(0, index - 40), index + number.length + 30)}"`,
      );
  }

  /** How many numbers of two digits or more the prose holds. */
  get numbers(): number {
    return [...this.prose.matchAll(/\d[\d,.]*\d/g)].length;
  }
}

const BANNED =
  /\b(?:simply|obviously|just|of course|clearly|trivial(?:ly)?|easily|needless to say|delve|leverage|powerful)\b/gi;
const MOST_WORDS = 24;

/** Faults of style that can be counted: see the teaching guide's rules on prose. */
export function styleFaults(lesson: LessonProse): string[] {
  const faults: string[] = [];
  for (const passage of lesson.passages) {
    const plain = passage.replace(/\$\$?[^$]*\$\$?/g, 'formula').replace(/`[^`]*`/g, 'code');
    for (const [word] of plain.matchAll(BANNED)) {
      faults.push(`"${word}" in "${passage.slice(0, 60)}"`);
    }
    if (plain.startsWith('|')) {
      continue;
    }
    for (const sentence of plain.split(/(?<=[.!?]["*)]*)\s+/)) {
      const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      if (words > MOST_WORDS) {
        faults.push(`${words} words: "${sentence}"`);
      }
    }
  }
  const dashes = lesson.prose.match(/[—–]| -- /g)?.length ?? 0;
  if (dashes > 2) {
    faults.push(`${dashes} dashes; two are enough for a lesson`);
  }
  for (const [heading] of [...lesson.passages.join('\n\n').matchAll(/^#{2,3} .*\n\n\$\$/gm)]) {
    faults.push(`a formula opens "${heading}"`);
  }
  return faults;
}

/** The last sentence of the Overview. */
export function lastOfOverview(lesson: LessonProse): string {
  return squeeze(lesson.section('Overview')).replace(/.*[.!?] (?=[A-Z])/s, '');
}

/** A repository path to a file outside the project that only some checkouts have; undefined where it is absent. */
export function sharedText(path: string): string | undefined {
  const file = fileURLToPath(new URL(`../shared/${path}`, root));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
