// Why a hit is there: the words with what each adds, the vectors and the nearest sentences, the sum that made the order,
// and where the chunk begins and ends. Needs {@link whyStyles}.

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { HitReason } from '../../src/shared/searchMessages.ts';
import { formatNumber, t } from '../l10n.ts';

/** Sentences and words that are listed. */
const LISTED = 8;

const number = (value: number, digits = 3) => formatNumber(value, digits);

export function whyView(reason: HitReason): TemplateResult {
  return html`${reason.scanned ? scannedSays() : nothing} ${fusionPart(reason)} ${wordsPart(reason)} ${meaningPart(reason)} ${chunkPart(reason)}`;
}

function scannedSays(): TemplateResult {
  return html`<p>
    ${t('Its file is not in the index yet. It was found by looking through its text for the words; its meaning will count once it is indexed.')}
  </p>`;
}

/** The sum: each part's rank, what it adds, and what comes of it. */
function fusionPart({ fusion, hit }: HitReason): TemplateResult | typeof nothing {
  if (fusion.length === 0) {
    return nothing;
  }
  const sum = fusion.reduce((total, { adds }) => total + adds, 0);
  return html`<h3>${t('Its place')}</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('Part')}</th>
          <th scope="col">${t('Place')}</th>
          <th scope="col">${t('Weight')}</th>
          <th scope="col">${t('Adds')}</th>
        </tr>
      </thead>
      <tbody>
        ${fusion.map(
          ({ part, rank, weight, adds }) => html`<tr>
            <th scope="row">${partName(part)}</th>
            <td>${rank === null ? t('none') : rank}</td>
            <td>× ${number(weight, 2)}</td>
            <td>${number(adds, 5)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="3">${t('Sum')}</th>
          <td data-sum="fusion">${number(sum, 5)}</td>
        </tr>
      </tfoot>
    </table>
    ${addsSays(fusion)}
    ${
      hit.rerank === null
        ? nothing
        : html`<p class="quiet">${t('Then the top hits were put in order anew by a better model: this one came to place {0}.', hit.rerank.rank)}</p>`
    }`;
}

/** What a place is worth, with the constant that the figures show. */
function addsSays(fusion: HitReason['fusion']): TemplateResult | typeof nothing {
  const [first] = fusion.filter(({ rank, adds }) => rank !== null && adds > 0);
  if (first === undefined) {
    return nothing;
  }
  const constant = Math.round(first.weight / first.adds - (first.rank as number));
  return html`<p class="quiet">${t('Each part adds its weight ÷ (place + {0}): high places count most.', constant)}</p>`;
}

function partName(part: string): string {
  const names: Readonly<Record<string, string>> = {
    lexical: t('Words'),
    vector: t('Meaning'),
    static: t('Meaning, small model'),
    minilm: t('Meaning, better model'),
    fused: t('Words and meaning'),
    rerank: t('Put in order anew'),
  };
  return Object.hasOwn(names, part) ? (names[part] as string) : part;
}

function wordsPart({ words, bm25 }: HitReason): TemplateResult {
  const found = words.filter(({ count }) => count > 0);
  const missing = words.filter(({ count }) => count === 0);
  const sorted = [...found].sort((a, b) => b.score - a.score);
  const rest = sorted.slice(LISTED);
  const most = sorted[0]?.score ?? 0;
  return html`<h3>${t('Words')}</h3>
    ${
      found.length === 0
        ? html`<p class="quiet">${t('None of the words is in it.')}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${t('Word')}</th>
                <th scope="col">${t('Here')}</th>
                <th scope="col">${t('In chunks')}</th>
                <th scope="col">${t('Adds')}</th>
              </tr>
            </thead>
            <tbody>
              ${sorted.slice(0, LISTED).map(
                ({ term, count, inChunks, score }) => html`<tr>
                  <th scope="row"><code>${term}</code></th>
                  <td>${count}×</td>
                  <td>${formatNumber(inChunks)}</td>
                  <td>${bar(score / most)} ${number(score)}</td>
                </tr>`,
              )}
              ${
                rest.length === 0
                  ? nothing
                  : html`<tr>
                      <th scope="row" colspan="3">${t('{0} more words', rest.length)}</th>
                      <td>${number(rest.reduce((sum, { score }) => sum + score, 0))}</td>
                    </tr>`
              }
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colspan="3">${t('BM25, the sum')}</th>
                <td data-sum="bm25">${number(bm25.score)}</td>
              </tr>
            </tfoot>
          </table>`
    }
    ${
      missing.length === 0
        ? nothing
        : html`<p class="quiet">${t('Not in it: {0}', missing.map(({ term }) => term).join(', '))}</p>`
    }
    <p class="quiet">
      ${t('A word adds more the fewer of the {0} chunks have it, and less in a longer chunk. This one has {1} words, the mean is {2}.', bm25.chunks, bm25.length, number(bm25.averageLength, 1))}
    </p>`;
}

function meaningPart({ cosines, sentences }: HitReason): TemplateResult {
  return html`<h3>${t('Meaning')}</h3>
    ${
      cosines.length === 0
        ? html`<p class="quiet">${t('This chunk has no vector yet.')}</p>`
        : html`<ul class="plain">
            ${cosines.map(({ model, cosine }) => html`<li>${t('{0}: cosine {1}', model, number(cosine))} ${bar(cosine)}</li>`)}
          </ul>`
    }
    ${
      sentences.length === 0
        ? nothing
        : html`<p>${t('Nearest to what you look for:')}</p>
            <ol class="sentences">
              ${sentences
                .slice(0, 3)
                .map(
                  ({ text, similarity }) =>
                    html`<li><code>${text.trim().slice(0, 300)}</code> <span class="quiet">${number(similarity, 2)}</span></li>`,
                )}
            </ol>`
    }`;
}

/** The lines around the chunk, its own marked at their side, and the chunks before and after. */
function chunkPart({ hit, around, borders }: HitReason): TemplateResult {
  const lines = around.text.split('\n');
  const own = (line: number) => line >= hit.startLine && line <= hit.endLine;
  return html`<h3>${t('Where it was cut')}</h3>
    <p class="quiet">${t('Files are searched in chunks. This one is lines {0} to {1}.', hit.startLine, hit.endLine)}</p>
    <div class="around scroll" tabindex="0" role="group" aria-label=${t('The lines around it')}>
      ${lines.map((text, at) => {
        const line = around.startLine + at;
        const edge = line === hit.startLine ? ' first' : line === hit.endLine ? ' last' : '';
        return html`<div class=${own(line) ? `around-line own${edge}` : 'around-line'}>
          <span class="at">${line}</span><code>${text}</code>
        </div>`;
      })}
    </div>
    ${
      borders.length < 2
        ? nothing
        : html`<ul class="plain borders">
            ${borders.map(
              ({ startLine, endLine, names, own: mine }) => html`<li aria-current=${mine ? 'true' : nothing}>
                ${t('Lines {0}–{1}', startLine, endLine)} ${names.join(' › ')} ${mine ? html`<b>${t('(this one)')}</b>` : nothing}
              </li>`,
            )}
          </ul>`
    }`;
}

/** How much of the most: for the eye only, the number stands beside it. */
function bar(share: number): TemplateResult {
  return html`<span class="bar" aria-hidden="true"
    ><span ${ref((element) => element && widen(element as HTMLElement, share))}></span
  ></span>`;
}

function widen(element: HTMLElement, share: number): void {
  element.style.width = `${(100 * Math.max(0, Math.min(1, share))).toFixed(0)}%`;
}
