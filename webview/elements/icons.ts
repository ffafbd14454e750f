// Our own icons, 16 by 16, drawn in the text's colour. They say nothing to screen readers: the control's name does.

import { html, svg, type TemplateResult } from 'lit';

function icon(paths: ReturnType<typeof svg>): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">
    ${paths}
  </svg>`;
}

export const firstIcon = icon(svg`<path d="M3 3h1.6v10H3zM13 3v10L5.6 8z" />`);
export const previousIcon = icon(svg`<path d="M11.5 3v10L4 8z" />`);
export const nextIcon = icon(svg`<path d="M4.5 3v10L12 8z" />`);
export const lastIcon = icon(svg`<path d="M11.4 3H13v10h-1.6zM3 3v10l7.4-5z" />`);
export const playIcon = icon(
  svg`<path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM6.5 5v6l4.6-3z" />`,
);
export const pauseIcon = icon(
  svg`<path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM5.7 5h1.6v6H5.7zM8.7 5h1.6v6H8.7z" />`,
);
export const listIcon = icon(
  svg`<path d="M1 3h2v2H1zm4 .4h10v1.2H5zM3 7h2v2H3zm4 .4h8v1.2H7zM3 11h2v2H3zm4 .4h8v1.2H7z" />`,
);
export const chevronRightIcon = icon(svg`<path d="M5.7 3.3 6.6 2.4 12.2 8l-5.6 5.6-.9-.9L10.4 8z" />`);
export const chevronDownIcon = icon(svg`<path d="M3.3 5.7 2.4 6.6 8 12.2l5.6-5.6-.9-.9L8 10.4z" />`);
export const checkIcon = icon(svg`<path d="M6.3 12.7 2 8.4l1-1 3.3 3.3L13 4l1 1z" />`);
export const circleIcon = icon(
  svg`<path d="M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm0 1.2a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6z" />`,
);
export const warningIcon = icon(
  svg`<path d="M8 1.5 15.3 14H.7zM8 4 2.8 12.8h10.4zM7.4 6.7h1.2v3H7.4zm0 3.8h1.2v1.2H7.4z" />`,
);
export const crossIcon = icon(
  svg`<path d="m8 7.1 3.9-3.9.9.9L8.9 8l3.9 3.9-.9.9L8 8.9l-3.9 3.9-.9-.9L7.1 8 3.2 4.1l.9-.9z" />`,
);
export const betIcon = icon(
  svg`<path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zm-.6 8.6h1.2V12H7.4zM8 4c1.5 0 2.6 1 2.6 2.3 0 1-.6 1.6-1.2 2.1-.5.4-.8.7-.8 1.3v.2H7.4v-.2c0-1.1.7-1.7 1.2-2.2.5-.4.8-.7.8-1.2 0-.6-.6-1.1-1.4-1.1S6.6 5.7 6.6 6.4H5.4C5.4 5 6.5 4 8 4z" />`,
);
export const plusIcon = icon(svg`<path d="M7.4 3h1.2v4.4H13v1.2H8.6V13H7.4V8.6H3V7.4h4.4z" />`);
export const minusIcon = icon(svg`<path d="M3 7.4h10v1.2H3z" />`);
export const fitIcon = icon(
  svg`<path d="M2 2h4.5v1.2H3.2v3.3H2zm7.5 0H14v4.5h-1.2V3.2H9.5zM2 9.5h1.2v3.3h3.3V14H2zm10.8 0H14V14H9.5v-1.2h3.3zM5.5 5.5h5v5h-5z" />`,
);
export const openIcon = icon(
  svg`<path d="M2 3h5v1.2H3.2v8.6h8.6V9H13v5H2zM9 2h5v5h-1.2V4.1L7.9 9l-.9-.9 4.9-4.9H9z" />`,
);
export const upIcon = icon(svg`<path d="M8 2.6 13.2 8l-.9.9-3.7-3.8v8.3H7.4V5.1L3.7 8.9 2.8 8z" />`);
/** Half done. */
export const halfIcon = icon(
  svg`<path d="M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm0 1.2v8.6a4.3 4.3 0 0 0 0-8.6z" />`,
);
/** Left for later. */
export const laterIcon = icon(
  svg`<path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.2a5.3 5.3 0 1 0 0 10.6A5.3 5.3 0 0 0 8 2.7zM7.4 4h1.2v3.7l2.6 1.6-.6 1-3.2-2z" />`,
);
/** Something to write. */
export const penIcon = icon(
  svg`<path d="M11.3 1.6 14.4 4.7 5.2 13.9 1.4 14.6 2.1 10.8zM3.2 11.4l-.3 1.7 1.7-.3 6-6-1.4-1.4zm8.1-8.1-1.2 1.2 1.4 1.4 1.2-1.2z" />`,
);
