// A worker that hears a message and never comes back.

import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => {
  for (;;) {
    // busy
  }
});
