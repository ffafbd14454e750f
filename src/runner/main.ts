// The entry of the process that runs learners' code: forked by services/runner, talks to its parent and to nobody else.
// What it takes away from the code that it runs is no sandbox; what the process may not do is set by its flags.

import path from 'node:path';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { kernelFolder } from '../services/kernels.ts';
import { systemClock } from '../shared/environment.ts';
import { checkAnswer, runCode, traceAnswer } from '../shared/runnerMessages.ts';
import * as courseModule from './api/course.ts';
import { lockDown } from './lockDown.ts';
import { learnerConsole } from './output.ts';
import { answerCheck, answerRun, answerTrace, type RunnerEnvironment } from './serve.ts';
import { Strays } from './strays.ts';
import { loadStripper } from './typeScript.ts';
import { hasGrown, watchProcess } from './watchProcess.ts';

const folder = process.env.INSIDE_LLMS_KERNELS ?? path.join(path.dirname(fileURLToPath(import.meta.url)), 'kernels');
const mostBytes = Number(process.env.INSIDE_LLMS_MOST_BYTES ?? 1024 * 1024 * 1024);
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const tell = (method: string, params?: object) =>
  connection.sendNotification(method, params).catch(() => process.exit());
const strays = new Strays();
const environment: RunnerEnvironment = {
  clock: systemClock,
  kernels: kernelFolder(folder),
  strays,
  begun: () => tell('begun'),
  trying: (name, inputs) => tell('trying', { name, inputs }),
  printed: (line) => void tell('printed', line),
};
/** After each answer: says that it is ready again, which code that goes on behind its back would keep it from, and one that has grown isn't. */
const serving =
  <Params, Result>(answer: (params: Params) => Promise<Result>) =>
  async (params: Params): Promise<Result> => {
    await watched;
    try {
      return await answer(params);
    } finally {
      void setImmediate().then(() => (hasGrown(mostBytes) ? undefined : tell('ready')));
    }
  };
connection.onRequest(checkAnswer.name, serving(answerCheck(environment)));
connection.onRequest(traceAnswer.name, serving(answerTrace(environment)));
connection.onRequest(runCode.name, serving(answerRun(environment)));
process.once('disconnect', () => process.exit());
process.on('unhandledRejection', (reason) => strays.add(reason));
process.on('uncaughtException', (error) => strays.add(error));
const { now } = performance;
lockDown(
  { console: learnerConsole, performance: { now: now.bind(performance) }, ...strays.timers },
  Object.values(courseModule).filter((value) => typeof value === 'function'),
);
connection.listen();
const watched = tell('ready').then(() => watchProcess(mostBytes));
await watched;
// Ahead of the first request; what fails says why then.
Promise.all([loadStripper(), environment.kernels()]).catch(() => {});
