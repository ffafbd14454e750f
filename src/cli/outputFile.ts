// A file that a command will write at its end: that it can be written is found out at the beginning.

import { randomUUID } from 'node:crypto';
import { constants, rmSync, statSync } from 'node:fs';
import { access, type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../shared/errors.ts';

/** Written beside its place and then renamed, so that an older file stays whole until the new one is. */
export class OutputFile {
  readonly file: string;
  private readonly unfinished: string;
  private readonly handle: FileHandle;
  /** However the program ends, nothing unfinished stays behind. */
  private readonly tidy = () => rmSync(this.unfinished, { force: true });

  private constructor(file: string, unfinished: string, handle: FileHandle) {
    this.file = file;
    this.unfinished = unfinished;
    this.handle = handle;
    process.on('exit', this.tidy);
  }

  /** @throws Fault `bad-input` when nothing can be written there, with the reason. */
  static async open(file: string): Promise<OutputFile> {
    const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.unfinished`);
    try {
      const there = statSync(file, { throwIfNoEntry: false });
      if (there !== undefined) {
        if (!there.isFile()) {
          throw new Error('there is something else of that name, and it is no file');
        }
        await access(file, constants.W_OK);
      }
      return new OutputFile(file, unfinished, await open(unfinished, 'wx'));
    } catch (error) {
      throw unwritable(file, error);
    }
  }

  /** @throws Fault `storage` when the disk takes no more. */
  async save(bytes: Uint8Array): Promise<void> {
    try {
      await this.handle.writeFile(bytes);
      await this.handle.close();
      await rename(this.unfinished, this.file);
    } catch (error) {
      throw new Fault('storage', `"${this.file}" could not be written: ${(error as Error).message}.`, {
        where: this.file,
        remedy: 'Make room, or name another file.',
        cause: error,
      });
    }
    process.off('exit', this.tidy);
  }

  /** Leaves no trace. */
  async discard(): Promise<void> {
    await this.handle.close();
    this.tidy();
    process.off('exit', this.tidy);
  }
}

/** Whether both names lead to one file that is there. */
export function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [one, other].map((file) => statSync(file, { bigint: true }));
    return a?.dev === b?.dev && a?.ino === b?.ino;
  } catch {
    return false; // one of them can't be reached: what reads or writes it will say why
  }
}

function unwritable(file: string, error: unknown): Fault {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? 'its folder does not exist'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'permission is denied'
        : message;
  return new Fault('bad-input', `"${file}" can't be written: ${reason}.`, {
    where: file,
    remedy: 'Name another file by --out.',
    cause: error,
  });
}
