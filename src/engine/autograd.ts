// Reverse-mode differentiation (Linnainmaa 1970; Baydin et al. 2018 survey it): each operation that is applied leaves a
// node behind, and `backward` walks the nodes from the loss to the leaves. Gradients of gradients are not handled.

import { Fault } from '../shared/errors.ts';
import type { Engine } from './engine.ts';
import { sameShape, showShape } from './shape.ts';
import type { Tensor } from './tensor.ts';

/** What an operation's backward pass has to work with. */
export interface Backward<Attributes> {
  readonly engine: Engine;
  readonly attributes: Attributes;
  /** The inputs: their shapes always; their numbers only if they were saved, so take those from `saved`. */
  readonly inputs: readonly Tensor[];
  /** What forward put aside, in the same order. */
  readonly saved: readonly Tensor[];
  /** For each input, whether its gradient is wanted. */
  readonly needs: readonly boolean[];
}

/**
 * An operation on tensors. Its `backward` is given d loss / d output and returns d loss / d input for each input, of
 * that input's shape; undefined for an input that is not differentiable or not needed.
 */
export interface Operation<Attributes = undefined> {
  /** `matmul`: in traces, and at the beginning of errors. */
  readonly name: string;
  /** Plain text, as `y = x^2`. */
  readonly formula: string;
  /** What its inputs are called; `x`, or `a` and `b`, unless given. */
  readonly inputs?: readonly string[];
  /** The gradients as plain text, as `dx = dy * 2x`; none for what can't be differentiated. */
  readonly gradient?: string;
  /** `save` puts tensors aside for backward: inputs, the output, or what else was computed. */
  forward(inputs: readonly Tensor[], attributes: Attributes, save: (...tensors: Tensor[]) => void): Tensor;
  backward?(gradient: Tensor, context: Backward<Attributes>): readonly (Tensor | undefined)[];
}

/** An operation that was applied, and what it was applied to. */
export interface Node {
  readonly operation: Operation<unknown>;
  readonly attributes: unknown;
  readonly inputs: readonly Tensor[];
  /** Handles of its own on what forward saved; undefined once it was freed. */
  saved: readonly Tensor[] | undefined;
  /** How many nodes take its output as an input. Nobody needs it once there are none and the output was released. */
  consumers: number;
}

/**
 * Applies an operation: the one place where it happens. Runs forward, links the result into the graph when a gradient
 * will flow through it, and tells the trace hook.
 *
 * @throws Fault `bad-input` when an input is no tensor or was released, or when they belong to several engines.
 */
export function apply<Attributes>(
  operation: Operation<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const engine = inputs[0]?.engine;
  for (const input of inputs) {
    if (input?.engine === undefined) {
      throw new Fault('bad-input', `${operation.name}: ${input} is no tensor.`, {
        remedy: 'Give a tensor, as engine.tensor makes it, or a number where the operation takes one.',
      });
    }
    if (input.engine !== engine) {
      throw new Fault('bad-input', `${operation.name}: ${input} belongs to another engine.`, {
        remedy: 'Make all tensors with one engine.',
      });
    }
    input.storage; // refuses a released tensor
  }
  const differentiable =
    engine.gradients && operation.backward !== undefined && inputs.some(({ requiresGrad }) => requiresGrad);
  const aside: Tensor[] = [];
  const output = operation.forward(inputs, attributes, (...tensors) => void aside.push(...tensors));
  if (inputs.includes(output)) {
    throw new Fault('internal', `${operation.name}: an operation must return a tensor of its own, not its input.`);
  }
  if (differentiable) {
    output.requiresGrad = true;
    const saved = aside.map(handle);
    output.node = { operation: operation as Operation<unknown>, attributes, inputs, saved, consumers: 0 };
    for (const { node } of inputs) {
      if (node !== undefined) {
        node.consumers++;
      }
    }
  }
  engine.hook?.applied(operation as Operation<unknown>, attributes, inputs, output);
  return output;
}

export interface BackwardOptions {
  /** d of what is differentiated in the end / d `loss`, of the loss's shape; ones unless given. */
  readonly gradient?: Tensor;
  /** Keeps what forward saved, so that `backward` can run again; otherwise that is released. */
  readonly keepGraph?: boolean;
}

/**
 * Computes d loss / d leaf for every leaf that requires gradients and that `loss` was computed from, and adds it to the
 * leaf's `grad`.
 *
 * Example: with `x = engine.tensor([3], { requiresGrad: true })`, after `backward(sum(mul(x, x)))` the tensor `x.grad`
 * holds 6; after doing the same again, 12.
 *
 * @throws Fault `bad-input` when no gradient flows to `loss`, when it is no single number and no gradient was given for
 * it, or when its graph was already released.
 */
export function backward(loss: Tensor, options: BackwardOptions = {}): void {
  const { engine } = loss;
  checkLoss(loss, options.gradient);
  const order = topological(loss);
  const gradients = new Map<Tensor, Tensor>();
  try {
    engine.noGrad(() => {
      gradients.set(loss, options.gradient === undefined ? engine.ones(loss.shape).keep() : handle(options.gradient));
      for (const tensor of order.reverse()) {
        const gradient = gradients.get(tensor);
        if (gradient === undefined) {
          continue; // computed from, but not differentiable: ids, or an operation without a gradient
        }
        if (tensor.node === undefined) {
          collect(tensor, gradient);
        } else {
          passOn(tensor, tensor.node, gradient, gradients);
          gradient.release();
        }
        gradients.delete(tensor);
      }
    });
  } finally {
    for (const gradient of gradients.values()) {
      gradient.release();
    }
    if (options.keepGraph !== true) {
      for (const { node } of order) {
        freeNode(node);
      }
    }
  }
}

/** Gives back what forward saved, in this node and in those before it that only it needed. */
export function freeNode(node: Node | undefined): void {
  const open = node === undefined ? [] : [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.saved !== undefined) {
      for (const tensor of next.saved) {
        tensor.release();
      }
      next.saved = undefined;
      for (const input of next.inputs) {
        if (input.node !== undefined) {
          input.node.consumers--;
          if (isUnneeded(input)) {
            open.push(input.node);
          }
        }
      }
    }
  }
}

/** Whether a tensor was released and no later operation's gradient flows through it. */
export function isUnneeded(tensor: Tensor): boolean {
  return tensor.released && tensor.node?.consumers === 0;
}

/** Releases the gradients of these leaves: the next `backward` begins at zero. */
export function zeroGrad(leaves: Iterable<Tensor>): void {
  for (const leaf of leaves) {
    leaf.grad?.release();
    leaf.grad = undefined;
  }
}

/** The same numbers, cut off from the graph: no gradient flows back through the result. */
export function detach(x: Tensor): Tensor {
  return x.engine.view(x, x.shape, x.strides);
}

/** All tensors that `loss` was computed from and that gradients flow to, inputs before outputs; `loss` is the last. */
function topological(loss: Tensor): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  // A stack of its own instead of recursion: a graph may be deeper than the call stack.
  const open: { readonly tensor: Tensor; next: number }[] = [{ tensor: loss, next: 0 }];
  seen.add(loss);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const input = top.tensor.node?.inputs[top.next++];
    if (input === undefined) {
      order.push(top.tensor);
      open.pop();
    } else if (input.requiresGrad && !seen.has(input)) {
      seen.add(input);
      open.push({ tensor: input, next: 0 });
    }
  }
  return order;
}

/** Runs one operation backward and adds what it says to the gradients of its inputs. */
function passOn(output: Tensor, node: Node, gradient: Tensor, gradients: Map<Tensor, Tensor>): void {
  const { operation, attributes, inputs, saved } = node;
  const { engine } = output;
  if (saved === undefined) {
    throw new Fault('bad-input', `backward: the graph of ${output} (${operation.name}) was already released.`, {
      remedy: 'Compute the loss anew, or call the first backward with keepGraph.',
    });
  }
  const needs = inputs.map(({ requiresGrad }) => requiresGrad);
  engine.scope(() => {
    const run = () => operation.backward?.(gradient, { engine, attributes, inputs, saved, needs }) ?? [];
    const parts = engine.hook === undefined ? run() : engine.hook.backward(operation, inputs, gradient, run);
    parts.forEach((part, i) => {
      if (part !== undefined && needs[i]) {
        checkGradient(operation.name, part, inputs[i]);
        const before = gradients.get(inputs[i]);
        gradients.set(inputs[i], before === undefined ? handle(part) : added(before, part));
      }
    });
  });
}

/** Adds to a leaf's gradient; takes `gradient` over, or releases it. */
function collect(leaf: Tensor, gradient: Tensor): void {
  if (leaf.released) {
    gradient.release();
  } else {
    leaf.grad = leaf.grad === undefined ? own(gradient) : added(leaf.grad, gradient, true);
  }
}

/** total + part: in place where nobody else reads `total`. Takes `total` over. */
function added(total: Tensor, part: Tensor, release = false): Tensor {
  const sum = own(total);
  sum.engine.kernels.addTo(part, sum);
  if (release) {
    part.release();
  }
  return sum;
}

/** `tensor` itself when it is dense and the only one to read its storage, else a copy that is; takes it over. */
function own(tensor: Tensor): Tensor {
  const { engine } = tensor;
  if (tensor.shared.holders === 1 && tensor.isDense) {
    return tensor;
  }
  const copy = engine.empty(tensor.shape).keep();
  engine.kernels.copy(tensor, copy);
  tensor.release();
  return copy;
}

/** Another tensor on the same storage, in no scope: it holds the storage until it is released. */
function handle(tensor: Tensor): Tensor {
  return tensor.engine.view(tensor, tensor.shape, tensor.strides).keep();
}

function checkLoss(loss: Tensor, gradient: Tensor | undefined): void {
  if (!loss.requiresGrad) {
    throw new Fault('bad-input', `backward: no gradient flows to ${loss}.`, {
      remedy: 'Compute it from a tensor made with requiresGrad, outside of noGrad.',
    });
  }
  if (gradient === undefined && loss.size !== 1) {
    throw new Fault('bad-input', `backward: ${loss} is no single number.`, {
      remedy: 'Sum or average it first, or give a gradient of its shape.',
    });
  }
  if (gradient !== undefined) {
    if (gradient.engine !== loss.engine || gradient.dtype !== 'f32') {
      const what = gradient.dtype === 'f32' ? 'belongs to another engine' : `is ${gradient.dtype}`;
      throw new Fault('bad-input', `backward: the gradient ${gradient} ${what}.`, {
        remedy: 'Make it with the engine of the loss, as f32.',
      });
    }
    checkGradient('backward', gradient, loss);
  }
}

function checkGradient(operation: string, gradient: Tensor, of: Tensor): void {
  if (!sameShape(gradient.shape, of.shape)) {
    throw new Fault(
      'bad-input',
      `${operation}: a gradient of shape ${showShape(gradient.shape)} for ${of}, whose shape is ${showShape(of.shape)}.`,
      { remedy: 'A gradient has the shape of what it is the gradient of.' },
    );
  }
}
