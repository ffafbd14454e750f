// The file that holds a byte-level BPE vocabulary: written when the extension is built, read by worker and CLI. Small,
// and read without a parse of each token. Not a format of anyone else's: see src/services/buildVocabularies.ts.
//
// Layout, numbers little-endian:
//   4 bytes   "ILV1"
//   32 bytes  SHA-256 of all that follows
//   4 bytes   length of the header
//   header    JSON: name, pattern, specialTokens, normalization where there is one, count
//   count     one byte a token: how many bytes it has
//   the rest  the tokens' bytes, one after the other, in the order of their ids

import { createHash } from 'node:crypto';
import { Fault } from '../shared/errors.ts';
import { z } from '../shared/schema.ts';
import type { Vocabulary } from '../tokenizers/vocabulary.ts';

const MAGIC = 'ILV1';
const HASHED_FROM = 36;
const HEADER_AT = HASHED_FROM + 4;

const headerSchema = z.strictObject({
  name: z.string(),
  pattern: z.string(),
  specialTokens: z.record(z.string(), z.int()),
  normalization: z.optional(z.literal('nfc')),
  count: z.int().check(z.gte(1)),
});

/**
 * The bytes of a vocabulary's file.
 *
 * @throws RangeError when a token is empty or longer than 255 bytes, which this format can't say.
 */
export function writeVocabulary(vocabulary: Vocabulary): Uint8Array {
  const { tokens, ...rest } = vocabulary;
  const { name } = rest;
  const lengths = Uint8Array.from(tokens, (token, id) => {
    if (token.length < 1 || token.length > 255) {
      throw new RangeError(`${name}: token ${id} has ${token.length} bytes; the file takes 1 to 255.`);
    }
    return token.length;
  });
  const header = Buffer.from(JSON.stringify({ ...rest, count: tokens.length }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const hashed = Buffer.concat([size, header, lengths, ...tokens]);
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), sha256(hashed), hashed]);
}

/**
 * The vocabulary in a file's bytes. Its tokens are views into `file`, which must not change after.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when the file is cut off, changed, or not a vocabulary.
 */
export function readVocabulary(file: Uint8Array, where: string): Vocabulary {
  const fault = (what: string, cause?: unknown) =>
    new Fault('bad-input', `The vocabulary file is damaged: ${what}.`, {
      where,
      remedy: 'Install the extension again, or build it again with "npm run build".',
      cause,
    });
  if (file.length < HEADER_AT || Buffer.from(file.subarray(0, 4)).toString('latin1') !== MAGIC) {
    throw fault(`it does not begin with "${MAGIC}"`);
  }
  if (!sha256(file.subarray(HASHED_FROM)).equals(file.subarray(4, HASHED_FROM))) {
    throw fault('its bytes are not those that were written');
  }
  const bodyStart =
    HEADER_AT + new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(HASHED_FROM, true);
  let header: z.infer<typeof headerSchema>;
  try {
    header = z.parse(headerSchema, JSON.parse(Buffer.from(file.subarray(HEADER_AT, bodyStart)).toString('utf8')));
  } catch (error) {
    throw fault('its header cannot be read', error);
  }
  const body = file.subarray(bodyStart);
  const { count, name, pattern, specialTokens, normalization } = header;
  const tokens: Uint8Array[] = [];
  let offset = count;
  for (const length of body.subarray(0, count)) {
    tokens.push(body.subarray(offset, offset + length));
    offset += length;
  }
  if (tokens.length !== count || offset !== body.length) {
    throw fault(`it holds ${body.length} bytes of tokens, and its lengths say ${offset}`);
  }
  return { name, pattern, specialTokens, tokens, ...(normalization && { normalization }) };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
