// One step: its name, what happened, the formula, what went in and what came out, and where it stands in the sources.

import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, Port, SourcePlace, Trace, Value } from '../../../src/shared/trace.ts';
import { t } from '../../l10n.ts';
import type { FetchSlice } from '../values/tensorView.ts';
import { valueView } from '../values/valueView.ts';
import '../tensor/cellOrigin.ts';

export interface FrameOptions {
  /** The step's name as it may be shown now. */
  readonly label: string;
  /** Hide the note and the outputs: a bet is open. */
  readonly veiled: boolean;
  /** The note stands elsewhere: in what became of a bet. */
  readonly noteElsewhere: boolean;
  /** Show this input without its marks: they would tell. */
  readonly hideMarks: string | undefined;
  readonly onSource: (place: SourcePlace) => void;
  /** Gets parts of tensors that came as previews. */
  readonly fetchSlice?: FetchSlice | undefined;
  /** Stands between the inputs and the outputs. */
  readonly between: unknown;
}

export function frameView(trace: Trace, frame: Frame, options: FrameOptions): TemplateResult {
  const { label, veiled, noteElsewhere, hideMarks, onSource, fetchSlice, between } = options;
  // Before and after are drawn alike: where one of them marks pieces, none is coloured.
  const marked = [...frame.inputs, ...frame.outputs].some(({ value }) => marksPieces(trace.values[value]));
  const tensors = hasTensors(trace, frame);
  const ports = (list: readonly Port[], title: string, kind: string) =>
    list.length === 0
      ? nothing
      : html`<div class="ports ${kind}">
          <h5>${title}</h5>
          ${list.map((port) => portView(trace, port, { unmarked: hideMarks === port.name, plain: marked, fetchSlice }))}
          ${tensors && kind === 'out' ? html`<cell-arithmetic></cell-arithmetic>` : nothing}
        </div>`;
  const { source } = frame;
  const values = html`<div class="values ${frame.inputs.length > 0 && frame.outputs.length > 0 && !veiled ? 'two' : ''}">
    ${ports(frame.inputs, t('In'), 'in')} ${veiled ? nothing : ports(frame.outputs, t('Out'), 'out')}
  </div>`;
  return html`<h4 class="frame-label" tabindex="-1">${label}</h4>
    ${veiled || noteElsewhere || frame.note === undefined ? nothing : html`<p class="note">${frame.note}</p>`}
    ${frame.formula === undefined ? nothing : html`<p class="formula"><code>${frame.formula}</code></p>`}
    ${between}
    ${tensors && !veiled ? html`<cell-origin .trace=${trace} .frame=${frame}>${values}</cell-origin>` : values}
    ${
      source === undefined
        ? nothing
        : html`<p class="place">
            <a
              href="#"
              @click=${(event: Event) => {
                event.preventDefault();
                onSource(source);
              }}
              >${source.file}:${source.line}</a
            >
          </p>`
    }`;
}

function marksPieces(value: Value | undefined): boolean {
  return value?.kind === 'tokens' && value.pieces.some((piece) => piece.role !== undefined);
}

function hasTensors(trace: Trace, { outputs }: Frame): boolean {
  return outputs.some(({ value }) => trace.values[value]?.kind === 'tensor');
}

interface PortOptions {
  readonly unmarked: boolean;
  readonly plain: boolean;
  readonly fetchSlice: FetchSlice | undefined;
}

function portView(trace: Trace, { name, value }: Port, { unmarked, plain, fetchSlice }: PortOptions): TemplateResult {
  const found = trace.values[value];
  if (found === undefined) {
    return html`<p class="quiet">${t('The value "{0}" is missing from the trace.', name)}</p>`;
  }
  // What has a name in code keeps it as it is there.
  const shown = found.kind === 'tensor' ? name : spaced(name);
  return html`<div class="port" data-port=${name}>
    <p class="port-name">${shown}</p>
    ${valueView(unmarked ? withoutMarks(found) : found, shown, plain, { buffer: trace.buffer, fetchSlice })}
  </div>`;
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
