// A tiny autograd, for single numbers: each operation remembers what it was made of and how steep it is there, and
// `backward` walks from the loss to the first numbers. The idea is older (Linnainmaa 1970); that it fits on a page was
// shown by micrograd (Karpathy 2020). Tensors are not handled here: see src/engine/autograd.ts.

/** A number that remembers where it came from. */
export interface Scalar {
  readonly value: number;
  /** What it was made of; empty where it was given. */
  readonly inputs: readonly Scalar[];
  /** For each input: by how much this grows when that input alone grows by 1, measured over a tiny step. */
  readonly slopes: readonly number[];
  /** By how much the loss grows when this grows by 1, measured over a tiny step; 0 until `backward`. */
  gradient: number;
}

/** A number that was given, not computed. */
export function scalar(value: number): Scalar {
  return made(value, [], []);
}

export function add(a: Scalar, b: Scalar): Scalar {
  return made(a.value + b.value, [a, b], [1, 1]);
}

export function sub(a: Scalar, b: Scalar): Scalar {
  return made(a.value - b.value, [a, b], [1, -1]);
}

export function mul(a: Scalar, b: Scalar): Scalar {
  return made(a.value * b.value, [a, b], [b.value, a.value]);
}

export function tanh(x: Scalar): Scalar {
  const y = Math.tanh(x.value);
  return made(y, [x], [1 - y * y]);
}

/**
 * Fills the `gradient` of everything that `loss` was made of: d loss / d it. Each number passes on only once all that
 * was made of it has passed back to it.
 *
 * Example: for `x = scalar(3)` and `mul(x, x)` the gradient of x is 6.
 */
export function backward(loss: Scalar): void {
  for (const _ of backwardSteps(loss));
}

/** The same, one number at a time: yields each that has passed its gradient on, the loss first. */
export function* backwardSteps(loss: Scalar): Generator<Scalar> {
  loss.gradient = 1;
  for (const result of inputsFirst(loss).reverse()) {
    result.inputs.forEach((input, i) => {
      input.gradient += result.gradient * (result.slopes[i] as number);
    });
    yield result;
  }
}

/** All that `loss` was made of, each number after its inputs; `loss` is the last. */
export function inputsFirst(loss: Scalar): Scalar[] {
  const order = new Set<Scalar>();
  const visit = (number: Scalar): void => {
    if (!order.has(number)) {
      number.inputs.forEach(visit);
      order.add(number);
    }
  };
  visit(loss);
  return [...order];
}

function made(value: number, inputs: readonly Scalar[], slopes: readonly number[]): Scalar {
  return { value, inputs, slopes, gradient: 0 };
}
