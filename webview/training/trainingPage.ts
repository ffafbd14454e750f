// Train a tokenizer on your files: choose text, choose how, watch the vocabularies grow side by side, keep the result.
// The page pulls each training from the worker; the files are the host's.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Progress } from '../../src/shared/messages.ts';
import {
  addTrainingFiles,
  clearTrainingFiles,
  inspectTrainings,
  loadTrainingFiles,
  saveTraining,
  startTraining,
  TRAINED_KINDS,
  type TrainingFiles,
} from '../../src/shared/trainingMessages.ts';
import { button, checkbox, progressRing, textField } from '../elements/controls.ts';
import { faultView } from '../elements/faultView.ts';
import { HeldFocus } from '../elements/heldFocus.ts';
import { cancelSource, type Host, type VsCodeApi } from '../host.ts';
import { t } from '../l10n.ts';
import { ViewState } from '../state/viewState.ts';
import { TrainingCourse } from './course.ts';
import { compressionPlot, courseCard } from './coursesPart.ts';
import { type From, filesPart } from './filesPart.ts';
import { kindName, kindSays } from './kinds.ts';
import { faultIn, type Options, optionsOf } from './options.ts';
import { trainingStyles } from './trainingStyles.ts';

const OPTIONS = 'options';

export class TrainingPage extends LitElement {
  static override properties = {
    files: { state: true },
    reading: { state: true },
    options: { state: true },
    fault: { state: true },
    notice: { state: true },
    starting: { state: true },
  };
  static override styles = trainingStyles;
  readonly heldFocus = new HeldFocus(this);
  host!: Host;
  api!: VsCodeApi;
  declare files: TrainingFiles | undefined;
  declare reading: Progress | true | undefined;
  declare options: Options;
  declare fault: Fault | undefined;
  declare notice: string | undefined;
  /** Between the press and the first work: a second press does nothing. */
  declare starting: boolean;
  private courses: readonly TrainingCourse[] = [];
  private kept!: ViewState;
  private cancelReading: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = new ViewState(this.api, 'training');
    this.options = optionsOf(this.kept.read(OPTIONS));
    this.starting = false;
    void this.load();
  }

  private get busy(): boolean {
    return this.starting || this.running;
  }

  private get running(): boolean {
    return this.courses.some(({ state }) => state === 'running' || state === 'paused');
  }

  protected override render(): TemplateResult {
    return html`<main>
      <header>
        <h1>${t('Train a tokenizer on your files')}</h1>
        <p class="small">
          ${t('A vocabulary is learned from text. Learn three from yours, each in its own way, and see what they find and how few tokens they need.')}
        </p>
      </header>
      ${this.fault === undefined ? nothing : faultView(this.fault, { label: t('Close'), run: () => this.forgive() })}
      ${
        this.files === undefined
          ? html`<div class="row" role="status">${progressRing()} ${t('Opening…')}</div>`
          : html`${filesPart({
              files: this.files,
              reading: this.reading,
              busy: this.busy,
              onAdd: (from) => void this.add(from),
              onCancel: () => this.cancelReading(),
              onClear: () => void this.clear(),
            })}
            ${this.renderChoice(this.files)} ${this.renderCourses()}`
      }
    </main>`;
  }

  private renderChoice(files: TrainingFiles): TemplateResult {
    const { vocabulary, minFrequency, kinds } = this.options;
    const wrong = faultIn(this.options);
    return html`<section aria-labelledby="options-heading">
      <h2 id="options-heading">${t('2. How to learn')}</h2>
      <div class="options">
        ${textField({
          label: t('Pieces in the vocabulary'),
          value: vocabulary,
          invalid: wrong?.field === 'vocabulary',
          describedBy: 'wrong',
          onInput: (value) => this.set({ vocabulary: value }),
        })}
        ${textField({
          label: t('Least times a pair must occur'),
          value: minFrequency,
          invalid: wrong?.field === 'minFrequency',
          describedBy: 'wrong',
          onInput: (value) => this.set({ minFrequency: value }),
        })}
        <fieldset>
          <legend>${t('Kinds')}</legend>
          ${TRAINED_KINDS.map((kind) =>
            checkbox({
              label: kindName(kind),
              checked: kinds.includes(kind),
              onChange: (on) => {
                this.set({ kinds: TRAINED_KINDS.filter((one) => (one === kind ? on : kinds.includes(one))) });
              },
            }),
          )}
        </fieldset>
      </div>
      <ul class="says small quiet">
        ${kinds.map((kind) => html`<li>${kindName(kind)}: ${kindSays(kind)}</li>`)}
      </ul>
      <p class="small" id="wrong" role="status">${wrong?.says ?? nothing}</p>
      <div class="row">
        ${button({
          label: this.courses.length > 0 ? t('Train again') : t('Train'),
          primary: true,
          disabled: wrong !== undefined || files.files.length === 0 || this.busy || this.reading !== undefined,
          onClick: () => void this.train(),
        })}
        ${this.renderRunning()}
      </div>
    </section>`;
  }

  private renderRunning(): TemplateResult | typeof nothing {
    if (!this.running) {
      return nothing;
    }
    const paused = this.courses.some(({ state }) => state === 'paused');
    return html`${
      paused
        ? button({ label: t('Go on'), onClick: () => this.all((course) => course.resume()) })
        : button({ label: t('Pause'), onClick: () => this.all((course) => course.pause()) })
    }
    ${button({ label: t('Stop'), onClick: () => this.all((course) => unlessOver(course)) })}`;
  }

  private renderCourses(): TemplateResult | typeof nothing {
    if (this.courses.length === 0) {
      return nothing;
    }
    const over = this.courses.filter(({ state }) => state === 'over');
    return html`<section aria-labelledby="courses-heading">
      <h2 id="courses-heading">${t('3. What they learned')}</h2>
      <div class="courses">${this.courses.map((course) => courseCard(course, (one) => void this.save(one)))}</div>
      ${compressionPlot(this.courses)}
      <p class="caption">
        ${t('Higher is shorter: more bytes of your text in each token. The files are those that were learned from; other text will be cut into more tokens. Unigram works down from more pieces: it is measured once, at its end. WordPiece forgets capitals, accents and white space, so it has less to spell.')}
      </p>
      <div class="row">
        ${button({
          label: over.length > 1 ? t('Compare in the token inspector') : t('Open in the token inspector'),
          disabled: over.length === 0 || this.running,
          onClick: () => void this.inspect(over),
        })}
        <span role="status" class="small quiet">${this.notice ?? nothing}</span>
      </div>
    </section>`;
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.files = await this.host.request(loadTrainingFiles, {});
    });
  }

  private async add(from: From): Promise<void> {
    const source = cancelSource();
    this.cancelReading = () => source.cancel();
    this.reading = true;
    await this.attempt(async () => {
      this.files = await this.host.request(
        addTrainingFiles,
        { from },
        {
          token: source.token,
          onProgress: (progress) => {
            this.reading = progress;
          },
        },
      );
    });
    this.reading = undefined;
    // What was read before a cancel or a fault counts.
    await this.load();
  }

  private async clear(): Promise<void> {
    await this.attempt(async () => {
      this.courses = []; // the worker forgets them with their texts
      this.files = await this.host.request(clearTrainingFiles, {});
    });
  }

  private async train(): Promise<void> {
    this.starting = true;
    this.fault = undefined;
    this.notice = undefined;
    await Promise.all(this.courses.map((course) => course.stop()));
    this.courses = [];
    await this.attempt(() => this.begin());
    this.starting = false;
    this.all((course) => void course.run());
  }

  /** All kinds, or none: what was begun before a fault is stopped. */
  private async begin(): Promise<void> {
    const { vocabulary, minFrequency, kinds } = this.options;
    const started: TrainingCourse[] = [];
    try {
      for (const kind of kinds) {
        const { training } = await this.host.request(startTraining, {
          kind,
          vocabulary: Number(vocabulary),
          minFrequency: Number(minFrequency),
        });
        started.push(new TrainingCourse(this.host, kind, training, () => this.requestUpdate()));
      }
    } catch (error) {
      await Promise.all(started.map((course) => course.stop()));
      throw error;
    }
    this.courses = started;
  }

  private all(act: (course: TrainingCourse) => void): void {
    this.courses.forEach(act);
    this.requestUpdate();
  }

  private async save({ training, kind }: TrainingCourse): Promise<void> {
    await this.attempt(async () => {
      const { file } = await this.host.request(saveTraining, { training, kind });
      this.notice = file === null ? undefined : t('Saved as {0}.', file);
    });
  }

  private async inspect(courses: readonly TrainingCourse[]): Promise<void> {
    await this.attempt(async () => {
      await this.host.request(inspectTrainings, {
        trainings: courses.map(({ training, kind }) => ({ training, kind })),
      });
    });
  }

  private set(changed: Partial<Options>): void {
    this.options = { ...this.options, ...changed };
    this.kept.keep(OPTIONS, this.options);
  }

  private forgive(): void {
    this.fault = undefined;
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
  }
}

function unlessOver(course: TrainingCourse): void {
  if (course.state !== 'over') {
    void course.stop();
  }
}

customElements.define('training-page', TrainingPage);
