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

export function askForNames(map: Element, indexes: readonly number[]): void {
  if (indexes.length > 0) {
    map.dispatchEvent(new CustomEvent<NamesWanted>('names-wanted', { detail: { indexes } }));
  }
}
