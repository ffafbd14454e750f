// Where the extension starts: makes its parts, registers them, gives them back. No work is done here.

import * as vscode from 'vscode';
import { registerCommands } from './host/commands.ts';
import { createParts, type ExtensionParts } from './host/extensionParts.ts';
import {
  ASK_PANEL,
  COURSE_SCHEME,
  EMBEDDINGS_PANEL,
  HEALTH_PANEL,
  LESSON_PANEL,
  REPORT_SCHEME,
  STEPS_PANEL,
  TENSOR_PANEL,
  TOKENS_PANEL,
  TRAINING_PANEL,
} from './host/ids.ts';
import { SOURCE_SCHEME } from './host/sources.ts';

/** @returns the parts when the test suites run, else nothing: the extension has no API. */
export function activate(context: vscode.ExtensionContext): ExtensionParts | undefined {
  const parts = createParts(context);
  const { disposables } = parts.services;
  context.subscriptions.push(disposables);
  registerCommands(parts);
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(SOURCE_SCHEME, parts.sources));
  disposables.add(
    vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, {
      provideTextDocumentContent: async (uri) => (await parts.search()).evaluation.provideTextDocumentContent(uri),
    }),
  );
  disposables.add(
    vscode.workspace.registerTextDocumentContentProvider(COURSE_SCHEME, {
      provideTextDocumentContent: async (uri) => (await parts.exercises()).documents.provideTextDocumentContent(uri),
    }),
  );
  const restored = (type: string, restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>) =>
    disposables.add(vscode.window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel: restore }));
  restored(LESSON_PANEL, async (panel) => (await parts.lessonPanel()).restore(panel));
  restored(TENSOR_PANEL, async (panel, state) => (await parts.tensorPanel()).restore(panel, state));
  restored(TOKENS_PANEL, async (panel, state) => (await parts.tokens()).restore(panel, state));
  restored(TRAINING_PANEL, async (panel) => (await parts.trainingPanel()).restore(panel));
  restored(HEALTH_PANEL, async (panel) => (await parts.search()).restoreHealth(panel));
  restored(EMBEDDINGS_PANEL, async (panel) => (await parts.embeddings()).attach(panel));
  restored(STEPS_PANEL, async (panel) => (await parts.steps()).restore(panel));
  restored(ASK_PANEL, async (panel) => (await parts.ask()).attach(panel));
  return context.extensionMode === vscode.ExtensionMode.Test ? parts : undefined;
}
