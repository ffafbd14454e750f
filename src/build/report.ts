// What every part of the test run reports, and how the parts are summed up.

export interface TestReport {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** The group of tests that it stands in, where there is one: skipped together, they are named together. */
  readonly group?: string;
  readonly error?: string;
}

export interface SuiteReport {
  readonly name: string;
  readonly tests: readonly TestReport[];
}

/** One part of the run: what it was, what came of it, and what of it could not be run and why. */
export interface PartReport {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** More to say in the last line: the editor it ran in. */
  readonly note?: string;
  /** What went wrong, in full. */
  readonly problems: readonly string[];
  /** Titles or groups of the skipped tests; they say why. */
  readonly notRun: readonly string[];
  /** Why the part could not run at all. */
  readonly couldNot?: string;
}

export function partOf(name: string, tests: readonly TestReport[], seconds: number, note?: string): PartReport {
  const count = (outcome: TestReport['outcome']) => tests.filter((test) => test.outcome === outcome).length;
  const failures = tests.filter((test) => test.outcome === 'failed');
  return {
    name,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    seconds,
    ...(note && { note }),
    problems: failures.map((test) => `${test.title}\n${test.error ?? 'no reason given'}`),
    notRun: grouped(tests.filter((test) => test.outcome === 'skipped')),
  };
}

/** By their outermost group; a test that is alone in it by its own title as well, which says why it was skipped. */
function grouped(tests: readonly TestReport[]): string[] {
  const groups = new Map<string, TestReport[]>();
  for (const test of tests) {
    const name = test.group ?? test.title;
    groups.set(name, [...(groups.get(name) ?? []), test]);
  }
  return [...groups].map(([name, [only, ...more]]) => {
    if (more.length > 0) {
      return `${name} (${more.length + 1} tests)`;
    }
    return only?.group === undefined ? name : (only.title ?? name);
  });
}

/** A part that could not even run counts as one failure. */
export function brokenPart(name: string, error: unknown, seconds: number): PartReport {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { name, passed: 0, failed: 1, skipped: 0, seconds, problems: [text], notRun: [], couldNot: firstLine(error) };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] as string).replace(/[.:]$/, '');
}

/** `3 passed, 1 failed, 0 skipped`, over all parts. */
export function sumLine(parts: readonly PartReport[]): string {
  const sum = (pick: (part: PartReport) => number) => parts.reduce((total, part) => total + pick(part), 0);
  return `${sum((p) => p.passed)} passed, ${sum((p) => p.failed)} failed, ${sum((p) => p.skipped)} skipped`;
}

/** The last line: what ran, with its counts; what could not, and why; what was not asked for. */
export function closingLine(
  parts: readonly PartReport[],
  notRun: readonly string[],
  leftOut: readonly string[],
): string {
  const ran = parts
    .filter(({ couldNot }) => couldNot === undefined)
    .map((part) => {
      const failed = part.failed > 0 ? `, ${part.failed} FAILED` : '';
      return `${part.name}${part.note ? ` in ${part.note}` : ''} ${part.passed}${failed}`;
    });
  const couldNot = parts.flatMap((part) => (part.couldNot ? [`${part.name} (${part.couldNot})`] : []));
  return [
    `Ran: ${ran.join(', ') || 'nothing'}`,
    couldNot.length === 0 ? 'all of it could run' : `could NOT run: ${couldNot.join('; ')}`,
    notRun.length === 0 ? 'nothing was skipped' : `skipped: ${notRun.join('; ')}`,
    ...(leftOut.length === 0 ? [] : [`not asked for: ${leftOut.join(', ')}`]),
  ].join('; ');
}
