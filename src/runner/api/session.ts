// The engine that a runner's process computes with, and whoever looks on while it does. One of each, because learners'
// code names neither.

import type { Engine } from '../../engine/engine.ts';
import { Fault } from '../../shared/errors.ts';

let engine: Engine | undefined;
let watcher: ((name: string, value: unknown) => void) | undefined;

/** @throws Fault `internal` before there is one. */
export function engineInUse(): Engine {
  if (engine === undefined) {
    throw new Fault('internal', 'No engine was started in this process.');
  }
  return engine;
}

export function useEngine(started: Engine): void {
  engine = started;
}

/** Hands what is watched to `watch` from now on. @returns what ends it */
export function watchWith(watch: (name: string, value: unknown) => void): () => void {
  const before = watcher;
  watcher = watch;
  return () => {
    watcher = before;
  };
}

export function watched(name: string, value: unknown): void {
  watcher?.(name, value);
}
