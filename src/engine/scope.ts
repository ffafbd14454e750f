// What was made during a stretch of work, so that it can be released at its end. Used through `engine.scope`.

import { freeNode, type Node } from './autograd.ts';
import { Tensor } from './tensor.ts';

export class Scope {
  private readonly tensors = new Set<Tensor>();
  private readonly nodes = new Set<Node>();

  add(tensor: Tensor, node?: Node): void {
    this.tensors.add(tensor);
    if (node !== undefined) {
      this.nodes.add(node);
    }
  }

  forget(tensor: Tensor): void {
    this.tensors.delete(tensor);
  }

  /** Releases all but what `result` holds; that belongs to the scope around this one from now on. */
  end(result: unknown, outer: Scope | undefined): void {
    const results = new Set<Tensor>();
    collect(result, results);
    const graph = new Set<Node>();
    for (const tensor of results) {
      reach(tensor, graph);
    }
    for (const tensor of this.tensors) {
      if (!results.has(tensor)) {
        tensor.release();
      } else {
        outer?.add(tensor);
      }
    }
    for (const node of this.nodes) {
      if (!graph.has(node)) {
        freeNode(node);
      } else {
        outer?.nodes.add(node);
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

/** The nodes that a tensor was computed by. */
function reach(tensor: Tensor, into: Set<Node>): void {
  const open = [tensor];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.node !== undefined && !into.has(next.node)) {
      into.add(next.node);
      open.push(...next.node.inputs);
    }
  }
}
