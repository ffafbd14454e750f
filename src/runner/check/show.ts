// Values as people read them: in a diagnosis, in what a program prints, on the page. Short, exact where it is short, and
// safe for what holds itself, for getters that throw and for a million numbers.

import { Tensor } from '../../engine/tensor.ts';
import { isList } from './compare.ts';

/** Items of a list or a map that are shown. */
const MOST_ITEMS = 12;
const DEEPEST = 5;
/** UTF-16 units of a text that are shown. */
const MOST_TEXT = 200;

/**
 * Example: `show([1, 0.333333])` is `[1, 0.3333]`; a tensor shows its shape first: `(2, 2) [[1, 2], [3, 4]]`.
 *
 * @param most UTF-16 units of the whole
 */
export function show(value: unknown, most = 2000): string {
  let text: string;
  try {
    text = shown(value, { above: new Set(), room: most }, 0);
  } catch {
    text = "(can't be shown)";
  }
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

interface Showing {
  /** Objects that are being shown now: one that holds itself is among them. */
  readonly above: Set<object>;
  /** UTF-16 units that are left: what wouldn't be seen isn't looked at. */
  room: number;
}

/** Four digits that count, as short as they are exact. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  return String(Number(value.toPrecision(4)));
}

function shown(value: unknown, showing: Showing, depth: number): string {
  if (showing.room <= 0) {
    return '…';
  }
  if (typeof value === 'object' && value !== null) {
    return shownObject(value, showing, depth);
  }
  const text = shownLeaf(value);
  showing.room -= text.length;
  return text;
}

function shownLeaf(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return showNumber(value);
    case 'string':
      return value.length > MOST_TEXT ? `${JSON.stringify(value.slice(0, MOST_TEXT))}…` : JSON.stringify(value);
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    case 'bigint':
      return `${value}n`;
    default:
      return String(value);
  }
}

function shownObject(value: object, showing: Showing, depth: number): string {
  const { above } = showing;
  if (above.has(value)) {
    return '(itself)';
  }
  if (depth >= DEEPEST) {
    return '…';
  }
  above.add(value);
  try {
    const inside = (part: unknown) => shown(part, showing, depth + 1);
    if (value instanceof Tensor) {
      return value.released ? 'a released tensor' : `(${value.shape.join(', ')}) ${inside(value.toNested())}`;
    }
    if (value instanceof Error) {
      return `${value.name}: ${value.message}`;
    }
    if (isList(value)) {
      return `[${listed(Array.from(value.slice(0, MOST_ITEMS), inside), value.length)}]`;
    }
    if (value instanceof Map) {
      const items = [...value].slice(0, MOST_ITEMS).map(([key, item]) => `${inside(key)} => ${inside(item)}`);
      return `Map {${listed(items, value.size)}}`;
    }
    if (value instanceof Set) {
      return `Set {${listed([...value].slice(0, MOST_ITEMS).map(inside), value.size)}}`;
    }
    const names = Object.keys(value);
    const items = names
      .slice(0, MOST_ITEMS)
      .map((name) => `${name}: ${inside((value as Record<string, unknown>)[name])}`);
    const Class = value.constructor?.name ?? 'Object';
    return `${Class === 'Object' ? '' : `${Class} `}{${listed(items, names.length)}}`;
  } catch (error) {
    return `(can't be shown: ${error instanceof Error ? error.message : String(error)})`;
  } finally {
    above.delete(value);
  }
}

function listed(items: readonly string[], total: number): string {
  const rest = total - items.length;
  return rest > 0 ? `${items.join(', ')}, … ${rest} more` : items.join(', ');
}

/** How much there is to read in a value: what makes one input smaller than another. */
export function weightOf(value: unknown, depth = 0): number {
  if (depth > 20) {
    return 1;
  }
  if (typeof value === 'string') {
    return 1 + value.length;
  }
  if (value instanceof Tensor) {
    return 1 + value.size;
  }
  if (isList(value)) {
    return Array.from(value as ArrayLike<unknown>).reduce<number>((sum, item) => sum + weightOf(item, depth + 1), 1);
  }
  if (value instanceof Map) {
    return [...value].reduce((sum, pair) => sum + weightOf(pair, depth + 1), 1);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).reduce<number>((sum, item) => sum + weightOf(item, depth + 1), 1);
  }
  return 1;
}
