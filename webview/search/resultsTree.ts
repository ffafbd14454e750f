// The hits as a tree: files, in each its hits, and below a hit why it is there. One row has the keyboard at a time.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Fault } from '../../src/shared/errors.ts';
import { bestLine, hitLines } from '../../src/shared/searchHits.ts';
import type { HitReason, SearchHit } from '../../src/shared/searchMessages.ts';
import { button } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { chevronDownIcon, chevronRightIcon } from '../elements/icons.ts';
import { formatNumber, t } from '../l10n.ts';
import { type FileGroup, type Row, rowsOf } from './groups.ts';
import { besideIcon, similarIcon, whyIcon } from './icons.ts';
import { languageBadge } from './languageBadge.ts';
import { marked, shortened } from './marked.ts';
import { resultsStyles } from './resultsStyles.ts';
import { scoreBar } from './scoreBar.ts';
import { bestOf, sharesOf } from './shares.ts';
import { moveInTree } from './treeKeys.ts';
import { whyView } from './whyView.ts';

/** Lines of the hit that has the keyboard or the mouse. */
const PREVIEW_LINES = 6;

export interface TreeActions {
  open(hit: SearchHit, how: { readonly preview?: boolean; readonly beside?: boolean }): void;
  why(hit: SearchHit | undefined): void;
  similar(hit: SearchHit): void;
  inspect(hit: SearchHit): void;
  ask(hit: SearchHit): void;
  /** Up from the first row, or Escape. */
  leave(): void;
}

/** Why a hit is there, as far as it is known yet. */
export type Why = { readonly chunk: number; readonly reason?: HitReason; readonly fault?: Fault };

export class ResultsTree extends LitElement {
  static override properties = {
    groups: { attribute: false },
    why: { attribute: false },
    folders: { attribute: false },
    views: { attribute: false },
    stale: { type: Boolean, reflect: true },
    current: { state: true },
    closed: { state: true },
  };
  static override styles = resultsStyles;
  declare groups: readonly FileGroup[];
  declare why: Why | undefined;
  /** Names of folders by id, where there are several. */
  declare folders: ReadonlyMap<string, string>;
  declare views: readonly string[];
  declare stale: boolean;
  actions!: TreeActions;
  /** The row that Tab comes to. */
  declare private current: string | undefined;
  declare private closed: ReadonlySet<string>;
  /** The rows as they stand in the page. */
  private shown: readonly Row[] = [];

  constructor() {
    super();
    this.groups = [];
    this.folders = new Map();
    this.views = [];
    this.stale = false;
    this.closed = new Set();
  }

  /** The row that has the keyboard, before a change: what is found anew has other rows. */
  private held: Row | undefined;

  protected override willUpdate(): void {
    const id = (this.shadowRoot?.activeElement as HTMLElement | null | undefined)?.dataset.row;
    this.held = id === undefined ? undefined : this.shown.find((row) => row.id === id);
    this.shown = this.rows;
  }

  protected override updated(): void {
    const { held } = this;
    if (held === undefined || this.shown.some(({ id }) => id === held.id)) {
      return;
    }
    // To the same file's best hit, else to the best of all, and not to the page's top.
    const hits = this.shown.filter(({ hit }) => hit !== undefined);
    this.goTo((hits.find(({ group }) => group.key === held.group.key) ?? hits[0])?.id);
  }

  private get rows(): Row[] {
    return rowsOf(this.groups, this.closed, this.why?.chunk);
  }

  /** The first hit, which is the best. */
  get best(): SearchHit | undefined {
    return this.groups[0]?.hits[0];
  }

  override focus(): void {
    const rows = this.rows;
    const first = rows.find(({ hit }) => hit !== undefined) ?? rows[0];
    this.goTo(rows.find(({ id }) => id === this.current)?.id ?? first?.id);
  }

  protected override render(): TemplateResult {
    const rows = this.rows;
    const tabStop = rows.find(({ id }) => id === this.current)?.id ?? rows[0]?.id;
    const best = bestOf(this.groups.flatMap(({ hits }) => hits));
    const places = new Map(this.groups.map((group, at) => [group, at + 1]));
    return html`<div role="tree" aria-label=${t('Results')} @keydown=${this.onKey}>
      ${repeat(
        rows,
        ({ id }) => id,
        (row) => {
          const stop = row.id === tabStop ? 0 : -1;
          if (row.hit === undefined) {
            return this.renderFile(row, places.get(row.group) ?? 1, stop);
          }
          return row.why === true ? this.renderWhy(row, row.hit, stop) : this.renderHit(row, row.hit, stop, best);
        },
      )}
    </div>`;
  }

  private renderFile({ id, group }: Row, place: number, stop: number): TemplateResult {
    const open = !this.closed.has(group.key);
    const folder = [this.folders.get(group.root), group.folder].filter((part) => part).join('/');
    const count = group.hits.length;
    return html`<div
      role="treeitem"
      class="file"
      data-row=${id}
      aria-level="1"
      aria-expanded=${String(open)}
      aria-posinset=${place}
      aria-setsize=${this.groups.length}
      tabindex=${stop}
      title=${group.path}
      @click=${() => this.toggle(group, id)}
    >
      <span class="twisty">${open ? chevronDownIcon : chevronRightIcon}</span>
      ${languageBadge(group.language)}
      <span class="name">${group.name}</span>
      <span class="folder">${folder}</span>
      <span class="count" aria-hidden="true">${count}</span>
      <span class="sr">${group.language}, ${count === 1 ? t('1 result') : t('{0} results', count)}</span>
    </div>`;
  }

  private renderHit({ id, group }: Row, hit: SearchHit, stop: number, best: number): TemplateResult {
    const line = bestLine(hit);
    const short = shortened(line.text, line.marks);
    const open = this.why?.chunk === hit.chunk;
    const shares = sharesOf(hit, best);
    const trail = hit.names.join(' › ');
    const { startLine, endLine } = hit;
    const lines =
      startLine === endLine ? formatNumber(startLine) : `${formatNumber(startLine)}–${formatNumber(endLine)}`;
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
      @click=${(event: MouseEvent) => this.onClick(event, hit, id)}
      @dblclick=${() => this.actions.open(hit, {})}
    >
      <div class="line"><code class="text">${marked(short.text, short.marks)}</code></div>
      <div class="preview" aria-hidden="true">${this.renderPreview(hit, line.line)}</div>
      <div class="about">
        <span class="trail" title=${trail}>${trail}</span>
        <span class="lines"><span class="sr">${startLine === endLine ? t('line') : t('lines')} </span>${lines}</span>
        ${scoreBar(shares, hit)}
        <span class="sr">${t('words {0}%, meaning {1}%', percent(shares.lexical), percent(shares.vector))}</span>
        ${this.renderTools(hit, open)}
      </div>
    </div>`;
  }

  /** For the mouse alone: the keyboard has its own ways, and what opens in place has all of them as buttons. */
  private renderTools(hit: SearchHit, open: boolean): TemplateResult {
    const tool = (label: string, icon: TemplateResult, act: () => void) =>
      html`<button class="tool" type="button" tabindex="-1" title=${label} data-tool=${label} @click=${act}>${icon}</button>`;
    return html`<span class="tools" aria-hidden="true">
      ${tool(t('Why this hit'), whyIcon, () => this.actions.why(open ? undefined : hit))}
      ${tool(t('Open to the side'), besideIcon, () => this.actions.open(hit, { beside: true }))}
      ${tool(t('Find similar'), similarIcon, () => this.actions.similar(hit))}
    </span>`;
  }

  private renderPreview(hit: SearchHit, around: number): TemplateResult[] {
    const lines = hitLines(hit);
    const at = Math.max(0, Math.min(lines.length - PREVIEW_LINES, around - hit.startLine - 1));
    return lines
      .slice(at, at + PREVIEW_LINES)
      .map(
        ({ line, text, marks }) =>
          html`<div class="preview-line"><span class="at">${formatNumber(line)}</span><code>${marked(text, marks)}</code></div>`,
      );
  }

  private renderWhy({ id }: Row, hit: SearchHit, stop: number): TemplateResult {
    const { reason, fault } = this.why as Why;
    return html`<div
      role="treeitem"
      class="why"
      data-row=${id}
      aria-level="3"
      aria-posinset="1"
      aria-setsize="1"
      tabindex=${stop}
    >
      ${
        fault !== undefined
          ? faultView(fault)
          : reason === undefined
            ? html`<p class="quiet">${t('Taking it apart…')}</p>`
            : whyView(reason)
      }
      <div class="row">
        ${button({ label: t('Open'), onClick: () => this.actions.open(hit, {}) })}
        ${button({ label: t('Find similar'), onClick: () => this.actions.similar(hit) })}
        ${this.views.includes('embeddings') ? button({ label: t('Inspect embedding'), onClick: () => this.actions.inspect(hit) }) : nothing}
        ${this.views.includes('ask') ? button({ label: t('Ask about this'), onClick: () => this.actions.ask(hit) }) : nothing}
      </div>
    </div>`;
  }

  private onClick(event: MouseEvent, hit: SearchHit, id: string): void {
    if ((event.target as Element).closest('.tool') !== null) {
      return;
    }
    this.goTo(id);
    const beside = event.ctrlKey || event.metaKey || event.altKey;
    // As VS Code's own lists do it: a click shows, a double click goes there.
    this.actions.open(hit, beside ? { beside } : { preview: true });
  }

  private toggle(group: FileGroup, id: string): void {
    this.setOpen(group, this.closed.has(group.key));
    this.goTo(id);
  }

  private setOpen({ key }: FileGroup, open: boolean): void {
    const closed = new Set(this.closed);
    if (open) {
      closed.delete(key);
    } else {
      closed.add(key);
    }
    this.closed = closed;
  }

  private onKey = (event: KeyboardEvent): void => {
    const id = (event.target as HTMLElement).dataset.row;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (id === undefined) {
        this.goTo(this.current); // out of a button, back to its row
      } else if (this.why !== undefined) {
        this.actions.why(undefined);
      } else {
        this.actions.leave();
      }
      return;
    }
    const rows = this.rows;
    const row = rows.find((one) => one.id === id);
    if (row === undefined) {
      return; // a button or a text inside of a row: its keys are its own
    }
    const act = moveInTree(event, row, rows, { closed: this.closed, why: this.why?.chunk });
    if (act === undefined) {
      return;
    }
    event.preventDefault();
    switch (act.kind) {
      case 'go':
        this.goTo(act.to);
        break;
      case 'leave':
        this.actions.leave();
        break;
      case 'expand':
        this.setOpen(row.group, true);
        break;
      case 'collapse':
        this.setOpen(row.group, false);
        break;
      case 'why':
        this.actions.why(act.open ? row.hit : undefined);
        break;
      case 'open':
        if (row.hit !== undefined) {
          this.actions.open(row.hit, act.how);
        }
        break;
    }
  };

  private goTo(id: string | undefined): void {
    this.current = id;
    void this.updateComplete.then(() => {
      const row = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(
        (element) => element.dataset.row === id,
      );
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
  }
}

customElements.define('results-tree', ResultsTree);
