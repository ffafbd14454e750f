import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { places } from '../../../src/programs/places.ts';

describe('each place in the sources', () => {
  it.each(Object.entries(places))('%s is where it says', (name, { file, line }) => {
    const lines = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').split('\n');
    const begins = new RegExp(`^(export (?:async )?function\\*? |  )${name}\\(`, 'u');
    const found = lines.findIndex((text) => begins.test(text)) + 1;
    expect({ file, line }).toEqual({ file, line: found });
  });
});
