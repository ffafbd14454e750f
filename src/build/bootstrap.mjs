// The one way into every npm script: checks Node, installs what is missing, then runs src/build/COMMAND.ts on Node 24
// or later, which takes TypeScript as it is. Plain JavaScript without a package, as it runs before there are any.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20; // starts these scripts
const BUILD_NODE = 24; // runs TypeScript without a compiler, and VS Code's server

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [command, ...args] = process.argv.slice(2);

checkNode();
const script = findScript(command);
installIfNeeded();
run(findNode(), script);

function checkNode() {
  if (majorOf(process.versions.node) < OLDEST_NODE) {
    fail(`Node ${OLDEST_NODE} or later is needed, and this is ${process.versions.node}. Install a newer Node.`);
  }
}

function findScript(name) {
  const file = path.join(root, 'src/build', `${name}.ts`);
  const commands = [
    'start',
    'test',
    'build',
    'watch',
    'package',
    'bench',
    'models',
    'lint',
    'format',
    'distil',
    'sentiment',
  ];
  if (!commands.includes(name) || !existsSync(file)) {
    fail(`There is no command "${name ?? ''}". There are: ${commands.join(', ')}.`);
  }
  return file;
}

/** Installs with npm unless node_modules holds what package-lock.json names. */
function installIfNeeded() {
  const reason = whyInstall();
  if (reason === undefined) {
    return;
  }
  console.error(`Installing packages: ${reason}.`);
  // Windows can't delete a running program: there, a Node out of node_modules only adds what is missing.
  const inside = process.execPath.startsWith(path.join(root, 'node_modules') + path.sep);
  const verb = process.platform === 'win32' && inside ? 'install' : 'ci';
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const options = { cwd: root, stdio: ['inherit', 2, 2] };
  const done = npm?.endsWith('js')
    ? spawnSync(node, [npm, verb, '--loglevel=error'], options)
    : spawnSync('npm', [verb, '--loglevel=error'], { ...options, shell: process.platform === 'win32' });
  if (done.error || done.status !== 0) {
    fail(
      `"npm ${verb}" failed${done.error ? ` (${done.error.message})` : ''}: what it printed above says why. Mend that (is the network there?) and run the command again.`,
    );
  }
}

/** Why an install is needed; undefined when what is there matches the lock file. */
function whyInstall() {
  const wanted = readJson('package-lock.json');
  if (wanted === undefined) {
    fail('package-lock.json is missing. Get it back with: git checkout package-lock.json');
  }
  // npm writes this file as the last act of an install, so a broken-off one has none.
  const found = readJson('node_modules/.package-lock.json');
  if (found === undefined) {
    return 'none are there';
  }
  const packages = Object.entries(wanted.packages).filter(([place]) => place !== '');
  for (const [place, { version, optional }] of packages) {
    const have = found.packages[place]?.version;
    if (have !== version && !(optional && have === undefined)) {
      return `${place} should be ${version} and is ${have ?? 'missing'}`;
    }
  }
  // Some come once a system: a folder carried over from another machine has the wrong ones.
  const ours = packages.filter(([, { os, cpu }]) => os?.includes(process.platform) && cpu?.includes(process.arch));
  if (ours.length > 0 && !ours.some(([place]) => existsSync(path.join(root, place)))) {
    return `those there are not for ${process.platform} on ${process.arch}`;
  }
  return undefined;
}

/** A Node that is new enough: this one, or the one that came as a package. */
function findNode() {
  if (majorOf(process.versions.node) >= BUILD_NODE) {
    return process.execPath;
  }
  const modules = path.join(root, 'node_modules');
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const names = readdirSync(modules).filter((name) => name.match(`^node-(bin-)?${system}-${process.arch}$`));
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const found = names.map((name) => path.join(modules, name, file)).find((candidate) => existsSync(candidate));
  if (found === undefined) {
    fail(
      `The build needs Node ${BUILD_NODE} or later, this is ${process.versions.node}, and no package brings one for ${process.platform} on ${process.arch}. Install Node ${BUILD_NODE} and run the command again.`,
    );
  }
  return found;
}

/** Runs the script, hands on signals, and ends as it ends. */
function run(node, file) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...args], { cwd: root, stdio: 'inherit' });
  child.on('error', (error) => fail(`Could not start ${node}: ${error.message}`));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}

function fail(message) {
  console.error(message);
  process.exit(3);
}
