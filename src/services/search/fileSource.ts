// Where the files of an index come from. One walk with one set of rules (walk.ts) serves the extension, the command
// line and the MCP server; only how a folder is read differs: by Node here, by the host where the files are elsewhere.

import type { FileKey, LeftOut } from '../../retrieval/store.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import type { GitRules } from './gitRules.ts';

/** A workspace folder. */
export interface Root {
  /** Stable over sessions: made from its address. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Its address: a path for Node, a URI where the host reads. */
  readonly place: string;
}

export interface FolderEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

export interface FileStat {
  readonly type: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Of a link: what it comes to in the end, as a path relative to the root; undefined where that is outside of it. */
  readonly target?: string;
}

/** The few things asked of a file system. Paths are relative to the root, with `/`; '' is the root. */
export interface Folder {
  list(path: string): Promise<FolderEntry[]>;
  /** Follows links. */
  stat(path: string): Promise<FileStat>;
  /** At most `most` bytes from the beginning. @throws Fault `not-found`, `too-large`; or what the file system says */
  read(path: string, most: number): Promise<Uint8Array>;
  /** What git says of it from outside; absent where nothing can be read there. */
  readonly git?: Pick<GitRules, 'own' | 'above'>;
}

/** What is left out beside what ignore files say. Globs as VS Code takes them in `files.exclude`. */
export interface FileRules {
  /** `files.exclude`, `search.exclude` and our own exclude setting, those that are on. */
  readonly exclude: readonly string[];
  /** Our own include setting: comes before ignore files and excludes. Secrets stay out all the same. */
  readonly include: readonly string[];
  /** Whether .gitignore and .git/info/exclude count (`search.useIgnoreFiles`). */
  readonly useIgnoreFiles: boolean;
  /** Files above this many bytes are left out. */
  readonly maxBytes: number;
}

export interface FoundFile extends FileKey {
  readonly size: number;
  readonly modified: number;
}

export type Found = ({ readonly found: FoundFile } | { readonly leftOut: LeftOut }) & object;

export interface FileSource {
  readonly roots: readonly Root[];
  /**
   * Every file that is to be indexed, and every one that isn't with its reason; a folder that is left out counts once.
   *
   * @throws Fault `not-found` where a whole root can't be read, after all others were listed; `cancelled`
   */
  list(signal: CancelSignal): AsyncGenerator<Found, void, void>;
  /**
   * Whether one path is to be indexed, as `list` would say: of a file in a folder that is left out it gives the folder.
   * undefined when there is no such file, or it is a folder.
   */
  look(file: FileKey): Promise<Found | undefined>;
  /**
   * A file's text, decoded: UTF-8, or UTF-16 by its byte order mark, else Windows-1252 where it looks like text.
   * A file that changes while it is read is read again.
   */
  read(file: FileKey): Promise<ReadFile | LeftOut>;
}

export interface ReadFile extends FoundFile {
  readonly text: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
}
