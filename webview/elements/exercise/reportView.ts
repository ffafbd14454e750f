// What a check came to: the sentence that helps, the smallest input on which it shows, what should have come beside what
// came, and where. Of the code that was checked: what is stale is dimmed, and said to
// be; while it is checked again, it is dimmed.

import { html, nothing, type TemplateResult } from 'lit';
import type { CheckReport, CodePlace, Diagnosis, PartReport } from '../../../src/shared/exercise.ts';
import type { ExerciseStanding } from '../../../src/shared/exerciseMessages.ts';
import { t } from '../../l10n.ts';
import { button } from '../controls.ts';
import { checkIcon, circleIcon, warningIcon } from '../icons.ts';
import { outputView } from '../run/outputView.ts';
import { type Stretch, stretchAt, stretchesApart } from './markAt.ts';

/** Needs `reportStyles` and `outputStyles`. */
export function reportView(
  standing: ExerciseStanding,
  report: CheckReport,
  onPlace: (place: CodePlace) => void,
): TemplateResult {
  const { diagnosis, parts, output } = report;
  const stale = standing.stale === true;
  return html`<div class="report ${stale || standing.checking ? 'stale' : ''}">
    ${stale ? html`<p class="small said-stale"><strong>${t('Of an older text:')}</strong> ${t('your file has changed since this check.')}</p>` : nothing}
    <div>
      ${diagnosis === undefined ? passed(report) : failed(diagnosis, onPlace)} ${standIns(standing.standIns)}
    </div>
    ${parts.length === 0 ? nothing : partsView(parts)} ${diagnosis === undefined ? nothing : evidence(diagnosis)}
    ${
      output.length === 0
        ? nothing
        : html`<details class="printed">
            <summary>${output.length === 1 ? t('It printed one line') : t('It printed {0} lines', output.length)}</summary>
            ${outputView(output)}
          </details>`
    }
  </div>`;
}

function passed({ cases, milliseconds }: CheckReport): TemplateResult {
  return html`<p class="verdict good">
    ${checkIcon}
    <span><strong>${t('It passes.')}</strong> ${t('{0} inputs were tried in {1} ms.', cases, Math.round(milliseconds))}</span>
  </p>`;
}

function failed({ message, place, stack = [] }: Diagnosis, onPlace: (place: CodePlace) => void): TemplateResult {
  const places = stack.length > 0 ? stack : place === undefined ? [] : [place];
  return html`<p class="verdict bad">
      ${warningIcon}
      <span><span class="sr">${t('Not yet:')}</span> ${message}</span>
    </p>
    ${
      places.length === 0
        ? nothing
        : html`<p class="places small">
            ${t('In your code:')}
            ${places.slice(0, 4).map((one) =>
              button({
                label: t('{0}, line {1}', one.file.split('/').at(-1) ?? one.file, one.line),
                onClick: () => onPlace(one),
              }),
            )}
          </p>`
    }`;
}

/** What was borrowed, visibly: it is not the learner's own that was built on. */
function standIns(titles: readonly string[]): TemplateResult | typeof nothing {
  return titles.length === 0
    ? nothing
    : html`<p class="small stand-ins">
        ${t('The course’s own solution stood in for yours, which doesn’t pass yet: {0}.', titles.join(', '))}
      </p>`;
}

function partsView(parts: readonly PartReport[]): TemplateResult {
  return html`<ul class="parts small" aria-label=${t('Parts of it')}>
    ${parts.map(
      ({ title, passed: right }) => html`<li class=${right ? 'right' : ''}>
        ${right ? checkIcon : circleIcon}<span class="sr">${right ? t('Right:') : t('Not yet:')}</span><span>${title}</span>
      </li>`,
    )}
  </ul>`;
}

function evidence({ input = [], expected, actual, at = '' }: Diagnosis): TemplateResult | typeof nothing {
  if (input.length === 0 && expected === undefined && actual === undefined) {
    return nothing;
  }
  const [right, came] = marked(expected, actual, at);
  return html`<div class="evidence">
    ${
      input.length === 0
        ? nothing
        : html`<h4>${t('The smallest input on which it shows')}</h4>
            <dl class="input">
              ${input.map(({ name, text }) => html`<div><dt><code>${name}</code></dt><dd>${value(text, name)}</dd></div>`)}
            </dl>`
    }
    ${
      expected === undefined && actual === undefined
        ? nothing
        : html`<div class="sides">
            ${side(t('Expected'), expected, right)} ${side(t('Yours'), actual, came)}
          </div>
          ${at === '' ? nothing : html`<p class="small quiet">${t('The first difference is at')} <code>${at}</code>.</p>`}`
    }
  </div>`;
}

function marked(
  expected: string | undefined,
  actual: string | undefined,
  at: string,
): readonly [Stretch | undefined, Stretch | undefined] {
  if (expected === undefined || actual === undefined) {
    return [undefined, undefined];
  }
  const [right, came] = [stretchAt(expected, at), stretchAt(actual, at)];
  const apart = right === undefined && came === undefined ? stretchesApart(expected, actual) : undefined;
  return apart ?? [right, came];
}

function side(title: string, text: string | undefined, mark: Stretch | undefined): TemplateResult | typeof nothing {
  return text === undefined
    ? nothing
    : html`<div>
        <h4>${title}</h4>
        ${value(text, title, mark)}
      </div>`;
}

/** A mark over the whole text would tell nothing. */
function value(text: string, label: string, mark?: Stretch): TemplateResult {
  const shown =
    mark === undefined || mark.end <= mark.start || mark.end - mark.start === text.length
      ? text
      : html`${text.slice(0, mark.start)}<mark>${text.slice(mark.start, mark.end)}</mark>${text.slice(mark.end)}`;
  return html`<pre class="shown-code scroll" tabindex="0" role="group" aria-label=${label}>${shown}</pre>`;
}
