// What every view must stand up to, whatever it shows: axe, and a page no wider than its window.

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** @throws where axe finds something serious, or looked at nothing; or where the page is wider than its window. */
export async function expectAccessible(page: Page, width: number, what: string): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
  await page.evaluate(axe.source); // by the debugging protocol, which the page's policy doesn't bind
  const found = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations, passes } = await run(document, { resultTypes: ['violations'] });
    return {
      passes: passes.length,
      serious: violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => ({
          id,
          nodes: nodes.map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`),
        })),
    };
  });
  expect(found.serious, what).toEqual([]);
  expect(found.passes).toBeGreaterThan(10);
}
