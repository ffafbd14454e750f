// The head of a lesson: where it stands in the course, how long it takes, what it builds on, what one will do.

import { html, nothing, type TemplateResult } from 'lit';
import type { Lesson } from '../../src/shared/lesson.ts';
import { t } from '../l10n.ts';
import { goalList } from './goals.ts';

export function headerView(lesson: Lesson, reached: readonly string[]): TemplateResult {
  const { number, title, part, minutes, needs, youWill, goals } = lesson;
  const done = goals.filter(({ block }) => reached.includes(block)).length;
  return html`<header>
    <p class="eyebrow">${part} · ${t('Lesson {0}', String(number).padStart(2, '0'))}</p>
    <h1 data-place="top">${title}</h1>
    <p class="facts">
      <span>${t('About {0} minutes', minutes)}</span>
      ${
        needs.length === 0
          ? nothing
          : html`<span
              >${t('Builds on')}
              ${needs.map((id, index) => html`${index > 0 ? ', ' : nothing}<a href="lesson:${id}">${words(id)}</a>`)}</span
            >`
      }
      ${goals.length === 0 ? nothing : html`<span class="number">${t('{0} of {1} done', done, goals.length)}</span>`}
    </p>
    ${
      youWill.length === 0 && goals.length === 0
        ? nothing
        : html`<div class="promise">
            ${
              youWill.length === 0
                ? nothing
                : html`<div>
                    <h2>${t('You will')}</h2>
                    <ul>
                      ${youWill.map((text) => html`<li>${text}</li>`)}
                    </ul>
                  </div>`
            }
            ${
              goals.length === 0
                ? nothing
                : html`<div>
                    <h2>${t('To finish it')}</h2>
                    ${goalList(goals, reached)}
                  </div>`
            }
          </div>`
    }
  </header>`;
}

/** A lesson's id as words: `text-to-tokens` gives "Text to tokens". */
function words(id: string): string {
  return (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll('-', ' ');
}
