// Where in a value's text a part of it stands, and where two texts part: what a report marks in what was expected and in
// what came. Pure. Reads what the checks write: lists, maps and objects, the first items of each.

/** UTF-16, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const OPEN = '[{(';
const CLOSE = ']})';

/**
 * The part of `text` that `path` names; undefined where the text doesn't show it.
 *
 * Example: `stretchAt('[[0, 1], [1, 0]]', '[1][0]')` is the 1 at place 10.
 */
export function stretchAt(text: string, path: string): Stretch | undefined {
  const steps = stepsOf(path);
  let at: Stretch | undefined = withoutShape(text);
  for (const step of steps ?? []) {
    at = at && itemOf(text, at, step);
  }
  return steps === undefined || steps.length === 0 ? undefined : at;
}

/** The stretches by which two texts differ: all but what they begin and end with alike. */
export function stretchesApart(one: string, other: string): readonly [Stretch, Stretch] | undefined {
  if (one === other) {
    return undefined;
  }
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one[start] === other[start]) {
    start += 1;
  }
  let same = 0;
  while (same < least - start && one[one.length - 1 - same] === other[other.length - 1 - same]) {
    same += 1;
  }
  return [
    { start, end: one.length - same },
    { start, end: other.length - same },
  ];
}

type PathStep = number | string;

/** `[1].get("th").name` as 1, "th" with its quotes, name; undefined for what is no path. */
function stepsOf(path: string): PathStep[] | undefined {
  const step = /\[(\d+)\]|\.get\(("(?:[^"\\]|\\.)*")\)|\.([A-Za-z_$][\w$]*)/uy;
  const steps: PathStep[] = [];
  while (step.lastIndex < path.length) {
    const [, index, key, name] = step.exec(path) ?? [];
    if (index === undefined && key === undefined && name === undefined) {
      return undefined;
    }
    steps.push(index === undefined ? (key ?? (name as string)) : Number(index));
  }
  return steps;
}

/** A tensor's text begins with its shape: `(2, 2) [[1, 2], [3, 4]]`. */
function withoutShape(text: string): Stretch {
  const shape = /^\([\d, ]*\) (?=\[)/u.exec(text);
  return { start: shape?.[0].length ?? 0, end: text.length };
}

function itemOf(text: string, { start, end }: Stretch, step: PathStep): Stretch | undefined {
  const list = itemsOf(text, start, end);
  if (typeof step === 'number') {
    return list[step];
  }
  for (const item of list) {
    const words = text.slice(item.start, item.end);
    for (const between of [' => ', ': ']) {
      const head = `${step}${between}`;
      if (words.startsWith(head)) {
        return { start: item.start + head.length, end: item.end };
      }
    }
  }
  return undefined;
}

/** What stands between the commas of the first list in a stretch. */
function itemsOf(text: string, from: number, end: number): Stretch[] {
  const items: Stretch[] = [];
  let depth = 0;
  let start = -1;
  for (let i = from; i < end; i++) {
    const character = text[i] as string;
    if (character === '"') {
      i = endOfText(text, i);
    } else if (OPEN.includes(character)) {
      depth += 1;
      start = depth === 1 ? i + 1 : start;
    } else if (CLOSE.includes(character)) {
      depth -= 1;
    }
    const over = depth === 0 && CLOSE.includes(character);
    if (start >= 0 && (over || (depth === 1 && character === ','))) {
      if (i > start) {
        items.push({ start, end: i });
      }
      start = i + 2;
    }
    if (over) {
      break;
    }
  }
  return items;
}

/** Place of the quote that ends the text which begins at `at`. */
function endOfText(text: string, at: number): number {
  let i = at + 1;
  while (i < text.length && text[i] !== '"') {
    i += text[i] === '\\' ? 2 : 1;
  }
  return i;
}
