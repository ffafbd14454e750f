// npm run distil -- --weights FOLDER [--out FILE]: makes the static model out of all-MiniLM-L6-v2 (src/retrieval/
// staticModel.ts says what that is). FOLDER holds the teacher's model.safetensors and config.json. Takes some minutes; the
// same packages and weights give the same model on the same kind of machine.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { spaceIdentifiers } from '../retrieval/identifiers.ts';
import { quantiseTable, writeStaticTable } from '../retrieval/staticTable.ts';
import { tokenWeights } from '../retrieval/tokenWeights.ts';
import { packagedPieces } from '../services/buildPieceVocabularies.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import { bertUncased } from '../tokenizers/publishedPieces.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { distilCorpus } from './distilCorpus.ts';
import { narrowed, refined, weighted } from './distilTable.ts';
import { openTeacher } from './distilTeacher.ts';
import { inRoot } from './paths.ts';

/** How common a token may be before it counts clearly less: the `a` of the inverse frequency. */
const COMMON = 2e-4;
/** How many passages it takes to move the refinement's matrix clearly away from changing nothing. */
const STRENGTH = 30;
/** As many as fit into 6 MB for all tokens. */
const DIMENSIONS = 192;
/** Of a passage: the teacher sees no more in the refinement. */
const MOST_TOKENS = 96;
/** `[CLS]`, `[unused7]`: no text makes them. Those that are left stand in the vocabulary's order, by how common they are. */
const isSpecial = (piece: string) => /^\[[^\]]+\]$/u.test(piece);

const { values } = parseArgs({ options: { weights: { type: 'string' }, out: { type: 'string' } } });
if (values.weights === undefined) {
  console.error('Name the folder that holds the teacher: npm run distil -- --weights FOLDER [--out FILE].');
  process.exit(2);
}
const out = values.out ?? inRoot('media/models/static-minilm/model.bin');

const { pieces } = await packagedPieces('bert-base-uncased');
const tokenizer = tokenizerOf(bertUncased(pieces));
const teacher = await openTeacher(values.weights, tokenizer);

// 1. What the teacher makes of each token alone.
const alone = teacher.embed(
  pieces.map((_, id) => Uint32Array.of(id)),
  progress('tokens', pieces.length),
);

// 2. How common each is: by its place in the vocabulary, and counted in code.
const { texts, passages } = await distilCorpus();
const counts = new Float64Array(pieces.length);
for (const text of texts) {
  for (const id of idsOf(text)) {
    counts[id]! += 1;
  }
}
const ranks = new Float64Array(pieces.length);
pieces
  .map((piece, id) => (isSpecial(piece) ? -1 : id))
  .filter((id) => id !== -1)
  .forEach((id, place) => {
    ranks[id] = place + 1;
  });
const weights = tokenWeights({ counts, ranks }, COMMON);
const table = weighted(alone, weights);

// 3. Where sums of them differ from what the teacher makes of whole passages.
const cut = passages.map((passage) => idsOf(passage).slice(0, MOST_TOKENS));
const targets = teacher.embed(cut, progress('passages', cut.length));
const { vectors, before, after } = refined(table, cut, targets, STRENGTH);
console.log(
  `${passages.length} passages of ${texts.length} files: cosine to the teacher ${before.toFixed(3)}, then ${after.toFixed(3)}.`,
);

// 4. The directions that matter, in whole numbers.
const { narrow, kept } = narrowed(teacher.bert.engine, vectors, DIMENSIONS);
const file = writeStaticTable(quantiseTable(narrow, DIMENSIONS));
await mkdir(path.dirname(out), { recursive: true });
await writeFile(out, file);
const sha256 = createHash('sha256').update(file).digest('hex');
console.log(
  `${DIMENSIONS} of ${teacher.bert.config.channels} dimensions hold ${(kept * 100).toFixed(1)} % of the squared lengths.`,
);
console.log(`${out}: ${file.length} bytes, SHA-256 ${sha256}.`);
process.exit(0); // the kernels' threads are not waited for

function idsOf(text: string): Uint32Array {
  return (tokenizer as Tokenizer).encode(spaceIdentifiers(text)).ids;
}

function progress(what: string, of: number): (done: number) => void {
  let shown = 0;
  return (done) => {
    const share = Math.floor((done / of) * 10);
    if (share > shown) {
      shown = share;
      console.error(`${what}: ${share * 10} %`);
    }
  };
}
