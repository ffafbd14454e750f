// Numbers as texts: short in a cell, whole in a copy. The decimal point is a point everywhere, as in code. Pure.

import type { DType } from '../../../src/shared/trace.ts';

/** What is no number, in words that fit a cell. */
function special(value: number): string | undefined {
  return Number.isNaN(value) ? 'NaN' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : undefined;
}

/** At most `digits` significant digits, without trailing zeros: 0.1235, 12300, 1.2e-7. */
export function short(value: number, digits = 4): string {
  const word = special(value);
  if (word !== undefined) {
    return word;
  }
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0) {
    return '0';
  }
  // Small whole numbers stand whole, however few digits there are.
  return size >= 1e-4 && size < 1e7
    ? String(Number.isInteger(value) && size < 1e6 ? value : rounded)
    : rounded.toExponential().replace('e+', 'e');
}

/**
 * How all cells of one picture are written: with the same number of decimal places, as many as their room has for the
 * range from `low` to `high`, at most `needed`; otherwise where that would leave nothing but zeros.
 *
 * @returns a function that gives undefined for a number without room.
 */
export function cellWriter(
  { low, high }: { readonly low: number; readonly high: number },
  dtype: DType,
  room: number,
  needed = MOST_PLACES,
): (value: number) => string | undefined {
  const most = Math.max(Math.abs(low), Math.abs(high));
  const whole = Math.max(1, Math.floor(Math.log10(most || 1)) + 1) + (low < 0 ? 1 : 0);
  const isWhole = dtype === 'i32' || needed === 0;
  const places = isWhole ? 0 : Math.max(0, Math.min(needed, room - whole - 1));
  const enough = places === needed && needed < MOST_PLACES;
  const tiny = !isWhole && !enough && most > 0 && most < 10 ** -(places - 1);
  if (whole > room || (!isWhole && places < 1 && most < 10)) {
    return () => undefined; // numbers in some of the cells would only confuse
  }
  const write = tiny && most < 1 ? tinyWriter(low, most, room, needed) : (value: number) => withPlaces(value, places);
  return (value) => {
    const fixed = special(value) ?? write?.(value);
    const text = fixed === undefined || fixed.length <= room ? fixed : short(value, 1);
    return text === undefined || text.length > room ? undefined : text;
  };
}

/** How many characters a cell needs for two decimal places, or for fewer where the numbers have no more. */
export function lengthWith(
  { low, high }: { readonly low: number; readonly high: number },
  dtype: DType,
  needed: number,
): number {
  const places = dtype === 'i32' ? 0 : Math.min(2, needed);
  return Math.max(withPlaces(low, places).length, withPlaces(high, places).length);
}

/** For a range close to 0: `.021`, without the zero before the point, else `2e-5`; undefined where neither has room. */
function tinyWriter(low: number, most: number, room: number, needed: number) {
  const places = Math.max(0, Math.min(needed, room - 1 - (low < 0 ? 1 : 0)));
  if (most >= 10 ** (1 - places)) {
    return (value: number) => withPlaces(value, places).replace(/^(-?)0\./, '$1.');
  }
  const longest = 6; // -3e-45
  return room < longest
    ? undefined
    : (value: number) => (value === 0 ? '0' : Number(value.toPrecision(1)).toExponential());
}

/** Cells have at most so many decimal places. */
export const MOST_PLACES = 4;

/** The fewest decimal places, at most {@link MOST_PLACES}, that write all the numbers as they are. */
export function placesNeeded(numbers: Iterable<number>): number {
  let places = 0;
  for (const value of numbers) {
    // What 32 bits make of 0.1 is still written as 0.1.
    const near = 2e-7 * Math.abs(value);
    while (places < MOST_PLACES && Number.isFinite(value) && Math.abs(Number(value.toFixed(places)) - value) > near) {
      places += 1;
    }
    if (places === MOST_PLACES) {
      break;
    }
  }
  return places;
}

/** With exactly so many decimal places, without a minus before zero. */
export function withPlaces(value: number, places: number): string {
  const text = value.toFixed(Math.min(20, places));
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

/** The fewest digits that give the very same number back in its own type. */
export function exact(value: number, dtype: DType): string {
  const word = special(value);
  if (word !== undefined) {
    return word;
  }
  // From 2^24 on whole numbers, too, have digits that 32 bits don't hold.
  if (dtype === 'i32' || (Number.isInteger(value) && Math.abs(value) < 2 ** 24)) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) {
      return String(Number(text));
    }
  }
  return String(Number(value.toPrecision(9)));
}
