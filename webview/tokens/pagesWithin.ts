// Which of many elements, one under the other, reach into a stretch of their scroller. Measures a few of them alone.

/** @param from, to in px of the scroller's content @returns indices of `elements`. */
export function pagesWithin(elements: readonly HTMLElement[], from: number, to: number): number[] {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = elements[middle] as HTMLElement;
    if (element.offsetTop + element.offsetHeight > from) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const found: number[] = [];
  for (let at = low; at < elements.length; at++) {
    if ((elements[at] as HTMLElement).offsetTop >= to) {
      break;
    }
    found.push(at);
  }
  return found;
}
