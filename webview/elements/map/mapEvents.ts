// What a map tells those around it.

/** What `point-pick`, `point-open` and `point-hover` carry. */
export interface PointPlace {
  readonly index: number | undefined;
}
/** What `names-wanted` carries: points whose names would be shown. */
export interface NamesWanted {
  readonly indexes: readonly number[];
}

/** Opening nothing tells nothing. */
export function tellPoint(
  map: Element,
  name: 'point-pick' | 'point-open' | 'point-hover',
  index: number | undefined,
): void {
  if (index === undefined && name === 'point-open') {
    return;
  }
  map.dispatchEvent(new CustomEvent<PointPlace>(name, { detail: { index }, bubbles: true, composed: true }));
}

/** Milliseconds after the last change, before names are asked for. */
const SETTLED = 150;

/** Asks for the names of points that lack them, once the picture stands still. */
export class NamesAsker {
  private readonly map: Element;
  private readonly wanted: () => readonly number[];
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(map: Element, wanted: () => readonly number[]) {
    this.map = map;
    this.wanted = wanted;
  }

  askSoon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const indexes = this.wanted();
      if (indexes.length > 0) {
        this.map.dispatchEvent(new CustomEvent<NamesWanted>('names-wanted', { detail: { indexes } }));
      }
    }, SETTLED);
  }

  dispose(): void {
    clearTimeout(this.waiting);
  }
}
