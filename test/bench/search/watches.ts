// What a process holds in memory, with those that it has started, and how long its event loop stands still.

import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const MB = 1024 * 1024;
const PAGE = 4096;
const LOOK_MS = 25;

/** In MB, above what it was when this was made. Processes that were started count where the system tells of them (Linux). */
export class Memory {
  readonly #start = process.memoryUsage.rss();
  #most = 0;
  readonly #timer = setInterval(() => {
    this.#most = Math.max(this.#most, this.#held());
  }, LOOK_MS);

  now(): number {
    return this.#held() / MB;
  }

  /** Since the last time that this was asked. */
  most(): number {
    const most = Math.max(this.#most, this.#held());
    this.#most = 0;
    return most / MB;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #held(): number {
    return process.memoryUsage.rss() - this.#start + childrenBytes();
  }
}

function childrenBytes(): number {
  let bytes = 0;
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const children = readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ');
      for (const child of children.filter((id) => id !== '')) {
        bytes += Number(readFileSync(`/proc/${child}/statm`, 'utf8').split(' ')[1]) * PAGE;
      }
    }
  } catch {
    // Another system, or one that has ended meanwhile.
  }
  return bytes;
}

export interface Standstill {
  /** Milliseconds, at most and by the 99th percentile. */
  readonly longest: number;
  readonly most: number;
  /** The most that this thread computed in one go: what others took from it meanwhile doesn't count. */
  readonly own: number;
}

/** @returns how long the loop stood still, until that is asked */
export function watchLoop(): () => Standstill {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const computed = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let own = 0;
  let before = computed();
  const timer = setInterval(() => {
    const now = computed();
    own = Math.max(own, now - before);
    before = now;
  }, resolution);
  return () => {
    delay.disable();
    clearInterval(timer);
    const of = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
    return { longest: of(delay.max), most: of(delay.percentile(99)), own };
  };
}
