// The table of contents: beside the text where there is room, else folded above it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Lesson } from '../../src/shared/lesson.ts';
import { t } from '../l10n.ts';

export function contentsView(
  lesson: Lesson,
  current: string | undefined,
  open: boolean,
  onToggle: (open: boolean) => void,
): TemplateResult {
  const entry = (id: string, title: string) =>
    html`<a href="#${id}" aria-current=${id === current ? 'location' : nothing}>${title}</a>`;
  return html`<nav aria-label=${t('Contents')}>
    <details ?open=${open} @toggle=${(event: Event) => onToggle((event.target as HTMLDetailsElement).open)}>
      <summary>${t('Contents')}</summary>
      <p class="side-title" aria-hidden="true">${t('In this lesson')}</p>
      <ol>
        ${lesson.sections.map(
          (section) => html`<li>
            ${entry(section.id, section.title)}
            ${
              section.headings.length === 0
                ? nothing
                : html`<ol>
                    ${section.headings.map(({ id, title }) => html`<li>${entry(id, title)}</li>`)}
                  </ol>`
            }
          </li>`,
        )}
      </ol>
    </details>
  </nav>`;
}
