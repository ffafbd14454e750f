// Who answers: the choice that the settings make, the models that there are for it, and where a prompt would go. Looking
// sends nothing.

import * as vscode from 'vscode';
import type { AskGenerator, GeneratorModel, PromptTarget } from '../shared/askMessages.ts';
import { asFault } from '../shared/errors.ts';
import { listModels } from '../shared/modelMessages.ts';
import { editorModels } from './askEditorModels.ts';
import { type AskSettings, askSettingsOf, reachOf } from './askSettings.ts';
import type { SearchIndex } from './searchIndex.ts';
import type { SearchSecrets } from './searchSecrets.ts';

/** What a prompt needs at least, in tokens. */
const LEAST_WINDOW = 256;

/** A generator, and what prompts for it are made by. */
export interface ChosenGenerator {
  readonly shown: AskGenerator;
  readonly target: PromptTarget;
  readonly settings: AskSettings;
}

export function askSettings(): AskSettings {
  const settings = vscode.workspace.getConfiguration();
  return askSettingsOf((key) => settings.get(key));
}

/** What would answer as things stand. */
export async function chosenGenerator(
  index: Pick<SearchIndex, 'compute'>,
  secrets: Pick<SearchSecrets, 'endpointKey'>,
): Promise<ChosenGenerator> {
  const settings = askSettings();
  const { window } = settings;
  const common = { address: '', hasKey: false, models: [], model: '' } as const;
  const target: PromptTarget = { window, systemRole: true };
  switch (settings.generator) {
    case 'none':
      return { settings, target, shown: { ...common, kind: 'none', reach: 'nowhere' } };
    case 'endpoint': {
      const { valid, address, reach } = reachOf(settings.endpoint);
      const hasKey = (await secrets.endpointKey()) !== undefined;
      const problem = valid ? undefined : vscode.l10n.t('"{0}" is no address of an endpoint.', settings.endpoint);
      const shown = { ...common, kind: 'endpoint', address, reach, hasKey, model: settings.model } as const;
      return { settings, target, shown: problem === undefined ? shown : { ...shown, problem } };
    }
    case 'local': {
      const { models, why } = await localModels(index);
      const model = pick(models, settings.model);
      const shown = { ...common, kind: 'local', reach: 'machine', models, model: model?.id ?? '' } as const;
      return model?.state === 'ready'
        ? { settings, target: { local: model.id }, shown }
        : { settings, target, shown: { ...shown, problem: why ?? notHere(model) } };
    }
    case 'editor': {
      const models = await editorModels();
      const model = pick(models, settings.model);
      const shown = { ...common, kind: 'editor', reach: 'editor', models, model: model?.id ?? '' } as const;
      return model === undefined
        ? { settings, target, shown: { ...shown, problem: noEditorModel() } }
        : { settings, target: { window: Math.max(LEAST_WINDOW, model.window), systemRole: false }, shown };
    }
  }
}

function noEditorModel(): string {
  return vscode.l10n.t(
    'VS Code has no language model here. Install an extension that offers one and sign in to it, or choose who else answers.',
  );
}

function notHere(model: GeneratorModel | undefined): string {
  return model === undefined
    ? vscode.l10n.t('There is no local model.')
    : vscode.l10n.t('{0} is not on this machine.', model.label);
}

/** The one that the setting names, else one that is here, else the first. */
function pick<M extends GeneratorModel>(models: readonly M[], name: string): M | undefined {
  return (
    models.find(({ id, label }) => id === name || label === name) ??
    models.find(({ state }) => state === 'ready') ??
    models[0]
  );
}

/** Without any, `why`: then the page still shows passages and prompt. */
async function localModels(
  index: Pick<SearchIndex, 'compute'>,
): Promise<{ readonly models: readonly GeneratorModel[]; readonly why?: string }> {
  try {
    const models = await index.compute(listModels, {});
    return {
      models: models
        .filter(({ task }) => task === 'text-generation')
        .map(({ id, label, source, licence, state }) => ({
          id,
          label,
          detail: `${source} · ${licence}`,
          state: state === 'packed' || state === 'fetched' ? 'ready' : 'missing',
        })),
    };
  } catch (error) {
    return { models: [], why: asFault(error).full };
  }
}
