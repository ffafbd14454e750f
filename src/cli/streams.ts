// Reading the input and writing the output, without holding more than has to be held.

import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { Fault } from '../shared/errors.ts';
import { MAX_TEXT } from '../shared/messages.ts';

/** More bytes than this can't be a text that is taken: three bytes are one UTF-16 unit at least. */
const MAX_BYTES = MAX_TEXT * 3;

/**
 * The bytes of `file`, or of standard input where it is `-`.
 *
 * @throws Fault `not-found`, `bad-input` when it can't be read, `too-large`.
 */
export async function readInput(file: string, warn: (text: string) => void): Promise<Uint8Array> {
  if (file === '-') {
    if (process.stdin.isTTY) {
      warn('Reading the text from the terminal: end it with Ctrl+D (Ctrl+Z and Enter on Windows).');
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      checkSize('Standard input', bytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
  try {
    checkSize(file, (await stat(file)).size);
    return await readFile(file);
  } catch (error) {
    throw error instanceof Fault ? error : readFault(file, error);
  }
}

function checkSize(name: string, bytes: number): void {
  if (bytes > MAX_BYTES) {
    throw new Fault('too-large', `${name} has more than ${MAX_BYTES / 1024 / 1024} MB.`, {
      where: name,
      remedy: 'Cut it into smaller files.',
    });
  }
}

function readFault(file: string, error: unknown): Fault {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Fault('not-found', `There is no file "${file}".`, { where: file, cause: error });
  }
  const what = code === 'EISDIR' ? 'it is a folder' : message;
  return new Fault('bad-input', `"${file}" can't be read: ${what}.`, { where: file, cause: error });
}

/** Writes the pieces to standard output, no faster than they are taken. */
export async function writeOutput(pieces: Iterable<string>): Promise<void> {
  let waiting = '';
  const flush = async () => {
    if (waiting !== '' && !process.stdout.write(waiting)) {
      await once(process.stdout, 'drain');
    }
    waiting = '';
  };
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length > 64 * 1024) {
      await flush();
    }
  }
  await flush();
}
