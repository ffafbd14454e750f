// Filling and copying, element by element, between views of any strides.

import type { View } from '../kernels.ts';
import { placesOf } from '../views.ts';

export function fill(out: View, value: number): void {
  const { data } = out.storage;
  for (const place of placesOf(out)) {
    data[place] = value;
  }
}

export function copy(source: View, out: View): void {
  const from = placesOf(source);
  const to = placesOf(out);
  for (let i = 0; i < to.length; i++) {
    out.storage.data[to[i]] = source.storage.data[from[i]];
  }
}

export function addTo(source: View, out: View): void {
  const from = placesOf(source);
  const to = placesOf(out);
  for (let i = 0; i < to.length; i++) {
    out.storage.data[to[i]] += source.storage.data[from[i]];
  }
}
