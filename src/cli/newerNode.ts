// A command that needs a newer Node than the one that runs it goes on with the one that a checkout brings along.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSqlite } from '../services/search/store/sqliteFaults.ts';
import { Fault } from '../shared/errors.ts';
import type { CliContext } from './commands.ts';
import { EXIT } from './exit.ts';

/**
 * Does `work` where this Node has what an index needs. Else the whole command runs again on a newer Node, from
 * node_modules beside the program's own folder.
 *
 * @returns the exit code
 * @throws Fault `not-found` when there is no newer Node either
 */
export async function withSqlite({ entry, onInterrupt }: CliContext, work: () => Promise<number>): Promise<number> {
  let missing: Fault;
  try {
    loadSqlite();
    return await work();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'not-found' || hasSqlite()) {
      throw error;
    }
    missing = error;
  }
  const program = fileURLToPath(entry);
  const newer = newerNode(program);
  if (newer === undefined) {
    throw missing;
  }
  return goOnWith(newer, program, onInterrupt);
}

function hasSqlite(): boolean {
  try {
    loadSqlite();
    return true;
  } catch {
    return false;
  }
}

/** The Node that `npm install` puts into node_modules, if it is there and not this one. */
function newerNode(program: string): string | undefined {
  const name = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  for (let folder = path.dirname(program); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (existsSync(modules)) {
      const packages = readdirSync(modules).filter((one) => /^node-(bin-)?(linux|darwin|win)-/.test(one));
      const file = packages.map((one) => path.join(modules, one, name)).find((one) => existsSync(one));
      return file === undefined || realpathSync(file) === realpathSync(process.execPath) ? undefined : file;
    }
    if (folder === path.dirname(folder)) {
      return undefined;
    }
  }
}

function goOnWith(node: string, program: string, onInterrupt: CliContext['onInterrupt']): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
    // A terminal tells both; a signal sent to this process alone is passed on.
    onInterrupt(() => {
      if (!process.stdin.isTTY) {
        child.kill('SIGINT');
      }
    });
    child.on('error', (cause) => {
      reject(new Fault('not-found', `${node} can't be started: ${cause.message}.`, { where: node, cause }));
    });
    child.on('exit', (code) => resolve(code ?? EXIT.cancelled));
  });
}
