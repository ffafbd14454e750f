// A course folder needs nothing beside it: the compiler that editors complete, hover and go to definitions with finds no
// error in it, whether its files are the starters or the answers.

import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { COURSE_ENTRY, courseTypes } from '../../../src/build/courseTypes.ts';
import { binOf } from '../../../src/build/processes.ts';
import { exercisePath } from '../../../src/course/courseContents.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { startsProcesses } from '../support/processes.ts';
import { exercises, summaries, writeCourse } from './courseOnDisk.ts';

startsProcesses();

let types: ReadonlyMap<string, string>;
beforeAll(async () => {
  types = await courseTypes();
});

/** What the compiler says of the folder; empty where it has nothing to say. */
async function complaints(folder: string): Promise<string> {
  const tsc = [binOf('typescript/bin/tsc'), '-p', folder, '--pretty', 'false'];
  return promisify(execFile)(process.execPath, tsc).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

it('holds no error, with the starters and with the answers, and finds one that a learner makes', async () => {
  await using folder = await temporaryFolder();
  await writeCourse(folder.path, types, COURSE_ENTRY);
  expect(await complaints(folder.path)).toBe('');
  const all = await summaries();
  for (const exercise of all) {
    const file = path.join(folder.path, await exercisePath(exercises, exercise));
    await writeFile(file, (await exercises.files(exercise)).solution);
  }
  expect(await complaints(folder.path)).toBe('');
  await writeFile(
    path.join(folder.path, 'helpers.ts'),
    `import { matmul, tensor } from 'inside-llms';
export const wrong: string = matmul(tensor([[1]]), tensor([[1]]));
enum Color { Red }
export const later = setTimeout(() => console.log(performance.now()), 1);`,
  );
  const found = await complaints(folder.path);
  expect(found).toMatch(/helpers\.ts\(2,14\): error TS2322: Type 'Tensor' is not assignable to type 'string'/);
  expect(found).toMatch(/helpers\.ts\(3,6\): error TS1294/);
  expect(found.trim().split('\n')).toHaveLength(2);
});

it('lets an editor complete, explain and find what the course gives, by TypeScript’s own language server', async () => {
  await using folder = await temporaryFolder();
  await writeCourse(folder.path, types, COURSE_ENTRY);
  const text = "import { tensor } from 'inside-llms';\nexport const one = tensor([1]);\n";
  const file = path.join(folder.path, 'mine.ts');
  await writeFile(file, text);
  const server = spawn(process.execPath, [binOf('typescript/bin/tsc'), '--lsp', '--stdio'], { cwd: folder.path });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    connection.onRequest(() => null); // it registers what it watches
    connection.listen();
    const uri = pathToFileURL(file).href;
    const rootUri = pathToFileURL(folder.path).href;
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const opened = { uri, languageId: 'typescript', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument: opened });
    const ask = (what: string, line: number, character: number) =>
      connection.sendRequest<unknown>(`textDocument/${what}`, { textDocument: { uri }, position: { line, character } });
    const definition = await ask('definition', 1, 22);
    expect(definition).toEqual([
      expect.objectContaining({ uri: expect.stringMatching(/\.inside-llms\/types\/.*course\.d\.ts$/) }),
    ]);
    expect(JSON.stringify(await ask('hover', 1, 22))).toContain('A tensor of nested lists of numbers.');
    expect(JSON.stringify(await ask('completion', 0, 9))).toContain('"label":"matmul"');
  } finally {
    connection.dispose();
    server.kill();
  }
});
