// Small tokenizers of many shapes, for tests: trained by Hugging Face's library, see make_pieces.py.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readTokenizerJson } from '../../../src/formats/tokenizerJson.ts';
import type { TokenizerDefinition } from '../../../src/tokenizers/definition.ts';

interface Shape {
  /** As `tokenizer.json` has it. */
  readonly file: string;
  /** For each text ids, starts and ends, one token after the other. */
  readonly tokens: readonly (readonly number[])[];
  readonly decoded: readonly string[];
}

interface Fixture {
  readonly charsMap: string;
  readonly texts: readonly string[];
  readonly shapes: Readonly<Record<string, Shape>>;
}

const path = new URL('../../fixtures/tokenizers/shapes.json.gz', import.meta.url);
const fixture = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as Fixture;

export const shapeTexts = fixture.texts;
/** SentencePiece's own, for its normalisation `nmt_nfkc`. */
export const charsMap: Uint8Array = Buffer.from(fixture.charsMap, 'base64');
export const shapes: readonly (Shape & { readonly name: string })[] = Object.entries(fixture.shapes).map(
  ([name, shape]) => ({ name, ...shape, file: shape.file.replaceAll('@charsMap', fixture.charsMap) }),
);

export function shapeDefinition(name: string): TokenizerDefinition {
  const shape = shapes.find((candidate) => candidate.name === name)!;
  return readTokenizerJson(Buffer.from(shape.file), name);
}
