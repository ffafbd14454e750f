// One training as the page sees it: pulled from the worker while it is wanted, its figures gathered for the plot.
// Knows no element; tells whoever draws it that something changed.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import {
  nextOfTraining,
  stopTraining,
  type TrainedKind,
  type TrainingFigures,
  type TrainingPart,
} from '../../src/shared/trainingMessages.ts';
import type { Host } from '../host.ts';

/** Points of a line: more would not be seen. */
const MOST_POINTS = 600;
/** Newest pieces that are shown. */
const SHOWN_PIECES = 40;

export type CourseState = 'running' | 'paused' | 'over' | 'failed' | 'stopped';

export class TrainingCourse {
  readonly kind: TrainedKind;
  readonly training: string;
  state: CourseState = 'running';
  newest: readonly string[] = [];
  figures: TrainingFigures | undefined;
  /** Bytes per token by vocabulary size, in the order they came. */
  points: (readonly [vocabulary: number, bytesPerToken: number])[] = [];
  early: string | undefined;
  fault: Fault | undefined;
  private readonly host: Host;
  private readonly changed: () => void;
  private every = 1;
  private seen = 0;
  private pulling = false;

  constructor(host: Host, kind: TrainedKind, training: string, changed: () => void) {
    this.host = host;
    this.kind = kind;
    this.training = training;
    this.changed = changed;
  }

  /** Pulls until it is over, paused or stopped. */
  async run(): Promise<void> {
    if (this.pulling) {
      return; // resumed while the part asked for before the pause is on its way: it goes on from there
    }
    this.pulling = true;
    while (this.state === 'running') {
      try {
        this.take(await this.host.request(nextOfTraining, { training: this.training }));
      } catch (error) {
        this.failed(error);
      }
      this.changed();
    }
    this.pulling = false;
  }

  pause(): void {
    if (this.state === 'running') {
      this.state = 'paused';
    }
  }

  resume(): void {
    if (this.state === 'paused') {
      this.state = 'running';
      void this.run();
    }
  }

  /** Ends it for good. What it holds in the worker is given back. */
  async stop(): Promise<void> {
    if (this.state !== 'failed') {
      this.state = 'stopped';
      // A worker that has ended has forgotten it already.
      await this.host.request(stopTraining, { training: this.training }).catch(() => {});
    }
  }

  /** What was stopped has lost its part on purpose. */
  private failed(error: unknown): void {
    if (this.state !== 'stopped') {
      this.fault = asFault(error);
      this.state = 'failed';
    }
  }

  private take({ figures, newest, over, early }: TrainingPart): void {
    if (this.state === 'stopped') {
      return;
    }
    for (const figure of figures) {
      this.point(figure);
      // While the text is cut with it, what the training had counted stands.
      this.figures = figure.phase === 'measure' ? { ...this.figures, ...figure } : figure;
    }
    this.newest = [...this.newest, ...newest].slice(-SHOWN_PIECES);
    this.early = early ?? this.early;
    if (over) {
      this.state = 'over';
    }
  }

  private point({ phase, vocabulary, tokens, bytes }: TrainingFigures): void {
    if (tokens === undefined || tokens === 0) {
      return;
    }
    // While Unigram weighs its pieces it counts tokens over all ways to cut a word: more than its tokenizer will make.
    if (this.kind === 'unigram' && phase !== 'measure') {
      return;
    }
    if (this.seen++ % this.every === 0) {
      this.points.push([vocabulary, bytes / tokens]);
    }
    if (this.points.length > MOST_POINTS) {
      this.every *= 2;
      this.points = this.points.filter((_, at) => at % 2 === 0);
    }
  }
}
