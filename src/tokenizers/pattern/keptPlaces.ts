// Which places of a program are worth remembering failures at.

import { OP } from './program.ts';

/**
 * The places that several ways lead to, numbered. Between such places there is but one way to each, so that keeping
 * what failed at them alone bounds the time (Davis, Servant and Lee 2021, "Using Selective Memoization to Defeat
 * Regular Expression Denial of Service").
 */
export function keptPlaces(op: Uint8Array, a: Int32Array, b: Int32Array): { kept: Int32Array; keptCount: number } {
  const ways = new Int32Array(op.length);
  for (let at = 0; at < op.length; at++) {
    for (const next of successors(op[at]!, a[at]!, b[at]!, at)) {
      ways[next]!++;
    }
  }
  const kept = new Int32Array(op.length).fill(-1);
  let keptCount = 0;
  for (let at = 0; at < op.length; at++) {
    const isRun = op[at] === OP.run || op[at] === OP.wholeRun;
    if (isRun || (ways[at]! > 1 && op[at] !== OP.accept)) {
      kept[at] = keptCount++;
    }
  }
  return { kept, keptCount };
}

function successors(op: number, a: number, b: number, at: number): number[] {
  switch (op) {
    case OP.either:
      return [a, b];
    case OP.jump:
      return [a];
    case OP.loopEnd:
      return [at + 1, b];
    case OP.look:
    case OP.atomic:
      return [at + 1, a];
    case OP.accept:
      return [];
    default:
      return [at + 1];
  }
}
