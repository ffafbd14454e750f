// What is remembered about tokenizers: stored values are checked, and the newest wins.

import { describe, expect, it } from 'vitest';
import {
  keptChoice,
  labelOf,
  MOST_FILES,
  type RememberedFile,
  rememberedFiles,
  storedChoice,
  withFile,
  withMain,
} from '../../../src/host/tokenizerMemory.ts';

const file = (id: string): RememberedFile => ({
  uri: `file:///${id}`,
  info: { id, label: id, detail: '', kind: 'bpe', byteLevel: true, size: 3, cuts: true },
});

describe('the files opened last', () => {
  it('are kept the newest first, each once, and only so many', () => {
    let files: readonly RememberedFile[] = [];
    for (let i = 0; i < MOST_FILES + 3; i++) {
      files = rememberedFiles(withFile(files, file(`file:${i}`)));
    }
    files = rememberedFiles(withFile(files, file('file:5')));
    expect(files).toHaveLength(MOST_FILES);
    expect(files[0]?.info.id).toBe('file:5');
    expect(new Set(files.map(({ info }) => info.id)).size).toBe(MOST_FILES);
  });

  it.each([undefined, null, 'text', { schema: 2, files: [] }, { schema: 1, files: [{ uri: 5 }] }])(
    'are none where %j is stored',
    (stored) => {
      expect(rememberedFiles(stored)).toEqual([]);
    },
  );

  it.each([
    ['/models/llama/tokenizer.json', 'llama/tokenizer.json'],
    ['/models/llama/mine.json', 'mine.json'],
    ['/tokenizer.json', 'tokenizer.json'],
  ])('%s is called %s', (path, label) => {
    expect(labelOf(path)).toBe(label);
  });

  it('have no endless names', () => {
    expect(labelOf(`/a/${'x'.repeat(400)}.json`)).toHaveLength(100);
  });
});

describe('the choice', () => {
  const stored = (...chosen: string[]) => storedChoice({ chosen, specialTokens: true, decorated: true });

  it('is the setting where nothing is kept, or nothing that can be read', () => {
    for (const kept of [undefined, 5, { schema: 9, chosen: ['a'] }, { schema: 1, chosen: 'a' }]) {
      expect(keptChoice(kept, 'r50k_base')).toEqual({ chosen: ['r50k_base'], specialTokens: false, decorated: false });
    }
  });

  it('has the setting in the first place, those beside it behind', () => {
    expect(keptChoice(stored('cl100k_base', 'use-lite'), 'r50k_base').chosen).toEqual(['r50k_base', 'use-lite']);
    expect(keptChoice(stored('cl100k_base', 'r50k_base'), 'r50k_base').chosen).toEqual(['r50k_base']);
    expect(keptChoice(stored('a'), 'a')).toMatchObject({ specialTokens: true, decorated: true });
  });

  it('keeps a file that was chosen here before the setting', () => {
    expect(keptChoice(stored('file:1', 'a'), 'r50k_base').chosen).toEqual(['file:1', 'a']);
  });

  it('changes only its first', () => {
    expect(withMain(['a', 'b', 'c'], 'd')).toEqual(['d', 'b', 'c']);
    expect(withMain(['a', 'b', 'c'], 'b')).toEqual(['b', 'c']);
    expect(withMain([], 'd')).toEqual(['d']);
  });
});
