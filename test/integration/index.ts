// Runs inside the extension host: takes the bundled suites of one folder, runs them with mocha and writes a report.
// What starts the editor is src/build/editors.ts; the names of the variables are agreed with it.

import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Mocha from 'mocha';
import type { SuiteReport, TestReport } from '../../src/build/report.ts';
import type { guard } from './guard.ts';

export async function run(): Promise<void> {
  const suite = variable('INSIDE_LLMS_SUITE');
  // A file of its own, as threads load it too.
  (require('./guard.cjs') as { guard: typeof guard }).guard();
  const reportFile = variable('INSIDE_LLMS_REPORT');
  const { default: MochaClass } = (await import('mocha')) as { default: typeof Mocha };
  const only = process.env.INSIDE_LLMS_GREP;
  const mocha = new MochaClass({ ui: 'bdd', timeout: 30_000, color: false, ...(only ? { grep: only } : {}) });
  const folder = path.join(__dirname, suite);
  // By name: search.test.ts looks at what is so before search is used, and comes before the others that use it.
  const suites = readdirSync(folder).filter((name) => name.endsWith('.test.cjs'));
  for (const file of suites.toSorted()) {
    mocha.addFile(path.join(folder, file));
  }
  await mocha.loadFilesAsync();
  const tests: TestReport[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const record = (outcome: TestReport['outcome']) => (test: Mocha.Test, error?: Error) =>
      tests.push({ title: test.fullTitle(), outcome, ...(error && { error: error.stack ?? String(error) }) });
    runner.on('pass', record('passed'));
    runner.on('fail', record('failed'));
    runner.on('pending', record('skipped'));
  });
  const report: SuiteReport = { name: suite, tests };
  writeFileSync(reportFile, JSON.stringify(report, null, 2));
  const failed = tests.filter((test) => test.outcome === 'failed').length;
  if (failed > 0 || tests.length === 0) {
    throw new Error(tests.length === 0 ? `No test was found in ${folder}.` : `${failed} tests failed.`);
  }
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start this through "npm test -- integration".`);
  }
  return value;
}
