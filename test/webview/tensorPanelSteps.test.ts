// The steps of a computation in the tensor panel: an attention forward and back, as the engine recorded it, and ways of
// reading a list; how cells were made, and what lights up.

import { describe, expect, it } from 'vitest';
import { box, heading, litOf, panels, trace } from './harness/tensorPanel.ts';
import { eventually, port } from './harness/tensorScene.ts';

const panel = panels();

describe('the steps of an attention', () => {
  it('open in place, and stepping through all of them sends no message', async () => {
    const page = await panel.openAt('attention');
    const items = () => page.locator('step-tree .item[data-level="2"]').allTextContents();
    await eventually(async () => (await items()).map((text) => text.trim())).toEqual([
      'transpose',
      'matmul',
      'mul',
      'where',
      'softmax',
      'matmul',
    ]);
    const before = panel.view.sent.length;
    await page.locator('.frame-label').focus();
    await page.keyboard.press('Home');
    for (let step = 1; step < trace.frames.length; step++) {
      await page.keyboard.press('ArrowRight');
    }
    await eventually(() => heading(page)).toBe(trace.frames.at(-1)?.label);
    await page.keyboard.press('Home');
    await eventually(() => heading(page)).toBe('Look the tokens up');
    expect(panel.view.methodsSince(before)).toEqual([]);
  });

  it('are walked by keyboard alone, from the page’s first button to how a cell was made', async () => {
    const page = await panel.openAt('softmax');
    const focused = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) {
          at = at.shadowRoot.activeElement;
        }
        return at?.getAttribute('role') ?? at?.localName;
      });
    await page.keyboard.press('Tab');
    for (let i = 0; i < 40 && (await focused()) !== 'treeitem'; i++) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toBe('treeitem');
    await page.keyboard.press('ArrowDown');
    await eventually(() => heading(page)).toBe('matmul');
    await page.keyboard.press('ArrowUp');
    await eventually(() => heading(page)).toBe('softmax');
    const seen: string[] = [];
    for (let i = 0; i < 40 && seen.filter((name) => name === 'application').length < 2; i++) {
      await page.keyboard.press('Tab');
      seen.push((await focused()) ?? '');
    }
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.locator('cell-arithmetic .made').textContent()).toContain('below the line');
    expect(await litOf(port(page, 'x'))).toEqual([{ start: [2, 0], step: [1, 1], shape: [1, 6] }]);
  });
});

describe('the way back', () => {
  it('shows each gradient beside the value that it belongs to, and how a cell of it was made', async () => {
    const page = await panel.openAt('A score for each token, backward');
    for (const [value, gradient] of [
      ['logits', 'dy'],
      ['a', 'da'],
      ['unembed', 'dunembed'],
    ] as const) {
      const [left, right] = [await box(port(page, value)), await box(port(page, gradient))];
      expect(Math.abs(left.y - right.y)).toBeLessThan(2);
      expect(left.x).toBeLessThan(right.x);
      expect(await port(page, gradient).locator('.port-name').textContent()).toContain(`gradient of ${value}`);
    }
    const cells = port(page, 'dunembed').locator('.cells');
    await cells.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    const terms = await made.locator('tbody td:last-child').allTextContents();
    expect(terms).toHaveLength(6); // one for each of the six tokens
    const result = Number(await made.locator('tfoot td:last-child').textContent());
    expect(terms.map(Number).reduce((a, b) => a + b, 0)).toBeCloseTo(result, 4);
    expect(await litOf(port(page, 'a'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [6, 1] }]);
    expect(await litOf(port(page, 'dy'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [6, 1] }]);
    expect(await litOf(port(page, 'unembed'))).toEqual([]);
  });

  it('adds up what a row of the table got from each place that looked it up', async () => {
    const page = await panel.openAt('Look the tokens up, backward');
    await port(page, 'dtable').locator('.cells').focus();
    await page.keyboard.press('Enter');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    expect(await made.locator('tbody tr').count()).toBe(2); // “the” stands at two places
    expect(await litOf(port(page, 'ids'))).toEqual([
      { start: [0], step: [1], shape: [1] },
      { start: [3], step: [1], shape: [1] },
    ]);
  });
});

describe('a way of reading a list', () => {
  it('writes out where a cell is read, lights up the number, and back; copies are hatched', async () => {
    const page = await panel.open({ program: 'broadcast', params: {} });
    await page.locator('step-tree .item', { hasText: 'Read the second' }).click();
    const read = port(page, 'read');
    await read.locator('.cells').waitFor();
    expect((await read.locator('.head').textContent())?.replace(/\s+/g, ' ')).toContain('strides (0, 1)');
    expect(await read.locator('.legend').textContent()).toContain('Hatched');
    await read.locator('.cells').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await eventually(() => read.locator('.readout').textContent()).toBe(
      'row 1, column 1: 2, place 1 in the list, a copy',
    );
    const made = page.locator('cell-arithmetic .made');
    expect(await made.textContent()).toContain('0 + 1 × 0 + 1 × 1 = 1');
    expect(await made.textContent()).toContain('A copy that exists only in the picture');
    expect(await litOf(port(page, 'second'))).toEqual([{ start: [0, 1], step: [1, 1], shape: [1, 1] }]);
    await port(page, 'second').locator('.cells').focus();
    await page.keyboard.press('End');
    await eventually(() => litOf(read)).toEqual([{ start: [0, 3], step: [1, 1], shape: [3, 1] }]);
    expect(await made.textContent()).toContain('3 cells read this number.');
    expect(await made.textContent()).toContain('Copies that exist only in the picture: 2.');
    // A ghost's colour is veiled: its corner, away from the hatching's lines, is nearer to the page than the original's.
    const colors = await read.locator('canvas.data').evaluate((canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
      const mean = (top: number) => {
        const { data } = context.getImageData(3 * 44 + 4, top + 4, 36, 8);
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) {
          sum += (data[i] as number) + (data[i + 1] as number) + (data[i + 2] as number);
        }
        return sum / (data.length / 4);
      };
      return [mean(0), mean(44)];
    });
    expect(colors[0]).toBeGreaterThan((colors[1] as number) + 150);
  });
});
