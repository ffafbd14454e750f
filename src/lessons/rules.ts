// The small rules that front matter and blocks are checked by. Each rule's text ends a sentence that begins with the
// key's name: "must be a whole number from 5 to 180".

import { z } from '../shared/schema.ts';

/** Ids of lessons and blocks: lower-case words joined by hyphens. */
export const ID_PATTERN = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** A line of text, in UTF-16 units. */
export function line(most: number) {
  const rule = `must be a text of 1 to ${most} characters on one line`;
  return z.string(rule).check(
    z.minLength(1, rule),
    z.maxLength(most, rule),
    z.refine((text) => text.trim() === text && !/[\r\n]/.test(text), `${rule}, without spaces around it`),
  );
}

/** A text of any number of lines, in UTF-16 units. */
export function text(most: number) {
  const rule = `must be a text of 1 to ${most.toLocaleString('en')} characters`;
  return z.string(rule).check(z.minLength(1, rule), z.maxLength(most, rule));
}

export function wholeNumber(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.int(rule).check(z.gte(least, rule), z.lte(most, rule));
}

export function id() {
  const rule = 'must be lower-case words joined by hyphens, such as "first-merge" (60 characters at most)';
  return z.string(rule).check(z.regex(ID_PATTERN, rule), z.maxLength(60, rule));
}

/** A name that code gave: of a column, a table, an operation, a parameter, an encoding. */
export function name() {
  const rule = 'must be a name of letters, digits, _ and -';
  return z.string(rule).check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, rule));
}

export function listOf<T extends z.core.$ZodType>(item: T, least: number, most: number) {
  const rule = least === 0 ? `must be a list of at most ${most}` : `must be a list of ${least} to ${most}`;
  return z.array(item, rule).check(z.minLength(least, rule), z.maxLength(most, rule));
}

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

export function keys<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, 'must be lines of "key: value"');
}

/** An https address without user or password, as it may stand in a link. */
export const HTTPS_PATTERN = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#][^\s<>"'\\`]*)?$/i;

export function httpsUrl() {
  const rule = 'must be an address that starts with https://';
  return z.string(rule).check(z.regex(HTTPS_PATTERN, rule), z.maxLength(2000, rule));
}
