// What a key does in the tree of results, as the ARIA practices for trees have it. Knows no element.

import { fileRow, hitRow, type Row } from './groups.ts';

export type TreeAct =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'leave' | 'expand' | 'collapse' }
  | { readonly kind: 'why'; readonly open: boolean }
  | { readonly kind: 'open'; readonly how: { readonly preview?: boolean; readonly beside?: boolean } };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Rows that Page Up and Page Down pass. */
const PAGE = 10;

/** @param rows all that can be seen, `row` among them. @returns undefined for a key that is not the tree's */
export function moveInTree(
  { key, ctrlKey, metaKey, altKey }: Key,
  row: Row,
  rows: readonly Row[],
  { closed, why }: { readonly closed: ReadonlySet<string>; readonly why: number | undefined },
): TreeAct | undefined {
  const at = rows.indexOf(row);
  const go = (to: number): TreeAct => ({
    kind: 'go',
    to: (rows[Math.max(0, Math.min(rows.length - 1, to))] as Row).id,
  });
  if (altKey || ((ctrlKey || metaKey) && key !== 'Enter')) {
    return undefined;
  }
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return at === 0 ? { kind: 'leave' } : go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(at + PAGE);
    case 'PageUp':
      return go(at - PAGE);
    case 'ArrowRight':
      return right(row, closed, why, go(at + 1));
    case 'ArrowLeft':
      if (row.hit === undefined) {
        return closed.has(row.group.key) ? undefined : { kind: 'collapse' };
      }
      if (row.why === true) {
        return { kind: 'go', to: hitRow(row.hit) };
      }
      return why === row.hit.chunk ? { kind: 'why', open: false } : { kind: 'go', to: fileRow(row.group) };
    case ' ':
      return row.hit === undefined ? toggled(row, closed) : { kind: 'open', how: { preview: true } };
    case 'Enter':
      if (row.hit === undefined) {
        return toggled(row, closed);
      }
      return { kind: 'open', how: ctrlKey || metaKey ? { beside: true } : {} };
    default:
      return undefined;
  }
}

/** Into what is there: a closed file opens, an open one is entered, a hit says why it is there, and then that is entered. */
function right(
  { group, hit, why: entered }: Row,
  closed: ReadonlySet<string>,
  why: number | undefined,
  next: TreeAct,
): TreeAct | undefined {
  if (hit === undefined) {
    return closed.has(group.key) ? { kind: 'expand' } : next;
  }
  if (entered === true) {
    return undefined;
  }
  return why === hit.chunk ? next : { kind: 'why', open: true };
}

function toggled({ group }: Row, closed: ReadonlySet<string>): TreeAct {
  return { kind: closed.has(group.key) ? 'expand' : 'collapse' };
}
