// The page that asks the workspace: every stage between a question and its answer, each to be opened. Passages and prompt
// follow the typing; an answer is asked for by the button alone.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import {
  type AskPlace,
  chooseGenerator,
  openAskSettings,
  type PromptPassage,
  setEndpointKey,
} from '../../src/shared/askMessages.ts';
import { openPlace } from '../../src/shared/searchHits.ts';
import { pauseIndex, rebuildIndex, type SearchHit } from '../../src/shared/searchMessages.ts';
import { getModel, openHit, openSearchView, startSearch } from '../../src/shared/searchViewMessages.ts';
import { reducedMotion } from '../elements/base.ts';
import { button, progressRing, textField } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { idleState, indexBanner, type StateActions } from '../search/states.ts';
import { ViewState } from '../state/viewState.ts';
import { Asking, type Outcome } from './asking.ts';
import { askStyles } from './askStyles.ts';
import { destination, type GeneratorActions, generatorRow } from './generatorRow.ts';
import { KeptFocus } from './keptFocus.ts';
import { type StagesView, stagesView } from './stagesView.ts';

/** Of a line that is to be marked whole. */
const WHOLE_LINE = 10_000;

export class AskPage extends LitElement {
  static override styles = askStyles;
  host!: Host;
  api!: VsCodeApi;
  private asking!: Asking;
  private keptFocus: KeptFocus | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.asking = new Asking(this.host, new ViewState(this.api, 'ask'), () => this.requestUpdate());
    void this.asking.load().then(() => this.greet());
  }

  protected override willUpdate(): void {
    this.keptFocus ??= new KeptFocus(this.renderRoot as ShadowRoot);
    this.keptFocus.look();
  }

  protected override updated(): void {
    this.keptFocus?.mend();
  }

  /** Who comes with nothing asked yet can type at once. */
  private async greet(): Promise<void> {
    await this.updateComplete;
    if (this.asking.question === '' && document.hasFocus()) {
      this.renderRoot.querySelector<HTMLElement>('.question vscode-text-field')?.focus();
    }
  }

  private readonly stateActions: StateActions = {
    start: () =>
      void this.attempt(async () => {
        await this.host.request(startSearch, {});
        await this.asking.load();
      }),
    health: () => void this.attempt(() => this.host.request(openSearchView, { view: 'health' })),
    folder: () => void this.attempt(() => this.host.request(openSearchView, { view: 'folder' })),
    settings: () => void this.attempt(() => this.host.request(openSearchView, { view: 'settings' })),
    resume: () => void this.attempt(() => this.host.request(pauseIndex, { paused: false })),
    rebuild: () => void this.attempt(() => this.host.request(rebuildIndex, {})),
    clearFilters: () => {},
    getModel: (model) => void this.attempt(() => this.host.request(getModel, { model })),
  };

  private readonly generatorActions: GeneratorActions = {
    choose: (choice) => void this.attempt(() => this.host.request(chooseGenerator, choice)),
    getModel: (model) =>
      void this.attempt(async () => {
        await this.host.request(getModel, { model });
        await this.asking.load();
      }),
    setKey: () => void this.attempt(() => this.host.request(setEndpointKey, {})),
    settings: () => void this.attempt(() => this.host.request(openAskSettings, {})),
  };

  protected override render(): TemplateResult {
    const { place, fault, health } = this.asking;
    if (place === undefined) {
      return html`<main>
        ${fault === undefined ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>` : this.faultPart()}
      </main>`;
    }
    if (place.folders.length === 0 || !place.enabled || !place.started) {
      return html`<main>
        <h1>${t('Ask the workspace')}</h1>
        <p class="quiet">${t('Answers stand on passages of your files, which are found by an index of them.')}</p>
        ${this.faultPart()} ${idleState({ ...place, views: [] }, undefined, this.stateActions)}
      </main>`;
    }
    return html`<main>
      <h1>${t('Ask the workspace')}</h1>
      ${indexBanner(health, this.stateActions)} ${this.questionPart(place)} ${this.faultPart()} ${stagesView(this.view(place))}
    </main>`;
  }

  private questionPart({ generator }: AskPlace): TemplateResult {
    const { asking } = this;
    return html`<div class="question" @keydown=${this.onKey}>
        ${textField({
          label: t('Your question'),
          value: asking.question,
          placeholder: t('how does it …, where is …, why …'),
          onInput: (text) => asking.type(text),
        })}
        ${button({
          label: generator.kind === 'none' ? t('Show prompt') : t('Ask'),
          primary: true,
          disabled: !asking.usable,
          onClick: () => this.ask(),
        })}
      </div>
      <p class="destination small">${destination(generator)}</p>
      ${generatorRow(generator, this.generatorActions)}`;
  }

  private view(place: AskPlace): StagesView {
    const { asking } = this;
    const { retriever, answering, threshold, marks, open, copied } = asking;
    return {
      ...{ place, retriever, answering, threshold, marks, open, copied },
      actions: {
        toggle: (name, now) => asking.setOpen(name, now),
        look: () => asking.look(true),
        ask: () => this.ask(),
        setThreshold: (value) => asking.setThreshold(value),
        keepThreshold: () => asking.keepThreshold(),
        mark: (chunk, mark) => asking.mark(chunk, mark),
        copy: (what, text) => void asking.copy(what, text),
        openHit: (hit, line) => void this.openHit(hit, line),
        openPassage: (passage) => void this.openPassage(passage),
      },
    };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.target as Element).localName === 'vscode-text-field') {
      event.preventDefault();
      this.ask();
    }
  };

  private ask(): void {
    void this.asking.ask((outcome) => this.show(outcome));
  }

  /** Brings into view what has come of pressing the button. */
  private show(outcome: Outcome): void {
    const selector = outcome === 'not-found' ? '.not-found' : `[data-stage=${outcome}]`;
    void this.updateComplete.then(() => {
      const behavior = reducedMotion() ? 'auto' : 'smooth';
      this.renderRoot.querySelector(selector)?.scrollIntoView({ block: 'start', behavior });
    });
  }

  private openHit(hit: SearchHit, line?: number): Promise<void> {
    // Its lines are what was sent; a word in them that matched would be scrolled to, away from where lines begin.
    const { match: _, ...lines } = openPlace(hit);
    const shown = line === undefined ? lines : { ...lines, match: { line, from: 0, to: WHOLE_LINE } };
    return this.attempt(() => this.host.request(openHit, shown));
  }

  private openPassage({ chunk, root, path, startLine, endLine }: PromptPassage): Promise<void> {
    const known = this.asking.retriever.found?.hits.find(({ hit }) => hit.chunk === chunk);
    return known === undefined
      ? this.attempt(() => this.host.request(openHit, { root, path, startLine, endLine }))
      : this.openHit(known.hit);
  }

  private faultPart(): TemplateResult | typeof nothing {
    const { fault } = this.asking;
    return fault === undefined ? nothing : faultView(fault, { label: t('Close'), run: () => this.asking.forgive() });
  }

  private attempt(act: () => Promise<unknown>): Promise<void> {
    return this.asking.attempt(act);
  }
}

customElements.define('ask-page', AskPage);
