import { add, matmul, mul, ones, type Tensor, tanh, todo } from 'inside-llms';
import { addBackward, mulBackward, tanhBackward } from 'mine/backward-elementwise';
import { matmulBackward } from 'mine/backward-matmul';

/** A tensor that remembers what it was made of. */
export interface Node {
  readonly value: Tensor;
  readonly inputs: readonly Node[];
  /** From the gradient of `value`, the gradient of each input's value, in their order. */
  readonly passBack: (gradient: Tensor) => readonly Tensor[];
}

export function leaf(value: Tensor): Node {
  return { value, inputs: [], passBack: () => [] };
}

/** a × b, cell by cell. */
export function mulNode(a: Node, b: Node): Node {
  return { value: mul(a.value, b.value), inputs: [a, b], passBack: (dy) => mulBackward(dy, a.value, b.value) };
}

export function tanhNode(x: Node): Node {
  const y = tanh(x.value);
  return { value: y, inputs: [x], passBack: (dy) => [tanhBackward(dy, y)] };
}

/**
 * A layer: x w + b, with x (B, C), w (C, D) and b (D,).
 *
 * Its `passBack` is given dy (B, D) and returns [dx, dw, db]. Your own pieces do the work: matmulBackward, addBackward.
 */
export function linearNode(x: Node, w: Node, b: Node): Node {
  return todo('How was value made, in two steps? passBack goes through the same two, from the last to the first.');
}

/**
 * The gradients of everything that `loss` was made of. That of `loss` itself is ones, of its shape: what counts is the
 * sum of its cells.
 *
 * Example: for x = leaf(tensor([[3]])) and loss = mulNode(x, x), the gradient of x is [[6]]: 3 along each arrow.
 */
export function backward(loss: Node): Map<Node, Tensor> {
  return todo('The loss passes back first. Who may come next, and who has to wait for another?');
}
