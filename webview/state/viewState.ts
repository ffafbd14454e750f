// What a view keeps when it is hidden or the window reloads: what the user was doing, never data. Data is fetched again.

import type { VsCodeApi } from '../host.ts';

/** Raise it when the shape of the kept state changes: what was kept in another shape is forgotten. */
export const STATE_SCHEMA = 1;

interface Kept {
  readonly schema: number;
  /** What the state belongs to: another lesson's is forgotten. */
  readonly subject: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Named values kept through VS Code's setState. Writes are gathered, and made at the latest when the page goes away. */
export class ViewState {
  private readonly api: VsCodeApi;
  private readonly subject: string;
  private values: Record<string, unknown>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: VsCodeApi, subject: string) {
    this.api = api;
    this.subject = subject;
    this.values = readKept(api.getState(), subject);
    window.addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
  }

  /** What was kept under this name, of unknown shape: it may come from an older version. */
  read(name: string): unknown {
    return this.values[name];
  }

  keep(name: string, value: unknown): void {
    this.values[name] = value;
    this.timer ??= setTimeout(() => this.flush(), 200);
  }

  flush(): void {
    if (this.timer === undefined) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    const kept: Kept = { schema: STATE_SCHEMA, subject: this.subject, values: this.values };
    this.api.setState(kept);
  }
}

function readKept(state: unknown, subject: string): Record<string, unknown> {
  const kept = state as Partial<Kept> | null | undefined;
  const ours = kept?.schema === STATE_SCHEMA && kept.subject === subject && typeof kept.values === 'object';
  return ours ? { ...kept.values } : {};
}
