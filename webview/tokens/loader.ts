// Gets the tokens from the host, the latest wins: a new load cancels the one before it. Small changes come as patches,
// which are applied in place; one that doesn't follow on what is here means loading again. Knows no elements.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import type { Progress, TokenizerInfo } from '../../src/shared/messages.ts';
import { loadTokens, type TokensPatch, type TokensSubject } from '../../src/shared/tokensMessages.ts';
import { cancelSource, type Host } from '../host.ts';
import type { Change } from './ranges.ts';
import { TokenData } from './tokenData.ts';

/** A subject with its tokens ready to be read. */
export interface Loaded {
  readonly subject: Omit<TokensSubject, 'encodings' | 'text'>;
  /** The tokens by each chosen tokenizer; mended in place when the text changes. */
  readonly columns: readonly TokenData[];
}

export interface LoadState {
  /** What is shown; stays while something newer is loading. */
  readonly loaded?: Loaded | undefined;
  /** Set while loading. */
  readonly progress?: Progress | true | undefined;
  /** Why there is nothing: no editor. */
  readonly reason?: string | undefined;
  /** What went wrong with the newest load. */
  readonly fault?: Fault | undefined;
}

export class TokensLoader {
  state: LoadState = {};
  private readonly host: Host;
  /** Told of a change with the stretch where the tokens were mended, without one where all is new. */
  private readonly changed: (change?: Change) => void;
  private running: { cancel(): void } | undefined;
  /** Patches that came while loading. */
  private waiting: TokensPatch[] = [];

  constructor(host: Host, changed: (change?: Change) => void) {
    this.host = host;
    this.changed = changed;
  }

  async load(): Promise<void> {
    this.running?.cancel();
    const source = cancelSource();
    this.running = source;
    const latest = () => this.running === source;
    this.set({ loaded: this.state.loaded, progress: true });
    try {
      const answer = await this.host.request(
        loadTokens,
        {},
        {
          token: source.token,
          onProgress: (progress) => {
            if (latest()) {
              this.set({ ...this.state, progress });
            }
          },
        },
      );
      if (latest()) {
        this.running = undefined;
        this.set('reason' in answer ? { reason: answer.reason } : { loaded: ready(answer) });
        const waiting = this.waiting;
        this.waiting = [];
        for (const patch of waiting) {
          this.patch(patch);
        }
      }
    } catch (error) {
      if (latest()) {
        this.running = undefined;
        this.waiting = [];
        this.set({ loaded: this.state.loaded, fault: asFault(error) });
      }
    }
  }

  /** Takes a small change of the text. */
  patch(patch: TokensPatch): void {
    const { loaded } = this.state;
    if (this.running !== undefined) {
      this.waiting.push(patch);
    } else if (loaded === undefined || patch.version > loaded.subject.version + 1) {
      void this.load();
    } else if (patch.version === loaded.subject.version + 1) {
      try {
        mend(loaded, patch);
      } catch {
        // Arrays that don't fit: what came whole will.
        void this.load();
        return;
      }
      const { version, lines = loaded.subject.lines } = patch;
      const subject = { ...loaded.subject, version, ...(lines !== undefined && { lines }) };
      this.state = { loaded: { ...loaded, subject } };
      this.changed({ start: patch.start, oldEnd: patch.end, newEnd: patch.start + patch.text.length });
    }
  }

  /** Stops loading; what was shown before stays, marked as outdated. */
  cancel(): void {
    this.running?.cancel();
  }

  private set(state: LoadState): void {
    this.state = state;
    this.changed();
  }
}

function ready({ encodings, text, ...subject }: TokensSubject): Loaded {
  return { subject, columns: encodings.map((encoded) => new TokenData(text, encoded)) };
}

/** @throws Fault `bad-input` when the patch doesn't fit; then some columns may be mended, and all must be loaded again. */
function mend({ columns }: Loaded, { start, end, text, encodings }: TokensPatch): void {
  for (const [column, data] of columns.entries()) {
    const encoded = encodings[column];
    if (encoded === undefined) {
      throw new RangeError('The change comes without the tokens of a chosen tokenizer.');
    }
    data.splice(start, end, text, encoded);
  }
}

/** What a loaded text's tokenizer is called and does; undefined where the list doesn't hold it. */
export function infoOf({ subject }: Loaded, encoding: string): TokenizerInfo | undefined {
  return subject.choice.available.find(({ id }) => id === encoding);
}

/** The name of a column's tokenizer. */
export function labelOf(loaded: Loaded, column: number): string {
  const encoding = loaded.columns[column]?.encoding ?? '';
  return infoOf(loaded, encoding)?.label ?? encoding;
}
