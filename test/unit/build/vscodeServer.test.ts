// Starting and ending VS Code's server, with a stand-in for it that leaves behind what the real one does: a process of
// its own, and a socket in the runtime folder.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { startServer } from '../../../src/build/vscodeServer.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

/** Each of the two processes takes connections as long as it lives. */
const STAND_IN = `
const fs = require('node:fs'), path = require('node:path'), net = require('node:net');
const own = (name) => path.join(__dirname, name);
if (process.argv[2] === 'child') {
  net.createServer().listen(own('child.sock'), () => console.log('Server bound to 127.0.0.1:1'));
} else {
  const runtime = process.env.XDG_RUNTIME_DIR;
  fs.writeFileSync(path.join(runtime, 'vscode-ipc.sock'), '');
  fs.writeFileSync(own('runtime.txt'), runtime);
  net.createServer().listen(own('server.sock'), () =>
    require('node:child_process').spawn(process.execPath, [__filename, 'child'], { stdio: 'inherit' }));
}
`;

async function standIn(folder: string) {
  await mkdir(path.join(folder, 'out'));
  await writeFile(path.join(folder, 'out/server-main.js'), STAND_IN);
  await writeFile(path.join(folder, 'package.json'), '{"type":"commonjs"}');
  return { vscode: folder, dataDir: path.join(folder, 'data') };
}

const runtimeOf = (folder: string) => readFile(path.join(folder, 'out/runtime.txt'), 'utf8');

/** Which of the two processes live. */
function living(folder: string): Promise<boolean[]> {
  const lives = (name: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(path.join(folder, 'out', name));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  return Promise.all(['server.sock', 'child.sock'].map(lives));
}

// Windows ends a process without its children; there a job of the system's does it.
it.skipIf(process.platform === 'win32')('leaves nothing behind when it is stopped', async () => {
  await using folder = await temporaryFolder();
  const { vscode, dataDir } = await standIn(folder.path);
  const server = await startServer(vscode, { dataDir });
  const runtime = await runtimeOf(folder.path);
  expect(await living(folder.path)).toEqual([true, true]);
  expect(existsSync(path.join(runtime, 'vscode-ipc.sock'))).toBe(true);
  await server.stop();
  await expect.poll(() => living(folder.path)).toEqual([false, false]);
  expect(existsSync(runtime)).toBe(false);
});

it.skipIf(process.platform === 'win32')('leaves nothing behind when who started it ends early', async () => {
  await using folder = await temporaryFolder();
  const { vscode, dataDir } = await standIn(folder.path);
  const module = pathToFileURL(path.resolve(import.meta.dirname, '../../../src/build/vscodeServer.ts')).href;
  const script = `
    const { startServer } = await import(${JSON.stringify(module)});
    await startServer(${JSON.stringify(vscode)}, { dataDir: ${JSON.stringify(dataDir)} });
    process.exit(7);`;
  const code = await new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error) => resolve(error?.code));
  });
  expect(code).toBe(7);
  const runtime = await runtimeOf(folder.path);
  await expect.poll(() => living(folder.path)).toEqual([false, false]);
  expect(existsSync(runtime)).toBe(false);
});
