// What the page that asks knows and does: the question, which of the passages go into the prompt, who answers, and how all
// that comes back when the page does. Knows no element.

import { type AskHit, type AskPlace, askChanged, chooseGenerator, loadAsk } from '../../src/shared/askMessages.ts';
import { asFault, type Fault } from '../../src/shared/errors.ts';
import { copyText } from '../../src/shared/messages.ts';
import { type IndexHealth, indexChanged, indexHealth } from '../../src/shared/searchMessages.ts';
import type { Host } from '../host.ts';
import { t } from '../l10n.ts';
import type { ViewState } from '../state/viewState.ts';
import { Answering } from './answering.ts';
import { chosenChunks, keptMarks, type Mark, marksToKeep } from './passageChoice.ts';
import { Retriever } from './retriever.ts';
import { STAGES, type StageName } from './stage.ts';

/** What became of the last copy. */
export interface Copied {
  readonly what: 'prompt' | 'answer';
  readonly said: string;
}

/** What has come of pressing the button, to be brought into view. */
export type Outcome = 'not-found' | 'prompt' | 'answer' | undefined;

const NO_HITS: readonly AskHit[] = [];
const OPEN_AT_FIRST: readonly StageName[] = ['passages', 'answer'];

export class Asking {
  place: AskPlace | undefined;
  health: IndexHealth | undefined;
  question: string;
  threshold = 0;
  marks: ReadonlyMap<number, Mark>;
  open: ReadonlySet<StageName>;
  fault: Fault | undefined;
  copied: Copied | undefined;
  readonly retriever: Retriever;
  readonly answering: Answering;
  private readonly host: Host;
  private readonly kept: ViewState;
  private readonly changed: () => void;
  /** Of the index, as it was last heard. */
  private version = '';
  /** Chunks that the page was opened for. */
  private named: readonly number[];
  /** The question for which the marks were set. */
  private subject: string;

  constructor(host: Host, kept: ViewState, changed: () => void) {
    this.host = host;
    this.kept = kept;
    this.changed = changed;
    this.retriever = new Retriever(host, changed);
    this.answering = new Answering(host, changed);
    const [question, open, named] = [kept.read('question'), kept.read('open'), kept.read('named')];
    this.question = typeof question === 'string' ? question : '';
    this.subject = this.question.trim();
    this.marks = keptMarks(kept.read('marks'));
    this.named = Array.isArray(named) ? named.filter((chunk) => Number.isSafeInteger(chunk)) : [];
    this.open = new Set(STAGES.filter((name) => (Array.isArray(open) ? open : OPEN_AT_FIRST).includes(name)));
    host.onNotice(askChanged, () => void this.load());
    host.onNotice(indexChanged, () => void this.attempt(() => this.loadHealth()));
  }

  /** Whether the button can be pressed. */
  get usable(): boolean {
    const { question, place, answering } = this;
    return question.trim() !== '' && place?.generator.problem === undefined && !answering.busy;
  }

  async load(): Promise<void> {
    await this.attempt(async () => {
      const before = this.place;
      const place = await this.host.request(loadAsk, {});
      const kept = this.kept.read('threshold');
      if (before === undefined || before.threshold !== place.threshold) {
        this.threshold = before === undefined && typeof kept === 'number' ? kept : place.threshold;
      }
      this.place = place;
      if (place.asked !== undefined) {
        this.begin(place.asked.question ?? this.question, place.asked.chunks ?? []);
      } else if (before === undefined) {
        this.takeUp(place);
      }
      await this.loadHealth();
      const changed = JSON.stringify(before?.generator) !== JSON.stringify(place.generator);
      if (place.asked !== undefined || before === undefined || !before.started) {
        this.look(true);
      } else if (changed) {
        this.layOut(); // for whoever answers now
      }
    });
  }

  type(text: string): void {
    this.question = text;
    this.kept.keep('question', text);
    this.look(false);
  }

  /** Looks for passages. An answer to another question is forgotten. */
  look(now: boolean): void {
    const question = this.question.trim();
    if (this.place?.started !== true) {
      return;
    }
    if (question !== this.subject) {
      this.subject = question;
      this.setMarks(pinned(this.named));
      this.answering.clear();
    }
    this.copied = undefined;
    this.retriever.look({ question, chunks: this.named }, now, (found) => this.chosen(found.hits));
  }

  setOpen(name: StageName, open: boolean): void {
    this.open = new Set(STAGES.filter((one) => (one === name ? open : this.open.has(one))));
    this.kept.keep('open', [...this.open]);
    this.changed();
  }

  setThreshold(threshold: number): void {
    this.threshold = threshold;
    this.kept.keep('threshold', threshold);
    this.layOut();
  }

  keepThreshold(): void {
    void this.attempt(() => this.host.request(chooseGenerator, { threshold: this.threshold }));
  }

  mark(chunk: number, mark: Mark | undefined): void {
    const marks = new Map(this.marks);
    if (mark === undefined) {
      marks.delete(chunk);
    } else {
      marks.set(chunk, mark);
    }
    this.setMarks(marks);
    this.layOut();
  }

  /** @param show told what is to be brought into view; the answer may still be coming then */
  async ask(show: (outcome: Outcome) => void): Promise<void> {
    const { place, answering, retriever } = this;
    if (place === undefined || this.question.trim() === '' || answering.busy || !place.started) {
      return;
    }
    this.fault = undefined;
    if (retriever.asked?.question !== this.question.trim()) {
      this.look(true);
    }
    const prompt = await retriever.settled();
    if (prompt === undefined || prompt.passages.length === 0) {
      show('not-found'); // nothing is sent: it says why
    } else if (place.generator.kind === 'none') {
      this.setOpen('prompt', true);
      show('prompt');
    } else if (place.generator.problem === undefined) {
      this.setOpen('answer', true);
      this.copied = undefined;
      show('answer');
      await answering.ask(prompt);
      if (answering.fault?.code === 'unknown-session') {
        this.look(true); // what was kept of it is gone: it is made anew, to be asked again
      } else if (answering.fault !== undefined) {
        void this.load(); // who answers may be another now: a damaged model is one that is not here
      }
    }
  }

  async copy(what: Copied['what'], text: string): Promise<void> {
    await this.attempt(async () => {
      await this.host.request(copyText, { text });
      this.copied = { what, said: t('Copied.') };
    });
  }

  forgive(): void {
    this.fault = undefined;
    this.changed();
  }

  /** What goes wrong is shown. */
  async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      this.fault = undefined;
      await act();
    } catch (error) {
      const fault = asFault(error);
      this.fault = fault.code === 'cancelled' ? undefined : fault;
    }
    this.changed();
  }

  /** The answer that there is, where it is one to what stands in the page, or nothing does. */
  private takeUp({ answered }: AskPlace): void {
    if (answered === undefined) {
      return;
    }
    const { question } = answered.prompt;
    if (this.question.trim() === '') {
      this.begin(question, []);
    }
    if (this.question.trim() === question) {
      void this.answering.resume(answered);
    }
  }

  private begin(question: string, named: readonly number[]): void {
    this.question = question;
    this.named = named;
    this.kept.keep('question', question);
    this.kept.keep('named', named);
    this.setMarks(pinned(named));
    this.answering.clear();
    this.subject = question.trim();
  }

  private setMarks(marks: ReadonlyMap<number, Mark>): void {
    this.marks = marks;
    this.kept.keep('marks', marksToKeep(marks));
  }

  private chosen(hits: readonly AskHit[]): number[] {
    return chosenChunks(hits, this.threshold, this.marks);
  }

  private layOut(): void {
    this.copied = undefined;
    this.retriever.layOut(this.chosen(this.retriever.found?.hits ?? NO_HITS));
    this.changed();
  }

  private async loadHealth(): Promise<void> {
    if (this.place?.started === true) {
      this.health = await this.host.request(indexHealth, {});
      const { indexed, chunks, upToDate = 0, models } = this.health;
      const version = `${indexed} ${chunks} ${upToDate} ${models.map(({ state }) => state)}`;
      const waits = this.retriever.found !== undefined && !this.retriever.busy && this.answering.text === undefined;
      if (this.version !== '' && version !== this.version && waits) {
        this.look(true); // there may be other passages now; an answer keeps those that it was given
      }
      this.version = version;
    }
  }
}

function pinned(chunks: readonly number[]): Map<number, Mark> {
  return new Map(chunks.map((chunk) => [chunk, 'in']));
}
