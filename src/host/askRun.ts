// One answer as it comes: the host reads it to its end, whether a page looks on or not, and each page pulls what it
// hasn't got yet. Knows nothing of vscode.

import type { AnswerPart, AskPrompt, KeptAnswer } from '../shared/askMessages.ts';
import { systemTimers, type Timers } from '../shared/environment.ts';
import { asFault, type Fault } from '../shared/errors.ts';

/** Where an answer comes from: {@link PulledText}, or the worker that has one. */
export interface AnswerSource {
  next(): Promise<AnswerPart>;
  stop(): void;
}

export interface AskRunParts {
  readonly id: string;
  readonly prompt: AskPrompt;
  readonly source: AnswerSource;
  /** Called when it has grown or ended. */
  readonly changed: () => void;
  readonly timers?: Timers;
}

/** How long a page waits for something new, in milliseconds: it is answered an empty text then, and asks again. */
const WAIT_MS = 10_000;

export class AskRun {
  readonly id: string;
  readonly prompt: AskPrompt;
  private readonly source: AnswerSource;
  private readonly changed: () => void;
  private readonly timers: Timers;
  private text = '';
  private state: KeptAnswer['state'] = 'running';
  private cut = false;
  private fault: Fault | undefined;
  private readonly waiting = new Set<() => void>();

  constructor({ id, prompt, source, changed, timers = systemTimers }: AskRunParts) {
    this.id = id;
    this.prompt = prompt;
    this.source = source;
    this.changed = changed;
    this.timers = timers;
    void this.read();
  }

  /** As it stands. */
  get kept(): KeptAnswer {
    const { id: answer, prompt, text, state, cut, fault } = this;
    const failed = fault && { fault: { message: fault.message, ...fault.data } };
    return { answer, prompt, text, state, cut, ...failed };
  }

  /** What stands behind `from`, UTF-16 units. @throws Fault what went wrong, once all that came before it was told */
  async more(from: number): Promise<AnswerPart> {
    if (this.state === 'running' && this.text.length <= from) {
      await this.growth();
    }
    const text = this.text.slice(from);
    if (this.fault !== undefined && text === '') {
      throw this.fault;
    }
    return { text, done: this.state === 'done' || this.state === 'stopped', cut: this.cut };
  }

  /** Breaks it off; what has come stays. */
  stop(): void {
    if (this.state === 'running') {
      this.state = 'stopped';
      this.source.stop();
      this.grown();
    }
  }

  private async read(): Promise<void> {
    try {
      while (this.state === 'running') {
        const { text, done, cut } = await this.source.next();
        if (this.state !== 'running') {
          return;
        }
        this.text += text;
        this.cut = cut;
        if (done) {
          this.state = 'done';
        }
        if (done || text !== '') {
          this.grown();
        }
      }
    } catch (error) {
      if (this.state === 'running') {
        this.state = 'failed';
        this.fault = asFault(error);
        this.grown();
      }
    }
  }

  private grown(): void {
    for (const wake of [...this.waiting]) {
      wake();
    }
    this.changed();
  }

  private growth(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        timer.dispose();
        this.waiting.delete(end);
        resolve();
      };
      const timer = this.timers.after(WAIT_MS, end);
      this.waiting.add(end);
    });
  }
}
