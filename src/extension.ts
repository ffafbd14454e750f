// Where the extension starts: makes its parts, registers them, gives them back. No work is done here.

import * as vscode from 'vscode';
import { registerCommands } from './host/commands.ts';
import { createParts, type ExtensionParts } from './host/extensionParts.ts';
import { LESSON_PANEL, TENSOR_PANEL, TOKENS_PANEL, TRAINING_PANEL } from './host/ids.ts';
import { SOURCE_SCHEME } from './host/sources.ts';

/** @returns the parts when the test suites run, else nothing: the extension has no API. */
export function activate(context: vscode.ExtensionContext): ExtensionParts | undefined {
  const parts = createParts(context);
  const { disposables } = parts.services;
  context.subscriptions.push(disposables);
  registerCommands(parts);
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(SOURCE_SCHEME, parts.sources));
  disposables.add(
    vscode.window.registerWebviewPanelSerializer(LESSON_PANEL, {
      deserializeWebviewPanel: async (panel) => (await parts.lessonPanel()).restore(panel),
    }),
  );
  disposables.add(
    vscode.window.registerWebviewPanelSerializer(TENSOR_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await parts.tensorPanel()).restore(panel, state),
    }),
  );
  disposables.add(
    vscode.window.registerWebviewPanelSerializer(TOKENS_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await parts.tokens()).restore(panel, state),
    }),
  );
  disposables.add(
    vscode.window.registerWebviewPanelSerializer(TRAINING_PANEL, {
      deserializeWebviewPanel: async (panel) => (await parts.trainingPanel()).restore(panel),
    }),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? parts : undefined;
}
