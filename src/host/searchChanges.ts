// Gathers what changes in the workspace, so that the search worker hears of it a few times a second at most, and of a
// checkout of thousands of files as one message. Knows nothing of vscode.

import type { Disposable } from '../shared/disposable.ts';
import type { Timers } from '../shared/environment.ts';

export interface ChangedFile {
  readonly root: string;
  readonly path: string;
}

/** Quiet for so long, and the changes are told; but at the latest after {@link MOST_WAIT_MS}. */
const QUIET_MS = 200;
const MOST_WAIT_MS = 1000;
/** More than this many at once, and looking at every file's time stamp is cheaper than a list. */
export const MOST_LISTED = 1000;

/** Files whose own text says what is left out. */
const RULES = /(^|\/)(\.gitignore|\.ignore|\.rgignore|\.git\/info\/exclude)$/;
/** Never indexed, and full of changes. */
const NOISE = /(^|\/)(\.git|\.hg|\.svn|node_modules)(\/|$)/;

export class ChangeBatch implements Disposable {
  private readonly timers: Timers;
  private readonly send: (files: readonly ChangedFile[]) => void;
  private readonly files = new Map<string, ChangedFile>();
  private all = false;
  private quiet: Disposable | undefined;
  private latest: Disposable | undefined;

  /** @param send told the changed files; an empty list means that all are to be looked at */
  constructor(timers: Timers, send: (files: readonly ChangedFile[]) => void) {
    this.timers = timers;
    this.send = send;
  }

  add(root: string, path: string): void {
    if (RULES.test(path)) {
      this.all = true;
    } else if (NOISE.test(path)) {
      return;
    } else if (!this.all) {
      this.files.set(`${root}\n${path}`, { root, path });
      this.all = this.files.size > MOST_LISTED;
    }
    this.quiet?.dispose();
    this.quiet = this.timers.after(QUIET_MS, () => this.flush());
    this.latest ??= this.timers.after(MOST_WAIT_MS, () => this.flush());
  }

  dispose(): void {
    this.quiet?.dispose();
    this.latest?.dispose();
    this.quiet = undefined;
    this.latest = undefined;
    this.files.clear();
    this.all = false;
  }

  private flush(): void {
    const files = this.all ? [] : [...this.files.values()];
    this.dispose();
    this.send(files);
  }
}
