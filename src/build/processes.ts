// Running other programs from the build scripts.

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { inRoot, root } from './paths.ts';

export interface Finished {
  readonly code: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Programs that run now: they end with this process, whatever ends it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) {
    child.kill();
  }
});

/** An interrupt ends this process in order, so that what it started ends with it. For scripts without an end of their own. */
export function endOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

/** Runs a program to its end and collects what it prints; `echo` prints it as well. */
export function collect(command: string, args: readonly string[], cwd = root, echo = false): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: ownEnvironment() });
    running.add(child);
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk;
      if (echo) {
        process.stdout.write(chunk);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => reject(new Error(`Could not start ${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/** As {@link collect}, but anything except success throws, with the output. */
export async function runCommand(command: string, args: readonly string[], cwd = root): Promise<string> {
  const { code, output } = await collect(command, args, cwd);
  if (code !== 0) {
    throw new Error(`"${command} ${args.join(' ')}" ended with ${code}:\n${output}`);
  }
  return output;
}

/** Runs the npm that runs this script, else the one on the path. */
export async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('js')) {
    await runCommand(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], cwd);
  } else if (process.platform === 'win32') {
    await runCommand('cmd', ['/d', '/s', '/c', 'npm', ...args], cwd);
  } else {
    await runCommand('npm', args, cwd);
  }
}

/** The start file of a package's program, run with this Node. */
export function binOf(file: string): string {
  return inRoot('node_modules', file);
}

/** An npm script hands its own project down to any npm that it starts, which then works on the wrong folder. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { npm_config_local_prefix: _, npm_package_json: __, INIT_CWD: ___, ...rest } = process.env;
  return rest;
}
