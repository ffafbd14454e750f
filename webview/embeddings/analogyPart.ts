// a - b + c: "a is to b as the answer is to c". The answer with and without the inputs, and plain words on when it fails.

import { html, nothing, type TemplateResult } from 'lit';
import type { Analogy, AnalogyAnswer } from '../../src/shared/embeddingMessages.ts';
import { button, dropdown, textField } from '../elements/controls.ts';
import { withPlaces } from '../elements/tensor/numberText.ts';
import { formatNumber, t } from '../l10n.ts';
import { beginning, placeText } from './places.ts';

export const AMONG = ['words', 'items', 'index'] as const;
export type Among = (typeof AMONG)[number];

export interface AnalogyInput {
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly among: Among;
}
export const firstAnalogy: AnalogyInput = { a: 'king', b: 'man', c: 'woman', among: 'words' };

export interface AnalogyPart {
  readonly input: AnalogyInput;
  /** What can be searched. */
  readonly can: readonly Among[];
  readonly answer: Analogy | undefined;
  readonly onInput: (changed: Partial<AnalogyInput>) => void;
  readonly onAsk: () => void;
}

export function analogyPart({ input, can, answer, onInput, onAsk }: AnalogyPart): TemplateResult {
  const filled = [input.a, input.b, input.c].every((text) => text.trim() !== '');
  const field = (key: 'a' | 'b' | 'c', label: string) =>
    textField({ label, value: input[key], onInput: (value) => onInput({ [key]: value }) });
  return html`<p class="small">
      ${t('Take a, take away b, add c: what is nearest to the sum? If one direction in the space meant one thing, “king − man + woman” would be near “queen”.')}
    </p>
    <form
      class="analogy"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && filled) {
          event.preventDefault();
          onAsk();
        }
      }}
    >
      ${field('a', 'a')}<span class="sign">−</span>${field('b', 'b')}<span class="sign">+</span>${field('c', 'c')}
      <label class="among"
        ><span>${t('among')}</span>
        ${dropdown({
          label: t('among'),
          value: input.among,
          options: AMONG.map((value) => ({ value, label: amongName(value), disabled: !can.includes(value) })),
          onChange: (value) => onInput({ among: value as Among }),
        })}</label
      >
      ${button({ label: t('Find'), primary: true, disabled: !filled || !can.includes(input.among), onClick: onAsk })}
    </form>
    ${answer === undefined ? nothing : answers(answer)}`;
}

function amongName(among: Among): string {
  switch (among) {
    case 'words':
      return t('words that the model knows');
    case 'items':
      return t('the texts above');
    case 'index':
      return t('the indexed files');
  }
}

function verdictText(verdict: Analogy['verdict']): string {
  switch (verdict) {
    case 'holds':
      return t('It holds.');
    case 'weak':
      return t('It hardly holds.');
    case 'unknown-input':
      return t('It can’t be asked.');
    default:
      return t('It fails.');
  }
}

function answers(answer: Analogy): TemplateResult {
  const { cosines, length, margin, searched } = answer;
  const holds = answer.verdict === 'holds';
  const cosine = (label: string, value: number) => html`<div><dt>${label}</dt><dd>${withPlaces(value, 3)}</dd></div>`;
  return html`<p class="note ${holds ? 'good' : ''}" role="status">
      <b>${verdictText(answer.verdict)}</b> ${answer.said}
    </p>
    <div class="beside">
      ${list(t('Nearest, the inputs left out'), answer.withoutInputs)}
      ${list(t('Nearest, the inputs among them'), answer.withInputs)}
    </div>
    <p class="caption">
      ${t('Most demonstrations leave the inputs out without saying so: the sum is often nearest to what went into it. Searched were {0}.', formatNumber(searched))}
    </p>
    <dl class="figures">
      ${cosine('cos(a, b)', cosines.ab)}${cosine('cos(a, c)', cosines.ac)}${cosine('cos(b, c)', cosines.bc)}
      ${cosine(t('cos(a, sum)'), cosines.a)}${cosine(t('cos(b, sum)'), cosines.b)}${cosine(t('cos(c, sum)'), cosines.c)}
      ${cosine(t('length of the sum'), length)}${cosine(t('ahead of the second by'), margin)}
    </dl>`;
}

function list(heading: string, found: readonly AnalogyAnswer[]): TemplateResult {
  return html`<div>
    <h3>${heading}</h3>
    <ol class="near">
      ${found.map(
        ({ text, cosine, input, place }) => html`<li>
          <span class="cosine number">${withPlaces(cosine, 3)}</span>
          <span class="name">${place === undefined ? beginning(text) : placeText(place)}</span>
          ${input === undefined ? nothing : html`<span class="badge">${t('input {0}', input)}</span>`}
        </li>`,
      )}
    </ol>
  </div>`;
}
