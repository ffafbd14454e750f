// One file's text for an index, or why it has none. Read again while it changes, and not for ever.

import { createHash } from 'node:crypto';
import type { FileKey, LeftOut, LeftOutReason } from '../../retrieval/store.ts';
import { asFault } from '../../shared/errors.ts';
import { decode } from './decode.ts';
import type { FileStat, Folder, ReadFile } from './fileSource.ts';
import { languageOf } from './languages.ts';
import { minified } from './plainNames.ts';
import { secretInside, secretName } from './secrets.ts';

/** A log that grows all the time is taken as it is after so many readings; its old time stamp has it looked at again. */
const MOST_READINGS = 3;

export async function readText(folder: Folder, file: FileKey, maxBytes: number): Promise<ReadFile | LeftOut> {
  const { root, path } = file;
  const out = (reason: LeftOutReason, detail: string): LeftOut => ({ root, path, reason, detail });
  const name = path.slice(path.lastIndexOf('/') + 1);
  const secret = path
    .split('/')
    .reduce<string | undefined>((all, one) => all ?? secretName(one, one !== name), undefined);
  if (secret !== undefined) {
    return out('secret', secret);
  }
  let settled: Settled;
  try {
    settled = await readSettled(folder, path, maxBytes);
  } catch (error) {
    return out('unreadable', asFault(error).message);
  }
  const { stat, bytes } = settled;
  if (stat.type !== 'file') {
    return out('unreadable', 'not a file any more');
  }
  if (bytes.length > maxBytes) {
    return out('large', `more than ${maxBytes} bytes`);
  }
  const decoded = decode(bytes);
  if ('reason' in decoded) {
    return out(decoded.reason, decoded.detail);
  }
  const { text } = decoded;
  const inside = secretInside(name, text);
  if (inside !== undefined) {
    return out('secret', inside);
  }
  const long = minified(text, languageOf(path, text));
  if (long !== undefined) {
    return out('minified', long);
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { root, path, size: stat.size, modified: stat.modified, text, hash };
}

/** A file as it was before it was read, and what was read: nothing where it is too large or no file. */
interface Settled {
  readonly stat: FileStat;
  readonly bytes: Uint8Array;
}

/** Reads until the file was the same before and after, as far as a few readings bring that about. */
async function readSettled(folder: Folder, path: string, maxBytes: number): Promise<Settled> {
  let stat = await folder.stat(path);
  for (let reading = 1; stat.type === 'file'; reading++) {
    // One byte more than is taken shows that there is more, however large the file is.
    const bytes = await folder.read(path, maxBytes + 1);
    const after = await folder.stat(path);
    if ((after.size === stat.size && after.modified === stat.modified) || reading === MOST_READINGS) {
      return { stat, bytes };
    }
    stat = after;
  }
  return { stat, bytes: new Uint8Array() };
}
