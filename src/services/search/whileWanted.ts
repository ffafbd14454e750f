// Waiting for what can't be stopped, for somebody who may lose interest: a cancel is seen at once, not at the end.

import { type CancelSignal, neverCancelled, type Timers } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';

/** How often it is looked whether it is still wanted, in milliseconds: a signal can only be asked. */
const LOOK_MS = 50;

/** Waits for `waited`, which goes on in any case. @throws Fault `cancelled` soon after the cancel */
export function whileWanted<T>(waited: Promise<T>, signal: CancelSignal, timers: Timers): Promise<T> {
  if (signal === neverCancelled) {
    return waited;
  }
  return new Promise((resolve, reject) => {
    let timer = timers.after(LOOK_MS, look);
    function look(): void {
      if (signal.cancelled) {
        reject(new Fault('cancelled', 'The search was cancelled.'));
      } else {
        timer = timers.after(LOOK_MS, look);
      }
    }
    waited.then(resolve, reject).finally(() => timer.dispose());
  });
}
