// Fetching a model: asked first, by name, size, source and licence; then with progress, and it can be cancelled. The
// only thing of ours that uses the network, and only after a yes. Removing one is here too.

import * as vscode from 'vscode';
import { Fault } from '../shared/errors.ts';
import type { Calls } from '../shared/messages.ts';
import {
  describeModel,
  fetchModel,
  listModels,
  type ModelDescription,
  type ModelInfo,
  removeModel,
} from '../shared/modelMessages.ts';

/** A name on the hub: owner/name. */
const HUB_NAME = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/** @returns whether it is there now. @throws Fault where it can't be had */
export async function getModel(worker: Calls, id: string | undefined): Promise<boolean> {
  const models = await worker.request(listModels, {});
  const model = id === undefined ? await pickModel(models) : models.find((one) => one.id === id || one.label === id);
  if (model === undefined && (id === undefined || !HUB_NAME.test(id))) {
    if (id === undefined) {
      return false;
    }
    throw new Fault('not-found', vscode.l10n.t('No model is called {0}.', id));
  }
  if (model !== undefined && isThere(model)) {
    return id !== undefined || !(await offerRemoval(worker, model));
  }
  const described = await describe(worker, model ?? { id: id as string, label: id as string });
  if (described === undefined) {
    return false;
  }
  if (isThere(described)) {
    return true;
  }
  const yes = vscode.l10n.t('Download');
  const asked = vscode.l10n.t('Download {0} ({1})?', described.label, megabytes(described.bytes));
  const detail = detailOf(described);
  if ((await vscode.window.showInformationMessage(asked, { modal: true, detail }, yes)) !== yes) {
    return false;
  }
  await download(worker, described);
  return true;
}

/** What the download would be. Where only the hub knows, that is a use of the network: undefined after a no. */
async function describe(
  worker: Calls,
  { id, label, bytes }: Pick<ModelInfo, 'id' | 'label' | 'bytes'>,
): Promise<ModelDescription | undefined> {
  const request = async (token?: vscode.CancellationToken) =>
    worker.request(describeModel, { model: id }, { ...(token && { token }) });
  if (bytes !== undefined) {
    return request();
  }
  const yes = vscode.l10n.t('Ask');
  const asked = vscode.l10n.t('{0} is not on this machine. Ask the model hub how large it is?', label);
  const detail = vscode.l10n.t('Only its name is sent. You are asked once more before it is downloaded.');
  if ((await vscode.window.showInformationMessage(asked, { modal: true, detail }, yes)) !== yes) {
    return undefined;
  }
  const title = vscode.l10n.t('Asking the model hub about {0}', label);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_progress, token) => request(token));
}

async function download(worker: Calls, { id, label, revision }: ModelDescription): Promise<void> {
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Downloading {0}', label),
      cancellable: true,
    },
    async (progress, token) => {
      let last = 0;
      await worker.request(
        fetchModel,
        { model: id, revision },
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
}

/** @returns whether it was removed */
async function offerRemoval(worker: Calls, { id, label, state, bytes }: ModelInfo): Promise<boolean> {
  if (state === 'packed') {
    await vscode.window.showInformationMessage(vscode.l10n.t('{0} came with the extension.', label));
    return false;
  }
  const remove = vscode.l10n.t('Remove');
  const asked = vscode.l10n.t('{0} is on this machine. Remove it?', label);
  const detail = vscode.l10n.t('That frees {0}. It can be downloaded again.', megabytes(bytes ?? 0));
  if ((await vscode.window.showInformationMessage(asked, { modal: true, detail }, remove)) !== remove) {
    return false;
  }
  await worker.request(removeModel, { model: id });
  return true;
}

function isThere({ state }: ModelInfo): boolean {
  return state === 'packed' || state === 'fetched';
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

function detailOf({ source, licence, state, files, folder, mirror }: ModelDescription): string {
  const lines = [
    mirror === undefined
      ? vscode.l10n.t('From: {0}', source)
      : vscode.l10n.t('From: {0}, by the mirror {1}', source, mirror),
    vscode.l10n.t('Licence: {0}', licence),
    files === 1 ? vscode.l10n.t('Files: 1') : vscode.l10n.t('Files: {0}', files),
    vscode.l10n.t('Kept in: {0}', folder),
    vscode.l10n.t('Each file is checked against its hash. Nothing of yours is sent.'),
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
