// A token's parts as templates, for the places that show only a few tokens.

import { html, type TemplateResult } from 'lit';
import type { Part } from './display.ts';

export function partTemplates(parts: readonly Part[]): TemplateResult {
  return html`${parts.map(drawn)}`;
}

function drawn(part: Part): TemplateResult | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'bytes':
      return html`<span class="bytes">${part.hex}</span>`;
    case 'sign':
      return html`<span class=${part.boxed ? 'sign boxed' : 'sign'} data-sign=${part.sign}></span>`;
  }
}
