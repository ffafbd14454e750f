// The page that asks the workspace: every stage between a question and its answer, each to be opened. Passages and prompt
// follow the typing; an answer is asked for by the button alone.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import {
  type AskHit,
  type AskPlace,
  askChanged,
  chooseGenerator,
  loadAsk,
  openAskSettings,
  type PromptPassage,
  setEndpointKey,
} from '../../src/shared/askMessages.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { copyText } from '../../src/shared/messages.ts';
import { openPlace } from '../../src/shared/searchHits.ts';
import {
  getModel,
  type IndexHealth,
  indexChanged,
  indexHealth,
  openHit,
  openSearchView,
  pauseIndex,
  rebuildIndex,
  type SearchHit,
  startSearch,
} from '../../src/shared/searchMessages.ts';
import { reducedMotion } from '../elements/base.ts';
import { button, progressRing, textField } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { idleState, indexBanner, type StateActions } from '../search/states.ts';
import { ViewState } from '../state/viewState.ts';
import { Answering } from './answering.ts';
import { askStyles } from './askStyles.ts';
import { destination, type GeneratorActions, generatorRow } from './generatorRow.ts';
import { chosenChunks, type Mark } from './passageChoice.ts';
import { Retriever } from './retriever.ts';
import { STAGES, type StageName } from './stage.ts';
import { type Copied, type StagesView, stagesView } from './stagesView.ts';

const NO_HITS: readonly AskHit[] = [];

export class AskPage extends LitElement {
  static override properties = {
    place: { state: true },
    health: { state: true },
    question: { state: true },
    threshold: { state: true },
    marks: { state: true },
    open: { state: true },
    fault: { state: true },
    copied: { state: true },
  };
  static override styles = askStyles;
  host!: Host;
  api!: VsCodeApi;
  declare place: AskPlace | undefined;
  declare health: IndexHealth | undefined;
  declare question: string;
  declare threshold: number;
  declare marks: ReadonlyMap<number, Mark>;
  declare open: ReadonlySet<StageName>;
  declare fault: Fault | undefined;
  /** What became of the last copy: of the prompt, or of the answer. */
  declare copied: Copied | undefined;
  private retriever!: Retriever;
  private answering!: Answering;
  private kept!: ViewState;
  /** Of the index, as it was last heard. */
  private version = '';
  /** Chunks that the page was opened for. */
  private named: readonly number[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = new ViewState(this.api, 'ask');
    this.retriever = new Retriever(this.host, () => this.requestUpdate());
    this.answering = new Answering(this.host, () => this.requestUpdate());
    const question = this.kept.read('question');
    const open = this.kept.read('open');
    this.question = typeof question === 'string' ? question : '';
    this.marks = new Map();
    this.open = new Set(Array.isArray(open) ? STAGES.filter((name) => open.includes(name)) : ['passages', 'answer']);
    this.host.onNotice(askChanged, () => void this.load());
    this.host.onNotice(indexChanged, () => void this.attempt(() => this.loadHealth()));
    void this.load();
  }

  private readonly stateActions: StateActions = {
    start: () => void this.attempt(() => this.start()),
    health: () => void this.attempt(() => this.host.request(openSearchView, { view: 'health' })),
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
        await this.load();
      }),
    setKey: () => void this.attempt(() => this.host.request(setEndpointKey, {})),
    settings: () => void this.attempt(() => this.host.request(openAskSettings, {})),
  };

  protected override render(): TemplateResult {
    const { place } = this;
    if (place === undefined) {
      return html`<main>
        ${this.fault === undefined ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>` : this.faultPart()}
      </main>`;
    }
    if (place.folders.length === 0 || !place.enabled || !place.started) {
      return html`<main><h1>${t('Ask the workspace')}</h1>${this.faultPart()}${idleState({ ...place, views: [] }, undefined, this.stateActions)}</main>`;
    }
    return html`<main>
      <h1>${t('Ask the workspace')}</h1>
      ${indexBanner(this.health, this.stateActions)}
      ${this.renderQuestion(place)} ${this.faultPart()} ${stagesView(this.view(place))}
    </main>`;
  }

  private renderQuestion({ generator }: AskPlace): TemplateResult {
    const usable = this.question.trim() !== '' && generator.problem === undefined && !this.answering.busy;
    return html`<div class="question" @keydown=${this.onKey}>
        ${textField({
          label: t('Your question'),
          value: this.question,
          placeholder: t('how does it …, where is …, why …'),
          onInput: (text) => this.type(text),
        })}
        ${button({
          label: generator.kind === 'none' ? t('Show prompt') : t('Ask'),
          primary: true,
          disabled: !usable,
          onClick: () => void this.ask(),
        })}
      </div>
      <p class="destination small">${destination(generator)}</p>
      ${generatorRow(generator, this.generatorActions)}`;
  }

  private view(place: AskPlace): StagesView {
    const { retriever, answering, threshold, marks, open, copied } = this;
    return {
      ...{ place, retriever, answering, threshold, marks, open, copied },
      actions: {
        toggle: (name, now) => this.setOpen(name, now),
        look: () => this.look(true),
        ask: () => void this.ask(),
        setThreshold: (value) => this.setThreshold(value),
        keepThreshold: () => void this.attempt(() => this.host.request(chooseGenerator, { threshold })),
        mark: (chunk, mark) => this.mark(chunk, mark),
        copy: (what, text) => void this.copy(what, text),
        openHit: (hit, line) => void this.openHit(hit, line),
        openPassage: (passage) => void this.openPassage(passage),
      },
    };
  }

  private setOpen(name: StageName, open: boolean): void {
    this.open = new Set(STAGES.filter((one) => (one === name ? open : this.open.has(one))));
    this.kept.keep('open', [...this.open]);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.target as Element).localName === 'vscode-text-field') {
      event.preventDefault();
      void this.ask();
    }
  };

  private type(text: string): void {
    this.question = text;
    this.kept.keep('question', text);
    this.look(false);
  }

  /** Looks for passages. An answer to another question is forgotten. */
  private look(now: boolean): void {
    const question = this.question.trim();
    if (this.place?.started !== true) {
      return;
    }
    if (question !== this.retriever.asked?.question) {
      this.marks = new Map(this.named.map((chunk) => [chunk, 'in']));
      this.answering.clear();
    }
    this.copied = undefined;
    this.retriever.look({ question, chunks: this.named }, now, (found) => this.chosen(found.hits));
  }

  private chosen(hits: readonly AskHit[]): number[] {
    return chosenChunks(hits, this.threshold, this.marks);
  }

  private setThreshold(threshold: number): void {
    this.threshold = threshold;
    this.kept.keep('threshold', threshold);
    this.layOut();
  }

  private mark(chunk: number, mark: Mark | undefined): void {
    const marks = new Map(this.marks);
    if (mark === undefined) {
      marks.delete(chunk);
    } else {
      marks.set(chunk, mark);
    }
    this.marks = marks;
    this.layOut();
  }

  private layOut(): void {
    this.copied = undefined;
    this.retriever.layOut(this.chosen(this.retriever.found?.hits ?? NO_HITS));
  }

  private async ask(): Promise<void> {
    const { place } = this;
    if (place === undefined || this.question.trim() === '' || this.answering.busy || !place.started) {
      return;
    }
    this.fault = undefined;
    if (this.retriever.asked?.question !== this.question.trim()) {
      this.look(true);
    }
    const prompt = await this.retriever.settled();
    if (prompt === undefined || prompt.passages.length === 0) {
      this.show('.not-found'); // nothing is sent: it says why
    } else if (place.generator.kind === 'none') {
      this.setOpen('prompt', true);
      this.show('[data-stage=prompt]');
    } else if (place.generator.problem === undefined) {
      this.setOpen('answer', true);
      this.copied = undefined;
      this.show('[data-stage=answer]');
      await this.answering.ask(prompt);
      if (this.answering.fault?.code === 'unknown-session') {
        this.look(true); // what was kept of it is gone: it is made anew, to be asked again
      }
    }
  }

  /** Brings into view what has come of pressing the button. */
  private show(selector: string): void {
    void this.updateComplete.then(() => {
      const behavior = reducedMotion() ? 'auto' : 'smooth';
      this.renderRoot.querySelector(selector)?.scrollIntoView({ block: 'start', behavior });
    });
  }

  private async copy(what: 'prompt' | 'answer', text: string): Promise<void> {
    await this.attempt(async () => {
      await this.host.request(copyText, { text });
      this.copied = { what, said: t('Copied.') };
    });
  }

  private openHit(hit: SearchHit, line?: number): Promise<void> {
    const place = openPlace(hit);
    const shown = line === undefined ? place : { ...place, match: { line, from: 0, to: 10_000 } };
    return this.attempt(() => this.host.request(openHit, shown));
  }

  private openPassage({ chunk, root, path, startLine, endLine }: PromptPassage): Promise<void> {
    const known = this.retriever.found?.hits.find(({ hit }) => hit.chunk === chunk);
    return known === undefined
      ? this.attempt(() => this.host.request(openHit, { root, path, startLine, endLine }))
      : this.openHit(known.hit);
  }

  private async start(): Promise<void> {
    await this.host.request(startSearch, {});
    await this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      const before = this.place;
      const place = await this.host.request(loadAsk, {});
      const kept = this.kept.read('threshold');
      if (before === undefined || before.threshold !== place.threshold) {
        this.threshold = before === undefined && typeof kept === 'number' ? kept : place.threshold;
      }
      this.place = place;
      const { asked } = place;
      if (asked !== undefined) {
        this.named = asked.chunks ?? [];
        this.question = asked.question ?? this.question;
        this.kept.keep('question', this.question);
        this.marks = new Map(this.named.map((chunk) => [chunk, 'in']));
      }
      await this.loadHealth();
      const changed = JSON.stringify(before?.generator) !== JSON.stringify(place.generator);
      if (asked !== undefined || before === undefined || !before.started) {
        this.look(true);
      } else if (changed) {
        this.layOut(); // for whoever answers now
      }
    });
  }

  private async loadHealth(): Promise<void> {
    if (this.place?.started === true) {
      this.health = await this.host.request(indexHealth, {});
      const { indexed, chunks, upToDate = 0 } = this.health;
      const version = `${indexed} ${chunks} ${upToDate}`;
      const waits = this.retriever.found !== undefined && !this.retriever.busy && this.answering.text === undefined;
      if (this.version !== '' && version !== this.version && waits) {
        this.look(true); // there may be other passages now; an answer keeps those that it was given
      }
      this.version = version;
    }
  }

  private faultPart(): TemplateResult | typeof nothing {
    const forgive = () => {
      this.fault = undefined;
    };
    return this.fault === undefined ? nothing : faultView(this.fault, { label: t('Close'), run: forgive });
  }

  private async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      this.fault = undefined;
      await act();
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
  }
}

customElements.define('ask-page', AskPage);
