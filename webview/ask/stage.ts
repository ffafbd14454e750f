// One stage between question and answer: its number, its name, what it came to in a few words, and its working inside.

import { html, nothing, type TemplateResult } from 'lit';

export const STAGES = ['tokens', 'vector', 'passages', 'prompt', 'answer'] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  readonly name: StageName;
  readonly title: string;
  /** What it came to. */
  readonly outcome: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly body: TemplateResult | typeof nothing;
}

export function stage({ name, title, outcome, open, onToggle, body }: Stage): TemplateResult {
  return html`<details
    class="stage"
    data-stage=${name}
    .open=${open}
    @toggle=${(event: Event) => {
      const details = event.currentTarget as HTMLDetailsElement;
      if (details.open !== open) {
        onToggle(details.open);
      }
    }}
  >
    <summary>
      <span class="place" aria-hidden="true">${STAGES.indexOf(name) + 1}</span>
      <h2>${title}</h2>
      <span class="outcome">${outcome}</span>
    </summary>
    <div class="inside">${open ? body : nothing}</div>
  </details>`;
}
