// The third part of the page: the vocabularies as they grow, side by side, and what can be done with them.

import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import type { Line } from '../elements/plot/series.ts';
import { visiblePiece } from '../elements/visibleText.ts';
import { formatNumber, t } from '../l10n.ts';
import type { TrainingCourse } from './course.ts';
import { kindName, phaseName } from './kinds.ts';
import '../elements/plot/plotView.ts';

/** One training beside the others. */
export function courseCard(course: TrainingCourse, onSave: (course: TrainingCourse) => void): TemplateResult {
  const { figures, state } = course;
  const perToken = figures?.tokens ? figures.bytes / figures.tokens : undefined;
  const heading = `kind-${course.kind}`;
  return html`<article class="card" aria-labelledby=${heading}>
    <h3 id=${heading}>${kindName(course.kind)}</h3>
    <progress
      max=${figures?.total || 1}
      .value=${state === 'over' ? figures?.total || 1 : (figures?.done ?? 0)}
      aria-label=${t('{0}: progress', kindName(course.kind))}
    ></progress>
    <p class="small quiet">${said(course)}</p>
    <dl>
      <div>
        <dt>${t('Pieces')}</dt>
        <dd class="number">${formatNumber(figures?.vocabulary ?? 0)}</dd>
      </div>
      <div>
        <dt>${t('Tokens for your text')}</dt>
        <dd class="number">${figures?.tokens === undefined ? '–' : formatNumber(figures.tokens)}</dd>
      </div>
      <div>
        <dt>${t('Bytes per token')}</dt>
        <dd class="number">${perToken === undefined ? '–' : formatNumber(perToken, 2)}</dd>
      </div>
    </dl>
    <p class="small quiet">${course.kind === 'unigram' ? t('Likeliest pieces of three characters or more') : t('Newest pieces')}</p>
    <ol class="pieces">
      ${course.newest.toReversed().map((piece) => html`<li>${visiblePiece(piece)}</li>`)}
    </ol>
    ${course.fault === undefined ? nothing : faultView(course.fault)}
    ${state === 'over' ? button({ label: t('Save as tokenizer.json…'), onClick: () => onSave(course) }) : nothing}
  </article>`;
}

function said({ state, figures, early }: TrainingCourse): string {
  switch (state) {
    case 'over':
      return early === undefined ? t('Done.') : t('Done early: {0}', early);
    case 'stopped':
      return t('Stopped.');
    case 'failed':
      return t('It could not go on.');
    case 'paused':
      return t('Resting.');
    case 'running':
      return figures === undefined ? t('Beginning…') : `${phaseName(figures.phase)}…`;
  }
}

/** Bytes per token over the size of the vocabulary, a line a training. */
export function compressionPlot(courses: readonly TrainingCourse[]): TemplateResult {
  const lines: readonly Line[] = courses
    .filter(({ points }) => points.length > 0)
    .map(({ kind, points }) => ({
      id: kind,
      label: kindName(kind),
      // A plot reads from small to large. Of two at one size the newer one, as the text is cut in the end, counts.
      points: [...new Map(points)].sort(([a], [b]) => a - b),
    }));
  return html`<plot-view
    .lines=${lines}
    .xLabel=${t('pieces in the vocabulary')}
    .yLabel=${t('bytes per token')}
    .label=${t('Compression against the size of the vocabulary')}
  ></plot-view>`;
}
