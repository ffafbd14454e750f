// Fetches one file: into NAME.part first, going on where an earlier try stopped, and only under its own name when its
// hash is right.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { HubFile } from './hub.ts';
import { networkReason, Stop } from './stop.ts';

export const PART = '.part';

/** How often a connection that broke off is taken up again by itself. */
const TRIES = 3;

/** How long nothing may come before the connection counts as broken off, in ms. */
const PATIENCE = 60_000;

export interface DownloadOptions {
  readonly signal: CancelSignal;
  /** Bytes of this file that are there by now. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * @throws Fault `cancelled`; `storage` when the network or the disk fails, and what is there stays for the next try;
 * `bad-input` when the whole file has another hash than it should, and is thrown away.
 */
export async function download(
  address: string,
  target: string,
  file: HubFile,
  options: DownloadOptions,
): Promise<void> {
  if (await isRight(target, file)) {
    options.onBytes(file.bytes);
    return;
  }
  const part = target + PART;
  await mkdir(path.dirname(target), { recursive: true });
  for (let tries = 1; ; tries++) {
    try {
      await goOn(address, part, file, options);
      break;
    } catch (error) {
      const fault = asStorageFault(error, file.path);
      if (tries === TRIES || fault.code !== 'storage' || !isNetwork(error)) {
        throw fault;
      }
    }
  }
  if (!(await isRight(part, file))) {
    await rm(part, { force: true });
    throw new Fault('bad-input', `${file.path} arrived with other bytes than it should have, and was thrown away.`, {
      where: address,
      remedy: 'Try again; if it happens again, something between here and the hub changes files.',
    });
  }
  await rename(part, target);
}

/** Brings the part to the file's whole length. */
async function goOn(address: string, part: string, file: HubFile, { signal, onBytes }: DownloadOptions): Promise<void> {
  let have = (await stat(part).catch(() => undefined))?.size ?? 0;
  if (have > file.bytes) {
    await rm(part, { force: true });
    have = 0;
  }
  onBytes(have);
  if (have === file.bytes && have > 0) {
    return;
  }
  stopIfCancelled(signal, file.path);
  using stop = new Stop(signal, PATIENCE);
  const brokenOff = (error: unknown) => {
    stopIfCancelled(signal, file.path);
    throw stop.late ? new TypeError(`nothing came for ${PATIENCE / 1000} s`, { cause: error }) : error;
  };
  const headers = have > 0 ? { range: `bytes=${have}-` } : undefined;
  const response = await fetch(address, { signal: stop.signal, ...(headers && { headers }) }).catch(brokenOff);
  if (!response.ok || response.body === null) {
    throw new Fault('storage', `${new URL(address).host} answered ${response.status} for ${file.path}.`, {
      where: address,
    });
  }
  // 200 to a request for a range: the whole file comes again.
  have = response.status === 206 ? have : 0;
  const out = await open(part, have > 0 ? 'a' : 'w');
  try {
    for await (const bytes of response.body) {
      stop.heard();
      stopIfCancelled(signal, file.path);
      if (have + bytes.length > file.bytes) {
        throw new Fault('bad-input', `${file.path} is longer than the ${file.bytes} bytes it should have.`, {
          where: address,
        });
      }
      await out.writeFile(bytes);
      have += bytes.length;
      onBytes(have);
    }
  } catch (error) {
    brokenOff(error);
  } finally {
    await out.close();
  }
  if (have < file.bytes) {
    throw new TypeError(`${file.path} broke off after ${have} of ${file.bytes} bytes`);
  }
}

async function isRight(place: string, { bytes, hash }: HubFile): Promise<boolean> {
  const found = await stat(place).catch(() => undefined);
  if (found?.size !== bytes) {
    return false;
  }
  const made = 'sha256' in hash ? createHash('sha256') : createHash('sha1').update(`blob ${bytes}\0`);
  await pipeline(createReadStream(place), made);
  return made.digest('hex') === ('sha256' in hash ? hash.sha256 : hash.gitSha1);
}

function stopIfCancelled(signal: CancelSignal, file: string): void {
  if (signal.cancelled) {
    throw new Fault('cancelled', `Stopped while ${file} was fetched; it goes on from there the next time.`);
  }
}

/** What Node's fetch throws when a connection can't be had or breaks off. */
function isNetwork(error: unknown): boolean {
  return error instanceof TypeError;
}

/** What the disk or the network did, as a fault. */
export function asStorageFault(error: unknown, file: string): Fault {
  if (error instanceof Fault) {
    return error;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Fault('storage', `The disk is full: ${file} could not be kept whole.`, {
      where: file,
      remedy: 'Make room and fetch again: it goes on where it stopped.',
      cause: error,
    });
  }
  return new Fault('storage', `${file} could not be fetched: ${networkReason(error)}.`, {
    where: file,
    remedy: 'Is the network there? Fetch again: it goes on where it stopped.',
    cause: error,
  });
}
