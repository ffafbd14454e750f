// The sum and the last line of a test run: they must tell failures, what could not run and why, and what was skipped.

import { expect, test } from 'vitest';
import { brokenPart, closingLine, partOf, sumLine } from '../../../src/build/report.ts';

const unit = partOf(
  'unit',
  [
    { title: 'a', outcome: 'passed' },
    { title: 'b', outcome: 'failed', error: 'because' },
    { title: 'big text: c', outcome: 'skipped', group: 'big text (shared/data is not here)' },
    { title: 'big text: d', outcome: 'skipped', group: 'big text (shared/data is not here)' },
  ],
  1,
);
const webview = brokenPart('webview', new Error('No browser was found. Get one with: npx x\n  at somewhere'), 0);

test('the sum counts a part that could not run as a failure', () => {
  expect(sumLine([unit, webview])).toBe('1 passed, 2 failed, 2 skipped');
});

test('the last line names what ran, what could not and why, and what was skipped or not asked for', () => {
  expect(closingLine([unit, webview], unit.notRun, ['e2e'])).toBe(
    'Ran: unit 1, 1 FAILED; could NOT run: webview (No browser was found. Get one with: npx x); ' +
      'skipped: big text (shared/data is not here) (2 tests); not asked for: e2e',
  );
});

test('a run in which all went well says so', () => {
  const good = partOf('check', [{ title: 'types', outcome: 'passed' }], 1, 'an editor');
  expect(closingLine([good], good.notRun, [])).toBe(
    'Ran: check in an editor 1; all of it could run; nothing was skipped',
  );
});

test('a failure is told with its reason', () => {
  expect(unit.problems).toEqual(['b\nbecause']);
});
