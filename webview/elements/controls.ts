// The only file that knows the control toolkit: buttons, drop-downs, text fields and check boxes as templates of ours,
// so that a successor can take its place here. The toolkit's badge is left out: it breaks the content policy.

import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

export interface ButtonOptions {
  /** The visible text, or with an icon alone the accessible name. */
  readonly label: string;
  readonly onClick: (event: Event) => void;
  readonly icon?: TemplateResult;
  /** Show the icon and not the text. */
  readonly iconOnly?: boolean;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** For a button that stays in: true or false. */
  readonly pressed?: boolean;
  /** For a button that opens something: whether it is open. */
  readonly expanded?: boolean;
  /** A longer explanation, shown on hover. */
  readonly title?: string;
}

/** A push button. Gives `data-control=label` to tests and to no one else. */
export function button(options: ButtonOptions): TemplateResult {
  const { label, onClick, icon, iconOnly = false, primary = false, disabled = false, pressed, expanded } = options;
  return html`<vscode-button
    appearance=${iconOnly ? 'icon' : primary ? 'primary' : 'secondary'}
    aria-label=${iconOnly ? label : nothing}
    title=${options.title ?? (iconOnly ? label : nothing)}
    ${ref((element) => switchOff(element, disabled))}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    aria-expanded=${expanded === undefined ? nothing : String(expanded)}
    data-control=${label}
    @click=${(event: Event) => {
      // The toolkit's disabled buttons still let the host element's click through.
      if (!disabled) {
        onClick(event);
      }
    }}
    >${icon !== undefined && !iconOnly ? html`<span slot="start">${icon}</span>` : (icon ?? nothing)}${
      iconOnly ? nothing : label
    }</vscode-button
  >`;
}

/**
 * Switches a button off or on. One that has the focus stays where it is until the focus leaves it: a button that is gone
 * from under the keyboard would throw its reader out to the page's top.
 */
function switchOff(element: Element | undefined, off: boolean): void {
  if (element === undefined) {
    return;
  }
  const held = off && element.matches(':focus-within');
  element.toggleAttribute('disabled', off && !held);
  if (held) {
    element.setAttribute('aria-disabled', 'true');
    element.addEventListener('blur', leave, { once: true });
  } else {
    element.removeAttribute('aria-disabled');
  }
}

function leave({ currentTarget }: Event): void {
  const element = currentTarget as Element;
  element.toggleAttribute('disabled', element.hasAttribute('aria-disabled'));
  element.removeAttribute('aria-disabled');
}

export interface DropdownOptions {
  readonly label: string;
  readonly value: string;
  /** One that is off can't be chosen: a heading over those behind it. */
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: string) => void;
}

/** A choice of one; the label is the accessible name and must be shown beside it by the caller. */
export function dropdown({ label, value, options, onChange }: DropdownOptions): TemplateResult {
  // Closed, it goes on showing the text of an option whose text has changed: other texts get a drop-down of their own.
  const texts = options.map((option) => option.label).join('\n');
  return html`${keyed(
    texts,
    html`<vscode-dropdown
      aria-label=${label}
      data-control=${label}
      .value=${live(value)}
      @change=${(event: Event) => onChange((event.currentTarget as HTMLSelectElement).value)}
    >
      ${options.map(
        (option) =>
          html`<vscode-option
            value=${option.value}
            ?selected=${option.value === value}
            ?disabled=${option.disabled === true}
            >${option.label}</vscode-option
          >`,
      )}
    </vscode-dropdown>`,
  )}`;
}

export interface TextOptions {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  /** Id of the element that says more, or what is wrong. */
  readonly describedBy?: string;
}

/** One line of text, its label above it. */
export function textField(options: TextOptions): TemplateResult {
  return html`<vscode-text-field
    data-control=${options.label}
    .value=${live(options.value)}
    placeholder=${options.placeholder ?? nothing}
    ?aria-invalid=${options.invalid ?? false}
    @input=${(event: Event) => options.onInput((event.currentTarget as HTMLInputElement).value)}
    ${ref((element) => spoken(element, options.label))}
    >${options.label}</vscode-text-field
  >`;
}

/** Several lines of text, its label above it. */
export function textArea(options: TextOptions & { readonly rows?: number }): TemplateResult {
  return html`<vscode-text-area
    data-control=${options.label}
    .value=${live(options.value)}
    rows=${options.rows ?? 3}
    resize="vertical"
    placeholder=${options.placeholder ?? nothing}
    @input=${(event: Event) => options.onInput((event.currentTarget as HTMLTextAreaElement).value)}
    ${ref((element) => spoken(element, options.label))}
    >${options.label}</vscode-text-area
  >`;
}

/** The toolkit's label points at its inner field by id; a name on the field itself is surer with screen readers. */
function spoken(element: Element | undefined, label: string): void {
  if (element !== undefined) {
    (element as Element & { ariaLabel: string | null }).ariaLabel = label;
  }
}

export interface CheckboxOptions {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function checkbox({ label, checked, onChange }: CheckboxOptions): TemplateResult {
  return html`<vscode-checkbox
    data-control=${label}
    .checked=${live(checked)}
    @change=${(event: Event) => {
      const now = (event.currentTarget as HTMLInputElement).checked;
      // The toolkit also reports the value that was set from here.
      if (now !== checked) {
        onChange(now);
      }
    }}
    >${label}</vscode-checkbox
  >`;
}

/** Turns while something runs; says so to screen readers through the text beside it, not by itself. */
export function progressRing(): TemplateResult {
  return html`<vscode-progress-ring aria-hidden="true"></vscode-progress-ring>`;
}
