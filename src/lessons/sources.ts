// The project's own source files as lessons quote and link them: read once each, missing ones named.

import { isSourcePath } from './blocks.ts';
import { hint } from './faults.ts';
import { exportedNames, type Quote, quote } from './source.ts';

export class Sources {
  private readonly texts = new Map<string, string | undefined>();
  private readonly read: (repoPath: string) => Promise<string>;

  /** @param read rejects where there is no such file */
  constructor(read: (repoPath: string) => Promise<string>) {
    this.read = read;
  }

  /** Reads what isn't read yet. A file that can't be read is a fault where it is wanted, not here. */
  async load(files: readonly string[]): Promise<void> {
    const wanted = files.filter((file) => isSourcePath(file) && !this.texts.has(file));
    await Promise.all(
      wanted.map(async (file) => {
        const text = await this.read(file).catch(() => undefined);
        this.texts.set(file, text);
      }),
    );
  }

  /** @returns the quotation, or what is wrong and which key of the block is at fault */
  quote(file: string, name: string): Quote | { readonly fault: string; readonly key: 'file' | 'show' } {
    const text = this.texts.get(file);
    if (text === undefined) {
      return { fault: `there is no source file "${file}".`, key: 'file' };
    }
    return quote(text, name) ?? { fault: missing(file, text, name), key: 'show' };
  }

  /**
   * The place that `source:TARGET` means.
   *
   * @param target a path, alone or with `#exportedName`
   */
  link(target: string): { readonly place: string } | { readonly fault: string } {
    const [file = '', name] = target.split('#');
    const text = this.texts.get(file);
    if (text === undefined) {
      return { fault: `the link names a source file "${file.slice(0, 80)}" that doesn't exist.` };
    }
    if (name === undefined) {
      return { place: file };
    }
    const found = quote(text, name);
    return found === undefined ? { fault: missing(file, text, name) } : { place: `${file}#L${found.nameLine}` };
  }
}

function missing(file: string, text: string, name: string): string {
  const names = exportedNames(text);
  const known = names.length === 0 ? 'it exports nothing' : hint(name, names);
  return `${file} exports no "${name.slice(0, 80)}"; ${known}`;
}
