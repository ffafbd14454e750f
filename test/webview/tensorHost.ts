// The host's answers for the tensor panel, without an editor: a computation that the test sets, what was copied and
// saved; and a worker with one program more, whose trace the engine made.

import { type Handler, handle } from '../../src/host/webviewConnection.ts';
import { Fault } from '../../src/shared/errors.ts';
import {
  type Calls,
  type Computation,
  copyText,
  describeProgram,
  loadComputation,
  loadStrings,
  openSource,
  pickComputation,
  runProgram,
  savePicture,
} from '../../src/shared/messages.ts';
import type { Trace } from '../../src/shared/trace.ts';

export class TensorHost {
  readonly handlers: readonly Handler[];
  shown: Computation | null = { program: 'bpe-train', params: { text: 'the tide, the tides', merges: 3 } };
  readonly copied: string[] = [];
  readonly saved: { name: string; bytes: number }[] = [];
  readonly opened: string[] = [];
  picks = 0;
  /** Set: saving and copying fail with it. */
  takeFault: Fault | undefined;
  /** Set: the user leaves the dialog. */
  leaves = false;

  constructor() {
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadComputation, () => this.shown),
      handle(pickComputation, () => {
        this.picks += 1;
        return null;
      }),
      handle(openSource, ({ file, line }) => {
        this.opened.push(`${file}#${line}`);
        return null;
      }),
      handle(copyText, ({ text }) => {
        this.failIfAsked();
        this.copied.push(text);
        return null;
      }),
      handle(savePicture, ({ name, png }) => {
        this.failIfAsked();
        if (this.leaves) {
          return { file: null };
        }
        this.saved.push({ name, bytes: Buffer.from(png, 'base64').length });
        return { file: name };
      }),
    ];
  }

  private failIfAsked(): void {
    if (this.takeFault !== undefined) {
      throw this.takeFault;
    }
  }
}

/** Answers one program with a trace that is there already; all else is asked of `others`. */
export function withTrace(trace: Trace, others?: Calls): Calls {
  const request = async (method: { readonly name: string }, params: { readonly program?: string }, more: unknown) => {
    if (params.program === trace.program && method.name === describeProgram.name) {
      return { id: trace.program, title: 'One block of a transformer', session: false, params: {} };
    }
    if (params.program === trace.program && method.name === runProgram.name) {
      return trace;
    }
    if (others === undefined) {
      throw new Fault('unknown-program', 'There is no other program here.');
    }
    return others.request(method as never, params as never, more as never);
  };
  return { request: request as Calls['request'] };
}
