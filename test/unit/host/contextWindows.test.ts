// The data file of context windows: each entry has the form that the gauge needs, a source, a day, and no price.

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { contextWindowsFile } from '../../../src/host/contextWindowsFile.ts';
import { shippedTokenizers } from '../../../src/services/shippedTokenizers.ts';

const text = await readFile(inRoot('media/contextWindows.json'), 'utf8');

describe('media/contextWindows.json', () => {
  const windows = contextWindowsFile(text);

  test('has models of several vendors, each once', () => {
    expect(new Set(windows.map(({ vendor }) => vendor)).size).toBeGreaterThan(3);
    expect(new Set(windows.map(({ id }) => id)).size).toBe(windows.length);
  });

  test('names only tokenizers that ship as those that count exactly', () => {
    const shipped = shippedTokenizers.map(({ id }) => id);
    for (const { id, encoding } of windows) {
      expect([undefined, ...shipped], id).toContain(encoding);
    }
  });

  test('was read on days that there were', () => {
    for (const { id, date } of windows) {
      expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10), id).toBe(date);
    }
  });

  // Published with the models: https://arxiv.org/abs/1810.04805 and the hyperparameters in GPT-2's own code.
  test.each([
    ['gpt-2', 1024],
    ['bert-uncased', 512],
  ])('%s takes %d tokens', (model, tokens) => {
    expect(windows.find(({ id }) => id === model)?.tokens).toBe(tokens);
  });
});

describe('a list of another form is refused', () => {
  const [entry] = JSON.parse(text);
  test.each([
    ['a price', { ...entry, price: 1 }],
    ['no source', { ...entry, source: undefined }],
    ['a source that is no address', { ...entry, source: 'the vendor' }],
    ['half a token', { ...entry, tokens: 1000.5 }],
    ['a date in words', { ...entry, date: 'today' }],
  ])('%s', (_, wrong) => {
    expect(() => contextWindowsFile(JSON.stringify([wrong]))).toThrow();
  });
});
