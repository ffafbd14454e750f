// Subjects of commits and the files that they changed, as git tells them: somebody's own words for what is in the files.
// Git only reads, runs no program that the repository names, and asks no other machine.

import { execFile } from 'node:child_process';
import type { CancelSignal } from '../../../shared/environment.ts';

export interface Commit {
  readonly subject: string;
  /** Relative to the folder, with `/`. */
  readonly paths: readonly string[];
}

export interface Commits {
  readonly commits: readonly Commit[];
  /** For people: why there are none. */
  readonly note?: string;
}

/** The newest ones that are looked at, merges left out. */
const MOST = 3000;
/** A commit that changed more files says little of each. */
export const MOST_FILES = 3;
const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST_MS = 30_000;

/** Of the repository that the folder is in; of its subfolder, what that has. Never throws for what git says. */
export function commitsOf(folder: string, signal: CancelSignal): Promise<Commits> {
  const args = [
    ...['-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'],
    ...['-C', folder, 'log', '--no-merges', `--max-count=${MOST}`, '--no-ext-diff', '--no-textconv', '--no-renames'],
    ...['--diff-filter=AM', '--name-only', '--relative', '-z', '--format=%x01%s%x02', 'HEAD', '--', '.'],
  ];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' };
  return new Promise((resolve) => {
    const options = { env, maxBuffer: MOST_BYTES, timeout: LONGEST_MS, windowsHide: true, encoding: 'utf8' as const };
    const child = execFile('git', args, options, (error, stdout, stderr) => {
      clearInterval(watch);
      const [why = ''] = (stderr || (error?.message ?? '')).trim().split('\n');
      resolve(error === null ? { commits: readLog(stdout) } : { commits: [], note: `No commits were asked: ${why}` });
    });
    const watch = setInterval(() => {
      if (signal.cancelled) {
        child.kill();
      }
    }, 100);
  });
}

/** Small commits whose subject says something. */
function readLog(log: string): Commit[] {
  return log
    .split('\x01')
    .map((entry) => {
      const [subject = '', files = ''] = entry.split('\x02');
      const paths = files.split('\0').map((path) => path.replace(/^\n+/, ''));
      return { subject: questionOf(subject), paths: [...new Set(paths.filter((path) => path !== ''))] };
    })
    .filter(({ subject, paths }) => subject !== '' && paths.length > 0 && paths.length <= MOST_FILES);
}

/** Without `fix(parser):` and `(#123)`; empty where it says too little to be asked for. */
export function questionOf(subject: string): string {
  const question = subject
    .replace(/^(?:\w+(?:\([^)]*\))?!?:|\[[^\]]*\])\s*/, '')
    .replace(/\s*\(?#\d+\)?/g, '')
    .trim();
  const says =
    !/^(?:bump|release|revert|merge|wip|version|v?\d+\.\d+|update (?:dependenc|changelog|readme|lock))/i.test(question);
  const words = question.match(/\p{L}{2,}/gu) ?? [];
  return says && words.length >= 3 && question.length <= 200 ? question : '';
}
