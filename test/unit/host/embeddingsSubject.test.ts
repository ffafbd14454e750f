// Which texts the embedding inspector takes, from what a command is called with.

import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/host/embeddingsArguments.ts';
import { fromText, linesIn, nameOf, PanelList, wholeCharacters } from '../../../src/host/embeddingsSubject.ts';
import { MOST_ITEMS } from '../../../src/shared/embeddingMessages.ts';
import { MOST_ITEM_TEXT } from '../../../src/shared/embeddingPanelMessages.ts';

const reasons = { empty: 'empty', full: 'full' };
const uri = (path: string) => ({ scheme: 'file', authority: '', path, query: '', fragment: '' });

describe('what the command was called with', () => {
  it('is the editor from the palette and from an editor’s menu', () => {
    expect(subjectOf(undefined, undefined)).toEqual({ what: 'editor' });
    expect(subjectOf(uri('/a.ts'), { groupId: 0 })).toEqual({ what: 'editor' });
  });

  it('is all the files that are selected in the explorer', () => {
    const files = [uri('/a.ts'), uri('/b.ts')];
    expect(subjectOf(files[0], files)).toEqual({ what: 'files', uris: files });
  });

  it('is the chunks of search’s hits with their query, and nothing that is no chunk', () => {
    expect(subjectOf({ query: 'parse', chunks: [3, 4, -1, 'x', 1.5] }, undefined)).toEqual({
      what: 'chunks',
      chunks: [3, 4],
      query: 'parse',
    });
    expect(subjectOf({ query: '  ', chunks: [1] }, undefined)).toMatchObject({ query: undefined });
  });

  it('is a text', () => {
    expect(subjectOf('a text', undefined)).toEqual({ what: 'text', text: 'a text' });
    expect(subjectOf({ query: 'asked' }, undefined)).toEqual({ what: 'text', text: 'asked' });
  });
});

describe('texts', () => {
  it('are named by their first words, on one line', () => {
    expect(nameOf('  one\n\ttwo  ')).toBe('one two');
    expect(nameOf('word '.repeat(100)).length).toBeLessThanOrEqual(120);
  });

  it('are cut between characters', () => {
    expect(wholeCharacters('ab🌊', 3)).toBe('ab');
    expect(wholeCharacters('ab🌊', 4)).toBe('ab🌊');
  });

  it('come line by line with their offsets, without blank ones', () => {
    const text = 'one\r\n\r\n  \n two\nthree';
    const lines = linesIn(text, 100);
    expect(lines.map((line) => line.text)).toEqual(['one', ' two', 'three']);
    for (const line of lines) {
      expect(text.slice(line.start - 100, line.start - 100 + line.text.length)).toBe(line.text);
    }
  });

  it('say where they come from', () => {
    expect(fromText('src/a.ts', 3, 9)).toBe('src/a.ts:3-9');
    expect(fromText('src/a.ts', 3, 3)).toBe('src/a.ts:3');
  });
});

describe('the list', () => {
  it('takes each text once, and says what it did not take', () => {
    const list = new PanelList(reasons);
    list.add({ text: 'a cat' });
    list.add({ text: 'a cat' });
    list.add({ text: 'a cat', from: 'b.ts:1' });
    list.add({ text: ' \n', name: 'blank.txt' });
    expect(list.items.map(({ name, from }) => [name, from])).toEqual([
      ['a cat', undefined],
      ['a cat', 'b.ts:1'],
    ]);
    expect(list.leftOut).toEqual({ leftOut: [{ name: 'blank.txt', why: 'empty' }], leftOutCount: 1 });
  });

  it('holds so many and no more', () => {
    const list = new PanelList(reasons);
    for (let i = 0; i < MOST_ITEMS + 150; i++) {
      list.add({ text: `text ${i}` });
    }
    expect(list.items).toHaveLength(MOST_ITEMS);
    expect(list.leftOut.leftOutCount).toBe(150);
    expect(list.leftOut.leftOut).toHaveLength(100);
  });

  it('cuts what is long, and says how long it was', () => {
    const list = new PanelList(reasons);
    list.add({ text: 'x'.repeat(MOST_ITEM_TEXT + 5) });
    expect(list.items[0]).toMatchObject({ total: MOST_ITEM_TEXT + 5 });
    expect(list.items[0]?.text).toHaveLength(MOST_ITEM_TEXT);
  });

  it('knows the places of what it holds, and of nothing else', () => {
    const list = new PanelList(reasons);
    const place = { uri: 'file:///a.ts', start: 3, end: 8 };
    list.add({ text: 'a cat', place });
    list.add({ text: 'typed' });
    const [first, second] = list.items;
    expect(list.placeOf(first?.id as string)).toEqual(place);
    expect(first?.opens).toBe(true);
    expect(second?.opens).toBe(false);
    list.remove([first?.id as string]);
    expect(list.placeOf(first?.id as string)).toBeUndefined();
    expect(list.items).toEqual([second]);
  });

  it('gives no number twice, whatever was removed', () => {
    const list = new PanelList(reasons);
    list.add({ text: 'one' });
    const before = list.items[0]?.id;
    list.clear();
    list.addChunk({ chunk: 7, name: 'parse', from: 'a.ts:1-3' });
    expect(list.items[0]).toMatchObject({ chunk: 7, opens: true });
    expect(list.items[0]?.id).not.toBe(before);
  });
});
