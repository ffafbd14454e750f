// Runs the CLI's bundle as a child, on each Node that can be found.

import { execFile, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface NodeVersion {
  readonly version: string;
  readonly file: string;
}

/** This Node, and the first of each other major version from 20 that stands on the path. */
export async function nodes(): Promise<NodeVersion[]> {
  const found = new Map([[major(process.version), { version: process.version, file: process.execPath }]]);
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) {
      const version = (await promisify(execFile)(file, ['--version'])).stdout.trim();
      if (major(version) >= 20 && !found.has(major(version))) {
        found.set(major(version), { version, file });
      }
    }
  }
  return [...found.values()];
}

function major(version: string): number {
  return Number(version.slice(1).split('.')[0]);
}

/** Runs `node cli ...args` with `input` on standard input. */
export function runCli(
  node: string,
  cli: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [cli, ...args], { stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') });
    });
    // One that refuses its arguments never reads its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
