// The products of a network as its weights are kept, `y = x @ Wᵀ + b`, joined and parted before they are written.

import type { StoredTensor } from '../safetensors.ts';

export interface Product {
  readonly name: string;
  /** (out, in), as PyTorch keeps it. */
  readonly weight: Float32Array;
  /** (out,) */
  readonly bias: Float32Array;
}

/** A product by its name in the weights. */
export function readProduct(weights: (name: string) => StoredTensor, name: string): Product {
  const [weight, bias] = ['weight', 'bias'].map((part) => Float32Array.from(weights(`${name}.${part}`).data));
  return { name, weight: weight as Float32Array, bias: bias as Float32Array };
}

/** Products of the same input as one, its outputs side by side. */
export function joined(name: string, products: readonly Product[]): Product {
  const all = (part: 'weight' | 'bias') => Float32Array.from(products.flatMap((product) => [...product[part]]));
  return { name, weight: all('weight'), bias: all('bias') };
}

/** Two products with channels between them: `down(f(up(x)))`. */
export interface UpAndDown {
  readonly up: Product;
  readonly down: Product;
}

/**
 * Takes so many of the channels between two products out of them: those that the second gives the largest weights. What
 * stays has zeros in their place, and both together are what there was. Such a channel is often far larger than the
 * rest, and rounded with them it would cost them their precision. Dettmers and others 2022, "LLM.int8()".
 */
export function setAside(
  { up, down }: UpAndDown,
  count: number,
): { readonly rest: UpAndDown; readonly aside: UpAndDown } {
  const between = up.bias.length;
  const [inward, outward] = [up.weight.length / between, down.weight.length / between];
  const sizes = new Float64Array(between);
  down.weight.forEach((weight, i) => {
    sizes[i % between] = (sizes[i % between] as number) + weight ** 2;
  });
  const largest = [...sizes.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number)).slice(0, count);
  const rest = [up.weight, up.bias, down.weight].map((part) => part.slice());
  const [upWeight, upBias, downWeight] = rest as [Float32Array, Float32Array, Float32Array];
  const aside = [count * inward, count, outward * count].map((size) => new Float32Array(size));
  const [asideUp, asideBias, asideDown] = aside as [Float32Array, Float32Array, Float32Array];
  largest.forEach((channel, i) => {
    asideUp.set(up.weight.subarray(channel * inward, (channel + 1) * inward), i * inward);
    upWeight.fill(0, channel * inward, (channel + 1) * inward);
    asideBias[i] = up.bias[channel] as number;
    upBias[channel] = 0;
    for (let out = 0; out < outward; out++) {
      asideDown[out * count + i] = down.weight[out * between + channel] as number;
      downWeight[out * between + channel] = 0;
    }
  });
  return {
    rest: { up: { name: up.name, weight: upWeight, bias: upBias }, down: { ...down, weight: downWeight } },
    aside: {
      up: { name: `${up.name}.aside`, weight: asideUp, bias: asideBias },
      down: { name: `${down.name}.aside`, weight: asideDown, bias: new Float32Array(outward) },
    },
  };
}
