// The window model and skip-gram against PyTorch's numbers (test/reference/make_word_models.py), and what must hold of
// pairs, negatives and the word vectors that ship.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { backward } from '../../../src/engine/autograd.ts';
import { negativeDrawer, neighbourPairs, skipGramStep, skipGramTables } from '../../../src/model/skipGram.ts';
import { WindowModel } from '../../../src/model/windowModel.ts';
import { cosineOf, type WordVectors } from '../../../src/retrieval/wordVectors.ts';
import { wordVectorsFolder } from '../../../src/services/models/wordVectorsFolder.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';

const { window, skipGram } = JSON.parse(
  readFileSync(new URL('../../fixtures/model/wordModels.json', import.meta.url), 'utf8'),
);

describe.each(backends)('the window model on $name', (backend) => {
  it('has PyTorch’s scores, loss and gradients', () => {
    const engine = engineOn(backend);
    const model = new WindowModel(engine, window.config, seededRandom(1));
    for (const [name, tensor] of model.parameters) {
      tensor.storage.data.set((window.parameters[name] as number[][]).flat(), tensor.offset);
    }
    const ids = engine.tensor(window.ids, { dtype: 'i32' });
    const close = (found: ArrayLike<number>, wanted: readonly number[]) => {
      expect(found).toHaveLength(wanted.length);
      wanted.forEach((value, i) => {
        expect(found[i]).toBeCloseTo(value, 4);
      });
    };
    close(model.logits(ids).toFlat(), window.logits.flat());
    const loss = model.loss(ids, engine.tensor(window.targets, { dtype: 'i32' }));
    expect(loss.item()).toBeCloseTo(window.loss, 5);
    backward(loss);
    for (const [name, tensor] of model.parameters) {
      close(tensor.grad!.toFlat(), (window.gradients[name] as number[][]).flat());
    }
  });
});

describe('skip-gram', () => {
  it('takes PyTorch’s step', () => {
    const table = (rows: number[][]) => rows.map((row) => Float64Array.from(row));
    const tables = { centers: table(skipGram.centers), contexts: table(skipGram.contexts) };
    const { center, neighbour, negatives, learningRate } = skipGram;
    expect(skipGramStep(tables, center, neighbour, negatives, learningRate)).toBeCloseTo(skipGram.loss, 10);
    for (const [rows, wanted] of [
      [tables.centers, skipGram.centersAfter],
      [tables.contexts, skipGram.contextsAfter],
    ]) {
      rows.forEach((row: Float64Array, i: number) => {
        row.forEach((value, c) => {
          expect(value).toBeCloseTo(wanted[i][c], 10);
        });
      });
    }
  });

  it('starts at (K + 1) ln 2, as no context has learned anything', () => {
    const tables = skipGramTables(9, 4, seededRandom(3));
    expect(skipGramStep(tables, 0, 1, [2, 3, 4], 0.1)).toBeCloseTo(4 * Math.log(2), 12);
  });

  it('pairs each word with its neighbours, and none across sentences', () => {
    expect([...neighbourPairs([[1, 2, 3], [4]], 1)]).toEqual([
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 2],
    ]);
    expect([...neighbourPairs([[1, 2, 3]], 2)]).toHaveLength(6);
  });

  it('draws by counts to the power of 3/4: 8 times as often what is 16 times as frequent', () => {
    const draw = negativeDrawer([1, 16, 0], seededRandom(5));
    const drawn = [0, 0, 0];
    for (let i = 0; i < 9000; i++) {
      drawn[draw()]! += 1;
    }
    expect(drawn[2]).toBe(0);
    expect(drawn[1]! / drawn[0]!).toBeGreaterThan(7);
    expect(drawn[1]! / drawn[0]!).toBeLessThan(9.2);
  });
});

describe('the word vectors that ship', () => {
  const folder = inRoot('media/models/glove-6b-50d');
  let vectors: WordVectors;
  beforeAll(async () => {
    vectors = await wordVectorsFolder(folder)();
  });

  it('are the files that their card names', () => {
    const card = readFileSync(`${folder}/README.md`, 'utf8');
    for (const name of ['vectors.bin', 'words.txt']) {
      const bytes = readFileSync(`${folder}/${name}`);
      expect(card).toContain(createHash('sha256').update(bytes).digest('hex'));
      expect(card).toContain(`${bytes.length.toLocaleString('en')} bytes`);
    }
    expect([vectors.words.length, vectors.dimensions]).toEqual([20_000, 50]);
  });

  it('begin as GloVe’s published file does, to a byte’s rounding', () => {
    // The first numbers of "the" in glove.6B.50d.txt.
    const published = [0.418, 0.24968, -0.41242, 0.1217, 0.34527];
    const the = vectors.vector('the')!;
    const largest = Math.max(...the.map(Math.abs));
    published.forEach((value, c) => {
      expect(Math.abs(the[c]! - value)).toBeLessThanOrEqual(largest / 254 + 1e-6);
    });
  });

  it('find neighbours as a plain scan by cosine does, without those left out', () => {
    const query = vectors.vector('boat')!;
    const plain = vectors.words
      .map((word) => ({ word, cosine: cosineOf(query, vectors.vector(word)!) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 6);
    const found = vectors.nearest(query, 5, ['boat']);
    expect(plain[0]!.word).toBe('boat');
    expect(found.map(({ word }) => word)).toEqual(plain.slice(1).map(({ word }) => word));
    expect(found[0]!.cosine).toBeCloseTo(plain[1]!.cosine, 4);
    expect(vectors.vector('zzzz')).toBeUndefined();
  });

  it('say what is missing', async () => {
    await expect(wordVectorsFolder(inRoot('media'))()).rejects.toMatchObject({ code: 'not-found' });
  });
});
