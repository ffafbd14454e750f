// One lesson file to its summary (fast) or to the whole lesson. What one file alone doesn't tell (whether the lessons
// that it needs exist) is for course.ts; whether its programs run is for check.ts.

import {
  type Content,
  type ExerciseBlock,
  type Goal,
  LESSON_SCHEMA,
  type Lesson,
  type LessonSummary,
  type Section,
} from '../shared/lesson.ts';
import type { ReadBlock } from './blocks.ts';
import { loadCode } from './code.ts';
import type { Faults } from './faults.ts';
import { readFrontMatter } from './frontMatter.ts';
import { splitLesson } from './lessonText.ts';
import {
  type LinkChecks,
  parseAll,
  parseBlocks,
  plainText,
  prepare,
  type Renderers,
  renderInline,
  renderTokens,
  type Token,
} from './markdown.ts';
import { loadMaths } from './maths.ts';
import { findSections, type RoughSection, SECTION_TITLES } from './sections.ts';
import type { Sources } from './sources.ts';

/** A lesson as far as it can be read without rendering. */
export interface Outline {
  readonly summary: LessonSummary;
  readonly sections: readonly RoughSection[];
  readonly bodyLine: number;
  /** Line of a front matter key's value. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads a lesson's front matter, sections and blocks. What is wrong goes to `faults`; the outline is there whenever
 * the front matter can be read.
 *
 * @param number the lesson's, from its folder
 */
export function outline(text: string, number: number, faults: Faults): Outline | undefined {
  return read(text, number, faults, parseBlocks);
}

/** Compiles a whole lesson; undefined when `faults` holds any. */
export async function compile(
  text: string,
  number: number,
  faults: Faults,
  lessons: readonly string[],
  sources: Sources,
): Promise<Lesson | undefined> {
  const rough = read(text, number, faults, parseAll);
  if (rough === undefined) {
    return undefined;
  }
  await sources.load(wantedSources(rough));
  const links: LinkChecks = { lessons, source: (target) => sources.link(target) };
  const renderers: Renderers = { maths: await loadMaths(), code: await loadCode(), links };
  const anchors = new Set<string>();
  const sections = rough.sections.map((section) => compileSection(section, rough, renderers, sources, anchors, faults));
  return faults.any ? undefined : { schema: LESSON_SCHEMA, ...rough.summary, sections };
}

function read(text: string, number: number, faults: Faults, parse: (body: string) => Token[]): Outline | undefined {
  const parts = splitLesson(text, faults);
  if (parts === undefined) {
    return undefined;
  }
  const front = readFrontMatter(parts.frontMatter, faults);
  const sections = findSections(parse(parts.body), parts.body, parts.bodyLine, faults);
  const blocks = blocksOf(sections);
  const lines = new Map<string, number>();
  for (const { draft, lineOf } of blocks) {
    const first = lines.get(draft.id);
    if (first !== undefined && draft.type !== 'source') {
      faults.add(lineOf(['id']), `the id "${draft.id}" is taken by the block at line ${first}; each needs its own.`);
    }
    lines.set(draft.id, first ?? draft.line);
  }
  if (front === undefined) {
    return undefined;
  }
  const goals = blocks.flatMap(({ draft }): Goal[] => ('goal' in draft && draft.goal ? [draft.goal] : []));
  const { lineOf } = front;
  const exercises = blocks.flatMap(({ draft }) => (draft.type === 'exercise' ? [ofLesson(draft, front.value.id)] : []));
  const summary = { ...front.value, number, goals, exercises: exercises.map(({ exercise }) => exercise) };
  return { summary, sections, bodyLine: parts.bodyLine, lineOf };
}

/** A block doesn't know what lesson it stands in. */
function ofLesson(block: ExerciseBlock, lesson: string): ExerciseBlock {
  return { ...block, exercise: { ...block.exercise, lesson } };
}

function blocksOf(sections: readonly RoughSection[]): ReadBlock[] {
  return sections.flatMap(({ parts }) => parts.flatMap((part) => ('block' in part ? [part.block] : [])));
}

/** Files that `source` blocks quote and `source:` links name. */
function wantedSources({ sections }: Outline): string[] {
  const files = new Set<string>();
  const look = (tokens: readonly Token[]) => {
    for (const token of tokens) {
      const file = /^source:([^#]*)/.exec(String(token.attrGet('href') ?? ''))?.[1];
      if (file !== undefined) {
        files.add(file);
      }
      look(token.children ?? []);
    }
  };
  for (const part of sections.flatMap((section) => section.parts)) {
    if ('prose' in part) {
      look(part.prose);
    } else if (part.block.draft.type === 'source') {
      files.add(part.block.draft.file);
    } else if (part.block.draft.type === 'quiz') {
      for (const [, file] of JSON.stringify(part.block.draft).matchAll(/\]\(source:([^)#\s]*)/g)) {
        files.add(file!);
      }
    }
  }
  return [...files];
}

function compileSection(
  { kind, parts }: RoughSection,
  { bodyLine, summary }: Outline,
  renderers: Renderers,
  sources: Sources,
  anchors: Set<string>,
  faults: Faults,
): Section {
  const headings: { id: string; title: string }[] = [];
  const content: Content[] = [];
  for (const part of parts) {
    if ('block' in part) {
      const block = compileBlock(part.block, summary.id, renderers, sources, anchors, faults);
      if (block !== undefined) {
        content.push(block);
      }
      continue;
    }
    for (const [index, token] of part.prose.entries()) {
      if (token.type === 'heading_open') {
        const title = plainText(part.prose[index + 1]!);
        // Prefixed by the section, so that no anchor takes the name of anything else in the page.
        const id = unique(`${kind}-${slug(title)}`, anchors);
        token.attrSet('id', id);
        if (token.tag === 'h3') {
          headings.push({ id, title });
        }
      }
    }
    prepare(part.prose, bodyLine, renderers, faults);
    content.push({ type: 'html', html: renderTokens(part.prose) });
  }
  return { kind, title: SECTION_TITLES[kind], id: kind, content, headings };
}

function compileBlock(
  { draft, lineOf }: ReadBlock,
  lesson: string,
  renderers: Renderers,
  sources: Sources,
  ids: Set<string>,
  faults: Faults,
): Content | undefined {
  switch (draft.type) {
    case 'quiz': {
      const inline = (text: string, path: readonly PropertyKey[]) =>
        renderInline(text, lineOf(path), renderers, faults);
      const question = inline(draft.question, ['question']);
      const options = draft.options.map((option, index) => ({
        text: inline(option.text, ['options', index, 'text']),
        right: option.right,
        why: inline(option.why, ['options', index, 'why']),
      }));
      return { ...draft, question, options };
    }
    case 'source': {
      const { show, ...block } = draft;
      const quoted = sources.quote(draft.file, show);
      if ('fault' in quoted) {
        faults.add(lineOf([quoted.key]), quoted.fault);
        return undefined;
      }
      const { firstLine, lastLine, text } = quoted;
      const id = unique(draft.id, ids);
      return { ...block, id, firstLine, lastLine, html: renderers.code(text, 'typescript') };
    }
    case 'exercise':
      return ofLesson(draft, lesson);
    default:
      return draft;
  }
}

function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['heading'];
  return words.join('-').slice(0, 80);
}

function unique(id: string, taken: Set<string>): string {
  let candidate = id;
  for (let count = 2; taken.has(candidate); count++) {
    candidate = `${id}-${count}`;
  }
  taken.add(candidate);
  return candidate;
}
