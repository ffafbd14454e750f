// What a point of the index's map is, when the answer is late.

import { describe, expect, it } from 'vitest';
import { PointNames } from '../../../webview/embeddings/pointNames.ts';
import type { Host } from '../../../webview/host.ts';

type Answers = Readonly<Record<string, (params: never) => unknown>>;

function hostOf(answers: Answers): Host {
  const request = async (method: { readonly name: string }, params: unknown) => answers[method.name]?.(params as never);
  return { request } as unknown as Host;
}

describe('PointNames', () => {
  it('finds what a point is though its name is only on its way', async () => {
    let answer: (places: unknown) => void = () => {};
    let calls = 0;
    const host = hostOf({
      'embeddings.points': () => {
        calls += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    const names = new PointNames(host, () => {});
    names.of({ version: 1, ids: new Float64Array([40, 41]).buffer } as never);
    void names.ask([0, 1]);
    const found = names.find(1);
    expect(names.placeOf(1)).toBeUndefined();
    answer([{ chunk: 41, root: 'r', path: 'b.ts', startLine: 2, endLine: 3, names: [], text: '' }]);
    expect((await found)?.path).toBe('b.ts');
    expect(await names.find(0)).toBeUndefined(); // gone from the index: it is not asked for again
    expect(calls).toBe(1);
  });
});
