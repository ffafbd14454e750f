import { add, matmul, mul, ones, type Tensor, tanh } from 'inside-llms';
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

export function linearNode(x: Node, w: Node, b: Node): Node {
  const xw = matmul(x.value, w.value); // (B, D)
  return {
    value: add(xw, b.value), // (B, D)
    inputs: [x, w, b],
    passBack: (dy) => [...matmulBackward(dy, x.value, w.value), addBackward(dy, xw, b.value)[1]],
  };
}

export function backward(loss: Node): Map<Node, Tensor> {
  const gradients = new Map<Node, Tensor>([[loss, ones(loss.value.shape)]]);
  for (const node of inputsFirst(loss).reverse()) {
    const parts = node.passBack(gradients.get(node)!);
    node.inputs.forEach((input, i) => {
      if (!gradients.has(input)) {
        gradients.set(input, parts[i]!);
      }
    });
  }
  return gradients;
}

/** All that `loss` was made of, each node after its inputs. */
function inputsFirst(loss: Node): Node[] {
  const order = new Set<Node>();
  const visit = (node: Node): void => {
    if (!order.has(node)) {
      node.inputs.forEach(visit);
      order.add(node);
    }
  };
  visit(loss);
  return [...order];
}
