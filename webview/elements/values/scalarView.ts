// A number with its unit.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ScalarValue } from '../../../src/shared/trace.ts';
import { formatNumber } from '../../l10n.ts';
import { baseStyles } from '../base.ts';

export class ScalarView extends LitElement {
  static override properties = { value: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      .value {
        font-size: 1.5em;
        font-weight: 600;
        line-height: 1.2;
      }
    `,
  ];
  declare value: ScalarValue | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (this.value === undefined) {
      return nothing;
    }
    const { value, unit } = this.value;
    return html`<span class="value number">${formatNumber(value)}</span> <span class="quiet">${unit ?? nothing}</span>`;
  }
}
customElements.define('scalar-view', ScalarView);
