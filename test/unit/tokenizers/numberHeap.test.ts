import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberHeap } from '../../../src/tokenizers/numberHeap.ts';

it('a heap gives back what it got, least first, while more is put in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.array(fc.nat(1000)), (first, second) => {
      const heap = new NumberHeap(Float64Array.from(first), first.length);
      const kept = [...first];
      const out: number[] = [];
      for (const key of second) {
        heap.push(key);
        kept.push(key);
        kept.sort((a, b) => a - b);
        const least = heap.pop();
        expect(least).toBe(kept.shift());
      }
      while (heap.size > 0) {
        out.push(heap.pop());
      }
      expect(out).toEqual(kept.sort((a, b) => a - b));
    }),
  );
});
