// Asks which of the three paths the learner takes, and says what each is.

import * as vscode from 'vscode';
import { hoursOf, PATH_IDS, type PathId } from './coursePaths.ts';
import type { CoursePreferences } from './coursePreferences.ts';

/** About how long the whole course takes. */
const ALL_HOURS = 32;

/** @returns whether one was chosen */
export async function choosePath(preferences: CoursePreferences): Promise<boolean> {
  const { path, chosen } = preferences;
  const item = (id: PathId | undefined, label: string, detail: string, hours: number) => {
    const about = vscode.l10n.t('about {0} hours', hours);
    return { label, detail, id, description: chosen && id === path ? vscode.l10n.t('{0} · yours', about) : about };
  };
  const picked = await vscode.window.showQuickPick(
    [
      ...PATH_IDS.map((id) => item(id, pathTitle(id), pathText(id), hoursOf(id))),
      item(undefined, vscode.l10n.t('Everything, in order'), vscode.l10n.t('No lesson is beside the way.'), ALL_HOURS),
    ],
    {
      title: vscode.l10n.t('Which path do you take?'),
      placeHolder: vscode.l10n.t('You can change it at any time; every lesson stays open to you.'),
    },
  );
  if (picked !== undefined) {
    await preferences.setPath(picked.id);
  }
  return picked !== undefined;
}

export function pathTitle(id: PathId): string {
  switch (id) {
    case 'look-inside':
      return vscode.l10n.t('Look inside');
    case 'build-a-gpt':
      return vscode.l10n.t('Build a GPT');
    case 'put-it-to-work':
      return vscode.l10n.t('Put it to work');
  }
}

function pathText(id: PathId): string {
  switch (id) {
    case 'look-inside':
      return vscode.l10n.t('The Overview of every lesson: each idea at work, no code to write.');
    case 'build-a-gpt':
      return vscode.l10n.t('From counting letters to a GPT of your own making, piece by piece.');
    case 'put-it-to-work':
      return vscode.l10n.t('Tokens, vectors and classifiers, then search, RAG and tools on your own files.');
  }
}
