// A model's vectors, kept on disk: a sentence encoder takes minutes over a code base, and its vectors don't change.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../../../src/build/paths.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';

const FOLDER = inRoot('test/output/searchQuality');

/** The same model; texts that it was given before, in the same order, are read and not embedded. */
export function keptOnDisk(model: Embedder): Pick<Embedder, 'embed'> {
  return {
    async embed(texts) {
      const hash = createHash('sha256')
        .update(JSON.stringify([model.id, texts]))
        .digest('hex');
      const file = path.join(FOLDER, `${hash}.f32`);
      if (!existsSync(file)) {
        const vectors = await model.embed(texts);
        await mkdir(FOLDER, { recursive: true });
        await writeFile(file, Buffer.concat(vectors.map((vector) => new Uint8Array(vector.slice().buffer))));
      }
      const all = new Float32Array(new Uint8Array(await readFile(file)).buffer);
      return texts.map((_, i) => all.subarray(i * model.dimensions, (i + 1) * model.dimensions));
    },
  };
}
