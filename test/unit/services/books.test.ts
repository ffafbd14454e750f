// A book is fetched from the address that stands in the list, counts only with the right bytes, and is known from then on.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Book, Books, knownBooks } from '../../../src/services/books.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import type { Progress } from '../../../src/shared/messages.ts';
import { fetchBook, listBooks, readBook } from '../../../src/shared/textMessages.ts';
import { served } from '../worker/served.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const TEXT = Buffer.from('Höre, Neapel!\n'.repeat(2000));
let sent = TEXT;
let asked = 0;
let server: Server;

beforeEach(async () => {
  [sent, asked] = [TEXT, 0];
  server = createServer((_, response) => {
    asked += 1;
    response.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const book = (): Book => ({
  id: 'harbour',
  title: 'A harbour',
  about: 'One line, often.',
  bytes: TEXT.length,
  source: `http://127.0.0.1:${(server.address() as AddressInfo).port}/harbour.txt`,
  licence: 'none',
  sha256: createHash('sha256').update(TEXT).digest('hex'),
});

it('fetches a book once it is told to, by the worker’s own methods', async () => {
  await using folder = await temporaryFolder();
  const { request, close } = served({ books: new Books(folder.path, [book()]) });
  try {
    expect(await request(listBooks, {})).toMatchObject([{ id: 'harbour', here: false, folder: folder.path }]);
    await expect(request(readBook, { book: 'harbour' })).rejects.toMatchObject({ data: { code: 'not-found' } });
    expect(asked).toBe(0);
    await request(fetchBook, { book: 'harbour' });
    expect(await request(listBooks, {})).toMatchObject([{ id: 'harbour', here: true }]);
    expect(await request(readBook, { book: 'harbour' })).toEqual({ text: TEXT.toString() });
    await request(fetchBook, { book: 'harbour' });
    expect(asked).toBe(1); // it is there, with the right bytes
  } finally {
    close();
  }
});

it('says how far it is, and throws other bytes away', async () => {
  await using folder = await temporaryFolder();
  const books = new Books(folder.path, [book()]);
  const options = { signal: neverCancelled, onProgress: () => {} };
  sent = Buffer.from(TEXT.toString().replaceAll('Neapel', 'Napoli'));
  await expect(books.fetch('harbour', options)).rejects.toMatchObject({ code: 'bad-input', message: /A harbour/ });
  expect(await books.list()).toMatchObject([{ here: false }]);
  sent = TEXT;
  const seen: Progress[] = [];
  await books.fetch('harbour', { ...options, onProgress: (progress) => seen.push(progress) });
  expect(seen.at(-1)).toEqual({ done: TEXT.length, total: TEXT.length, unit: 'bytes' });
  expect(await readFile(`${folder.path}/harbour.txt`)).toEqual(TEXT);
});

it('names the books that there are, where another is asked for', async () => {
  const fault = new Books('.').read('hamlet');
  await expect(fault).rejects.toMatchObject({ code: 'not-found', remedy: 'There are tiny-shakespeare.' });
});

it('pins each address to a commit', () => {
  for (const { source, sha256 } of knownBooks) {
    expect(source).toMatch(/^https:\/\/raw\.githubusercontent\.com\/[\w.-]+\/[\w.-]+\/[0-9a-f]{40}\//);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});
