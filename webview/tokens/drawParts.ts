// Draws a token's parts as elements, by hand and not by templates: a screen holds thousands of tokens.

import type { Part } from './display.ts';

export function drawParts(into: HTMLElement, parts: readonly Part[]): void {
  for (const part of parts) {
    if (part.kind === 'text') {
      into.append(part.text);
    } else if (part.kind === 'bytes') {
      const bytes = document.createElement('span');
      bytes.className = 'bytes';
      bytes.textContent = part.hex;
      into.append(bytes);
    } else {
      const sign = document.createElement('span');
      sign.className = part.boxed ? 'sign boxed' : 'sign';
      sign.dataset.sign = part.sign;
      // The real character stays, so that what is copied is the text itself and a line feed breaks the line.
      const real = document.createElement('span');
      real.textContent = part.real;
      sign.append(real);
      into.append(sign);
    }
  }
}
