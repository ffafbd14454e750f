// From line to line of the drawn text: which token is below or above another, nearest to straight.

import type { PageScroller } from './pageScroller.ts';

/**
 * The token of the same column so many lines below (or, negative, above) `from`. At the first or last line it is the
 * column's first or last token.
 */
export function lineStep(scroller: PageScroller, column: number, from: number, count: number, last: number): number {
  const direction = Math.sign(count);
  const here = scroller.drawnElement(column, from);
  if (here === undefined) {
    return from;
  }
  const middle = centre(edge(here, direction));
  let at = from;
  for (let line = 0; line < Math.abs(count); line++) {
    const next = nextLine(scroller, column, at, direction, middle);
    if (next === at) {
      break;
    }
    at = next;
  }
  return at === from ? (direction > 0 ? last : 0) : at;
}

function nextLine(scroller: PageScroller, column: number, from: number, direction: number, x: number): number {
  if (scroller.drawnElement(column, from) === undefined) {
    return from;
  }
  let line: DOMRect | undefined;
  let best = from;
  let distance = Number.POSITIVE_INFINITY;
  for (let token = from + direction; ; token += direction) {
    // Drawing a page may move what was measured: heights are compared within what stands on the screen now.
    const element = scroller.drawnElement(column, token);
    const rect = element && edge(element, -direction);
    const left = scroller.element(column, from);
    if (rect === undefined || left === undefined) {
      return best;
    }
    const base = edge(left, direction);
    if (line === undefined) {
      if (direction * (rect.top - base.top) < base.height / 2) {
        continue;
      }
    } else if (Math.abs(rect.top - line.top) > rect.height / 2) {
      return best;
    }
    line = rect;
    const off = Math.abs(centre(rect) - x);
    if (off < distance) {
      distance = off;
      best = token;
    }
  }
}

/** The first line box of an element, or its last. */
function edge(element: HTMLElement, direction: number): DOMRect {
  const boxes = element.getClientRects();
  return (direction > 0 ? boxes[boxes.length - 1] : boxes[0]) ?? element.getBoundingClientRect();
}

function centre({ left, width }: DOMRect): number {
  return left + width / 2;
}
