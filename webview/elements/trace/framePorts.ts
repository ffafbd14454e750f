// What goes into a step and what comes out, as views with their names: side by side, or for a step of the way back each
// gradient beside the value that it is the gradient of.

import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, Port, Trace, Value } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import type { Against } from '../tensor/against.ts';
import { besideContext, contextOf } from '../tensor/context.ts';
import type { FetchSlice } from '../tensor/partFetcher.ts';
import { valueView } from '../values/valueView.ts';
import { type Beside, markedBeside } from './beside.ts';
import '../tensor/cellOrigin.ts';

export interface PortsOptions {
  /** Leave the outputs out: a bet is open. */
  readonly veiled: boolean;
  /** Show this input without its marks: they would tell. */
  readonly hideMarks: string | undefined;
  /** Leave this input out: the open bet lists all that is in it. */
  readonly leaveOut: string | undefined;
  readonly fetchSlice: FetchSlice | undefined;
  /** What stands for a port in another run that this one is shown against. */
  readonly beside?: (port: Port, at: number, kind: 'in' | 'out') => Beside | undefined;
}

/** A port with its place in the frame, by which what lights up finds it. */
interface Placed {
  readonly port: Port;
  readonly at: string;
}

export function framePorts(trace: Trace, frame: Frame, options: PortsOptions): TemplateResult {
  const inputs = frame.inputs
    .map((port, index): Placed => ({ port, at: `in-${index}` }))
    .filter(({ port }) => port.name !== options.leaveOut);
  const outputs = frame.outputs.map((port, index): Placed => ({ port, at: `out-${index}` }));
  // Before and after are drawn alike: where one of them marks pieces, none is coloured.
  const plain = [...inputs, ...outputs].some(({ port }) => marksPieces(trace.values[port.value]));
  const view = ({ port, at }: Placed, kind?: TemplateResult) =>
    portView(trace, port, at, kind, {
      unmarked: options.hideMarks === port.name,
      plain,
      beside: options.beside?.(port, Number(at.split('-')[1]), at.startsWith('in') ? 'in' : 'out'),
      fetchSlice: options.fetchSlice,
      shown: [...inputs, ...shown].map((one) => one.port),
    });
  const shown = options.veiled ? [] : outputs;
  const tensors = [...inputs, ...shown].some(({ port }) => trace.values[port.value]?.kind === 'tensor');
  const arithmetic = tensors && !options.veiled ? html`<cell-arithmetic></cell-arithmetic>` : nothing;
  const values = goesBack(frame)
    ? backwardPorts(inputs, shown, view, arithmetic)
    : forwardPorts(inputs, shown, view, arithmetic, needsWidth(trace, [...inputs, ...shown]));
  return tensors && !options.veiled
    ? html`<cell-origin .trace=${trace} .frame=${frame} .fetchSlice=${options.fetchSlice}>${values}</cell-origin>`
    : values;
}

type View = (placed: Placed, kind?: TemplateResult) => TemplateResult;

function forwardPorts(
  inputs: readonly Placed[],
  outputs: readonly Placed[],
  view: View,
  arithmetic: TemplateResult | typeof nothing,
  wide: boolean,
): TemplateResult {
  const two = inputs.length > 0 && outputs.length > 0 && !wide;
  // The side with many has the more room.
  const many = inputs.length > 2 ? 'many-in' : outputs.length > 2 ? 'many-out' : '';
  return html`<div class="values ${two ? `two ${many}` : ''}">
    ${inputs.length === 0 ? nothing : html`<div class="ports in"><h5>${t('In')}</h5>${inputs.map((one) => view(one))}</div>`}
    ${
      outputs.length === 0
        ? nothing
        : html`<div class="ports out"><h5>${t('Out')}</h5>${outputs.map((one) => view(one))} ${arithmetic}</div>`
    }
  </div>`;
}

/** Values beside their gradients: first what came in, then what goes on back. */
function backwardPorts(
  inputs: readonly Placed[],
  outputs: readonly Placed[],
  view: View,
  arithmetic: TemplateResult | typeof nothing,
): TemplateResult {
  const gradients = inputs.filter(({ port }) => port.gradientOf !== undefined);
  const values = inputs.filter(({ port }) => port.gradientOf === undefined);
  const beside = (gradient: Placed) => values.find(({ port }) => port.name === gradient.port.gradientOf);
  const paired = new Set([...gradients, ...outputs].map(beside));
  const pair = (gradient: Placed) => {
    const value = beside(gradient);
    const of = t('gradient of {0}', gradient.port.gradientOf ?? '');
    return html`<div class="pair">
      ${value === undefined ? nothing : view(value)} ${view(gradient, html`<span class="quiet">${of}</span>`)}
    </div>`;
  };
  const alone = values.filter((value) => !paired.has(value));
  return html`<div class="values back">
    <div class="ports in"><h5>${t('In')}</h5>${gradients.map(pair)}</div>
    ${alone.length === 0 ? nothing : html`<div class="ports in"><h5>${t('In, without a gradient')}</h5><div class="pair">${alone.map((one) => view(one))}</div></div>`}
    <div class="ports out"><h5>${t('Out')}</h5>${outputs.map(pair)} ${arithmetic}</div>
  </div>`;
}

/** True for a step of the way back that brought the values along. */
function goesBack({ inputs, outputs }: Frame): boolean {
  return (
    outputs.some(({ gradientOf }) => gradientOf !== undefined) &&
    inputs.some(({ gradientOf }) => gradientOf === undefined)
  );
}

/** A graph that flows to the right is cut off in half the width. */
function needsWidth(trace: Trace, ports: readonly Placed[]): boolean {
  return ports.some(({ port }) => {
    const value = trace.values[port.value];
    return value?.kind === 'graph' && value.look === 'flow';
  });
}

function marksPieces(value: Value | undefined): boolean {
  return value?.kind === 'tokens' && value.pieces.some((piece) => piece.role !== undefined);
}

function portView(
  trace: Trace,
  { name, value }: Port,
  at: string,
  kind: TemplateResult | undefined,
  options: {
    readonly unmarked: boolean;
    readonly plain: boolean;
    readonly fetchSlice: FetchSlice | undefined;
    readonly beside: Beside | undefined;
    /** All ports of the step that are on the screen. */
    readonly shown: readonly Port[];
  },
): TemplateResult {
  const found = trace.values[value];
  if (found === undefined) {
    return html`<p class="quiet">${t('The value "{0}" is missing from the trace.', name)}</p>`;
  }
  // What has a name in code keeps it as it is there.
  const shown = found.kind === 'tensor' ? name : spaced(name);
  return html`<div class="port" data-port=${name} data-port-at=${at}>
    <p class="port-name">${shown} ${kind ?? nothing}</p>
    ${valueView(drawnAs(found, options), shown, options.plain, {
      buffer: trace.buffer,
      against: againstOf(options.beside),
      fetchSlice: options.fetchSlice,
      around:
        found.kind === 'tensor'
          ? besideContext(contextOf(trace, value, options.shown), found, options.beside?.value)
          : undefined,
    })}
  </div>`;
}

function drawnAs(
  value: Value,
  { unmarked, beside }: { readonly unmarked: boolean; readonly beside: Beside | undefined },
): Value {
  return unmarked ? withoutMarks(value) : beside === undefined ? value : markedBeside(value, beside);
}

function againstOf(beside: Beside | undefined): Against | undefined {
  return beside?.value.kind === 'tensor' ? { ...beside, value: beside.value } : undefined;
}

function withoutMarks(value: Value): Value {
  if (value.kind !== 'table') {
    return value;
  }
  const { marks: _marks, ...rest } = value;
  return rest;
}

/** `bytesPerToken` as people write it: bytes per token. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_whole, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
