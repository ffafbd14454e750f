// The entry of the process that runs learners' code: forked by services/runner, talks to its parent and to nobody else.
// What it takes away from the code that it runs is no sandbox; what the process may not do is set by its flags.

import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { kernelFolder } from '../services/kernels.ts';
import { systemClock } from '../shared/environment.ts';
import { checkAnswer, runCode, traceAnswer } from '../shared/runnerMessages.ts';
import { takeAway } from './globals.ts';
import { answerCheck, answerRun, answerTrace, type RunnerEnvironment } from './serve.ts';
import { watchMemory } from './watchdog.ts';

const folder = process.env.INSIDE_LLMS_KERNELS ?? path.join(path.dirname(fileURLToPath(import.meta.url)), 'kernels');
watchMemory(Number(process.env.INSIDE_LLMS_MOST_BYTES ?? 1024 * 1024 * 1024));
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const environment: RunnerEnvironment = {
  clock: systemClock,
  kernels: kernelFolder(folder),
  trying: (name, inputs) => connection.sendNotification('trying', { name, inputs }),
};
connection.onRequest(checkAnswer.name, answerCheck(environment));
connection.onRequest(traceAnswer.name, answerTrace(environment));
connection.onRequest(runCode.name, answerRun(environment));
process.once('disconnect', () => process.exit());
takeAway();
connection.listen();
connection.sendNotification('ready').catch(() => process.exit());
