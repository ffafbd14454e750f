// Runs a suite of test/integration in a real VS Code: a desktop one where it can be had, else VS Code's server in a
// browser. Which one it was is part of the report; neither is left out in silence.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { launchBrowser } from './browser.ts';
import { inRoot, root } from './paths.ts';
import type { SuiteReport } from './report.ts';
import { prepareServer, quietSettings, startServer } from './vscodeServer.ts';

export type Editor =
  | { readonly kind: 'desktop'; readonly executable: string; readonly name: string }
  | { readonly kind: 'server'; readonly folder: string; readonly name: string };

/** Finds an editor to test in. @throws Error when there is neither. */
export async function findEditor(log: (line: string) => void): Promise<Editor> {
  const wanted = process.env.INSIDE_LLMS_EDITOR; // "server" or "desktop", for trying the one where the other is found
  if (wanted !== 'server' && hasDisplay()) {
    const executable = installedDesktop() ?? (await downloadedDesktop(log));
    if (executable !== undefined) {
      return { kind: 'desktop', executable, name: 'desktop VS Code' };
    }
    if (wanted === 'desktop') {
      throw new Error('No desktop VS Code was found, and none could be downloaded.');
    }
  }
  const folder = await prepareServer(log);
  return { kind: 'server', folder, name: `VS Code server ${serverVersion(folder)} in a browser` };
}

export function serverVersion(folder: string): string {
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The program of an installed desktop VS Code. */
export function installedDesktop(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'code'));
  const starter = onPath.find((file) => existsSync(file));
  const candidates =
    process.platform === 'darwin'
      ? ['/Applications/Visual Studio Code.app/Contents/MacOS/Electron']
      : process.platform === 'win32'
        ? [process.env.LOCALAPPDATA, process.env.PROGRAMFILES].flatMap((folder) => [
            `${folder}\\Programs\\Microsoft VS Code\\Code.exe`,
            `${folder}\\Microsoft VS Code\\Code.exe`,
          ])
        : starter
          ? [path.join(path.dirname(realpathSync(starter)), '../code')]
          : [];
  return candidates.find((file) => existsSync(file));
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function downloadedDesktop(log: (line: string) => void): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: inRoot('.vscode-test'), timeout: 20_000 });
  } catch (error) {
    log(`A desktop VS Code could not be downloaded (${(error as Error).message}): taking VS Code's server.`);
    return undefined;
  }
}

export interface SuiteRun {
  /** A folder of test/integration. */
  readonly suite: 'suite' | 'restricted' | 'bench';
  readonly editor: Editor;
  /** Only tests whose title matches. */
  readonly grep?: string;
  /** More variables for the suite. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** A request that the product made and no test served. */
export interface NetworkRecord {
  readonly loadedIn: readonly string[];
  readonly attempts: readonly { readonly attempt: string; readonly stack: string }[];
}

/**
 * Runs one suite on a fresh copy of the sample workspace. The suites must have been bundled (testBundle.ts).
 *
 * @throws Error when the editor ended without a report.
 */
export async function runSuite(run: SuiteRun): Promise<{ report: SuiteReport; network: NetworkRecord }> {
  const work = await mkdtemp(path.join(os.tmpdir(), `inside-llms-${run.suite}-`));
  try {
    const reportFile = path.join(work, 'report.json');
    const networkFile = path.join(work, 'network.jsonl');
    await writeFile(networkFile, '');
    const folder = path.join(work, 'workspace');
    await mkdir(folder);
    await cp(inRoot('test/fixtures/sample-workspace'), folder, { recursive: true });
    const environment = {
      INSIDE_LLMS_SUITE: run.suite,
      INSIDE_LLMS_REPORT: reportFile,
      INSIDE_LLMS_NETWORK: networkFile,
      INSIDE_LLMS_ROOT: root,
      ...(run.grep && { INSIDE_LLMS_GREP: run.grep }),
      ...run.environment,
    };
    // The server's own processes would see it too: guard.ts acts in the extension host alone.
    const preload = { NODE_OPTIONS: `--require ${JSON.stringify(inRoot('test/output/integration/guard.cjs'))}` };
    const inEditor = run.editor.kind === 'desktop' ? inDesktop : inServer;
    const output = await inEditor(run, folder, { ...environment, ...preload }, path.join(work, 'editor'));
    if (!existsSync(reportFile)) {
      throw new Error(`The suite "${run.suite}" ended without a report. The editor said:\n${output}`);
    }
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as SuiteReport;
    if (report.tests.length === 0 && run.grep === undefined) {
      throw new Error(`The suite "${run.suite}" held no test. The editor said:\n${output}`);
    }
    return { report, network: readNetwork(networkFile) };
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

function readNetwork(file: string): NetworkRecord {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const records = lines.map((line) => JSON.parse(line) as { loaded?: string; attempt?: string; stack?: string });
  return {
    loadedIn: records.flatMap(({ loaded }) => (loaded ? [loaded] : [])),
    attempts: records.flatMap(({ attempt, stack }) => (attempt ? [{ attempt, stack: stack ?? '' }] : [])),
  };
}

type Environment = Readonly<Record<string, string>>;

async function inDesktop(run: SuiteRun, folder: string, environment: Environment, dataDir: string): Promise<string> {
  await mkdir(path.join(dataDir, 'User'), { recursive: true });
  await writeFile(path.join(dataDir, 'User/settings.json'), JSON.stringify(quietSettings));
  const trust = run.suite === 'restricted' ? [] : ['--disable-workspace-trust'];
  try {
    await runTests({
      vscodeExecutablePath: run.editor.kind === 'desktop' ? run.editor.executable : '',
      extensionDevelopmentPath: root,
      extensionTestsPath: inRoot('test/output/integration/index.cjs'),
      extensionTestsEnv: environment,
      launchArgs: [folder, '--user-data-dir', dataDir, '--disable-extensions', '--disable-telemetry', ...trust],
    });
    return '';
  } catch (error) {
    return String(error); // the report says which tests failed; without one, this is the reason
  }
}

async function inServer(run: SuiteRun, folder: string, environment: Environment, dataDir: string): Promise<string> {
  const vscode = run.editor.kind === 'server' ? run.editor.folder : '';
  const server = await startServer(vscode, { dataDir, trustAll: run.suite !== 'restricted', environment });
  const output: string[] = [];
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.on('console', (message) => output.push(`[page] ${message.text()}`));
      const exited = new Promise<void>((resolve) => {
        void page.exposeFunction('codeAutomationExit', () => resolve());
      });
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => output.push(args.join(' ')));
      const tests = inRoot('test/output/integration/index.cjs');
      await page.goto(server.address({ folder, extension: root, tests }));
      await Promise.race([exited, within(180_000, `The suite "${run.suite}" did not end in 3 minutes.`)]);
    } finally {
      await browser.close();
    }
  } catch (error) {
    output.push(String(error));
  } finally {
    await server.stop();
  }
  return output.slice(-60).join('\n');
}

function within(milliseconds: number, message: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(message)), milliseconds).unref());
}
