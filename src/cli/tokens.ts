// `tokens`: a text's tokens, as JSON for programs or as a table for people.

import { existsSync } from 'node:fs';
import { DEFAULT_TOKENIZER, shippedTokenizers } from '../services/shippedTokenizers.ts';
import { decodeUtf8 } from '../services/utf8.ts';
import { Fault } from '../shared/errors.ts';
import { type EncodedText, MAX_TEXT } from '../shared/messages.ts';
import { nearest } from '../shared/nearest.ts';
import type { CliContext } from './commands.ts';
import { EXIT } from './exit.ts';
import { installation } from './installation.ts';
import { atMostOne, readOptions } from './options.ts';
import { readInput, writeOutput } from './streams.ts';
import { progressLine, runTask } from './task.ts';
import { clip, hex, visible } from './text.ts';

interface Token {
  readonly id: number;
  /** Null where the bytes are only a part of a character. */
  readonly text: string | null;
  readonly bytes: readonly number[];
  readonly start: number;
  readonly end: number;
  /** How the vocabulary writes it, of tokenizers that may change a text: `##ing`. */
  readonly piece?: string;
}

export async function run(argv: readonly string[], { entry, warn }: CliContext): Promise<number> {
  const { values, positionals } = readOptions('tokens', argv, {
    encoding: { type: 'string' },
    json: { type: 'boolean' },
    'special-tokens': { type: 'boolean' },
  });
  const file = atMostOne('tokens', positionals, 'file') ?? '-';
  const name = file === '-' ? 'Standard input' : file;
  const text = decodeUtf8(await readInput(file, warn), name);
  if (text.length > MAX_TEXT) {
    throw new Fault('too-large', `${name} has ${text.length} UTF-16 units; at most ${MAX_TEXT} are taken.`, {
      where: name,
      remedy: 'Cut it into smaller files.',
    });
  }
  const encoding = String(values.encoding ?? DEFAULT_TOKENIZER);
  const tokenizer = isShipped(encoding) ? undefined : await tokenizerFile(encoding, warn);
  const { vocabularies } = await installation(entry);
  const progress = progressLine('Encoding');
  const specialTokens = values['special-tokens'] === true;
  const task = { encoding, text, vocabularies, specialTokens, file: tokenizer };
  const encoded = await runTask(entry, 'encode', task, progress.show);
  progress.end();
  await writeOutput(values.json ? json(encoded, text) : table(encoded, text));
  return EXIT.done;
}

function isShipped(encoding: string): boolean {
  return shippedTokenizers.some(({ id }) => id === encoding);
}

/** @throws Fault `unknown-encoding` where it is neither a file nor looks like the name of one. */
async function tokenizerFile(given: string, warn: CliContext['warn']): Promise<Uint8Array> {
  if (given === '-' || !(existsSync(given) || /[/\\]|\.json$/i.test(given))) {
    const names = shippedTokenizers.map(({ id }) => id);
    const begun = given === '' ? undefined : names.find((name) => name.startsWith(given));
    const meant = begun ?? nearest(given, names);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw new Fault('unknown-encoding', `There is no tokenizer "${clip(visible(given), 80)}".${hint}`, {
      where: given,
      remedy: `There are: ${names.join(', ')}; or name a tokenizer.json.`,
    });
  }
  return readInput(given, warn);
}

function* tokensOf(encoded: EncodedText, text: string): Generator<Token> {
  const ids = new Uint32Array(encoded.ids);
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const byteEnds = new Uint32Array(encoded.byteEnds);
  const fragment = new Uint8Array(encoded.fragment);
  const bytes = new Uint8Array(encoded.bytes);
  const pieces = new Map(encoded.pieces);
  for (const [i, id] of ids.entries()) {
    const start = starts[i]!;
    const end = ends[i]!;
    yield {
      id,
      text: fragment[i] ? null : text.slice(start, end),
      bytes: [...bytes.subarray(byteEnds[i], byteEnds[i + 1])],
      start,
      end,
      ...(pieces.has(id) && { piece: pieces.get(id) as string }),
    };
  }
}

/** Piece by piece: the whole line of a large text would be longer than a string may be. */
function* json(encoded: EncodedText, text: string): Generator<string> {
  yield `{"encoding":${JSON.stringify(encoded.encoding)},"ids":[`;
  let comma = '';
  for (const id of new Uint32Array(encoded.ids)) {
    yield `${comma}${id}`;
    comma = ',';
  }
  yield '],"tokens":[';
  comma = '';
  for (const token of tokensOf(encoded, text)) {
    yield comma + JSON.stringify(token);
    comma = ',';
  }
  yield ']}\n';
}

function* table(encoded: EncodedText, text: string): Generator<string> {
  const heading = encoded.pieces === undefined ? 'text (bytes)' : 'piece: text (bytes)';
  yield `${'token'.padStart(8)} ${'id'.padStart(7)} ${'offsets'.padStart(15)}  ${heading}\n`;
  let index = 0;
  for (const { id, text: spelled, bytes, start, end, piece } of tokensOf(encoded, text)) {
    const stands = spelled === null ? 'part of a character' : clip(visible(spelled), 60);
    const shown = piece === undefined || piece === spelled ? stands : `${clip(visible(piece), 40)}: ${stands}`;
    const line = `${String(index++).padStart(8)} ${String(id).padStart(7)} ${`${start}-${end}`.padStart(15)}`;
    yield `${line}  ${shown}  (${clip(hex(bytes), 47)})\n`;
  }
  const size = encoded.textBytes;
  const ratio = encoded.count === 0 ? '' : `, ${(size / encoded.count).toFixed(2)} bytes a token`;
  yield `${encoded.count} tokens in ${encoded.encoding}, ${size} bytes${ratio}\n`;
}
