// Asks for an answer and pulls it piece by piece. The host keeps it: a page that comes back takes up the one that there is.
// Knows no element.

import {
  type AskPrompt,
  type KeptAnswer,
  moreOfAnswer,
  startAnswer,
  stopAnswer,
} from '../../src/shared/askMessages.ts';
import { asFault, Fault } from '../../src/shared/errors.ts';
import type { Host } from '../host.ts';

export class Answering {
  /** What has come so far; undefined before anything was asked. */
  text: string | undefined;
  /** What was sent for it. */
  prompt: AskPrompt | undefined;
  busy = false;
  /** Nothing has come for a while. */
  slow = false;
  /** It ended because it had become as long as it may. */
  cut = false;
  stopped = false;
  /** The window was loaded again while it came. */
  interrupted = false;
  fault: Fault | undefined;
  private readonly host: Host;
  private readonly changed: () => void;
  private turn = 0;
  private answer: string | undefined;

  constructor(host: Host, changed: () => void) {
    this.host = host;
    this.changed = changed;
  }

  /** Sends this prompt, in place of the answer that there is. */
  async ask(prompt: AskPrompt): Promise<void> {
    this.clear();
    this.prompt = prompt;
    this.text = '';
    await this.follow(async () => (await this.host.request(startAnswer, { prompt: prompt.id })).answer);
  }

  /** Takes up an answer that the host has kept. */
  async resume({ answer, prompt, text, state, cut, fault }: KeptAnswer): Promise<void> {
    this.clear();
    this.prompt = prompt;
    this.text = text;
    this.cut = cut;
    this.stopped = state === 'stopped';
    this.interrupted = state === 'interrupted';
    if (fault !== undefined) {
      this.fault = new Fault(fault.code, fault.message, fault);
    }
    if (state === 'running') {
      await this.follow(async () => answer);
    } else {
      this.changed();
    }
  }

  /** Breaks it off; what has come stays. */
  stop(): void {
    if (!this.busy) {
      return;
    }
    this.turn += 1;
    this.busy = false;
    this.stopped = true;
    const { answer } = this;
    this.answer = undefined;
    if (answer !== undefined) {
      // Over already: then it needs no stopping.
      this.host.request(stopAnswer, { answer }).catch(() => {});
    }
    this.changed();
  }

  /** Forgets it. */
  clear(): void {
    this.stop();
    this.turn += 1;
    this.text = undefined;
    this.prompt = undefined;
    this.fault = undefined;
    this.slow = false;
    this.cut = false;
    this.stopped = false;
    this.interrupted = false;
    this.changed();
  }

  private async follow(start: () => Promise<string>): Promise<void> {
    const { turn } = this;
    this.busy = true;
    this.slow = false;
    this.changed();
    try {
      const answer = await start();
      if (turn !== this.turn) {
        await this.host.request(stopAnswer, { answer });
        return;
      }
      this.answer = answer;
      for (let done = false; !done && turn === this.turn; ) {
        const part = await this.host.request(moreOfAnswer, { answer, from: this.text?.length ?? 0 });
        if (turn === this.turn) {
          done = part.done;
          this.text += part.text;
          this.cut = part.cut;
          this.slow = part.text === '';
          this.changed();
        }
      }
    } catch (error) {
      if (turn === this.turn) {
        this.fault = asFault(error);
      }
    }
    if (turn === this.turn) {
      this.busy = false;
      this.answer = undefined;
      this.changed();
    }
  }
}
