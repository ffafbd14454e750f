// Fetching a model: asked first, by name, size and source; then with progress, and it can be cancelled. The only thing
// of ours that uses the network, and only after a yes.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { Calls } from '../shared/messages.ts';
import { fetchModel, listModels, type ModelInfo } from '../shared/modelMessages.ts';

/** @returns whether it is there now. @throws Fault where it can't be had */
export async function getModel(worker: Calls, id: string | undefined): Promise<boolean> {
  const models = await worker.request(listModels, {});
  const model = id === undefined ? await pickModel(models) : models.find((one) => one.id === id || one.label === id);
  if (model === undefined) {
    if (id === undefined) {
      return false;
    }
    throw new Fault('not-found', vscode.l10n.t('No model is called {0}.', id));
  }
  if (model.state === 'packed' || model.state === 'fetched') {
    return true;
  }
  const yes = vscode.l10n.t('Download');
  const asked = vscode.l10n.t('Download {0} ({1})?', model.label, sizeOf(model));
  if ((await vscode.window.showInformationMessage(asked, { modal: true, detail: detailOf(model) }, yes)) !== yes) {
    return false;
  }
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Downloading {0}', model.label),
      cancellable: true,
    },
    async (progress, token) => {
      let last = 0;
      await worker.request(
        fetchModel,
        { model: model.id },
        {
          token,
          onProgress: ({ done, total }) => {
            const percent = total === undefined || total === 0 ? 0 : Math.floor((100 * done) / total);
            progress.report({ increment: percent - last, message: megabytes(done, total) });
            last = percent;
          },
        },
      );
    },
  );
  return true;
}

async function pickModel(models: readonly ModelInfo[]): Promise<ModelInfo | undefined> {
  const items = models.map((model) => ({
    label: model.label,
    description: sizeOf(model),
    detail: `${stateOf(model)} ${model.source} · ${model.licence}`,
    model,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Models'),
    placeHolder: vscode.l10n.t('Which one? You are asked once more before anything is downloaded.'),
  });
  return picked?.model;
}

function stateOf({ state }: ModelInfo): string {
  switch (state) {
    case 'packed':
    case 'fetched':
      return vscode.l10n.t('On this machine.');
    case 'partial':
      return vscode.l10n.t('Half downloaded.');
    case 'broken':
      return vscode.l10n.t('Broken: it is not what it should be.');
    case 'missing':
      return vscode.l10n.t('Not on this machine.');
  }
}

function detailOf({ source, licence, state }: ModelInfo): string {
  const lines = [
    vscode.l10n.t('From: {0}', source),
    vscode.l10n.t('Licence: {0}', licence),
    vscode.l10n.t('It is checked against its SHA-256 and kept on this machine. Nothing of yours is sent.'),
  ];
  return (
    state === 'partial' ? [...lines, vscode.l10n.t('What was half downloaded goes on where it stopped.')] : lines
  ).join('\n');
}

function sizeOf({ bytes }: ModelInfo): string {
  return bytes === undefined ? vscode.l10n.t('size not known before') : megabytes(bytes);
}

function megabytes(bytes: number, total?: number): string {
  const said = (value: number) => (value / 1e6).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 });
  return total === undefined
    ? vscode.l10n.t('{0} MB', said(bytes))
    : vscode.l10n.t('{0} of {1} MB', said(bytes), said(total));
}
