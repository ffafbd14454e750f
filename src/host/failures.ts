// How many checks of each exercise failed since it was last reset, on this machine. Written in the background: a count
// that is lost costs an offer of help, nothing else.

export interface FailuresMemento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'insideLlms.exercises.failed';

export class Failures {
  private readonly memento: FailuresMemento;
  private readonly onFault: (error: unknown) => void;
  private readonly counts: Map<string, number>;

  constructor(memento: FailuresMemento, onFault: (error: unknown) => void) {
    this.memento = memento;
    this.onFault = onFault;
    const kept = memento.get(KEY);
    const entries = kept !== null && typeof kept === 'object' ? Object.entries(kept) : [];
    this.counts = new Map(entries.filter((entry): entry is [string, number] => Number.isInteger(entry[1])));
  }

  of(id: string): number {
    return this.counts.get(id) ?? 0;
  }

  set(id: string, count: number): void {
    if (this.of(id) !== count) {
      this.counts.set(id, count);
      this.memento.update(KEY, Object.fromEntries(this.counts)).then(undefined, this.onFault);
    }
  }
}
