// From a value to the view of its kind: the one place that knows which is which.

import { html, type TemplateResult } from 'lit';
import type { Value } from '../../../src/shared/trace.ts';
import { pointsMap } from '../map/pointsMap.ts';
import type { Against } from '../tensor/against.ts';
import type { TensorContext } from '../tensor/context.ts';
import type { FetchSlice } from '../tensor/partFetcher.ts';
import '../plane/planeView.ts';
import './graphView.ts';
import './pointsView.ts';
import './scalarView.ts';
import './tableView.ts';
import './tensorView.ts';
import './textView.ts';
import './tokensView.ts';
import './treeView.ts';
import './verdictsView.ts';

/** Where the numbers of tensors are: in the trace's buffer, and for what is only a preview, to be fetched. */
export interface Tensors {
  readonly buffer?: ArrayBuffer | undefined;
  readonly fetchSlice?: FetchSlice | undefined;
  /** What the trace says of this tensor beside its numbers. */
  readonly around?: TensorContext | undefined;
  /** Another run's, that it is shown against. */
  readonly against?: Against | undefined;
}

/** The view of a value. `label` names it to screen readers; `plain` leaves tokens without colours of their own. */
export function valueView(value: Value, label: string, plain = false, tensors: Tensors = {}): TemplateResult {
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
    case 'points':
      return value.look === 'map'
        ? pointsMap(value, label)
        : html`<points-view .value=${value} .label=${label}></points-view>`;
    case 'verdicts':
      return html`<verdicts-view .value=${value} .label=${label}></verdicts-view>`;
    case 'plane':
      return html`<plane-view .value=${value} .label=${label}></plane-view>`;
    case 'graph':
      return html`<graph-view .value=${value} .label=${label}></graph-view>`;
    case 'tensor':
      return html`<tensor-view
        .value=${value}
        .label=${label}
        .buffer=${tensors.buffer}
        .fetchSlice=${tensors.fetchSlice}
        .around=${tensors.around}
        .against=${tensors.against}
      ></tensor-view>`;
  }
}
