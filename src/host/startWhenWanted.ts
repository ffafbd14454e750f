// Starts a thing that a setting may switch off: a while after the window, or when the setting is switched on. It doesn't
// stop it: the thing itself follows the setting from then on.

import { type Disposable, DisposableStore } from '../shared/disposable.ts';

export interface Wanted {
  /** What the setting says now. */
  readonly wanted: () => boolean;
  /** Calls back when the setting may have changed. */
  readonly onChange: (changed: () => void) => Disposable;
  /** May be called more than once. */
  readonly start: () => void;
  readonly delayMs: number;
}

export function startWhenWanted({ wanted, onChange, start, delayMs }: Wanted): Disposable {
  const store = new DisposableStore();
  const look = () => {
    if (wanted()) {
      start();
    }
  };
  const later = setTimeout(look, delayMs);
  store.defer(() => clearTimeout(later));
  store.add(onChange(look));
  return store;
}
