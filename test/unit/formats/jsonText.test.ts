// The reader of JSON takes what JSON.parse takes, and nothing else; but for keys that come twice, which it refuses.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Json, parseJson } from '../../../src/formats/jsonText.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { faultOf } from '../engine/faultOf.ts';
import { wellFormed } from '../tokenizers/texts.ts';

const read = (text: string) => parseJson(new TextEncoder().encode(text), 'x.json', 1_000_000);

function readOrFault(text: string): Json | Fault {
  try {
    return read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    return error as Fault;
  }
}

/** As JSON.parse has it. */
function plain(value: Json): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

test('any value, written in any way, is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('', ' ', '\t', '\n  '), (value, indent) => {
      const text = wellFormed(JSON.stringify(value, null, indent));
      expect(plain(read(text))).toEqual(JSON.parse(text));
    }),
    { numRuns: 1000 },
  );
});

test('a text changed at random is taken or refused as JSON.parse does', () => {
  const sign = fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '0',
    '-',
    '.',
    'e',
    '+',
    't',
    'null',
    '\n',
    '\u0001',
    '\\u0',
    'x',
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.nat(2), sign, (value, place, removed, put) => {
      const whole = wellFormed(JSON.stringify(value));
      const at = place % (whole.length + 1);
      const text = wellFormed(whole.slice(0, at) + put + whole.slice(at + removed));
      let expected: { readonly value: unknown } | undefined;
      try {
        expected = { value: JSON.parse(text) };
      } catch {
        // refused by both
      }
      if (expected === undefined) {
        const fault = faultOf(() => read(text));
        expect(fault.message).toMatch(/^x\.json is not JSON: in line \d+, column \d+ /);
        return;
      }
      taken++;
      const outcome = readOrFault(text);
      if (outcome instanceof Fault) {
        // The change may have made two keys the same, which JSON.parse takes.
        const key = /has the key (".*") twice/.exec(outcome.message)?.[1] ?? expect.fail(outcome.message);
        expect(text.split(key).length).toBeGreaterThan(2);
      } else {
        expect(plain(outcome)).toEqual(expected.value);
      }
    }),
    { numRuns: 3000, examples: [[{ x: 1, '#': 2 }, 8, 1, 'x']] },
  );
  expect(taken).toBeGreaterThan(100);
});

describe('keys', () => {
  test('any key is as good as another, and none may come twice', () => {
    expect([...(read('{"__proto__":1,"constructor":2,"1":3,"0":4}') as ReadonlyMap<string, Json>)]).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['1', 3],
      ['0', 4],
    ]);
    const fault = faultOf(() => read('{"a": {"b": 1,\n "\\u0062": 2}}'));
    expect(fault.message).toContain('in line 2, column 2 the object has the key "b" twice');
    expect(fault.where).toBe('x.json, line 2, column 2');
  });

  test('quotation marks beside numbers, which V8 13.6 confuses, are right over and over', () => {
    const keys = ['"', '\\', '35', '7', '__proto__', 'a', '#'];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: 1 }), (chosen) => {
        const text = `{${chosen.map((key, id) => `${JSON.stringify(key)}:${id}`).join(',')}}`;
        expect([...(read(text) as ReadonlyMap<string, Json>).keys()]).toEqual(chosen);
      }),
      { numRuns: 2000 },
    );
  });
});
