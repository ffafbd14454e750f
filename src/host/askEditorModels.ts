// VS Code's own language models as what answers. VS Code asks the user before a model is first used; what it refuses is
// told as a fault.

import * as vscode from 'vscode';
import type { GeneratorModel, PromptMessage } from '../shared/askMessages.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { TextEnd } from '../shared/pulledText.ts';

/** Those that other extensions offer; asking for the list asks the user nothing. */
export async function editorModels(): Promise<readonly (GeneratorModel & { readonly window: number })[]> {
  const models = await vscode.lm.selectChatModels().then(
    (found) => found,
    () => [],
  );
  return models.map(({ id, name, vendor, family, maxInputTokens }) => ({
    id,
    label: name,
    detail: `${vendor} · ${family}`,
    state: 'ready',
    window: maxInputTokens,
  }));
}

/**
 * The pieces of an answer.
 *
 * @throws Fault `not-found`, `refused` when the user or the provider says no, `cancelled`
 */
export async function* streamEditor(
  id: string,
  messages: readonly PromptMessage[],
  token: vscode.CancellationToken,
): AsyncGenerator<string, TextEnd, void> {
  const [model] = await vscode.lm.selectChatModels({ id });
  if (model === undefined) {
    throw new Fault('not-found', vscode.l10n.t('The language model is no longer there.'), {
      remedy: vscode.l10n.t('Choose another one.'),
    });
  }
  try {
    const justification = vscode.l10n.t('You asked a question about this workspace in Inside LLMs.');
    const sent = messages.map(({ role, content }) =>
      role === 'assistant'
        ? vscode.LanguageModelChatMessage.Assistant(content)
        : vscode.LanguageModelChatMessage.User(content),
    );
    const response = await model.sendRequest(sent, { justification }, token);
    let said = false;
    for await (const piece of response.text) {
      said ||= piece !== '';
      yield piece;
    }
    if (!said && !token.isCancellationRequested) {
      throw new Fault('bad-input', vscode.l10n.t('{0} answered with nothing.', model.name), {
        remedy: vscode.l10n.t('Ask again, or choose another model.'),
      });
    }
    return { cut: false };
  } catch (error) {
    throw token.isCancellationRequested
      ? new Fault('cancelled', vscode.l10n.t('The answer was stopped.'))
      : editorFault(error, model.name);
  }
}

/** Providers tell of a quota in ways of their own too. */
const QUOTA = /quota|rate.?limit|too many requests/i;

function editorFault(error: unknown, name: string): Fault {
  if (error instanceof Fault) {
    return error;
  }
  const { message } = asFault(error);
  const { code = '', cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  if (code === vscode.LanguageModelError.NoPermissions.name) {
    return new Fault('refused', vscode.l10n.t('{0} may not be used: VS Code was told no.', name), {
      remedy: vscode.l10n.t('Allow it under "Manage Language Model Access", or choose another one.'),
      cause: error,
    });
  }
  if (code === vscode.LanguageModelError.NotFound.name) {
    return new Fault('not-found', vscode.l10n.t('{0} is no longer there.', name), {
      remedy: vscode.l10n.t('Choose another one.'),
      cause: error,
    });
  }
  const told = [message, code, asFault(cause ?? '').message].join(' ');
  if (code === vscode.LanguageModelError.Blocked.name || QUOTA.test(told)) {
    return new Fault(
      'refused',
      vscode.l10n.t('{0} refused the question, or its quota is used up: {1}', name, message),
      {
        remedy: vscode.l10n.t('Wait a while, or choose another one.'),
        cause: error,
      },
    );
  }
  return new Fault('bad-input', vscode.l10n.t('{0} did not answer: {1}', name, message), {
    remedy: vscode.l10n.t('Ask again, or choose another model.'),
    cause: error,
  });
}
