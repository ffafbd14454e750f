// A model's parameters by name: what an optimiser changes, and what is saved. Names are paths with dots between their
// parts, as in `transformer.h.0.attn.c_attn.weight`.

import { zeroGrad } from '../engine/autograd.ts';
import type { Engine } from '../engine/engine.ts';
import type { Shape } from '../engine/shape.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Initialise } from './initialise.ts';

export class Parameters implements Iterable<readonly [name: string, tensor: Tensor]> {
  readonly engine: Engine;
  private readonly random: Random;
  private readonly prefix: string;
  private readonly byName: Map<string, Tensor>;

  /**
   * @param random draws the first values, in the order in which parameters are made
   * @param prefix what all names here begin with
   * @param byName the whole that these are a part of, by full names
   */
  constructor(engine: Engine, random: Random, prefix = '', byName: Map<string, Tensor> = new Map()) {
    this.engine = engine;
    this.random = random;
    this.prefix = prefix;
    this.byName = byName;
  }

  /** Those whose names begin with `name.`: what is made there joins the whole. */
  within(name: string | number): Parameters {
    return new Parameters(this.engine, this.random, `${this.prefix}${name}.`, this.byName);
  }

  /**
   * Makes a parameter: a leaf that collects gradients and lives until {@link release}.
   *
   * @throws Fault `bad-input` when there is one of this name.
   */
  make(name: string, shape: Shape, initialise: Initialise): Tensor {
    const path = this.prefix + name;
    if (this.byName.has(path)) {
      throw new Fault('bad-input', `There is already a parameter "${path}".`, { remedy: 'Give each its own name.' });
    }
    const tensor = initialise(this.engine, shape, this.random).keep();
    tensor.requiresGrad = true;
    tensor.name = path;
    this.byName.set(path, tensor);
    return tensor;
  }

  /** @throws Fault `not-found` naming those that there are. */
  get(name: string): Tensor {
    const tensor = this.byName.get(this.prefix + name);
    if (tensor === undefined) {
      throw new Fault('not-found', `There is no parameter "${this.prefix}${name}".`, {
        remedy: `There are: ${[...this].map(([known]) => known).join(', ')}.`,
      });
    }
    return tensor;
  }

  /** Names and tensors, in the order in which they were made. */
  *[Symbol.iterator](): Iterator<readonly [name: string, tensor: Tensor]> {
    for (const entry of this.byName) {
      if (entry[0].startsWith(this.prefix)) {
        yield entry;
      }
    }
  }

  get tensors(): Tensor[] {
    return Array.from(this, ([, tensor]) => tensor);
  }

  /** How many numbers they hold. */
  get count(): number {
    return this.tensors.reduce((sum, { size }) => sum + size, 0);
  }

  /** Releases all gradients: the next `backward` begins at zero. */
  zeroGrad(): void {
    zeroGrad(this.tensors);
  }

  /** Gives their memory back, and their gradients'. */
  release(): void {
    for (const tensor of this.tensors) {
      tensor.release();
    }
  }
}
