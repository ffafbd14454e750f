// Asks for an answer and pulls it piece by piece. Knows no element.

import { type AskPrompt, nextOfAnswer, startAnswer, stopAnswer } from '../../src/shared/askMessages.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Host } from '../host.ts';

export class Answering {
  /** What has come so far; undefined before anything was asked. */
  text: string | undefined;
  /** What was sent for it. */
  prompt: AskPrompt | undefined;
  busy = false;
  /** It ended because it had become as long as it may. */
  cut = false;
  stopped = false;
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
    const { turn } = this;
    this.prompt = prompt;
    this.text = '';
    this.busy = true;
    this.changed();
    try {
      const { answer } = await this.host.request(startAnswer, { prompt: prompt.id });
      if (turn !== this.turn) {
        await this.host.request(stopAnswer, { answer });
        return;
      }
      this.answer = answer;
      for (let done = false; !done && turn === this.turn; ) {
        const part = await this.host.request(nextOfAnswer, { answer });
        done = part.done;
        if (turn === this.turn) {
          this.text += part.text;
          this.cut = part.cut;
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
    this.cut = false;
    this.stopped = false;
    this.changed();
  }
}
