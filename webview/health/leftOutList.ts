// The files that are left out for one reason, page by page, fetched when the list is opened.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { listLeftOut } from '../../src/shared/searchMessages.ts';
import { button } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import type { Host } from '../host.ts';
import { formatNumber, t } from '../l10n.ts';
import { healthStyles } from './healthStyles.ts';
import { reasonName } from './reasons.ts';

const PAGE = 50;

type Item = NonNullable<typeof listLeftOut.result>['items'][number];

export class LeftOutList extends LitElement {
  static override properties = {
    reason: {},
    count: { type: Number },
    folders: { attribute: false },
    items: { state: true },
    total: { state: true },
    fault: { state: true },
  };
  static override styles = healthStyles;
  host!: Host;
  declare reason: string;
  /** As the index's health has it. */
  declare count: number;
  /** Names of folders by id, where there are several. */
  declare folders: ReadonlyMap<string, string>;
  declare private items: readonly Item[];
  declare private total: number | undefined;
  declare private fault: Fault | undefined;
  private opened = false;
  private turn = 0;

  constructor() {
    super();
    this.reason = '';
    this.count = 0;
    this.folders = new Map();
    this.items = [];
  }

  protected override updated(changed: Map<string, unknown>): void {
    // Another run of the indexer may leave out others.
    if (changed.has('count') && this.opened) {
      void this.list();
    }
  }

  protected override render(): TemplateResult {
    const left = (this.total ?? 0) - this.items.length;
    return html`<details
      @toggle=${(event: Event) => {
        this.opened = (event.currentTarget as HTMLDetailsElement).open;
        if (this.opened && this.items.length === 0) {
          void this.list();
        }
      }}
    >
      <summary>${reasonName(this.reason)} <span class="number quiet">${formatNumber(this.count)}</span></summary>
      ${this.fault === undefined ? nothing : faultView(this.fault, { label: t('Try again'), run: () => void this.list() })}
      ${
        this.items.length === 0
          ? html`<p class="quiet small" role="status">${this.fault === undefined ? t('Listing…') : nothing}</p>`
          : html`<ul class="files scroll" tabindex="0" aria-label=${reasonName(this.reason)}>
              ${this.items.map(
                ({ root, path, detail }) =>
                  html`<li><span class="path">${this.named(root, path)}</span> <span class="quiet">${detail}</span></li>`,
              )}
            </ul>`
      }
      ${left > 0 ? button({ label: t('Show {0} more', Math.min(PAGE, left)), onClick: () => void this.list(this.items) }) : nothing}
    </details>`;
  }

  private named(root: string, path: string): string {
    const folder = this.folders.get(root);
    return folder === undefined ? path : `${folder}/${path}`;
  }

  /** Fetches what follows `items`; what was asked for before is not waited for any more. */
  private async list(items: readonly Item[] = []): Promise<void> {
    this.turn += 1;
    const { turn, reason } = this;
    try {
      const page = await this.host.request(listLeftOut, { reason, from: items.length, limit: PAGE });
      if (turn === this.turn) {
        this.items = [...items, ...page.items];
        this.total = page.total;
        this.fault = undefined;
      }
    } catch (error) {
      if (turn === this.turn) {
        this.fault = asFault(error);
      }
    }
  }
}

customElements.define('left-out-list', LeftOutList);
