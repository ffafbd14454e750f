// A process that runs learners' code, as whoever keeps it sees it. How one is started is handed in.

import type { MessageConnection } from 'vscode-jsonrpc';

export interface RunnerProcess {
  /** Listening. Says `ready` once, and `trying` before each input that is tried. */
  readonly connection: MessageConnection;
  /** Resolves when it has ended, for whatever reason; never rejects. */
  readonly exited: Promise<RunnerExit>;
  /** Ends it at once, in the middle of a loop too. */
  kill(): void;
}

export interface RunnerExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last that it wrote there. */
  readonly stderr: string;
}
