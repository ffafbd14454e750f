// A body's six sections and the live blocks in them. Finds where each stands; what is in a block is for blocks.ts.

import { SECTION_KINDS, type SectionKind } from '../shared/lesson.ts';
import { type BLOCK_KINDS, isBlockKind, type ReadBlock, readBlock } from './blocks.ts';
import { type Faults, hint } from './faults.ts';
import type { Token } from './markdown.ts';

export const SECTION_TITLES: Readonly<Record<SectionKind, string>> = {
  overview: 'Overview',
  'deep-dive': 'Deep dive',
  implementation: 'Implementation',
  build: 'Build it',
  check: 'Check yourself',
  breaks: 'Where this breaks',
};

/** Absent until the lesson has exercises. */
const OPTIONAL: SectionKind = 'build';

/** A stretch of prose (its block tokens), or a live block. */
export type Part = { readonly prose: Token[] } | { readonly block: ReadBlock };

export interface RoughSection {
  readonly kind: SectionKind;
  readonly parts: readonly Part[];
}

/**
 * Cuts a body's tokens into sections and parts.
 *
 * @param bodyLine line of the file at which the body begins, from 1
 */
export function findSections(tokens: readonly Token[], body: string, bodyLine: number, faults: Faults): RoughSection[] {
  const found: { kind: SectionKind | undefined; line: number; parts: Part[] }[] = [];
  const lines = body.split('\n');
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const line = bodyLine + (token.map?.[0] ?? 0);
    const current = found.at(-1);
    if (token.type === 'heading_open' && token.tag === 'h1') {
      faults.add(line, 'a heading with one # is not taken: the title stands in the front matter.');
    }
    if (token.type === 'heading_open' && token.tag === 'h2') {
      if (token.level > 0) {
        faults.add(line, "a section can't stand inside a list or a quotation; move its heading to the margin.");
      }
      const title = tokens[index + 1]!.content;
      found.push({ kind: kindOf(title, line, faults), line, parts: [] });
      index += 2;
      continue;
    }
    if (token.type === 'fence') {
      const kind = token.info.trim().split(/\s/)[0] ?? '';
      checkClosed(token, lines, line, faults);
      if (isBlockKind(kind)) {
        const block = blockOf(token, kind, line, faults);
        if (block !== undefined && current !== undefined) {
          current.parts.push({ block });
        }
        if (current !== undefined) {
          continue;
        }
      }
    }
    if (current === undefined) {
      faults.add(line, `text stands before the first section; start with "## ${SECTION_TITLES.overview}".`);
      // One complaint is enough for all that stands there.
      while (index + 1 < tokens.length && tokens[index + 1]!.tag !== 'h2') {
        index++;
      }
      continue;
    }
    const last = current.parts.at(-1);
    if (last !== undefined && 'prose' in last) {
      last.prose.push(token);
    } else {
      current.parts.push({ prose: [token] });
    }
  }
  checkOrder(found, bodyLine + lines.length - 1, faults);
  return found.flatMap(({ kind, parts }) => (kind === undefined ? [] : [{ kind, parts }]));
}

function kindOf(title: string, line: number, faults: Faults): SectionKind | undefined {
  const kind = SECTION_KINDS.find((candidate) => SECTION_TITLES[candidate] === title.trim());
  if (kind === undefined) {
    const near = hint(title.trim(), Object.values(SECTION_TITLES));
    faults.add(line, `there is no section "${title.trim().slice(0, 80)}"; ${near}`);
  }
  return kind;
}

function blockOf(
  token: Token,
  kind: (typeof BLOCK_KINDS)[number],
  line: number,
  faults: Faults,
): ReadBlock | undefined {
  if (token.level > 0) {
    faults.add(line, `a ${kind} block can't stand inside a list or a quotation; move it to the margin.`);
    return undefined;
  }
  if (token.info.trim() !== kind) {
    faults.add(line, `after "${kind}" nothing may follow on the fence's line; write its keys below.`);
    return undefined;
  }
  return readBlock(kind, token.content, line, faults);
}

/** A fence that is never closed would swallow the rest of the lesson in silence. */
function checkClosed(token: Token, lines: readonly string[], line: number, faults: Faults): void {
  const lastLine = lines[(token.map?.[1] ?? 1) - 1] ?? '';
  const closed = lastLine
    .trim()
    .replace(/^[>\s]*/, '')
    .startsWith(token.markup);
  if (!closed || (token.map?.[1] ?? 0) - (token.map?.[0] ?? 0) < 2) {
    faults.add(line, `the fence that opens here is never closed; end it with a line "${token.markup}".`);
  }
}

function checkOrder(
  found: readonly { kind: SectionKind | undefined; line: number; parts: readonly Part[] }[],
  lastLine: number,
  faults: Faults,
): void {
  let highest = -1;
  const seen = new Set<SectionKind>();
  for (const { kind, line, parts } of found) {
    if (kind === undefined) {
      continue;
    }
    const place = SECTION_KINDS.indexOf(kind);
    if (seen.has(kind)) {
      faults.add(line, `the section "## ${SECTION_TITLES[kind]}" stands here a second time.`);
    } else if (place < highest) {
      const later = SECTION_TITLES[SECTION_KINDS[highest]!];
      faults.add(line, `the section "## ${SECTION_TITLES[kind]}" must stand before "## ${later}".`);
    }
    if (parts.length === 0) {
      faults.add(line, `the section "## ${SECTION_TITLES[kind]}" is empty.`);
    }
    seen.add(kind);
    highest = Math.max(highest, place);
  }
  for (const [place, kind] of SECTION_KINDS.entries()) {
    if (kind !== OPTIONAL && !seen.has(kind)) {
      const next = found.find((section) => section.kind !== undefined && SECTION_KINDS.indexOf(section.kind) > place);
      faults.add(next?.line ?? lastLine, `the section "## ${SECTION_TITLES[kind]}" is missing here.`);
    }
  }
}
