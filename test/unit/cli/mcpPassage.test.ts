// A passage stands on the lines that search says: both count lines as an editor does.

import { expect, test } from 'vitest';
import { readPassage } from '../../../src/cli/mcpPassage.ts';
import { passageText } from '../../../src/cli/mcpText.ts';
import { chunkQuickly } from '../../../src/retrieval/chunk/chunkFile.ts';
import { foundAgain } from '../../../src/services/search/freshHits.ts';
import { filesOf, writeFiles } from '../search/walkedFolder.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

test('of one line is said to be of one', () => {
  const passage = { path: 'a', startLine: 1, endLine: 1, lines: 1, text: 'x' };
  expect(passageText(passage).text).toMatch(/^a:1-1 \(of 1 line\)\./);
  expect(passageText({ ...passage, lines: 2 }).text).toMatch(/^a:1-1 \(of 2 lines\)\./);
});

test('whatever ends the lines', async () => {
  await using folder = await temporaryFolder();
  for (const [name, text, line] of [
    ['mix.txt', 'one\rtwo\r\nthree\nzebra', 4],
    ['old.txt', 'one\r\r\rzebra\rfive\r', 4],
    ['dos.md', '# a\r\n\r\nzebra\r\n', 3],
    ['old.md', '# a\r\rtext\r\r# b\r\rzebra\r', 7],
  ] as const) {
    await writeFiles(folder.path, { [name]: text });
    const files = filesOf(folder.path);
    const language = name.endsWith('.md') ? 'markdown' : 'plaintext';
    const chunk = chunkQuickly(language, text).find((one) => one.text.includes('zebra'));
    expect(chunk?.endLine, name).toBeGreaterThanOrEqual(line);
    const { startLine, endLine } = chunk!;
    const passage = await readPassage(files, 'r', name, startLine, endLine);
    expect(passage.text.split('\n')[line - startLine], name).toBe('zebra');
    // The same after the file was found to have changed.
    await writeFiles(folder.path, { [name]: `\r${text}` });
    const moved = await foundAgain({ ...chunk!, id: 1, root: 'r', path: name, language }, files);
    expect(moved?.startLine, name).toBe(startLine + 1);
  }
  expect(chunkQuickly('markdown', '# a\r\rtext\r\r# b\r\rzebra\r').map(({ names }) => names)).toEqual([['a'], ['b']]);
});
