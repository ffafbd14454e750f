// The checks that need no running: types of every layer, lint and format, the layer gate. Used by lint.ts and test.ts.

import { checkLayers } from './layers.ts';
import { binOf, collect } from './processes.ts';
import type { TestReport } from './report.ts';

/** Runs all checks, also after one has failed. */
export async function runChecks(): Promise<TestReport[]> {
  return [
    await program('types of every layer (tsc -b)', binOf('typescript/bin/tsc'), ['-b', '--pretty', 'false']),
    await program('lint and format (biome)', binOf('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings']),
    await layers(),
  ];
}

async function program(title: string, file: string, args: readonly string[]): Promise<TestReport> {
  const { code, output } = await collect(process.execPath, [file, ...args]);
  return code === 0 ? { title, outcome: 'passed' } : { title, outcome: 'failed', error: output };
}

async function layers(): Promise<TestReport> {
  const title = 'who may import whom (layers)';
  const { faults } = await checkLayers();
  const lines = faults.map((fault) => `${fault.file}:${fault.line}: ${fault.what}\n    ${fault.why}`);
  return lines.length === 0 ? { title, outcome: 'passed' } : { title, outcome: 'failed', error: lines.join('\n') };
}
