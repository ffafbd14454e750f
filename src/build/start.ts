// npm start [-- FOLDER]: builds, then opens the extension on a folder, in desktop VS Code where `code` is found, else in
// VS Code's server and the browser. Stays until Ctrl+C. --server takes the server in any case.

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { bundleAll } from './bundle.ts';
import { serverVersion } from './editors.ts';
import { inRoot, root } from './paths.ts';
import { collect } from './processes.ts';
import { prepareServer, startServer } from './vscodeServer.ts';

const args = process.argv.slice(2);
const asked = args.find((arg) => !arg.startsWith('--'));
const folder = await chosenFolder(asked);
console.log('Building the extension.');
await bundleAll(true);
const code = args.includes('--server') ? undefined : await desktopCode();
await (code === undefined ? inServer(folder) : inDesktop(code, folder));

/** The folder asked for, or a copy of the sample, so that trying things out leaves the sample as it is. */
async function chosenFolder(wanted: string | undefined): Promise<string> {
  if (wanted === undefined) {
    const sample = inRoot('.vscode-test/sample-workspace');
    await cp(inRoot('test/fixtures/sample-workspace'), sample, { recursive: true, force: false });
    return sample;
  }
  const chosen = path.resolve(process.env.INIT_CWD ?? process.cwd(), wanted);
  if (!statSync(chosen, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`There is no folder ${chosen}. Name one that exists: npm start -- FOLDER`);
    process.exit(2);
  }
  return chosen;
}

/** The `code` command of a desktop VS Code that is new enough. */
async function desktopCode(): Promise<string | undefined> {
  if (process.env.VSCODE_IPC_HOOK_CLI || (process.platform === 'linux' && !hasDisplay())) {
    return undefined; // a remote terminal's `code`, or no screen to open a window on
  }
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const found = (process.env.PATH ?? '').split(path.delimiter).map((place) => path.join(place, name));
  const file = found.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    return undefined;
  }
  const { output } = await collectCode(file, ['--version']);
  const [major = 0, minor = 0] = (/^(\d+)\.(\d+)/m.exec(output) ?? []).slice(1).map(Number);
  if (major > 1 || (major === 1 && minor >= 106)) {
    return file;
  }
  console.log(`The installed VS Code is ${major}.${minor}, and 1.106 or later is needed: taking VS Code's server.`);
  return undefined;
}

function collectCode(file: string, parameters: readonly string[]) {
  return process.platform === 'win32'
    ? collect('cmd', ['/d', '/s', '/c', file, ...parameters])
    : collect(file, parameters);
}

async function inDesktop(file: string, opened: string): Promise<void> {
  console.log(`Opening ${opened} in desktop VS Code. Close the window, or press Ctrl+C here, to end.`);
  onceStopped(async () => {});
  const { code: exit, output } = await collectCode(file, [
    '--new-window',
    '--wait',
    `--extensionDevelopmentPath=${root}`,
    opened,
  ]);
  if (exit !== 0) {
    console.error(`${output}\nVS Code ended with ${exit}. Try its server instead: npm start -- --server`);
  }
  process.exit(exit);
}

async function inServer(opened: string): Promise<void> {
  const vscode = await prepareServer(console.log);
  const server = await startServer(vscode, {
    dataDir: inRoot('.vscode-test/start'),
    keepSettings: true,
    settings: { 'workbench.startupEditor': 'readme' },
    trustAll: asked === undefined, // the sample is our own
    port: 8123, // the browser keeps what it stores by address, so the same one each time where it is free
  });
  onceStopped(server.stop);
  const address = server.address({ folder: opened, extension: root });
  console.log(`\nVS Code ${serverVersion(vscode)} with Inside LLMs on ${opened}\n\n    ${address}\n`);
  console.log('Open this address in a browser (Chrome, Edge, Firefox or Safari). Press Ctrl+C here to end.');
  showInBrowser(address);
  process.exitCode = (await server.ended) ?? 1;
}

/** Ends all on Ctrl+C, once. */
function onceStopped(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (!stopping) {
        stopping = true;
        await stop();
        process.exit(0);
      }
    });
  }
}

/** Opens the user's browser where there is a screen; the address was printed in any case. */
function showInBrowser(address: string): void {
  if (process.env.CI || !process.stdout.isTTY || (process.platform === 'linux' && !hasDisplay())) {
    return;
  }
  const [command, ...parameters] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address];
  const child = spawn(command as string, parameters, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log(`(${command} is not there, so the browser was not opened.)`));
  child.unref();
}

function hasDisplay(): boolean {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
