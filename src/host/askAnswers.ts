// The answer that is under way, wherever it comes from, and the last one. A prompt goes to the generator for which it was
// shown, or nowhere.

import * as vscode from 'vscode';
import {
  type AnswerPart,
  type AskPrompt,
  generateAnswer,
  type KeptAnswer,
  nextOfAnswer,
  stopAnswer,
  type WorkerGenerator,
} from '../shared/askMessages.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { Calls } from '../shared/messages.ts';
import { PulledText } from '../shared/pulledText.ts';
import { streamEditor } from './askEditorModels.ts';
import type { ChosenGenerator } from './askGenerators.ts';
import { AskKept, type Memory } from './askKept.ts';
import { type AnswerSource, AskRun } from './askRun.ts';

export interface AskAnswersParts {
  readonly worker: Calls;
  readonly key: () => Promise<string | undefined>;
  readonly chosen: () => Promise<ChosenGenerator>;
  /** Of the workspace. */
  readonly memory: Memory;
  readonly log: { warn(text: string): void };
}

/** So many prompts are remembered: older ones are shown nowhere. */
const MOST_PROMPTS = 16;

export class AskAnswers {
  private readonly parts: AskAnswersParts;
  /** What was shown, and for whom. */
  private readonly prompts = new Map<string, { readonly prompt: AskPrompt; readonly generator: string }>();
  private readonly keeper: AskKept;
  private run: AskRun | undefined;

  constructor(parts: AskAnswersParts) {
    this.parts = parts;
    this.keeper = new AskKept(parts.memory, (error) => parts.log.warn(`An answer was not kept: ${String(error)}`));
  }

  /** The last one, as far as it has come. */
  get last(): KeptAnswer | undefined {
    return this.run?.kept ?? this.keeper.read();
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
    const { prompt } = known;
    this.stop();
    const source = kind === 'editor' ? this.fromEditor(model, prompt) : await this.fromWorker(prompt, chosen);
    const run: AskRun = new AskRun({
      ...{ id: crypto.randomUUID(), prompt, source },
      changed: () => this.keep(run),
    });
    this.run = run;
    this.keeper.keep(() => run.kept, true);
    return run.id;
  }

  /** @throws Fault `unknown-session`, or what went wrong */
  async more(answer: string, from: number): Promise<AnswerPart> {
    if (this.run?.id !== answer) {
      throw new Fault('unknown-session', vscode.l10n.t('This answer is over.'));
    }
    return this.run.more(from);
  }

  /** @param answer left out: whichever is under way */
  stop(answer?: string): void {
    if (answer === undefined || this.run?.id === answer) {
      this.run?.stop();
    }
  }

  /** The window is closed or loaded again: what has come is kept as what was interrupted. */
  dispose(): void {
    const { run } = this;
    this.run = undefined;
    this.keeper.flush();
    run?.stop();
  }

  private keep(run: AskRun): void {
    if (this.run === run) {
      this.keeper.keep(() => run.kept, run.kept.state !== 'running');
    }
  }

  private fromEditor(model: string, { messages }: AskPrompt): AnswerSource {
    const source = new vscode.CancellationTokenSource();
    return new PulledText(streamEditor(model, messages, source.token), () => source.cancel());
  }

  private async fromWorker(prompt: AskPrompt, { shown, settings }: ChosenGenerator): Promise<AnswerSource> {
    const { kind, model } = shown;
    const { endpoint } = settings;
    const { worker, log } = this.parts;
    const key = kind === 'endpoint' ? await this.parts.key() : undefined;
    const generator: WorkerGenerator =
      kind === 'local' ? { local: model } : { endpoint, model, ...(key !== undefined && { key }) };
    const { answer } = await worker.request(generateAnswer, { prompt: prompt.id, generator });
    return {
      next: () => worker.request(nextOfAnswer, { answer }),
      stop: () => {
        worker.request(stopAnswer, { answer }).catch((error) => log.warn(asFault(error).full));
      },
    };
  }
}

/** By which two choices are the same. */
function nameOf({ shown: { kind, model, address } }: ChosenGenerator): string {
  return JSON.stringify([kind, model, address]);
}
