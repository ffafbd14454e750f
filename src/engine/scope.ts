// What was made during a stretch of work, so that it can be released at its end. Used through `engine.scope`.

import { Fault } from '../shared/errors.ts';
import { Tensor } from './tensor.ts';

export class Scope {
  private readonly tensors = new Set<Tensor>();

  add(tensor: Tensor): void {
    this.tensors.add(tensor);
  }

  forget(tensor: Tensor): void {
    this.tensors.delete(tensor);
  }

  /** Releases all but what `result` holds; that belongs to the scope around this one from now on. */
  end(result: unknown, outer: Scope | undefined): void {
    const results = new Set<Tensor>();
    collect(result, results);
    for (const tensor of this.tensors) {
      if (results.has(tensor)) {
        outer?.add(tensor);
        continue;
      }
      const { grad } = tensor;
      if (grad !== undefined && results.has(grad)) {
        // Wanted without its leaf.
        tensor.grad = undefined;
        outer?.add(grad);
      }
      tensor.release();
    }
  }
}

/**
 * The result of work that has to be done when it returns, as what was set up for it ends then.
 *
 * @param name of the function that was given the work
 * @throws Fault `internal` when the work waits for something.
 */
export function finished<T>(name: string, result: T): T {
  if (result instanceof Promise) {
    result.catch(() => {}); // nobody will wait for it
    throw new Fault('internal', `${name}: the work waits for something, and goes on when ${name} is over.`, {
      remedy: `Wait before or after it: what is given to ${name} is no async function.`,
    });
  }
  return result;
}

/** The tensors in a value: itself, or in lists, maps and plain objects of any depth. */
function collect(value: unknown, into: Set<Tensor>): void {
  if (value instanceof Tensor) {
    into.add(value);
  } else if (Array.isArray(value)) {
    for (const part of value) {
      collect(part, into);
    }
  } else if (value instanceof Map) {
    collect([...value.values()], into);
  } else if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    collect(Object.values(value), into);
  }
}
