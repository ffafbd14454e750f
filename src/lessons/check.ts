// What `lessons check` looks for beyond what the compiler sees: that a lesson's blocks fit the programs that they run,
// and that the course's own rules are kept. Programs come in as functions, so that this layer needs none of them.

import { asFault, Fault } from '../shared/errors.ts';
import type { ExerciseSummary } from '../shared/exercise.ts';
import type {
  Block,
  ExerciseBlock,
  Lesson,
  LessonFault,
  LessonSummary,
  PlotBlock,
  RunBlock,
  StepBlock,
  TokensBlock,
} from '../shared/lesson.ts';
import type { ProgramInfo } from '../shared/messages.ts';
import { readParams } from '../shared/params.ts';
import type { Frame, ParamValues, TableValue, Trace } from '../shared/trace.ts';
import { Course, type LessonFiles } from './course.ts';
import { Faults, hint } from './faults.ts';

/** What the checks are given of the programs. */
export interface LessonChecks {
  /** @throws Fault `unknown-program` naming those that there are */
  describeProgram(id: string): ProgramInfo | Promise<ProgramInfo>;
  /** Runs a program to its end, or far enough into a session to see what it yields. */
  run(program: string, params: ParamValues): Promise<Trace>;
  /** Rejects with Fault `unknown-encoding`, naming those that there are. */
  loadEncoding(encoding: string): Promise<unknown>;
  /** What is wrong with an exercise's files, a sentence each: see proveExercise.ts. */
  prove(exercise: ExerciseSummary): Promise<readonly string[]>;
  /** What stops a `run` block's code, a sentence; undefined where it runs to its end. */
  stopOf(code: string): Promise<string | undefined>;
}

export interface CheckedCourse {
  /** Those whose front matter could be read. */
  readonly lessons: readonly LessonSummary[];
  /** By file and line, each once. */
  readonly faults: readonly LessonFault[];
}

/**
 * Every fault of every lesson, those further down in a lesson whose beginning is broken included.
 *
 * @param only a lesson's id or number: no other is looked at
 * @throws Fault `not-found` where there is no such lesson
 */
export async function checkCourse(files: LessonFiles, checks: LessonChecks, only?: string): Promise<CheckedCourse> {
  const course = new Course(files);
  const all = await course.load();
  const folders = await files.folders();
  const wanted = only === undefined ? folders : [folderOf(only, folders)];
  const lessons = all.lessons.filter(({ id }) => wanted.some((folder) => idOf(folder) === id));
  const broken = all.broken.filter(({ folder }) => wanted.includes(folder));
  const faults = new Map<string, LessonFault>();
  const add = (fault: LessonFault) => faults.set(`${fault.file}:${fault.line}: ${fault.reason}`, fault);
  for (const fault of broken.flatMap((lesson) => lesson.faults)) {
    add(fault);
  }
  for (const folder of wanted) {
    const compiled = await course.compile(idOf(folder)).catch((error: unknown) => {
      const { code, message } = asFault(error);
      // A folder that is no lesson's has been told of above.
      if (code !== 'not-found') {
        add({ file: `${folder}/lesson.md`, line: 1, reason: `the lesson can't be compiled: ${message}` });
      }
      return undefined;
    });
    compiled?.faults.forEach(add);
    if (compiled?.lesson !== undefined) {
      (await checkLesson(compiled.lesson, checks)).forEach(add);
    }
  }
  const sorted = [...faults.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return { lessons, faults: sorted };
}

function idOf(folder: string): string {
  return folder.replace(/^\d+-/, '');
}

function folderOf(lesson: string, folders: readonly string[]): string {
  const found = folders.find((folder) => idOf(folder) === lesson || Number.parseInt(folder, 10) === Number(lesson));
  if (found === undefined) {
    throw new Fault('not-found', `There is no lesson "${lesson}".`, {
      where: lesson,
      remedy: `Lessons: ${hint(lesson, folders.map(idOf))}`,
    });
  }
  return found;
}

/** What is wrong between one compiled lesson and the programs that it runs. */
export async function checkLesson(lesson: Lesson, checks: LessonChecks): Promise<readonly LessonFault[]> {
  const faults = new Faults(`${String(lesson.number).padStart(2, '0')}-${lesson.id}/lesson.md`);
  if (lesson.goals.length === 0) {
    faults.add(1, 'no block has a goal, so the lesson could never be done; give at least one a "goal".');
  }
  const questions = lesson.sections
    .filter((section) => section.kind === 'check')
    .flatMap((section) => section.content.filter((content) => content.type === 'quiz'));
  if (questions.length < 3 || questions.length > 5) {
    const line = questions[0]?.line ?? 1;
    faults.add(line, `"Check yourself" must hold 3 to 5 quiz blocks, and holds ${questions.length}.`);
  }
  for (const content of lesson.sections.flatMap((section) => section.content)) {
    if (content.type !== 'html') {
      await checkBlock(content, checks, faults);
    }
  }
  return faults.all;
}

async function checkBlock(block: Block, checks: LessonChecks, faults: Faults): Promise<void> {
  switch (block.type) {
    case 'step':
      await checkRun(block, checks, faults, (trace) => checkBet(block, trace, faults));
      break;
    case 'plot':
      await checkRun(block, checks, faults, (trace) => checkColumns(block, trace, faults));
      break;
    case 'tokens':
      await checkEncoding(block, checks, faults);
      break;
    case 'exercise':
      await checkExercise(block, checks, faults);
      break;
    case 'run':
      await checkCode(block, checks, faults);
      break;
    default:
      break;
  }
}

async function checkRun(
  block: StepBlock | PlotBlock,
  checks: LessonChecks,
  faults: Faults,
  checkTrace: (trace: Trace) => void,
): Promise<void> {
  try {
    const info = await checks.describeProgram(block.program);
    readParams(info.id, info.params, block.params);
    const known = Object.keys(info.params);
    for (const control of block.controls.filter((name) => !known.includes(name))) {
      faults.add(
        block.line,
        `block ${block.id}: ${block.program} has no parameter "${control}"; ${hint(control, known)}`,
      );
    }
    if (block.goal?.when === 'change' && block.controls.length === 0) {
      faults.add(block.line, `block ${block.id}: the goal asks for a change, and the block has no "controls".`);
    }
    if (block.goal?.when === 'end' && info.session) {
      faults.add(block.line, `block ${block.id}: ${block.program} is a session without an end; use "when: change".`);
    }
    const trace = await checks.run(block.program, block.params);
    if (trace.frames.length === 0) {
      faults.add(block.line, `block ${block.id}: ${block.program} yields no frame with these parameters.`);
      return;
    }
    checkTrace(trace);
  } catch (error) {
    faults.add(block.line, `block ${block.id}: ${asFault(error).full}`);
  }
}

function checkBet({ id, bet, line }: StepBlock, trace: Trace, faults: Faults): void {
  if (bet === undefined) {
    return;
  }
  const frames = trace.frames.filter((frame) => frame.op === bet.op);
  if (frames.length === 0) {
    const ops = [...new Set(trace.frames.map((frame) => frame.op))];
    faults.add(line, `block ${id}: no frame does "${bet.op}", so there is nothing to bet on; ${hint(bet.op, ops)}`);
    return;
  }
  const tables = new Map(frames.flatMap((frame) => tablesOf(trace, frame, 'inputs')));
  const table = tables.get(bet.table);
  if (table === undefined) {
    const what = tables.size === 0 ? 'it takes no table.' : hint(bet.table, [...tables.keys()]);
    faults.add(line, `block ${id}: "${bet.op}" takes no table "${bet.table}" to bet on; ${what}`);
  }
}

function checkColumns(block: PlotBlock, trace: Trace, faults: Faults): void {
  const { id, line } = block;
  const all = trace.frames.flatMap((frame) => tablesOf(trace, frame, 'outputs'));
  const tables = all.filter(([name]) => name === block.table).map(([, table]) => table);
  const [table] = tables;
  if (table === undefined) {
    const names = [...new Set(all.map(([name]) => name))];
    const what = names.length === 0 ? 'it yields no table.' : hint(block.table, names);
    faults.add(line, `block ${id}: ${block.program} yields no table "${block.table}"; ${what}`);
    return;
  }
  const known = table.columns.map((column) => column.id);
  for (const column of [block.x, ...block.y]) {
    const place = known.indexOf(column);
    const drawn = tables.some(({ rows }) => rows.some((row) => typeof row[place] === 'number'));
    if (place === -1) {
      faults.add(line, `block ${id}: the table "${block.table}" has no column "${column}"; ${hint(column, known)}`);
    } else if (!drawn) {
      faults.add(line, `block ${id}: the column "${column}" of "${block.table}" holds no number to draw.`);
    }
  }
}

async function checkExercise(block: ExerciseBlock, checks: LessonChecks, faults: Faults): Promise<void> {
  try {
    for (const sentence of await checks.prove(block.exercise)) {
      faults.add(block.line, `exercise ${block.id}: ${sentence}`);
    }
  } catch (error) {
    faults.add(block.line, `exercise ${block.id}: ${asFault(error).full}`);
  }
}

async function checkCode({ id, code, line }: RunBlock, checks: LessonChecks, faults: Faults): Promise<void> {
  try {
    const stop = await checks.stopOf(code);
    if (stop !== undefined) {
      faults.add(line, `block ${id}: ${stop}`);
    }
  } catch (error) {
    faults.add(line, `block ${id}: ${asFault(error).full}`);
  }
}

async function checkEncoding(block: TokensBlock, checks: LessonChecks, faults: Faults): Promise<void> {
  for (const encoding of block.encodings ?? [block.encoding]) {
    try {
      await checks.loadEncoding(encoding);
    } catch (error) {
      faults.add(block.line, `block ${block.id}: ${asFault(error).full}`);
    }
  }
}

function tablesOf(trace: Trace, frame: Frame, side: 'inputs' | 'outputs'): [string, TableValue][] {
  return frame[side].flatMap(({ name, value }): [string, TableValue][] => {
    const found = trace.values[value];
    return found?.kind === 'table' ? [[name, found]] : [];
  });
}
