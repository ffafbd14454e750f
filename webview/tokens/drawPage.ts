// Draws a page of the text: by one tokenizer as running text; by several line for line, each line as often as there are
// tokenizers. What belongs to no token is drawn too, quietly. By hand and not by templates: a screen holds thousands.

import { looks, nextPlace, placeInLine } from './colours.ts';
import { type Part, partsOf, partsOfText, spoken } from './display.ts';
import { cutLines } from './pages.ts';
import type { TokenData } from './tokenData.ts';

const LINE_FEED = 10;

/** A page that is not drawn, of a guessed height in px. */
export function emptyPage(height: number): HTMLElement {
  const page = element('page');
  page.style.height = `${height}px`;
  return page;
}

/** @returns the tokens' elements, by column and in order. */
export function drawPage(page: HTMLElement, columns: readonly TokenData[], from: number, to: number): HTMLElement[][] {
  const [main] = columns;
  if (main === undefined) {
    return [];
  }
  if (columns.length === 1) {
    const content: HTMLElement[] = [];
    const tokens = drawStretch(content, main, from, to);
    page.replaceChildren(...content);
    return [tokens];
  }
  const drawn: HTMLElement[][] = columns.map(() => []);
  const starts = cutLines(main, from, to);
  const lines = starts.map((start, index) => {
    const line = element('line');
    for (const [column, data] of columns.entries()) {
      const content: HTMLElement[] = [];
      drawn[column]?.push(...drawStretch(content, data, start, starts[index + 1] ?? to));
      const cell = element('cell');
      cell.dataset.number = String(column + 1);
      cell.append(...content);
      line.append(cell);
    }
    return line;
  });
  page.replaceChildren(...lines);
  return drawn;
}

function drawStretch(into: HTMLElement[], data: TokenData, from: number, to: number): HTMLElement[] {
  const first = data.firstFrom(from);
  const last = to >= data.text.length ? data.count : data.firstFrom(to);
  const tokens: HTMLElement[] = [];
  let at = Math.max(from, first === 0 ? 0 : Math.min(to, data.end(first - 1)));
  let place = first < last ? placeInLine(data, first) : 0;
  for (let token = first; token < last; token++) {
    if (data.start(token) > at) {
      into.push(gap(data.text.slice(at, data.start(token))));
    }
    const span = document.createElement('span');
    const breaks = data.text.charCodeAt(data.end(token) - 1) === LINE_FEED && data.end(token) > data.start(token);
    span.className = breaks ? `${looks(place)} breaks` : looks(place);
    span.setAttribute('role', 'option');
    span.setAttribute('aria-selected', 'false');
    const parts = partsOf(data, token);
    drawParts(span, parts);
    if (parts.every(({ kind }) => kind === 'sign')) {
      // Signs are drawn by the style alone: without a name it would have none.
      span.setAttribute('aria-label', spoken(data, token));
    }
    into.push(span);
    tokens.push(span);
    at = Math.max(at, data.end(token));
    place = nextPlace(data, token, place);
  }
  if (at < to) {
    into.push(gap(data.text.slice(at, to)));
  }
  return tokens;
}

/** Text that belongs to no token. */
function gap(text: string): HTMLElement {
  const span = element('gap', 'span');
  drawParts(span, partsOfText(text));
  return span;
}

function element(name: string, tag = 'div'): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.setAttribute('role', 'none');
  return made;
}

function drawParts(into: HTMLElement, parts: readonly Part[]): void {
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
