// Matrix multiplication: each element of the product is a row of the one times a column of the other.

import { sizeOf } from '../../shape.ts';
import type { View } from '../kernels.ts';
import { placesOf } from '../views.ts';

/** a (..., M, K) times b (..., K, N) into out (..., M, N), one matrix of the stack after the other. */
export function matmul(a: View, b: View, out: View, accumulate: boolean): void {
  const [M, N] = out.shape.slice(-2);
  const K = a.shape[a.shape.length - 1];
  const stack = sizeOf(out.shape.slice(0, -2));
  const firstOfA = placesOf(stackOf(a)); // (stack,)
  const firstOfB = placesOf(stackOf(b)); // (stack,)
  const [rowOfA, columnOfA] = a.strides.slice(-2);
  const [rowOfB, columnOfB] = b.strides.slice(-2);
  for (let s = 0; s < stack; s++) {
    for (let i = 0; i < M; i++) {
      for (let j = 0; j < N; j++) {
        let sum = 0;
        for (let k = 0; k < K; k++) {
          const left = a.storage.data[firstOfA[s] + i * rowOfA + k * columnOfA];
          const right = b.storage.data[firstOfB[s] + k * rowOfB + j * columnOfB];
          sum += left * right;
        }
        const place = out.offset + (s * M + i) * N + j;
        out.storage.data[place] = accumulate ? out.storage.data[place] + sum : sum;
      }
    }
  }
}

/** The first element of each matrix in a stack of them. */
function stackOf({ storage, offset, shape, strides }: View): View {
  return { storage, offset, shape: shape.slice(0, -2), strides: strides.slice(0, -2) };
}
