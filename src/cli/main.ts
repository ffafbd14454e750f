// The headless face: `node dist/cli.js COMMAND`. Finds the command, runs it, turns what happened into an exit code.
// As a thread it runs the tasks that its own commands hand it (task.ts), so that Ctrl+C is always heard.

import { isMainThread } from 'node:worker_threads';
import { asFault, Fault } from '../shared/errors.ts';
import { commands, findCommand, overview } from './commands.ts';
import { EXIT, exitCodeOf, UsageError } from './exit.ts';
import { installation } from './installation.ts';

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process[name === undefined ? 'stderr' : 'stdout'].write(overview());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  if (name === '--version') {
    process.stdout.write(`${(await installation(import.meta.url)).version}\n`);
    return EXIT.done;
  }
  const command = findCommand(name);
  const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length);
  if (options.includes('--help') || options.includes('-h')) {
    process.stdout.write(commands[command].help);
    return EXIT.done;
  }
  const { run } = await commands[command].load();
  return run(rest, { entry: import.meta.url, warn, onInterrupt });
}

/** What Ctrl+C does in place of ending the program. */
let stop: (() => void) | undefined;

function onInterrupt(instead: () => void): void {
  stop = instead;
}

function interrupted(): void {
  if (stop === undefined) {
    warn('Cancelled.');
    process.exit(EXIT.cancelled);
  }
  stop();
  stop = undefined;
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    warn(`${error.message}\nSee: node dist/cli.js ${error.command === undefined ? '' : `${error.command} `}--help`);
    return EXIT.usage;
  }
  const fault = asFault(error);
  // A mistake of ours: whoever mends it needs the place.
  const mistake = error instanceof Fault ? (error.code === 'internal' ? error.cause : undefined) : error;
  if (mistake instanceof Error) {
    warn(mistake.stack ?? mistake.message);
  }
  const place = fault.where === undefined || fault.full.includes(fault.where) ? '' : ` (${fault.where})`;
  warn(`${fault.full}${place}`);
  return exitCodeOf(fault);
}

if (isMainThread) {
  // A reader that has seen enough (`| head`) is not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      warn(`The output could not be written: ${error.message}`);
    }
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.fault);
  });
  process.stderr.on('error', () => {});
  process.on('SIGINT', interrupted);
  process.exitCode = await main(process.argv.slice(2)).catch(report);
} else {
  const { runAsThread } = await import('./taskThread.ts');
  await runAsThread();
}
