// How far a scroller has to go for one of its elements, and how it stays where it is when heights change.

/** In px; `nearest` only as far as needed, and to the middle for one that is far. What stands above `holder` covers. */
export function scrollDistance(
  scroller: HTMLElement,
  holder: HTMLElement,
  element: HTMLElement,
  where: 'nearest' | 'start',
): number {
  const line = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  const top = view.top + holder.offsetTop;
  const margin = Math.min(line.height, view.height / 4);
  if (where === 'start') {
    return line.top - top - margin / 2;
  }
  if (line.bottom < view.top - view.height || line.top > view.bottom + view.height) {
    return line.top - view.top - view.height / 2;
  }
  if (line.top < top + margin) {
    return line.top - top - margin;
  }
  return line.bottom > view.bottom - margin ? line.bottom - view.bottom + margin : 0;
}

/**
 * Does something that changes heights, and puts what stood at the top of the screen back there.
 *
 * @param solid the anchor's own height stays; else its share above the screen does
 */
export function holdStill(scroller: HTMLElement, anchor: HTMLElement, solid: boolean, change: () => void): void {
  const into = scroller.scrollTop - anchor.offsetTop;
  const share = into / Math.max(1, anchor.offsetHeight);
  change();
  const wanted = anchor.offsetTop + (solid ? into : share * anchor.offsetHeight);
  if (Math.abs(wanted - scroller.scrollTop) >= 1) {
    scroller.scrollTop = wanted;
  }
}
