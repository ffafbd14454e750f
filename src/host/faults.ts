// How an error is shown: what is wrong, what to do, and the way to the log. A cancelled call is not an error.

import * as vscode from 'vscode';
import { asFault } from '../shared/errors.ts';
import type { HostServices } from './services.ts';

/** Shows `error` to the user and logs it whole. Resolves when the message is answered or gone. */
export async function showFault({ log }: Pick<HostServices, 'log'>, error: unknown): Promise<void> {
  const fault = asFault(error);
  if (fault.code === 'cancelled') {
    return;
  }
  logFault({ log }, fault);
  const showLog = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(fault.full, showLog);
  if (answer === showLog) {
    log.show(true);
  }
}

/** Writes `error` to the log with its code, its place and its causes. */
export function logFault({ log }: Pick<HostServices, 'log'>, error: unknown): void {
  const fault = asFault(error);
  const where = fault.where ? ` (${fault.where})` : '';
  log.error(`[${fault.code}] ${fault.full}${where}`);
  for (let cause = fault.cause; cause instanceof Error; cause = cause.cause) {
    log.error(cause.stack ?? cause.message);
  }
}
