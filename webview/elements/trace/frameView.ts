// One step: its name, what happened, the formula, what went in and what came out, and where it stands in the sources.

import { html, nothing, type TemplateResult } from 'lit';
import type { Frame, SourcePlace, Trace } from '../../../src/shared/trace.ts';
import { framePorts, type PortsOptions } from './framePorts.ts';

export interface FrameOptions extends PortsOptions {
  /** The step's name as it may be shown now. While a bet is open (`veiled`), the note and the outputs are hidden. */
  readonly label: string;
  /** The note stands elsewhere: in what became of a bet. */
  readonly noteElsewhere: boolean;
  readonly onSource: (place: SourcePlace) => void;
  /** Stands between the inputs and the outputs. */
  readonly between: unknown;
}

export function frameView(trace: Trace, frame: Frame, options: FrameOptions): TemplateResult {
  const { label, veiled, noteElsewhere, onSource, between } = options;
  const { source } = frame;
  return html`<h4 class="frame-label" tabindex="-1">${label}</h4>
    ${veiled || noteElsewhere || frame.note === undefined ? nothing : html`<p class="note">${frame.note}</p>`}
    ${frame.formula === undefined ? nothing : html`<p class="formula"><code>${frame.formula}</code></p>`}
    ${between} ${framePorts(trace, frame, options)}
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
