// What was made during a stretch of work, so that it can be released at its end. Used through `engine.scope`.

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
      } else {
        tensor.release();
      }
    }
  }
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
