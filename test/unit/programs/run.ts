// Runs programs for tests: no real time, GPT-2's own vocabulary.

import { compiledKernels } from '../../../src/build/kernels.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { bestKernels } from '../../../src/engine/kernels/wasm.ts';
import { findProgram } from '../../../src/programs/registry.ts';
import { type RunEnvironment, runToEnd } from '../../../src/programs/run.ts';
import type { Clock } from '../../../src/shared/environment.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type {
  Frame,
  ParamValues,
  TableValue,
  TextValue,
  TokensValue,
  Trace,
  Value,
} from '../../../src/shared/trace.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';
import { loadR50k } from '../tokenizers/r50k.ts';
import { testModels } from './models.ts';
import { loadRealTokenizer } from './realTokenizers.ts';

/** Stands still unless moved. */
export class TestClock implements Clock {
  time = 0;
  now(): number {
    return this.time;
  }
  elapsed(): number {
    return this.time;
  }
}

let r50k: Vocabulary | undefined;
let kernels: Promise<Kernels> | undefined;

/** The kernels that the extension ships, the same ones each time. */
export function loadTestKernels(): Promise<Kernels> {
  kernels ??= bestKernels(compiledKernels);
  return kernels;
}

export function testEnvironment(more: Partial<RunEnvironment> = {}): RunEnvironment {
  return {
    signal: neverCancelled,
    seed: 1,
    clock: new TestClock(),
    loadVocabulary: async (name) => {
      if (name !== 'r50k_base') {
        throw new Fault('unknown-encoding', `There is no ${name} here.`);
      }
      r50k ??= loadR50k();
      return r50k;
    },
    loadTokenizer: loadRealTokenizer,
    loadKernels: loadTestKernels,
    models: testModels,
    ...more,
  };
}

export function run(id: string, params: ParamValues = {}, more: Partial<RunEnvironment> = {}): Promise<Trace> {
  return runToEnd(findProgram(id), params, testEnvironment(more));
}

export function framesOf(trace: Pick<Trace, 'frames'>, op: string): Frame[] {
  return trace.frames.filter((frame) => frame.op === op);
}

/** The value that `frame` has under `name`, of the kind that the test expects. */
export function output(trace: Trace, frame: Frame | undefined, name: string): Value {
  const port = [...(frame?.outputs ?? []), ...(frame?.inputs ?? [])].find((candidate) => candidate.name === name);
  if (port === undefined) {
    throw new Error(`no value "${name}" in frame ${frame?.op}: ${JSON.stringify(frame)}`);
  }
  return trace.values[port.value]!;
}

export const table = (trace: Trace, frame: Frame | undefined, name: string) => output(trace, frame, name) as TableValue;
export const tokens = (trace: Trace, frame: Frame | undefined, name: string) =>
  output(trace, frame, name) as TokensValue;
export const text = (trace: Trace, frame: Frame | undefined, name: string) => output(trace, frame, name) as TextValue;
