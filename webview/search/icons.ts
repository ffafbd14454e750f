// The search view's own icons, 16 by 16, in the text's colour. Their controls' names say what they do.

import { html, svg, type TemplateResult } from 'lit';

function icon(paths: ReturnType<typeof svg>): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.2" aria-hidden="true" focusable="false">
    ${paths}
  </svg>`;
}

export const whyIcon = icon(
  svg`<circle cx="8" cy="8" r="6" /><path d="M6.3 6.4C6.4 5.3 7.1 4.8 8 4.8s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.6" /><path d="M8 10.6v1" />`,
);
export const besideIcon = icon(svg`<rect x="1.6" y="2.6" width="12.8" height="10.8" rx="1" /><path d="M8 2.6v10.8" />`);
export const similarIcon = icon(svg`<circle cx="5.4" cy="8" r="3.6" /><circle cx="10.6" cy="8" r="3.6" />`);
export const filterIcon = icon(svg`<path d="M2 4h12M4 8h8M6.5 12h3" />`);
