// The last answer of a workspace where a reload doesn't reach it: written when it begins, every while as it grows, and
// when it ends. It holds passages of files, as the workspace's own storage may. Knows nothing of vscode.

import type { KeptAnswer } from '../shared/askMessages.ts';
import type { Disposable } from '../shared/disposable.ts';
import { systemTimers, type Timers } from '../shared/environment.ts';

/** VS Code's Memento. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'ask.answer';
/** Raise it when the shape changes: what was kept in another is forgotten. */
const SCHEMA = 1;
/** So long it may grow before it is written again, in milliseconds. */
const PAUSE_MS = 1000;

export class AskKept {
  private readonly memory: Memory;
  private readonly timers: Timers;
  private readonly failed: (error: unknown) => void;
  private latest: (() => KeptAnswer) | undefined;
  private timer: Disposable | undefined;

  /** @param failed told when it can't be written */
  constructor(memory: Memory, failed: (error: unknown) => void, timers: Timers = systemTimers) {
    this.memory = memory;
    this.failed = failed;
    this.timers = timers;
  }

  /** That of before this window's life: one that came then came no further. */
  read(): KeptAnswer | undefined {
    const { schema, answer } = (this.memory.get(KEY) ?? {}) as { schema?: unknown; answer?: KeptAnswer };
    if (schema !== SCHEMA || answer === undefined) {
      return undefined;
    }
    return answer.state === 'running' ? { ...answer, state: 'interrupted' } : answer;
  }

  /** @param now whether it can't wait: it began, or ended */
  keep(answer: () => KeptAnswer, now: boolean): void {
    this.latest = answer;
    if (now) {
      this.flush();
    } else {
      this.timer ??= this.timers.after(PAUSE_MS, () => this.flush());
    }
  }

  /** Writes what is still to be written. */
  flush(): void {
    this.timer?.dispose();
    this.timer = undefined;
    const { latest } = this;
    this.latest = undefined;
    if (latest !== undefined) {
      this.memory.update(KEY, { schema: SCHEMA, answer: latest() }).then(undefined, this.failed);
    }
  }
}
