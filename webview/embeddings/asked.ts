// One question at a time to the worker, the latest wins: an older one is cancelled, and its answer dropped.

import { CancelSource } from '../../src/shared/cancelSource.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Method, Progress } from '../../src/shared/messages.ts';
import type { Host } from '../host.ts';

/** `stopped` by hand: nothing is asked before someone wants it. */
export type AskedState = 'idle' | 'waiting' | 'there' | 'failed' | 'stopped';

export class Asked<Params, Result> {
  private readonly host: Pick<Host, 'request'>;
  private readonly method: Method<Params, Result>;
  private readonly onChange: () => void;
  private source: CancelSource | undefined;
  state: AskedState = 'idle';
  /** The newest answer; an older one stays until there is another. */
  answer: Result | undefined;
  /** What the answer is of. */
  of: Params | undefined;
  fault: Fault | undefined;
  progress: Progress | undefined;
  private wanted: string | undefined;
  private params: Params | undefined;

  constructor(host: Pick<Host, 'request'>, method: Method<Params, Result>, onChange: () => void) {
    this.host = host;
    this.method = method;
    this.onChange = onChange;
  }

  /** Asks, unless the very same was asked last: whatever became of it, it is not asked again by itself. `key`: by which it is known. */
  async ask(params: Params, key = JSON.stringify(params)): Promise<void> {
    if (key !== this.wanted) {
      this.wanted = key;
      this.params = params;
      await this.again();
    }
  }

  /** Asks the last question once more. */
  async again(): Promise<void> {
    const { params } = this;
    if (params === undefined) {
      return;
    }
    this.source?.cancel();
    const source = new CancelSource();
    Object.assign(this, { source, state: 'waiting', fault: undefined, progress: undefined });
    this.onChange();
    try {
      const answer = await this.host.request(this.method, params, {
        token: source,
        onProgress: (progress) => {
          if (this.source === source) {
            this.progress = progress;
            this.onChange();
          }
        },
      });
      if (this.source === source) {
        Object.assign(this, { state: 'there', answer, of: params });
      }
    } catch (error) {
      if (this.source === source) {
        const fault = asFault(error);
        const cancelled = fault.code === 'cancelled';
        Object.assign(this, { state: cancelled ? 'stopped' : 'failed', fault: cancelled ? undefined : fault });
      }
    }
    if (this.source === source) {
      this.onChange();
    }
  }

  /** Stops what is being asked; what was answered stays. */
  cancel(): void {
    this.source?.cancel();
    this.source = undefined;
    if (this.state === 'waiting') {
      this.state = 'stopped';
      this.onChange();
    }
  }

  /** Forgets the answer: it is of something that is gone. */
  forget(): void {
    this.cancel();
    Object.assign(this, {
      state: 'idle',
      answer: undefined,
      of: undefined,
      fault: undefined,
      wanted: undefined,
      params: undefined,
    });
  }
}
