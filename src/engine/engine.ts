// The engine: makes tensors on one backend, and knows what is to be released when. What is computed with them is in
// ops/, and how gradients come about in autograd.ts.

import type { Random } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { DType, Kernels, MemoryUse } from './kernels/kernels.ts';
import { finished, Scope } from './scope.ts';
import { checkShape, type Shape, showShape, sizeOf, stridesOf } from './shape.ts';
import { type Lease, type Nested, Tensor } from './tensor.ts';
import type { TraceHook } from './traceHook.ts';

export interface TensorOptions {
  /** `i32` for ids and indices; `f32` unless said. */
  readonly dtype?: DType;
  /** Makes it a leaf that collects gradients. */
  readonly requiresGrad?: boolean;
  readonly name?: string;
}

export class Engine {
  readonly kernels: Kernels;
  /** Told of each operation as it is applied; see record.ts. */
  hook: TraceHook | undefined;
  private recording = true;
  private readonly scopes: Scope[] = [];

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** Whether operations are remembered for `backward` now. */
  get gradients(): boolean {
    return this.recording;
  }

  get memory(): MemoryUse {
    return this.kernels.memory;
  }

  // Making tensors

  /**
   * A tensor of nested lists of numbers, all of one length at each depth.
   *
   * Example: `engine.tensor([[1, 2, 3], [4, 5, 6]])` has the shape (2, 3).
   *
   * @throws Fault `bad-input` when the lists are ragged, or a number is no id where the dtype is i32.
   */
  tensor(nested: Nested, options: TensorOptions = {}): Tensor {
    const shape = shapeOf(nested);
    return this.fromData(flatOf(nested), shape, options);
  }

  /**
   * A tensor of numbers in row-major order; they are copied.
   *
   * Example: `engine.fromData(Float32Array.of(1, 2, 3, 4), [2, 2])`.
   */
  fromData(data: ArrayLike<number>, shape: Shape, options: TensorOptions = {}): Tensor {
    checkShape('fromData', shape);
    if (data.length !== sizeOf(shape)) {
      throw new Fault(
        'bad-input',
        `fromData: the shape ${showShape(shape)} needs ${sizeOf(shape)} numbers, and there are ${data.length}.`,
        { remedy: 'Give as many numbers as the product of the sizes.' },
      );
    }
    const dtype = options.dtype ?? (data instanceof Int32Array ? 'i32' : 'f32');
    if (dtype === 'i32' && !(data instanceof Int32Array)) {
      const bad = Array.prototype.find.call(data, (value: number) => (value | 0) !== value);
      if (bad !== undefined) {
        throw new Fault('bad-input', `fromData: ${bad} is no 32-bit integer.`, {
          remedy: 'Ids and indices are whole numbers; use f32 for others.',
        });
      }
    }
    const tensor = this.made(shape, { ...options, dtype });
    tensor.storage.data.set(data, tensor.offset);
    return tensor;
  }

  zeros(shape: Shape, options: TensorOptions = {}): Tensor {
    return this.full(shape, 0, options);
  }

  ones(shape: Shape, options: TensorOptions = {}): Tensor {
    return this.full(shape, 1, options);
  }

  full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
    const tensor = this.made(shape, options);
    this.kernels.fill(tensor, value);
    return tensor;
  }

  /** 0, 1, ..., n - 1 as i32, or as the dtype given: shape (n,). */
  arange(n: number, options: TensorOptions = {}): Tensor {
    checkShape('arange', [n]);
    const tensor = this.made([n], { dtype: 'i32', ...options });
    const { data } = tensor.storage;
    for (let i = 0; i < n; i++) {
      data[i] = i;
    }
    return tensor;
  }

  /**
   * Draws from a normal distribution of mean 0, by the transform of Box and Muller (1958): two even draws make two
   * normal ones.
   */
  randn(shape: Shape, random: Random, deviation = 1, options: TensorOptions = {}): Tensor {
    return this.drawn('randn', shape, options, (data) => {
      for (let i = 0; i < data.length; i += 2) {
        const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
        const angle = 2 * Math.PI * random();
        data[i] = radius * Math.cos(angle);
        if (i + 1 < data.length) {
          data[i + 1] = radius * Math.sin(angle);
        }
      }
    });
  }

  /** Even draws from `low` up to `high`. */
  uniform(shape: Shape, random: Random, low = 0, high = 1, options: TensorOptions = {}): Tensor {
    return this.drawn('uniform', shape, options, (data) => {
      for (let i = 0; i < data.length; i++) {
        data[i] = low + (high - low) * random();
      }
    });
  }

  /** A dense tensor with unspecified contents, for an operation that writes every element. */
  empty(shape: Shape, dtype: DType = 'f32'): Tensor {
    checkShape('empty', shape);
    const lease: Lease = { storage: this.kernels.allocate(sizeOf(shape), dtype), holders: 0 };
    return this.track(new Tensor(this, lease, shape, stridesOf(shape), 0));
  }

  /** Another way of reading the same storage, without copying. The operations that check are in ops/. */
  view(of: Tensor, shape: Shape, strides: readonly number[], offset: number = of.offset): Tensor {
    return this.track(new Tensor(this, of.shared, shape, strides, offset));
  }

  // Memory

  /**
   * Runs `work`, then releases every tensor made in it, except those that it returns (alone, or in lists and plain
   * objects) and those that were kept; the gradient of a leaf can be returned as well. What the gradient of a returned
   * tensor needs stays until `backward`, or until that tensor is released. On an error all go. Operations make tensors
   * on their way that nobody else can release: compute within a scope. `work` does not wait for anything.
   *
   * Example: `const loss = engine.scope(() => { ...; return total.item(); })` leaves nothing behind.
   */
  scope<T>(work: () => T): T {
    const scope = new Scope();
    this.scopes.push(scope);
    let result: T | undefined;
    try {
      result = finished('scope', work());
      return result;
    } finally {
      this.scopes.pop();
      scope.end(result, this.scopes.at(-1));
    }
  }

  /** Takes a tensor out of all scopes. */
  keep(tensor: Tensor): void {
    for (const scope of this.scopes) {
      scope.forget(tensor);
    }
  }

  /** Makes the innermost scope release `tensor` at its end. Without a scope, its user does. */
  private track(tensor: Tensor): Tensor {
    this.scopes.at(-1)?.add(tensor);
    return tensor;
  }

  /** One holder fewer; the last one gives the storage back. */
  letGo(lease: Lease): void {
    lease.holders--;
    if (lease.holders === 0) {
      this.kernels.release(lease.storage);
    }
  }

  // Modes

  /**
   * Runs `work` without remembering operations for `backward`: for evaluation, and for changing parameters. Numbers that
   * a graph saved are not copied: change them only after its `backward`.
   */
  noGrad<T>(work: () => T): T {
    const before = this.recording;
    this.recording = false;
    try {
      return finished('noGrad', work());
    } finally {
      this.recording = before;
    }
  }

  /** Runs `work` as one step of the trace, labelled, that opens into the operations applied in it. */
  group<T>(label: string, work: () => T): T {
    const { hook } = this;
    return hook === undefined ? work() : hook.group(label, work);
  }

  /** A tensor of draws. Its memory is there before the numbers are: what can't be had is refused at once. */
  private drawn(
    operation: string,
    shape: Shape,
    options: TensorOptions,
    draw: (data: Tensor['storage']['data']) => void,
  ) {
    checkShape(operation, shape);
    if (options.dtype === 'i32') {
      throw new Fault('bad-input', `${operation}: draws are fractions, and i32 holds whole numbers.`, {
        remedy: 'Leave the dtype out.',
      });
    }
    const tensor = this.made(shape, options);
    draw(tensor.storage.data);
    return tensor;
  }

  /** A dense tensor with unspecified contents. */
  private made(shape: Shape, { dtype, requiresGrad = false, name }: TensorOptions): Tensor {
    if (requiresGrad && dtype === 'i32') {
      throw new Fault('bad-input', `${name ?? 'A tensor'} of ids can't require gradients.`, {
        remedy: 'Ids can only be looked up; gradients flow through f32.',
      });
    }
    const tensor = this.empty(shape, dtype);
    tensor.requiresGrad = requiresGrad;
    tensor.name = name;
    return tensor;
  }
}

/** The numbers of nested lists, in order. */
function flatOf(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : nested.flatMap(flatOf);
}

/** The shape of nested lists. @throws Fault `bad-input` when they are ragged, or hold what is no number. */
function shapeOf(nested: Nested): number[] {
  const shape: number[] = [];
  for (let level: Nested | undefined = nested; isList(level); level = level[0]) {
    shape.push(level.length);
  }
  const check = (part: Nested, axis: number): void => {
    if (typeof part !== 'number' && !isList(part)) {
      throw new Fault('bad-input', `tensor: ${part} at depth ${axis} is neither a number nor a list.`, {
        remedy: 'Give lists of numbers; fromData takes typed arrays.',
      });
    }
    const length = typeof part === 'number' ? undefined : part.length;
    if (length !== shape[axis]) {
      const found = length === undefined ? 'a number' : `a list of ${length}`;
      const wanted = shape[axis] === undefined ? 'a number' : `a list of ${shape[axis]}`;
      throw new Fault(
        'bad-input',
        `tensor: the lists are ragged: ${found} at depth ${axis}, where ${wanted} came first.`,
        { remedy: 'Lists at the same depth must have the same length.' },
      );
    }
    if (typeof part !== 'number') {
      for (const inner of part) {
        check(inner, axis + 1);
      }
    }
  };
  check(nested, 0);
  return shape;
}

/** False for typed arrays and texts, which have a length as well. */
function isList(part: Nested | undefined): part is readonly Nested[] {
  return Array.isArray(part);
}
