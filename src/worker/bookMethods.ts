// The worker's methods about books: which there are, fetching one that the user has agreed to, its text.

import type { Books } from '../services/books.ts';
import { fetchBook, listBooks, readBook } from '../shared/textMessages.ts';
import type { On } from './methods.ts';

export function addBookMethods(on: On, books: Books): void {
  on(listBooks, () => books.list());
  on(fetchBook, async ({ book }, { signal, onProgress }) => {
    await books.fetch(book, { signal, onProgress });
    return null;
  });
  on(readBook, async ({ book }) => ({ text: await books.read(book) }));
}
