// What a regular expression is made of, once it is read. Each node knows how many characters it takes at least and at
// most: a loop around what may take none, or a look behind without end, needs care.

import type { CharacterSet } from './characterSet.ts';

interface Width {
  /** In code points. */
  readonly least: number;
  /** Infinity where there is no most. */
  readonly most: number;
}

export type Anchor = 'line-start' | 'line-end' | 'text-start' | 'text-end' | 'last-line-end' | 'edge' | 'no-edge';
export type Greed = 'greedy' | 'lazy' | 'possessive';

export type SyntaxNode = Width &
  (
    | { readonly kind: 'set'; readonly set: CharacterSet }
    | { readonly kind: 'sequence'; readonly parts: readonly SyntaxNode[] }
    | { readonly kind: 'either'; readonly options: readonly SyntaxNode[] }
    | {
        readonly kind: 'repeat';
        readonly body: SyntaxNode;
        readonly from: number;
        readonly to: number;
        readonly greed: Greed;
        /** Where it is written, in UTF-16 units from the pattern's beginning. */
        readonly at: number;
      }
    | { readonly kind: 'look'; readonly body: SyntaxNode; readonly behind: boolean; readonly negative: boolean }
    | { readonly kind: 'atomic'; readonly body: SyntaxNode }
    | { readonly kind: 'anchor'; readonly anchor: Anchor }
  );

export function setNode(set: CharacterSet): SyntaxNode {
  return { kind: 'set', set, least: 1, most: 1 };
}

export function sequenceNode(parts: readonly SyntaxNode[]): SyntaxNode {
  if (parts.length === 1) {
    return parts[0]!;
  }
  return { kind: 'sequence', parts, least: sum(parts, 'least'), most: sum(parts, 'most') };
}

export function eitherNode(options: readonly SyntaxNode[]): SyntaxNode {
  if (options.length === 1) {
    return options[0]!;
  }
  const least = options.reduce((found, option) => Math.min(found, option.least), Number.POSITIVE_INFINITY);
  const most = options.reduce((found, option) => Math.max(found, option.most), 0);
  return { kind: 'either', options, least, most };
}

export function repeatNode(body: SyntaxNode, from: number, to: number, greed: Greed, at: number): SyntaxNode {
  // Nothing, however often, is nothing: 0 times infinity is no number.
  const most = body.most === 0 ? 0 : to === 0 ? 0 : body.most * to;
  return { kind: 'repeat', body, from, to, greed, at, least: body.least * from, most };
}

export function lookNode(body: SyntaxNode, behind: boolean, negative: boolean): SyntaxNode {
  return { kind: 'look', body, behind, negative, least: 0, most: 0 };
}

export function atomicNode(body: SyntaxNode): SyntaxNode {
  return { kind: 'atomic', body, least: body.least, most: body.most };
}

export function anchorNode(anchor: Anchor): SyntaxNode {
  return { kind: 'anchor', anchor, least: 0, most: 0 };
}

function sum(parts: readonly SyntaxNode[], width: keyof Width): number {
  return parts.reduce((total, part) => total + part[width], 0);
}
