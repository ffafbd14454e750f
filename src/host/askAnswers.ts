// The answers that a page is being told, wherever they come from, so that none goes on when the page is gone. A prompt goes
// to the generator for which it was shown, or nowhere.

import * as vscode from 'vscode';
import {
  type AnswerPart,
  type AskPrompt,
  generateAnswer,
  nextOfAnswer,
  stopAnswer,
  type WorkerGenerator,
} from '../shared/askMessages.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { Calls, CancelToken } from '../shared/messages.ts';
import { PulledText } from '../shared/pulledText.ts';
import { streamEditor } from './askEditorModels.ts';
import type { ChosenGenerator } from './askGenerators.ts';

interface Running {
  next(token: CancelToken): Promise<AnswerPart>;
  stop(): void;
}

export interface AskAnswersParts {
  readonly worker: Calls;
  readonly key: () => Promise<string | undefined>;
  readonly chosen: () => Promise<ChosenGenerator>;
  readonly log: { warn(text: string): void };
}

/** So many prompts are remembered: older ones are shown nowhere. */
const MOST_PROMPTS = 16;

export class AskAnswers {
  private readonly parts: AskAnswersParts;
  /** What was shown, and for whom. */
  private readonly prompts = new Map<string, { readonly prompt: AskPrompt; readonly generator: string }>();
  private readonly running = new Map<string, Running>();

  constructor(parts: AskAnswersParts) {
    this.parts = parts;
  }

  /** A page was shown this prompt as what would be sent to this generator. */
  shown(prompt: AskPrompt, chosen: ChosenGenerator): void {
    this.prompts.set(prompt.id, { prompt, generator: nameOf(chosen) });
    for (const oldest of this.prompts.keys()) {
      if (this.prompts.size <= MOST_PROMPTS) {
        break;
      }
      this.prompts.delete(oldest);
    }
  }

  /** @throws Fault `refused` where there is no generator, no passage, or another generator than was shown */
  async start(id: string): Promise<string> {
    const known = this.prompts.get(id);
    const chosen = await this.parts.chosen();
    const { kind, model, problem } = chosen.shown;
    if (known === undefined || known.generator !== nameOf(chosen)) {
      throw new Fault('unknown-session', vscode.l10n.t('This prompt was not made for what answers now.'), {
        remedy: vscode.l10n.t('Look at the new one, then ask again.'),
      });
    }
    if (problem !== undefined || kind === 'none') {
      throw new Fault('refused', problem ?? vscode.l10n.t('Nothing is chosen that could answer.'));
    }
    if (known.prompt.passages.length === 0) {
      throw new Fault('refused', vscode.l10n.t('There is no passage in this prompt: nothing is sent.'));
    }
    if (kind === 'editor') {
      return this.startInEditor(model, known.prompt);
    }
    const { endpoint } = chosen.settings;
    const key = kind === 'endpoint' ? await this.parts.key() : undefined;
    const generator: WorkerGenerator =
      kind === 'local' ? { local: model } : { endpoint, model, ...(key !== undefined && { key }) };
    const { worker, log } = this.parts;
    const { answer } = await worker.request(generateAnswer, { prompt: id, generator });
    this.running.set(answer, {
      next: (token) => worker.request(nextOfAnswer, { answer }, { token }),
      stop: () => {
        worker.request(stopAnswer, { answer }).catch((error) => log.warn(asFault(error).full));
      },
    });
    return answer;
  }

  /** @throws Fault `unknown-session`, or what went wrong */
  async next(answer: string, token: CancelToken): Promise<AnswerPart> {
    const running = this.running.get(answer);
    if (running === undefined) {
      throw new Fault('unknown-session', vscode.l10n.t('This answer is over.'));
    }
    const gone = token.onCancellationRequested(() => this.stop(answer));
    try {
      const part = await running.next(token);
      if (part.done) {
        this.running.delete(answer);
      }
      return part;
    } catch (error) {
      this.running.delete(answer);
      throw error;
    } finally {
      gone.dispose();
    }
  }

  stop(answer: string): void {
    this.running.get(answer)?.stop();
    this.running.delete(answer);
  }

  stopAll(): void {
    for (const answer of [...this.running.keys()]) {
      this.stop(answer);
    }
  }

  private startInEditor(model: string, { messages }: AskPrompt): string {
    const source = new vscode.CancellationTokenSource();
    const text = new PulledText(streamEditor(model, messages, source.token), () => source.cancel());
    const answer = crypto.randomUUID();
    this.running.set(answer, { next: () => text.next(), stop: () => text.stop() });
    return answer;
  }
}

/** By which two choices are the same. */
function nameOf({ shown: { kind, model, address } }: ChosenGenerator): string {
  return JSON.stringify([kind, model, address]);
}
