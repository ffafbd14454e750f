// Where two tokenizers cut one text differently. Both lists of tokens fall into blocks: the shortest stretches at whose
// ends both have a border. A block is the same where both cut it alike, and else a difference. Pure, no DOM.
// Between a tokenizer that keeps white space in its tokens and one that drops it, white space at a token's edge doesn't
// count: ` world` and `world` are cut alike.

import type { Ranges } from './ranges.ts';
import type { TokenData } from './tokenData.ts';

/** Tokens of one side, without what doesn't count. */
class Side {
  start = 0;
  end = 0;
  private token: number;
  private readonly last: number;
  private readonly data: TokenData;
  private readonly spaceCounts: boolean;

  constructor(data: TokenData, from: number, to: number, spaceCounts: boolean) {
    this.data = data;
    this.spaceCounts = spaceCounts;
    this.token = data.firstFrom(from) - 1;
    this.last = to >= data.text.length ? data.count : data.firstFrom(to);
    this.next();
  }

  get over(): boolean {
    return this.token >= this.last;
  }

  /** Bytes of a part of a character, which are all that tells two of them apart; 0 for whole characters. */
  get partBytes(): number {
    const { data, token } = this;
    return data.isFragment(token) ? data.byteEnd(token) - data.byteStart(token) : 0;
  }

  next(): void {
    const { data } = this;
    do {
      this.token++;
      if (this.over) {
        return;
      }
      this.start = data.start(this.token);
      this.end = data.end(this.token);
      if (!this.spaceCounts) {
        while (this.start < this.end && isSpace(data.text.charCodeAt(this.start))) {
          this.start++;
        }
        while (this.end > this.start && isSpace(data.text.charCodeAt(this.end - 1))) {
          this.end--;
        }
      }
    } while (this.start === this.end);
  }
}

/**
 * The stretches that two tokenizers cut differently, within `from .. to`, where both must have borders.
 *
 * Example: of `one two`, cut as `one| two` and as `o|ne| two`, it is 0 to 3.
 *
 * @param spaceCounts false where one of them drops white space
 */
export function differences(
  one: TokenData,
  other: TokenData,
  spaceCounts: boolean,
  from = 0,
  to = one.text.length,
): Ranges {
  const starts: number[] = [];
  const ends: number[] = [];
  const left = new Side(one, from, to, spaceCounts);
  const right = new Side(other, from, to, spaceCounts);
  while (!left.over || !right.over) {
    const start = Math.min(left.over ? right.start : left.start, right.over ? left.start : right.start);
    let end = start;
    let same = true;
    // One token of each at a time, as long as one of them reaches into the block.
    do {
      const inLeft = !left.over && (left.start < end || left.start === start);
      const inRight = !right.over && (right.start < end || right.start === start);
      if (inLeft && inRight && left.end === right.end) {
        same &&= left.start === right.start && left.partBytes === right.partBytes;
        end = Math.max(end, left.end);
        left.next();
        right.next();
      } else {
        same = false;
        const takeLeft = inLeft && (!inRight || left.end < right.end);
        const side = takeLeft ? left : right;
        end = Math.max(end, side.end);
        side.next();
      }
    } while ((!left.over && left.start < end) || (!right.over && right.start < end));
    if (!same) {
      starts.push(start);
      ends.push(end);
    }
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** All the stretches of several lists, those that overlap joined into one. */
export function joined(lists: readonly Ranges[]): Ranges {
  if (lists.length === 1) {
    return lists[0] as Ranges;
  }
  const starts: number[] = [];
  const ends: number[] = [];
  const at = lists.map(() => 0);
  for (;;) {
    let first = -1;
    for (const [list, { starts: here }] of lists.entries()) {
      const start = here[at[list] as number];
      if (start !== undefined && (first === -1 || start < (lists[first]?.starts[at[first] as number] as number))) {
        first = list;
      }
    }
    const list = lists[first];
    if (list === undefined) {
      return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
    }
    const index = at[first] as number;
    at[first] = index + 1;
    const [start, end] = [list.starts[index] as number, list.ends[index] as number];
    if (starts.length > 0 && start < (ends.at(-1) as number)) {
      ends[ends.length - 1] = Math.max(ends.at(-1) as number, end);
    } else {
      starts.push(start);
      ends.push(end);
    }
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0x85 || unit === 0xa0 || unit === 0x3000;
}
