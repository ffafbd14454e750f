// What the engine tells whoever records its work.

import type { Operation } from './autograd.ts';
import type { Tensor } from './tensor.ts';

/** Told of what the engine does, in order. */
export interface TraceHook {
  /** An operation was applied. */
  applied(operation: Operation<unknown>, attributes: unknown, inputs: readonly Tensor[], output: Tensor): void;
  /** Work that is one step of the trace and opens into its parts. */
  group<T>(label: string, work: () => T): T;
  /** One operation's backward pass: runs it, and returns the gradients of its inputs. */
  backward(
    operation: Operation<unknown>,
    inputs: readonly Tensor[],
    gradient: Tensor,
    run: () => readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[];
}
