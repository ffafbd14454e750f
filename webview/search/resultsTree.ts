// The hits as a tree: files, in each its hits, and below a hit why it is there. One row has the keyboard at a time.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Fault } from '../../src/shared/errors.ts';
import type { HitReason, SearchHit } from '../../src/shared/searchMessages.ts';
import { button } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { t } from '../l10n.ts';
import { type FileGroup, type Row, rowsOf } from './groups.ts';
import { resultsStyles } from './resultsStyles.ts';
import { fileRowView, hitRowView } from './rowViews.ts';
import { bestOf } from './shares.ts';
import { moveInTree } from './treeKeys.ts';
import { whyView } from './whyView.ts';

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
            const [place, of] = [places.get(row.group) ?? 1, this.groups.length];
            return fileRowView(row, { stop, place, of, ...this.looksOf(row) });
          }
          if (row.why === true) {
            return this.renderWhy(row, row.hit, stop);
          }
          const open = this.why?.chunk === row.hit.chunk;
          return hitRowView(row, row.hit, { stop, best, open, onClick: this.onClick, actions: this.actions });
        },
      )}
    </div>`;
  }

  private looksOf({ id, group }: Row) {
    return {
      open: !this.closed.has(group.key),
      root: this.folders.get(group.root),
      onClick: () => this.toggle(group, id),
    };
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
        ${this.views.includes('embeddings') && !reason?.scanned && hit.chunk >= 0 ? button({ label: t('Inspect embedding'), onClick: () => this.actions.inspect(hit) }) : nothing}
        ${this.views.includes('ask') ? button({ label: t('Ask about this'), onClick: () => this.actions.ask(hit) }) : nothing}
      </div>
    </div>`;
  }

  private readonly onClick = (event: MouseEvent, hit: SearchHit, id: string): void => {
    if ((event.target as Element).closest('.tool') !== null) {
      return;
    }
    this.goTo(id);
    const beside = event.ctrlKey || event.metaKey || event.altKey;
    // As VS Code's own lists do it: a click shows, a double click goes there.
    this.actions.open(hit, beside ? { beside } : { preview: true });
  };

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
