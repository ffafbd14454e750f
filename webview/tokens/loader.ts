// Gets the tokens from the host, the latest wins: a new load cancels the one before it. Knows no elements.

import { asFault, type Fault } from '../../src/shared/errors.ts';
import { loadTokens, type Progress, type TokensSubject } from '../../src/shared/messages.ts';
import { cancelSource, type Host } from '../host.ts';
import { TokenData } from './tokenData.ts';

/** A subject with its tokens ready to be read. */
export interface Loaded {
  readonly subject: Omit<TokensSubject, 'encoded'>;
  readonly data: TokenData;
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
  private readonly changed: () => void;
  private running: { cancel(): void } | undefined;

  constructor(host: Host, changed: () => void) {
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
      }
    } catch (error) {
      if (latest()) {
        this.running = undefined;
        this.set({ loaded: this.state.loaded, fault: asFault(error) });
      }
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

function ready({ encoded, ...subject }: TokensSubject): Loaded {
  return { subject, data: new TokenData(subject.text, encoded) };
}
