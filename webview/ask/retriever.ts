// Looks for passages as one types, and has the prompt laid out of those that are chosen: the newest wins, and what was
// overtaken is taken back. Knows no element.

import { type AskPrompt, buildPrompt, type Retrieved, retrieve } from '../../src/shared/askMessages.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { cancelSource, type Host } from '../host.ts';

/** How long typing, and dragging, rest before something is asked. */
export const TYPED_MS = 300;
export const DRAGGED_MS = 120;

export interface AskedQuestion {
  readonly question: string;
  readonly chunks: readonly number[];
}

export class Retriever {
  /** What is asked for, found or not yet. */
  asked: AskedQuestion | undefined;
  found: Retrieved | undefined;
  /** Of what was found; undefined while it is being laid out. */
  prompt: AskPrompt | undefined;
  fault: Fault | undefined;
  busy = false;
  private readonly host: Host;
  private readonly changed: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cancel: () => void = () => {};
  private turn = 0;
  private waiting: (() => void)[] = [];

  constructor(host: Host, changed: () => void) {
    this.host = host;
    this.changed = changed;
  }

  /** @param choose the chunks of what is found that go into the prompt */
  look(asked: AskedQuestion, now: boolean, choose: (found: Retrieved) => readonly number[]): void {
    this.asked = asked;
    if (asked.question === '') {
      this.begin();
      this.found = undefined;
      this.prompt = undefined;
      this.end();
      return;
    }
    this.after(now ? 0 : TYPED_MS, async (token) => {
      const found = await this.host.request(retrieve, { ...asked, chunks: [...asked.chunks] }, { token });
      return async () => {
        this.found = found;
        this.prompt = undefined;
        this.changed();
        await this.lay(choose(found), token);
      };
    });
  }

  /** Has the prompt laid out anew, of these chunks of what was found. */
  layOut(chunks: readonly number[]): void {
    if (this.found === undefined || (this.busy && this.prompt === undefined)) {
      return; // still looking: it is laid out of what is chosen then
    }
    this.after(DRAGGED_MS, async (token) => async () => this.lay(chunks, token));
  }

  /** Waits until nothing is on its way. @returns the prompt, where there is one */
  async settled(): Promise<AskPrompt | undefined> {
    if (this.busy) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.prompt;
  }

  private async lay(chunks: readonly number[], token: ReturnType<typeof cancelSource>['token']): Promise<void> {
    const { found, turn } = this;
    if (found === undefined || chunks.length === 0) {
      this.prompt = undefined;
      return;
    }
    const prompt = await this.host.request(buildPrompt, { retrieved: found.id, chunks: [...chunks] }, { token });
    if (turn === this.turn) {
      this.prompt = prompt;
    }
  }

  private begin(): number {
    clearTimeout(this.timer);
    this.cancel();
    this.turn += 1;
    return this.turn;
  }

  private after(
    milliseconds: number,
    act: (token: ReturnType<typeof cancelSource>['token']) => Promise<() => Promise<void>>,
  ): void {
    const turn = this.begin();
    this.busy = true;
    this.changed();
    const source = cancelSource();
    this.cancel = () => source.cancel();
    this.timer = setTimeout(async () => {
      try {
        const take = await act(source.token);
        if (turn === this.turn) {
          this.fault = undefined;
          await take();
        }
      } catch (error) {
        const fault = asFault(error);
        if (turn === this.turn && fault.code !== 'cancelled') {
          this.fault = fault;
          this.prompt = undefined;
        }
      }
      if (turn === this.turn) {
        this.end();
      }
    }, milliseconds);
  }

  private end(): void {
    this.busy = false;
    for (const go of this.waiting.splice(0)) {
      go();
    }
    this.changed();
  }
}
