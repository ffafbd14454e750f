// Who writes an index, by machine and process: one that was killed can't give its lease back, and need not be waited for.

import { hostname } from 'node:os';

/** The name of this process. A worker's thread that is started anew goes by the same one. */
export function ownerName(): string {
  return `${hostname()} ${process.pid}`;
}

/** Whether the process of this name was on this machine and is no more. False where that can't be known. */
export function isGone(owner: string): boolean {
  const at = owner.lastIndexOf(' ');
  const pid = Number(owner.slice(at + 1));
  if (owner.slice(0, at) !== hostname() || !Number.isSafeInteger(pid) || pid <= 0) {
    return false;
  }
  try {
    process.kill(pid, 0); // asks only
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
