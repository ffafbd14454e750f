// The form that a program's own declaration makes: a field for each parameter that the block lets the learner change.
// Emits `params-change` with all values, after a pause in typing, and only when each of them fits; and while a slider is
// moved `params-live`, at once, where it is told that somebody listens (`live`).

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { NumberParam, ParamSpec, ParamSpecs, TextParam } from '../../src/shared/params.ts';
import type { ParamValue, ParamValues } from '../../src/shared/trace.ts';
import { t } from '../l10n.ts';
import { button, checkbox, dropdown, textArea, textField } from './controls.ts';
import { paramStyles } from './paramStyles.ts';

/** How long typing may pause before the program runs again, in milliseconds. */
const PAUSE = 350;
/** A field for so many UTF-16 units takes whole files. */
const LONG = 100_000;

/** Undefined when the learner left it; never rejects. */
export type TakeText = (most: number) => Promise<string | undefined>;

export class ParamControls extends LitElement {
  static override properties = {
    specs: { attribute: false },
    names: { attribute: false },
    folded: { attribute: false },
    values: { attribute: false },
    initial: { attribute: false },
    live: { type: Boolean },
    takeText: { attribute: false },
    taking: { state: true },
    drafts: { state: true },
  };
  static override styles = paramStyles;
  declare specs: ParamSpecs;
  /** Which parameters show, in order. */
  declare names: readonly string[];
  /** Those of them that can be set elsewhere too: they stand behind a fold. */
  declare folded: readonly string[];
  declare values: ParamValues;
  /** What Reset goes back to. */
  declare initial: ParamValues;
  /** Moving a slider is told at once. */
  declare live: boolean;
  /** Asks the learner for a text of at most so many UTF-16 units; where it is there, long fields offer it. */
  declare takeText: TakeText | undefined;
  /** Fields whose text is being asked for. */
  declare taking: ReadonlySet<string>;
  /** What was typed and doesn't fit, by name. */
  declare drafts: Readonly<Record<string, string>>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What was set and is not told yet. */
  private untold: ParamValues = {};

  constructor() {
    super();
    this.specs = {};
    this.names = [];
    this.folded = [];
    this.values = {};
    this.initial = {};
    this.live = false;
    this.takeText = undefined;
    this.taking = new Set();
    this.drafts = {};
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** The values may be handed in again at any time, as they were before what was set and is not told yet. */
  protected override willUpdate(): void {
    for (const [name, value] of Object.entries(this.untold)) {
      if (this.values[name] !== value) {
        this.values = { ...this.values, [name]: value };
      }
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const known = this.names.filter((name) => this.specs[name] !== undefined);
    if (known.length === 0) {
      return nothing;
    }
    const changed = known.some((name) => this.valueNow(name) !== this.initialOf(name) || name in this.drafts);
    const open = known.filter((name) => !this.folded.includes(name));
    const folded = known.filter((name) => this.folded.includes(name));
    const reset = html`<div class="reset">
      ${button({
        label: t('Reset'),
        disabled: !changed,
        onClick: () => this.backToInitial(),
        title: t('Back to the values that the lesson set'),
      })}
    </div>`;
    const form = (shown: readonly string[], last?: TemplateResult) =>
      html`<div class="form">${shown.map((name) => this.renderParam(name))} ${last ?? nothing}</div>`;
    if (folded.length === 0) {
      return form(open, reset);
    }
    return html`${open.length === 0 ? nothing : form(open)}
      <div class="foot">
        <details>
          <summary>${t('What you drag, in numbers')}</summary>
          ${form(folded)}
        </details>
        ${reset}
      </div>`;
  }

  private renderParam(name: string): TemplateResult {
    const spec = this.specs[name] as ParamSpec;
    const wide = spec.type === 'text' && (spec.multiline === true || spec.maxLength > 200);
    const wrong = this.drafts[name] === undefined ? undefined : faultOf(spec, this.drafts[name]);
    return html`<div class=${wide ? 'wide' : spec.type} data-param=${name}>
      ${this.renderControl(name, spec)}
      ${spec.help === undefined ? nothing : html`<p class="help quiet">${spec.help}</p>`}
      ${wrong === undefined ? nothing : html`<p class="wrong" role="alert">${wrong}</p>`}
    </div>`;
  }

  private renderControl(name: string, spec: ParamSpec): TemplateResult {
    const value = this.valueNow(name);
    switch (spec.type) {
      case 'text': {
        const options = {
          label: spec.label,
          value: this.drafts[name] ?? String(value),
          onInput: (text: string) => this.typed(name, spec, text),
        };
        return spec.multiline === true
          ? html`${textArea({ ...options, rows: 4 })} ${this.renderTake(name, spec)}`
          : textField(options);
      }
      case 'number':
        return this.renderNumber(name, spec, Number(value));
      case 'choice':
        return html`<span class="label" aria-hidden="true">${spec.label}</span>${dropdown({
          label: spec.label,
          value: String(value),
          options: spec.options,
          onChange: (chosen) => this.set(name, chosen, 0),
        })}`;
      case 'switch':
        return checkbox({ label: spec.label, checked: value === true, onChange: (on) => this.set(name, on, 0) });
    }
  }

  /** For fields that have room for a file. */
  private renderTake(name: string, spec: TextParam): TemplateResult | typeof nothing {
    const { takeText } = this;
    return takeText === undefined || spec.maxLength < LONG
      ? nothing
      : html`<div class="take">
          ${button({
            label: t('Take a text…'),
            disabled: this.taking.has(name),
            onClick: () => void this.take(name, spec, takeText),
            title: t('A file of yours, what an editor shows, or a book'),
          })}
        </div>`;
  }

  private async take(name: string, spec: TextParam, takeText: TakeText): Promise<void> {
    this.taking = new Set([...this.taking, name]);
    try {
      const text = await takeText(spec.maxLength);
      if (text !== undefined) {
        this.typed(name, spec, text);
      }
    } finally {
      this.taking = new Set([...this.taking].filter((other) => other !== name));
    }
  }

  private renderNumber(name: string, spec: NumberParam, value: number): TemplateResult {
    const draft = this.drafts[name];
    return html`<span class="label" aria-hidden="true">${spec.label}</span>
      <div class="number-row">
        <input
          type="range"
          aria-label=${spec.label}
          min=${spec.min}
          max=${spec.max}
          step=${spec.step}
          .value=${String(value)}
          @input=${(event: Event) => this.set(name, Number((event.target as HTMLInputElement).value), this.live ? 'live' : PAUSE)}
        />
        <input
          type="text"
          inputmode="decimal"
          aria-label=${t('{0}, typed', spec.label)}
          aria-invalid=${draft === undefined ? nothing : 'true'}
          .value=${draft ?? String(value)}
          @input=${(event: Event) => this.typed(name, spec, (event.target as HTMLInputElement).value)}
        />
      </div>`;
  }

  private valueNow(name: string): ParamValue {
    return this.values[name] ?? (this.specs[name] as ParamSpec).default;
  }

  private initialOf(name: string): ParamValue {
    return this.initial[name] ?? (this.specs[name] as ParamSpec).default;
  }

  private typed(name: string, spec: ParamSpec, text: string): void {
    if (faultOf(spec, text) !== undefined) {
      clearTimeout(this.timer);
      this.drafts = { ...this.drafts, [name]: text };
      return;
    }
    this.set(name, spec.type === 'number' ? Number(text) : text, PAUSE);
  }

  private set(name: string, value: ParamValue, when: number | 'live'): void {
    const { [name]: _fits, ...drafts } = this.drafts;
    this.drafts = drafts;
    this.values = { ...this.values, [name]: value };
    this.untold = { ...this.untold, [name]: value };
    this.announce(when);
  }

  private backToInitial(): void {
    this.drafts = {};
    this.values = this.initial;
    this.untold = this.initial;
    this.announce(0);
  }

  /** Tells the values after a pause of so many milliseconds, or at once and as often as a slider moves. */
  private announce(when: number | 'live'): void {
    clearTimeout(this.timer);
    if (Object.keys(this.drafts).length > 0) {
      return;
    }
    const tell = (event: string) => {
      const detail = { ...this.values, ...this.untold };
      this.untold = {};
      this.dispatchEvent(new CustomEvent(event, { detail }));
    };
    if (when === 'live') {
      tell('params-live');
    } else {
      this.timer = setTimeout(() => tell('params-change'), when);
    }
  }
}

/** Why the typed text doesn't fit, as a sentence; undefined when it does. */
function faultOf(spec: ParamSpec, text: string): string | undefined {
  if (spec.type === 'text') {
    return text.length > spec.maxLength
      ? t('At most {0} characters; this is {1}.', spec.maxLength, text.length)
      : undefined;
  }
  if (spec.type !== 'number') {
    return undefined;
  }
  const value = Number(text);
  const whole = spec.step === 1;
  const fits = text.trim() !== '' && value >= spec.min && value <= spec.max && (!whole || Number.isInteger(value));
  if (fits) {
    return undefined;
  }
  return whole
    ? t('A whole number from {0} to {1}.', spec.min, spec.max)
    : t('A number from {0} to {1}.', spec.min, spec.max);
}
customElements.define('param-controls', ParamControls);
