// What the learner does to have done the lesson, and what of it is left.

import { html, type TemplateResult } from 'lit';
import type { Goal } from '../../src/shared/lesson.ts';
import { checkIcon, circleIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';

/** The list alone: check marks, and links to the blocks. */
export function goalList(goals: readonly Goal[], reached: readonly string[]): TemplateResult {
  return html`<ul class="goals">
    ${goals.map(({ block, text }) => {
      const done = reached.includes(block);
      return html`<li class=${done ? 'reached' : ''}>
        ${done ? checkIcon : circleIcon}<span class="sr">${done ? t('Done:') : t('To do:')}</span>
        <a href="#block-${block}">${text}</a>
      </li>`;
    })}
  </ul>`;
}

/** The lesson's end: done, or what is left. */
export function goalsView(goals: readonly Goal[], reached: readonly string[]): TemplateResult {
  const left = goals.filter(({ block }) => !reached.includes(block));
  return html`<h2 id="goals-left">${left.length === 0 ? t('You have done this lesson') : left.length === 1 ? t('One thing left to do') : t('{0} things left to do', left.length)}</h2>
    ${goalList(goals, reached)}`;
}
