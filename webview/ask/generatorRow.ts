// Who answers, and where a prompt would go: said before anything is sent.

import { html, nothing, type TemplateResult } from 'lit';
import type { AskGenerator, GeneratorKind } from '../../src/shared/askMessages.ts';
import { button, dropdown } from '../elements/controls.ts';
import { t } from '../l10n.ts';

export interface GeneratorActions {
  choose(choice: { readonly generator?: GeneratorKind; readonly model?: string }): void;
  getModel(id: string): void;
  setKey(): void;
  settings(): void;
}

export function generatorRow(generator: AskGenerator, actions: GeneratorActions): TemplateResult {
  const { kind, models, model, problem, hasKey } = generator;
  const missing = models.find(({ id, state }) => id === model && state === 'missing');
  return html`<div class="generator">
    <div class="choice">
      <span aria-hidden="true">${t('Answers')}</span>
      ${dropdown({
        label: t('Answers'),
        value: kind,
        options: [
          { value: 'none', label: t('Nobody: show the prompt') },
          { value: 'local', label: t('A small model on this machine') },
          { value: 'endpoint', label: t('An endpoint (Ollama, vLLM, …)') },
          { value: 'editor', label: t('A language model of VS Code') },
        ],
        onChange: (value) => actions.choose({ generator: value as GeneratorKind }),
      })}
    </div>
    ${
      models.length === 0
        ? nothing
        : html`<div class="choice">
            <span aria-hidden="true">${t('Model')}</span>
            ${dropdown({
              label: t('Model'),
              value: model,
              options: models.map(({ id, label, state }) => ({
                value: id,
                label: state === 'missing' ? t('{0} (not on this machine)', label) : label,
              })),
              onChange: (value) => actions.choose({ model: value }),
            })}
          </div>`
    }
    ${
      kind === 'endpoint'
        ? html`${button({ label: t('Address and model…'), onClick: () => actions.settings() })}
          ${button({ label: hasKey ? t('Change key…') : t('Set key…'), onClick: () => actions.setKey() })}`
        : nothing
    }
    ${missing === undefined ? nothing : button({ label: t('Get it…'), title: missing.detail, onClick: () => actions.getModel(missing.id) })}
    ${problem === undefined ? nothing : html`<p class="problem" role="status">${problem}</p>`}
  </div>`;
}

/** Where the prompt goes when Ask is pressed. */
export function destination({ kind, reach, address, model, models }: AskGenerator): string {
  const name = models.find(({ id }) => id === model)?.label ?? model;
  switch (reach) {
    case 'nowhere':
      return kind === 'none' ? t('Nothing is sent: you see what would be.') : t('Nothing can be sent.');
    case 'machine':
      return kind === 'local' ? t('Stays on this machine.') : t('Goes to {0}, on this machine.', address);
    case 'outside':
      return t('Goes to {0}: question and passages leave this machine.', address);
    case 'clear':
      return t('Goes to {0}, not encrypted: question and passages can be read on the way.', address);
    case 'editor':
      return name === ''
        ? t('Nothing can be sent.')
        : t('Goes to {0} through VS Code: question and passages may leave this machine.', name);
  }
}
