// The model worker in the real extension host: a thread that dies in the middle of a call harms one call.

import { equal, match, ok, rejects } from 'node:assert/strict';
import type { ExtensionParts } from '../../../src/host/extensionParts.ts';
import type { ModelWorker } from '../../../src/host/modelWorker.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import { countTokens, encodeText } from '../../../src/shared/messages.ts';
import { extension } from '../support.ts';

/** Some seconds of work. */
const LONG = 'The tide rises, the tide falls, 12345 boats and one café. '.repeat(300_000);

describe('the model worker', () => {
  let parts: ExtensionParts;
  let worker: ModelWorker;

  before(async () => {
    parts = await extension();
    worker = await parts.services.worker.loaded();
  });

  const count = async (text: string) => (await worker.request(countTokens, { encoding: 'r50k_base', text })).count;

  it('starts with the first call', async () => {
    await worker.restart();
    equal(worker.state, 'stopped');
    equal(await count('Tokens are not words.'), 5);
    equal(worker.state, 'idle');
  });

  it('that is killed in the middle of a call fails that call clearly and comes back', async () => {
    await count('warm');
    const call = worker.request(encodeText, { encoding: 'r50k_base', text: LONG }).then(
      () => undefined,
      (error): Fault => asFault(error),
    );
    // No API kills the thread from outside: this takes the thread itself.
    const life = Reflect.get(worker, 'life') as { handle: { terminate(): Promise<void> } };
    await life.handle.terminate();
    const fault = await call;
    ok(fault, 'the call fails');
    equal(fault.code, 'worker-died');
    match(fault.remedy ?? '', /again/);
    equal(await count('Tokens are not words.'), 5);
  });

  it('that is restarted by command fails what was pending and serves the next call', async () => {
    const call = worker.request(encodeText, { encoding: 'r50k_base', text: LONG });
    const failed = rejects(call, (error) => asFault(error).code === 'worker-died');
    await parts.services.worker.restart();
    await failed;
    equal(await count('ab'), 1);
  });

  it('stops a call that is cancelled, without ending', async () => {
    await count('warm');
    const listeners: (() => void)[] = [];
    const token = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: () => void) => {
        listeners.push(listener);
        return { dispose: () => {} };
      },
    };
    const call = worker.request(encodeText, { encoding: 'r50k_base', text: LONG }, { token });
    const failed = rejects(call, (error) => asFault(error).code === 'cancelled');
    token.isCancellationRequested = true;
    for (const listener of listeners) {
      listener();
    }
    await failed;
    ok(worker.state !== 'stopped', 'the thread lives on');
  });
});
