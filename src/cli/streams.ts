// Reading the input and writing the output, without holding more than has to be held.

import { once } from 'node:events';
import { createReadStream, fstatSync } from 'node:fs';
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
  if (file === '-' && process.stdin.isTTY) {
    warn('Reading the text from the terminal: end it with Ctrl+D (Ctrl+Z and Enter on Windows).');
  }
  const name = file === '-' ? 'Standard input' : file;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Node takes a folder at standard input for an empty file.
    if (file === '-' && isFolder(process.stdin.fd)) {
      throw new Fault('bad-input', `${name} can't be read: it is a folder.`, { where: name, remedy: 'Name a file.' });
    }
    // Chunk by chunk: a device or a pipe doesn't say how much will come.
    const source = file === '-' ? process.stdin : createReadStream(file);
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      checkSize(name, bytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof Fault ? error : readFault(name, error);
  }
}

function isFolder(fd: number): boolean {
  try {
    return fstatSync(fd).isDirectory();
  } catch {
    return false; // closed: Node gives an empty input
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
  const more = { where: file, cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('not-found', `There is no file "${file}".`, { ...more, remedy: 'Check its name and folder.' });
    case 'EISDIR':
      return new Fault('bad-input', `"${file}" can't be read: it is a folder.`, {
        ...more,
        remedy: 'Name a file in it.',
      });
    case 'EACCES':
    case 'EPERM':
      return new Fault('bad-input', `"${file}" can't be read: permission is denied.`, {
        ...more,
        remedy: 'Give yourself the right to read it.',
      });
    default:
      return new Fault('bad-input', `"${file}" can't be read: ${message}.`, { ...more, remedy: 'Take a copy of it.' });
  }
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
