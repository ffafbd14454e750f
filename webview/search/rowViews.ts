// The rows of the tree of results: a file, and a hit in it with its best line, its place and its score.

import { html, type TemplateResult } from 'lit';
import { bestLine, hitLines } from '../../src/shared/searchHits.ts';
import type { SearchHit } from '../../src/shared/searchMessages.ts';
import { chevronDownIcon, chevronRightIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import type { Row } from './groups.ts';
import { besideIcon, similarIcon, whyIcon } from './icons.ts';
import { languageBadge } from './languageBadge.ts';
import { marked, shortened } from './marked.ts';
import type { TreeActions } from './resultsTree.ts';
import { scoreBar } from './scoreBar.ts';
import { sharesOf } from './shares.ts';

/** Lines of the hit that has the keyboard. */
const PREVIEW_LINES = 6;

export interface FileLook {
  /** 0 for the row that Tab comes to, else -1. */
  readonly stop: number;
  readonly open: boolean;
  /** From 1, among `of` files. */
  readonly place: number;
  readonly of: number;
  /** The workspace folder's name, where there are several. */
  readonly root: string | undefined;
  readonly onClick: () => void;
}

export function fileRowView({ id, group }: Row, { stop, open, place, of, root, onClick }: FileLook): TemplateResult {
  const folder = [root, group.folder].filter((part) => part).join('/');
  const count = group.hits.length;
  return html`<div
    role="treeitem"
    class="file"
    data-row=${id}
    aria-level="1"
    aria-expanded=${String(open)}
    aria-posinset=${place}
    aria-setsize=${of}
    tabindex=${stop}
    title=${group.path}
    @click=${onClick}
  >
    <span class="twisty">${open ? chevronDownIcon : chevronRightIcon}</span>
    ${languageBadge(group.language)}
    <span class="name">${group.name}</span>
    <span class="folder">${folder}</span>
    <span class="count" aria-hidden="true">${count}</span>
    <span class="sr">${group.language}, ${count === 1 ? t('1 result') : t('{0} results', count)}</span>
  </div>`;
}

export interface HitLook {
  readonly stop: number;
  /** Why it is there is shown below. */
  readonly open: boolean;
  /** The best sum of all hits. */
  readonly best: number;
  readonly actions: TreeActions;
  readonly onClick: (event: MouseEvent, hit: SearchHit, id: string) => void;
}

export function hitRowView(
  { id, group }: Row,
  hit: SearchHit,
  { stop, open, best, actions, onClick }: HitLook,
): TemplateResult {
  const line = bestLine(hit);
  const short = shortened(line.text, line.marks);
  const shares = sharesOf(hit, best);
  const trail = hit.names.join(' › ');
  const { startLine, endLine } = hit;
  const lines = startLine === endLine ? formatNumber(startLine) : `${formatNumber(startLine)}–${formatNumber(endLine)}`;
  const percent = (share: number) => Math.round(100 * share);
  return html`<div
    role="treeitem"
    class="hit"
    data-row=${id}
    aria-level="2"
    aria-expanded=${String(open)}
    aria-posinset=${group.hits.indexOf(hit) + 1}
    aria-setsize=${group.hits.length}
    tabindex=${stop}
    @click=${(event: MouseEvent) => onClick(event, hit, id)}
    @dblclick=${() => actions.open(hit, {})}
    @pointerenter=${placePreview}
  >
    <div class="line"><code class="text">${marked(short.text, short.marks)}</code></div>
    <div class="preview" aria-hidden="true">${preview(hit, line.line)}</div>
    <div class="about">
      <span class="trail" title=${trail}>${trail}</span>
      <span class="lines"><span class="sr">${startLine === endLine ? t('line') : t('lines')} </span>${lines}</span>
      ${scoreBar(shares, hit)}
      <span class="sr">${t('words {0}%, meaning {1}%', percent(shares.lexical), percent(shares.vector))}</span>
      ${tools(hit, open, actions)}
    </div>
  </div>`;
}

/** Where the preview has no room below its row, it stands above. */
function placePreview(event: PointerEvent): void {
  const row = event.currentTarget as HTMLElement;
  const preview = row.querySelector<HTMLElement>('.preview');
  const { top, bottom } = row.getBoundingClientRect();
  const height = preview?.offsetHeight ?? 0;
  row.toggleAttribute('data-above', bottom + height > window.innerHeight && top > height);
}

/** For the mouse alone: the keyboard has its own ways, and what opens in place has all of them as buttons. */
function tools(hit: SearchHit, open: boolean, actions: TreeActions): TemplateResult {
  const tool = (label: string, icon: TemplateResult, act: () => void) =>
    html`<button class="tool" type="button" tabindex="-1" title=${label} data-tool=${label} @click=${act}>${icon}</button>`;
  return html`<span class="tools" aria-hidden="true">
    ${tool(t('Why this hit'), whyIcon, () => actions.why(open ? undefined : hit))}
    ${tool(t('Open to the side'), besideIcon, () => actions.open(hit, { beside: true }))}
    ${tool(t('Find similar'), similarIcon, () => actions.similar(hit))}
  </span>`;
}

/** Lines with a match are shown whole where there is no room for them, the others as far as there is. */
function preview(hit: SearchHit, around: number): TemplateResult[] {
  const lines = hitLines(hit);
  const at = Math.max(0, Math.min(lines.length - PREVIEW_LINES, around - hit.startLine - 1));
  return lines.slice(at, at + PREVIEW_LINES).map(
    ({ line, text, marks }) =>
      html`<div class=${marks.length > 0 ? 'preview-line matched' : 'preview-line'}>
          <span class="at">${formatNumber(line)}</span><code>${marked(text, marks)}</code>
        </div>`,
  );
}
