// Index health: how the index stands, what is in it, what is not and why. Only what the worker says; while it works, how
// far it is.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import {
  type IndexHealth,
  indexChanged,
  indexHealth,
  pauseIndex,
  rebuildIndex,
} from '../../src/shared/searchMessages.ts';
import {
  getModel,
  loadSearch,
  openHit,
  openSearchView,
  type SearchPlace,
  searchPlaceChanged,
  startSearch,
} from '../../src/shared/searchViewMessages.ts';
import { button, progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { HeldFocus } from '../elements/heldFocus.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { formatNumber, t } from '../l10n.ts';
import { figures } from './figures.ts';
import { healthStyles } from './healthStyles.ts';
import { modelsPart } from './modelsPart.ts';
import { stateName, stateSays } from './stateWords.ts';
import './leftOutList.ts';

export class HealthPage extends LitElement {
  static override properties = { place: { state: true }, health: { state: true }, fault: { state: true } };
  static override styles = healthStyles;
  readonly heldFocus = new HeldFocus(this);
  host!: Host;
  api!: VsCodeApi;
  declare place: SearchPlace | undefined;
  declare health: IndexHealth | undefined;
  declare fault: Fault | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.onNotice(indexChanged, () => void this.attempt(() => this.look()));
    this.host.onNotice(searchPlaceChanged, () => void this.attempt(() => this.load()));
    void this.attempt(() => this.load());
  }

  protected override render(): TemplateResult {
    const { health, place, fault } = this;
    return html`<main>
      <h1>${t('Index health')}</h1>
      ${fault === undefined ? nothing : faultView(fault, { label: t('Try again'), run: () => void this.attempt(() => this.load()) })}
      ${
        health === undefined || place === undefined
          ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>`
          : this.renderHealth(health, place)
      }
    </main>`;
  }

  private renderHealth(health: IndexHealth, place: SearchPlace): TemplateResult {
    const folders =
      place.folders.length > 1 ? new Map(place.folders.map(({ id, name }) => [id, name])) : new Map<string, string>();
    const leftOut = Object.entries(health.leftOut).filter(([, count]) => count > 0);
    if (health.store === '') {
      return this.renderState(health, place); // there are no figures of an index that isn't open
    }
    return html`${this.renderState(health, place)} ${figures(health)}
      <section aria-labelledby="left-out">
        <h2 id="left-out">${t('Left out')}</h2>
        ${
          leftOut.length === 0
            ? html`<p class="quiet">${t('Nothing is left out.')}</p>`
            : html`<p class="quiet">${t('A folder that is left out counts once.')}</p>
                ${leftOut.map(
                  ([reason, count]) => html`<left-out-list
                    .host=${this.host}
                    .reason=${reason}
                    .count=${count}
                    .folders=${folders}
                  ></left-out-list>`,
                )}`
        }
      </section>
      ${health.errorCount === 0 ? nothing : this.renderErrors(health, folders)}
      ${modelsPart(health, (model) => void this.attempt(() => this.host.request(getModel, { model })))}`;
  }

  private renderState(health: IndexHealth, place: SearchPlace): TemplateResult {
    const { state, message } = health;
    const bad = state === 'failed' || state === 'empty' || (state === 'ready' && health.chunks === 0);
    return html`<section class=${bad ? 'now bad' : 'now'} aria-labelledby="state">
      <h2 id="state">${stateName(health, place)}</h2>
      <p role="status">${stateSays(health, place)}</p>
      ${message === undefined ? nothing : html`<p class="message">${message}</p>`} ${this.renderProgress(health)}
      <div class="row">${this.renderButtons(health, place)}</div>
    </section>`;
  }

  private renderProgress({ state, indexed, pending, models, chunks }: IndexHealth): TemplateResult | typeof nothing {
    switch (state) {
      case 'opening':
      case 'listing':
        return html`<progress aria-label=${t('Finding files')}></progress>`;
      case 'indexing':
        return html`<progress max=${indexed + pending || 1} .value=${indexed} aria-label=${t('Indexing')}></progress>`;
      case 'embedding': {
        const better = models.at(-1);
        return html`<progress max=${chunks || 1} .value=${better?.vectors ?? 0} aria-label=${t('Making vectors')}></progress>`;
      }
      default:
        return nothing;
    }
  }

  private renderButtons({ state }: IndexHealth, { started, folders, enabled }: SearchPlace): TemplateResult {
    const settings = button({ label: t('Settings'), onClick: () => void this.open('settings') });
    if (folders.length === 0) {
      return button({ label: t('Open Folder'), primary: true, onClick: () => void this.open('folder') });
    }
    if (!started || !enabled) {
      return html`${
        enabled
          ? button({
              label: t('Index this workspace'),
              primary: true,
              onClick: () => void this.attempt(() => this.start()),
            })
          : nothing
      }
      ${settings}`;
    }
    const paused = state === 'paused';
    return html`${
      state === 'failed'
        ? button({
            label: t('Start again'),
            primary: true,
            onClick: () => void this.attempt(() => this.host.request(startSearch, {})),
          })
        : button({
            label: paused ? t('Resume') : t('Pause'),
            onClick: () => void this.attempt(() => this.host.request(pauseIndex, { paused: !paused })),
          })
    }
    ${button({ label: t('Rebuild…'), onClick: () => void this.attempt(() => this.host.request(rebuildIndex, {})) })} ${settings}`;
  }

  private renderErrors({ errors, errorCount }: IndexHealth, folders: ReadonlyMap<string, string>): TemplateResult {
    return html`<section aria-labelledby="errors">
      <h2 id="errors">${errorCount === 1 ? t('1 error') : t('{0} errors', errorCount)}</h2>
      <ul class="files scroll" tabindex="0" aria-labelledby="errors">
        ${errors.map(({ root, path, why }) => {
          const folder = folders.get(root);
          return html`<li>
            <button class="link path" @click=${() => void this.openFile(root, path)}>
              ${folder === undefined ? path : `${folder}/${path}`}
            </button>
            <span class="quiet">${why}</span>
          </li>`;
        })}
        ${errorCount > errors.length ? html`<li class="quiet">${t('and {0} more', formatNumber(errorCount - errors.length))}</li>` : nothing}
      </ul>
    </section>`;
  }

  private openFile(root: string, path: string): Promise<void> {
    return this.attempt(() => this.host.request(openHit, { root, path, startLine: 1, endLine: 1 }));
  }

  private open(view: 'settings' | 'folder'): Promise<void> {
    return this.attempt(() => this.host.request(openSearchView, { view }));
  }

  private async start(): Promise<void> {
    await this.host.request(startSearch, {});
    await this.load();
  }

  private async load(): Promise<void> {
    this.place = await this.host.request(loadSearch, {});
    await this.look();
  }

  private async look(): Promise<void> {
    this.health = await this.host.request(indexHealth, {});
  }

  private async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.fault = undefined;
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
  }
}

customElements.define('health-page', HealthPage);
