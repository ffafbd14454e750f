// npm test: everything, or the parts named: check, unit, webview, integration, e2e. Ends with one line that says what
// ran and what could not, and why. `npm test -- unit FILTER` runs only test files whose path has FILTER in it.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { findBrowser, HOW_TO_GET_A_BROWSER } from './browser.ts';
import { bundleAll } from './bundle.ts';
import { runChecks } from './checks.ts';
import { type Editor, findEditor, type NetworkRecord, runSuite } from './editors.ts';
import { inRoot } from './paths.ts';
import { binOf, collect, endOnSignal } from './processes.ts';
import { brokenPart, closingLine, type PartReport, partOf, sumLine, type TestReport } from './report.ts';
import { bundleSuites } from './testBundle.ts';
import { prepareServer } from './vscodeServer.ts';

const PARTS = ['check', 'unit', 'webview', 'integration', 'e2e'] as const;
type Part = (typeof PARTS)[number];

const args = process.argv.slice(2);
const named = args.filter((arg): arg is Part => (PARTS as readonly string[]).includes(arg));
const filters = args.filter((arg) => !(PARTS as readonly string[]).includes(arg));
if (filters.length > 0 && named.length !== 1) {
  console.error(`Name one of the parts ${PARTS.join(', ')}, then what to look for: npm test -- unit tokenizers`);
  process.exit(2);
}
endOnSignal();
const wanted = new Set<Part>(named.length > 0 ? named : PARTS);
const started = performance.now();
const parts: PartReport[] = [];

await mkdir(inRoot('test/output'), { recursive: true });
await part('build', async () => {
  await bundleAll();
  return [];
});
// Two lanes for two cores, about equally long: what looks at pages waits for them often, and the other fills that time.
await Promise.all([lane(['check', 'unit']), lane(['integration', 'e2e', 'webview'])]);

console.log('');
for (const { name, problems } of parts) {
  for (const problem of problems) {
    console.log(`FAILED in ${name}: ${problem}\n`);
  }
}
const seconds = Math.round((performance.now() - started) / 1000);
const notRun = parts.flatMap((done) => done.notRun);
const leftOut = PARTS.filter((name) => !wanted.has(name));
console.log(sumLine(parts));
console.log(`${closingLine(parts, notRun, leftOut)}. ${seconds} s.`);
process.exitCode = parts.some(({ failed }) => failed > 0) ? 1 : 0;

async function lane(names: readonly Part[]): Promise<void> {
  for (const name of names.filter((candidate) => wanted.has(candidate))) {
    switch (name) {
      case 'check':
        await part('check', runChecks);
        break;
      case 'integration':
        await integration();
        break;
      default:
        await part(name, () => vitest(name));
    }
  }
}

/** Runs one part, prints a line for it, and never throws: what breaks is a failure of that part. */
async function part(name: string, run: () => Promise<readonly TestReport[]>, note?: string): Promise<void> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  let report: PartReport;
  try {
    report = partOf(name, await run(), elapsed(), note);
  } catch (error) {
    report = brokenPart(name, error, elapsed());
  }
  if (name !== 'build' || report.failed > 0) {
    parts.push(report);
  }
  const { passed, failed, skipped } = report;
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${report.seconds.toFixed(1)} s)`);
}

async function vitest(project: Part): Promise<readonly TestReport[]> {
  if (project !== 'unit') {
    needBrowser();
  }
  if (project === 'e2e') {
    await prepareServer(console.log);
  }
  const outputFile = inRoot(`test/output/${project}.json`);
  await rm(outputFile, { force: true });
  const config = ['--config', inRoot('src/build/vitest.config.ts'), '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
  const command = [binOf('vitest/vitest.mjs'), 'run', ...config, ...reporters, ...filters];
  const { code, output } = await collect(process.execPath, command);
  const results = await readResults(outputFile);
  if (results === undefined || results.length === 0 || (code !== 0 && results.every((t) => t.outcome !== 'failed'))) {
    throw new Error(`vitest ended with ${code} and ${results?.length ?? 0} results:\n${output}`);
  }
  return results;
}

/** What this part of vitest's JSON report looks like. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

async function readResults(file: string): Promise<TestReport[] | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  return (JSON.parse(text) as VitestReport).testResults.flatMap(({ name, status, message, assertionResults }) => {
    if (assertionResults.length === 0 && status === 'failed') {
      return [{ title: name, outcome: 'failed' as const, error: message }]; // the file itself didn't load
    }
    return assertionResults.map(({ fullName, ancestorTitles: [group], status: outcome, failureMessages }) => ({
      title: fullName,
      ...(group && { group }),
      outcome: outcome === 'passed' ? ('passed' as const) : outcome === 'failed' ? ('failed' as const) : 'skipped',
      ...(failureMessages?.length && { error: `${name}\n${failureMessages.join('\n')}` }),
    }));
  });
}

async function integration(): Promise<void> {
  let editor: Editor;
  try {
    editor = await findEditor(console.log);
    if (editor.kind === 'server') {
      needBrowser();
    }
    await bundleSuites();
  } catch (error) {
    await part('integration', () => Promise.reject(error));
    return;
  }
  console.log(`integration: in ${editor.name}`);
  const [grep] = filters;
  let found = 0;
  for (const suite of ['suite', 'restricted'] as const) {
    const name = suite === 'suite' ? 'integration' : 'integration, restricted mode';
    const run = async () => {
      const { report, network } = await runSuite({ suite, editor, log: console.log, ...(grep && { grep }) });
      found += report.tests.length;
      // Only the whole suite is sure to start the worker's thread.
      return [...report.tests, networkTest(network, suite === 'suite' && !grep ? ['main', 'thread'] : ['main'])];
    };
    await part(name, run, editor.name);
  }
  if (found === 0 && grep) {
    await part('integration', () => Promise.reject(new Error(`No test's title matches "${grep}".`)));
  }
}

/** The guard's word on a suite: it stood there, and nothing was asked of the network. */
function networkTest({ loadedIn, attempts }: NetworkRecord, needed: readonly string[]): TestReport {
  const title = 'no request left this machine';
  if (!needed.every((place) => loadedIn.includes(place))) {
    return { title, outcome: 'failed', error: `The network guard stood in ${loadedIn}, and has to in ${needed}.` };
  }
  const error = attempts.map(({ attempt, stack }) => `${attempt}\n${stack}`).join('\n');
  return attempts.length === 0 ? { title, outcome: 'passed' } : { title, outcome: 'failed', error };
}

function needBrowser(): void {
  if (findBrowser() === undefined) {
    throw new Error(`No browser was found, and these tests need a real one. ${HOW_TO_GET_A_BROWSER}`);
  }
}
