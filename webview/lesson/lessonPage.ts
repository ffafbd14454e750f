// A lesson's page: loads the lesson, lays it out, keeps where the reader was, reports the goals that are reached.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Block, Content, GoalEvent, Section } from '../../src/shared/lesson.ts';
import {
  type Computation,
  type LessonPage,
  lessonChanged,
  loadLesson,
  openComputation,
  openLesson,
  reachGoal,
} from '../../src/shared/messages.ts';
import type { BlockContext } from '../elements/blockContext.ts';
import { progressRing } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { checkIcon, circleIcon } from '../elements/icons.ts';
import { adoptCodeTheme } from '../elements/theme.ts';
import type { Host, VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { contentsView } from './contents.ts';
import { goalsView } from './goals.ts';
import { headerView } from './header.ts';
import { lessonStyles } from './lessonStyles.ts';
import { followLink } from './links.ts';
import { Place } from './place.ts';
import { Standings } from './standings.ts';
import { stretchFences } from './tallFences.ts';
import '../elements/exercise/exerciseBlock.ts';
import '../elements/plot/plotBlock.ts';
import '../elements/quizBlock.ts';
import '../elements/run/runBlock.ts';
import '../elements/sourceBlock.ts';
import '../elements/stepBlock.ts';
import '../elements/tokensBlock.ts';

/** Window width from which the contents stand beside the text, in pixels; the style sheet says the same. */
const WIDE = 900;

export class LessonPageElement extends LitElement {
  static override properties = {
    page: { state: true },
    fault: { state: true },
    notice: { state: true },
    current: { state: true },
    contentsOpen: { state: true },
  };
  static override styles = lessonStyles;
  host!: Host;
  api!: VsCodeApi;
  declare page: LessonPage | undefined;
  declare fault: Fault | undefined;
  /** Something that the reader asked for and that could not be done. */
  declare notice: Fault | undefined;
  /** Id of the section or heading that is being read. */
  declare current: string | undefined;
  declare contentsOpen: boolean;
  private kept: ViewState | undefined;
  private place: Place | undefined;
  private context: BlockContext | undefined;
  private standings: Standings | undefined;
  /** Goals that were reported and not answered yet. */
  private readonly reporting = new Set<string>();

  constructor() {
    super();
    this.contentsOpen = innerWidth >= WIDE;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.standings ??= new Standings(this.host, () => this.requestUpdate());
    this.host.onNotice(lessonChanged, () => void this.load());
    matchMedia(`(min-width: ${WIDE}px)`).addEventListener('change', (event) => {
      // Beside the text the contents are always open; above it they take room, so they close.
      this.contentsOpen = event.matches || this.kept?.read('contents') === true;
    });
    void this.load();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    adoptCodeTheme(root as ShadowRoot);
    return root;
  }

  private async load(): Promise<void> {
    this.fault = undefined;
    try {
      const page = await this.host.request(loadLesson, {});
      if (this.kept === undefined) {
        this.start(page);
      }
      // The same lesson again, after progress was reset: its blocks stay as they are.
      const same = JSON.stringify(this.page?.lesson) === JSON.stringify(page.lesson);
      this.page = { ...page, lesson: this.page !== undefined && same ? this.page.lesson : page.lesson };
      document.title = page.lesson.title;
      void this.standings?.load(page.lesson);
      await this.updateComplete;
      this.place?.restore();
    } catch (error) {
      this.fault = asFault(error);
    }
  }

  private start(page: LessonPage): void {
    const kept = new ViewState(this.api, page.lesson.id);
    this.kept = kept;
    this.contentsOpen = innerWidth >= WIDE || kept.read('contents') === true;
    this.place = new Place(this.renderRoot, kept, (id) => {
      this.current = id;
    });
    this.context = {
      calls: this.host,
      read: (block) => kept.read(`block:${block.id}`),
      keep: (block, intent) => kept.keep(`block:${block.id}`, intent),
      happened: (block, event) => void this.report(block, event),
      failed: (error) => this.say(error),
    };
  }

  protected override render(): TemplateResult {
    if (this.page === undefined) {
      return this.fault === undefined
        ? html`<div class="message row" role="status">${progressRing()} ${t('Opening the lesson…')}</div>`
        : html`<div class="message">
            ${faultView(this.fault, { label: t('Try again'), run: () => void this.load() })}
          </div>`;
    }
    const { lesson, reached } = this.page;
    return html`<div
        class="page"
        @click=${this.onClick}
        @open-in-panel=${(event: CustomEvent<Computation>) => this.openInPanel(event.detail)}
      >
        <div class="contents">
          ${contentsView(lesson, this.current, this.contentsOpen, (open) => {
            this.contentsOpen = open;
            if (innerWidth < WIDE) {
              this.kept?.keep('contents', open); // beside the text they are open by themselves
            }
          })}
        </div>
        <main>
          ${this.fault === undefined ? nothing : faultView(this.fault, { label: t('Try again'), run: () => void this.load() })}
          ${headerView(lesson, reached)}
          ${
            lesson.sections.length === 0
              ? html`<p class="quiet">${t('This lesson has no text yet.')}</p>`
              : repeat(
                  lesson.sections,
                  (section) => section.id,
                  (section) => this.renderSection(section),
                )
          }
          ${lesson.sources.length === 0 ? nothing : this.renderSources()}
          ${
            lesson.goals.length === 0
              ? nothing
              : html`<section class="done" aria-labelledby="goals-left">${goalsView(lesson.goals, reached)}</section>`
          }
          ${this.renderTurn()}
        </main>
      </div>
      ${this.notice === undefined ? nothing : this.renderNotice(this.notice)}`;
  }

  private renderSection(section: Section): TemplateResult {
    return html`<section aria-labelledby=${section.id}>
      <h2 id=${section.id} tabindex="-1" data-place=${section.id}>${section.title}</h2>
      ${repeat(
        section.content,
        (content, index) => (content.type === 'html' ? `${section.id}-${index}` : content.id),
        (content, index) => this.renderContent(content, `${section.id}-${index}`),
      )}
    </section>`;
  }

  private renderContent(content: Content, key: string): TemplateResult {
    if (content.type === 'html') {
      return html`<div class="prose" data-place=${key}>${unsafeHTML(content.html)}</div>`;
    }
    return html`<div class="block" id="block-${content.id}" tabindex="-1" data-place=${key}>
      ${this.renderBlock(content)} ${'goal' in content && content.goal !== undefined ? this.renderGoal(content) : nothing}
    </div>`;
  }

  private renderBlock(block: Block): TemplateResult {
    switch (block.type) {
      case 'step':
        return html`<step-block .block=${block} .context=${this.context}></step-block>`;
      case 'quiz':
        return html`<quiz-block .block=${block} .context=${this.context}></quiz-block>`;
      case 'tokens':
        return html`<tokens-block .block=${block} .context=${this.context}></tokens-block>`;
      case 'plot':
        return html`<plot-block .block=${block} .context=${this.context}></plot-block>`;
      case 'source':
        return html`<source-block .block=${block} .context=${this.context}></source-block>`;
      case 'exercise':
        return html`<exercise-block
          .block=${block}
          .context=${this.context}
          .standing=${this.standings?.of(block.exercise.id)}
          .trouble=${this.standings?.fault}
        ></exercise-block>`;
      case 'run':
        return html`<run-block .block=${block} .context=${this.context}></run-block>`;
    }
  }

  private renderGoal(block: Exclude<Block, { type: 'source' }>): TemplateResult {
    const reached = this.page?.reached.includes(block.id) === true;
    return html`<p class="goal ${reached ? 'reached' : ''}" role="status">
      ${reached ? checkIcon : circleIcon}
      <span><strong>${reached ? t('Done:') : t('To do:')}</strong> ${block.goal?.text}</span>
    </p>`;
  }

  private renderSources(): TemplateResult {
    return html`<section class="sources" aria-labelledby="sources">
      <h2 id="sources">${t('Sources')}</h2>
      <ul>
        ${this.page?.lesson.sources.map(({ title, url }) => html`<li><a href=${url}>${title}</a></li>`)}
      </ul>
    </section>`;
  }

  private renderTurn(): TemplateResult | typeof nothing {
    const { previous, next } = this.page as LessonPage;
    const to = (way: string, kind: string, target: LessonPage['next']) =>
      target === undefined
        ? nothing
        : html`<button class=${kind} @click=${() => void this.turn(target.id)}>
            <span class="way">${way}</span><span class="to">${number(target.number)} ${target.title}</span>
          </button>`;
    return previous === undefined && next === undefined
      ? nothing
      : html`<nav class="turn" aria-label=${t('Other lessons')}>
          ${to(t('← Previous lesson'), 'previous', previous)} ${to(t('Next lesson →'), 'next', next)}
        </nav>`;
  }

  private renderNotice(fault: Fault): TemplateResult {
    return html`<div class="notice">
      ${faultView(fault, {
        label: t('Close'),
        run: () => {
          this.notice = undefined;
        },
      })}
    </div>`;
  }

  protected override updated(): void {
    // What is wider than its place scrolls, so the keyboard must reach it.
    for (const element of this.renderRoot.querySelectorAll<HTMLElement>(
      '.prose :is(pre, table, math[display="block"])',
    )) {
      const scrolls = element.scrollWidth > element.clientWidth + 1;
      if (scrolls) {
        element.setAttribute('tabindex', '0');
      } else {
        element.removeAttribute('tabindex');
      }
    }
    stretchFences(this.renderRoot);
    this.place?.watch();
  }

  private onClick(event: Event): void {
    const link = event.composedPath().find((node): node is HTMLAnchorElement => (node as Element).localName === 'a');
    const href = link?.getAttribute('href');
    if (href === undefined || href === null) {
      return;
    }
    // VS Code follows clicks on links too, on the window: it would scroll to the top for "#", and open https again.
    event.stopPropagation();
    if (event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    if (href.startsWith('#')) {
      this.place?.goTo(href.slice(1));
    } else {
      followLink(this.host, href).catch((error) => this.say(error));
    }
  }

  private async openInPanel(computation: Computation): Promise<void> {
    try {
      await this.host.request(openComputation, computation);
    } catch (error) {
      this.say(error);
    }
  }

  private async turn(lesson: string): Promise<void> {
    this.kept?.flush();
    try {
      await this.host.request(openLesson, { lesson });
    } catch (error) {
      this.say(error);
    }
  }

  /** Tells the host of a goal once; when it could not be kept, the learner is told and the next try reports again. */
  private async report(block: Block, event: GoalEvent): Promise<void> {
    const goal = 'goal' in block ? block.goal : undefined;
    if (goal?.when !== event || this.page === undefined) {
      return;
    }
    if (this.page.reached.includes(block.id) || this.reporting.has(block.id)) {
      return;
    }
    this.reporting.add(block.id);
    try {
      const reached = await this.host.request(reachGoal, { block: block.id });
      this.page = { ...this.page, reached };
    } catch (error) {
      this.say(error);
    } finally {
      this.reporting.delete(block.id);
    }
  }

  private say(error: unknown): void {
    this.notice = asFault(error);
  }
}

function number(value: number): string {
  return String(value).padStart(2, '0');
}
customElements.define('lesson-page', LessonPageElement);
