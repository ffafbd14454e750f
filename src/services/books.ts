// Books for the lessons that want a long text: fetched by name once the user agrees, from an address pinned to one
// commit, and checked by SHA-256. This file alone knows those addresses.

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Progress } from '../shared/messages.ts';
import type { BookInfo } from '../shared/textMessages.ts';
import { asStorageFault, download } from './models/download.ts';

export interface Book extends Omit<BookInfo, 'folder' | 'here'> {
  readonly sha256: string;
}

export const knownBooks: readonly Book[] = [
  {
    id: 'tiny-shakespeare',
    title: 'Tiny Shakespeare',
    about: 'Scenes from the plays, 40,000 lines, on which small language models have been compared since 2015.',
    bytes: 1_115_394,
    source:
      'https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt',
    licence: 'public domain',
    sha256: '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
  },
];

export interface FetchBookOptions {
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
}

export class Books {
  private readonly folder: string;
  private readonly books: readonly Book[];

  /** @param folder in which fetched books are kept, one file each; it need not exist */
  constructor(folder: string, books: readonly Book[] = knownBooks) {
    this.folder = folder;
    this.books = books;
  }

  async list(): Promise<readonly BookInfo[]> {
    return Promise.all(
      this.books.map(async ({ sha256: _, ...book }) => ({
        ...book,
        folder: this.folder,
        here: (await stat(this.place(book.id)).catch(() => undefined))?.size === book.bytes,
      })),
    );
  }

  /** @throws Fault `not-found`, `cancelled`, `storage`, `bad-input`: see {@link download} */
  async fetch(id: string, { signal, onProgress }: FetchBookOptions): Promise<void> {
    const { bytes, source, sha256, title } = this.find(id);
    const onBytes = (done: number) => onProgress({ done, total: bytes, unit: 'bytes' });
    try {
      await download(source, this.place(id), { path: title, bytes, hash: { sha256 } }, { signal, onBytes });
    } catch (error) {
      throw asStorageFault(error, title);
    }
  }

  /** @throws Fault `not-found` where it has to be fetched first, `storage` */
  async read(id: string): Promise<string> {
    const { title } = this.find(id);
    try {
      return await readFile(this.place(id), 'utf8');
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      const what = missing ? `${title} is not on this machine` : `${title} can't be read: ${String(cause)}`;
      throw new Fault(missing ? 'not-found' : 'storage', `${what}.`, { where: id, remedy: 'Fetch it again.', cause });
    }
  }

  private find(id: string): Book {
    const book = this.books.find((one) => one.id === id);
    if (book === undefined) {
      throw new Fault('not-found', `There is no book "${id}".`, {
        where: id,
        remedy: `There are ${this.books.map((one) => one.id).join(', ')}.`,
      });
    }
    return book;
  }

  private place(id: string): string {
    return path.join(this.folder, `${id}.txt`);
  }
}
