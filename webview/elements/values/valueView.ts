// From a value to the view of its kind: the one place that knows which is which.

import { html, type TemplateResult } from 'lit';
import type { Value } from '../../../src/shared/trace.ts';
import './scalarView.ts';
import './tableView.ts';
import './textView.ts';
import './tokensView.ts';
import './treeView.ts';

/** The view of a value. `label` names it to screen readers; `plain` leaves tokens without colours of their own. */
export function valueView(value: Value, label: string, plain = false): TemplateResult {
  switch (value.kind) {
    case 'scalar':
      return html`<scalar-view .value=${value}></scalar-view>`;
    case 'text':
      return html`<text-view .value=${value} .label=${label}></text-view>`;
    case 'tokens':
      return html`<tokens-view .value=${value} .label=${label} .plain=${plain}></tokens-view>`;
    case 'table':
      return html`<table-view .value=${value} .label=${label}></table-view>`;
    case 'tree':
      return html`<tree-view .value=${value} .label=${label}></tree-view>`;
  }
}
