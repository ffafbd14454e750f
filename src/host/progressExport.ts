// The learner's progress as a file of their own: JSON for programs, Markdown for people.

import * as vscode from 'vscode';
import type { LessonSummary } from '../shared/lesson.ts';
import { showFault } from './faults.ts';
import type { ProgressStore } from './progress.ts';
import type { HostServices } from './services.ts';

const SCHEMA = 1;

/** What is exported. Times are ISO 8601 in UTC. */
interface ExportedProgress {
  readonly schema: typeof SCHEMA;
  readonly exportedAt: string;
  readonly lessons: readonly {
    readonly id: string;
    readonly number: number;
    readonly title: string;
    readonly standing: string;
    readonly openedAt?: string;
    readonly goals: readonly { readonly id: string; readonly text: string; readonly reachedAt?: string }[];
    readonly exercises: readonly {
      readonly id: string;
      readonly title: string;
      readonly passedAt?: string;
      readonly hintsSeen: number;
      readonly solutionSeen: boolean;
      readonly parked: boolean;
    }[];
  }[];
}

export function exportedProgress(
  lessons: readonly LessonSummary[],
  progress: Pick<ProgressStore, 'all' | 'exercise' | 'standing'>,
  now: number,
): ExportedProgress {
  const all = progress.all();
  const iso = (time: number) => new Date(time).toISOString();
  return {
    schema: SCHEMA,
    exportedAt: iso(now),
    lessons: lessons.map((lesson) => {
      const { id, number, title } = lesson;
      const { goals = {}, openedAt } = all[id] ?? {};
      return {
        id,
        number,
        title,
        standing: progress.standing(lesson),
        ...(openedAt !== undefined && { openedAt: iso(openedAt) }),
        goals: lesson.goals.map(({ block, text }) => {
          const reached = goals[block];
          return { id: block, text, ...(reached !== undefined && { reachedAt: iso(reached) }) };
        }),
        exercises: lesson.exercises.map((exercise) => {
          const { passedAt, hints, solutionSeen, parked } = progress.exercise(id, exercise.id);
          return {
            id: exercise.id,
            title: exercise.title,
            ...(passedAt !== undefined && { passedAt: iso(passedAt) }),
            hintsSeen: hints,
            solutionSeen,
            parked,
          };
        }),
      };
    }),
  };
}

/** The same as a page: one line a lesson, one an exercise. */
export function progressPage({ exportedAt, lessons }: ExportedProgress): string {
  const day = (time: string) => time.slice(0, 10);
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  const passed = exercises.filter(({ passedAt }) => passedAt !== undefined).length;
  const lines = [
    `# ${vscode.l10n.t('My progress in Inside LLMs')}`,
    '',
    vscode.l10n.t(
      '{0}: {1} of {2} lessons done, {3} of {4} exercises passed.',
      day(exportedAt),
      lessons.filter(({ standing }) => standing === 'done').length,
      lessons.length,
      passed,
      exercises.length,
    ),
    '',
  ];
  for (const { number, title, standing, goals, exercises: own } of lessons) {
    const reached = goals.filter(({ reachedAt }) => reachedAt !== undefined).length;
    lines.push(
      `- [${standing === 'done' ? 'x' : ' '}] **${number}. ${title}** (${vscode.l10n.t('{0} of {1} goals', reached, goals.length)})`,
    );
    for (const { title: name, passedAt, solutionSeen } of own) {
      const when = passedAt === undefined ? '' : vscode.l10n.t(', passed on {0}', day(passedAt));
      const how = passedAt !== undefined && solutionSeen ? vscode.l10n.t(', solution seen') : '';
      lines.push(`  - [${passedAt === undefined ? ' ' : 'x'}] ${name}${when}${how}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Asks where, and writes. The ending of the name says in which form. */
export async function exportProgress(services: HostServices, given?: vscode.Uri): Promise<void> {
  const { course, progress, clock } = services;
  const { lessons } = await course.load();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target =
    given ??
    (await vscode.window.showSaveDialog({
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'inside-llms-progress.md') }),
      filters: { [vscode.l10n.t('Page')]: ['md'], [vscode.l10n.t('Data')]: ['json'] },
      saveLabel: vscode.l10n.t('Export'),
    }));
  if (target === undefined) {
    return;
  }
  const exported = exportedProgress(lessons, progress, clock.now());
  const text = target.path.endsWith('.json') ? `${JSON.stringify(exported, undefined, 2)}\n` : progressPage(exported);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open');
  const answer = vscode.window.showInformationMessage(vscode.l10n.t('Your progress was exported.'), open);
  // Not waited for: the message may stay for long.
  void answer
    .then((chosen) => (chosen === open ? vscode.window.showTextDocument(target) : undefined))
    .then(undefined, (error) => void showFault(services, error));
}
