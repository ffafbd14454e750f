// The page that the tests of the verdicts open: one view of a few mails, and a handler above it that answers as a block
// does: it offers the threshold, and makes the value again with where it was dragged to. Below it a table with bars.

import type { NumberParam } from '../../../src/shared/params.ts';
import type { VerdictsValue } from '../../../src/shared/verdictsValue.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { PointsMove, PointsOffer } from '../../../webview/elements/points/moves.ts';
import type { TableView } from '../../../webview/elements/values/tableView.ts';
import type { VerdictsView } from '../../../webview/elements/values/verdictsView.ts';
import '../../../webview/elements/values/tableView.ts';
import '../../../webview/elements/values/verdictsView.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

const spec: NumberParam = { type: 'number', label: 'Threshold', default: 0, min: -10, max: 10, step: 0.5 };
const SPAM = [-30, -2, 1, 3, 3, 8];
const WANTED = [-9, -4, -4, 2];

function verdicts(threshold: number): VerdictsValue {
  const items = (scores: readonly number[], positive: boolean) =>
    scores.map((score, i) => ({ score, positive, label: `${positive ? 'spam' : 'mail'} ${i}` }));
  return {
    kind: 'verdicts',
    items: [...items(SPAM, true), ...items(WANTED, false)],
    threshold,
    param: 'threshold',
    names: { positive: 'spam', negative: 'wanted' },
    scoreLabel: 'Score',
    room: [-10, 10],
  };
}

/** What tests call. */
export interface VerdictsPage {
  show(movable: boolean): void;
  readonly moves: number[];
}

const page: VerdictsPage = { show, moves: [] };

function show(movable: boolean): void {
  document.querySelector('main')?.remove();
  const main = document.createElement('main');
  main.style.padding = '16px';
  const view = document.createElement('verdicts-view') as VerdictsView;
  main.addEventListener('points-offer', (event) => {
    if (movable) {
      (event as CustomEvent<PointsOffer>).detail.params = { threshold: spec };
    }
  });
  main.addEventListener('points-move', (event) => {
    const { threshold = 0 } = (event as CustomEvent<PointsMove>).detail.params;
    page.moves.push(threshold);
    setTimeout(() => {
      view.value = verdicts(threshold);
    });
  });
  const weights = document.createElement('table-view') as TableView;
  weights.value = {
    kind: 'table',
    columns: [
      { id: 'weight', label: 'weight', type: 'number', bar: true },
      { id: 'share', label: 'share', type: 'number', bar: true },
    ],
    rows: [
      [2, 0.5],
      [-1, 0.25],
    ],
  };
  main.append(view, weights);
  document.body.append(main);
  Object.assign(view, { value: verdicts(0), label: 'the mails' });
}
Object.assign(window, { verdictsPage: page });
