// What every view must stand up to, whatever it shows: axe, and a page no wider than its window.

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What depends on the theme: the rest is the same in each, and is looked at in one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const ALL_RULES_IN = 'vscode-dark';

/** @throws where axe finds something serious, or looked at nothing; or where the page is wider than its window. */
export async function expectAccessible(page: Page, width: number, what: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
  await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
  const kind = await page.evaluate(() => document.body.dataset.vscodeThemeKind);
  const rules = kind === ALL_RULES_IN ? undefined : COLOUR_RULES;
  const found = await page.evaluate(async (only) => {
    const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations, passes } = await run(document, {
      resultTypes: ['violations'],
      ...(only !== undefined && { runOnly: { type: 'rule', values: only } }),
    });
    return {
      passes: passes.map(({ id }) => id),
      serious: violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => ({
          id,
          nodes: nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`),
        })),
    };
  }, rules);
  expect(found.serious, what).toEqual([]);
  expect(found.passes).toContain('color-contrast');
  expect(found.passes.length).toBeGreaterThan(rules === undefined ? 10 : 0);
}
