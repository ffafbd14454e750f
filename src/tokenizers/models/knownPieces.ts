// Looking up a vocabulary's own pieces while a model is made from it.

import { Fault } from '../../shared/errors.ts';

/** @throws Fault `bad-input` naming the setting `where`, when `piece` is none of `pieces`. */
export function idOf(pieces: readonly (string | null)[], piece: string, where: string): number {
  const id = pieces.lastIndexOf(piece);
  if (id === -1) {
    throw new Fault('bad-input', `The vocabulary has no piece "${piece.slice(0, 80)}".`, {
      where,
      remedy: 'The vocabulary must hold what stands for unknown words.',
    });
  }
  return id;
}

/** Ids of the pieces `<0x00>` to `<0xFF>`, by byte; -1 where there is none. */
export function byteIds(find: (piece: string) => number | undefined): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => find(bytePiece(byte)) ?? -1);
}

/** Example: `bytePiece(10)` is `<0x0A>`. */
export function bytePiece(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

/** The byte that a piece such as `<0x0A>` stands for, or undefined. */
export function byteOfPiece(piece: string): number | undefined {
  return /^<0x[0-9A-Fa-f]{2}>$/.test(piece) ? Number.parseInt(piece.slice(3, 5), 16) : undefined;
}
