// What one asks of a tensor view: how a cell was made, other colours, the figures, and the numbers and the picture to take
// along.

import { describe, expect, it } from 'vitest';
import type { TensorPage } from './harness/tensorPage.ts';
import { control, eventually, port, readout, scenes } from './harness/tensorScene.ts';

const { open } = scenes();

describe('how a cell was made', () => {
  it('lights up the row and the column, and the terms add up to the cell', async () => {
    const page = await open('attention');
    const scores = port(page, 'scores');
    await scores.locator('.cells').click({ position: { x: 44 * 3 + 10, y: 44 * 4 + 10 } });
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    expect(await made.textContent()).toContain('query 4 “lamp”, key 3 “the”');
    const terms = await made.locator('tbody td:last-child').allTextContents();
    expect(terms).toHaveLength(8);
    const result = Number(await made.locator('tfoot td:last-child').textContent());
    const sum = terms.map(Number).reduce((a, b) => a + b, 0);
    expect(sum.toFixed(4)).toBe(result.toFixed(4));
    const cell = Number((await readout(scores))?.split(': ')[1]);
    expect(result).toBeCloseTo(cell, 4);
    const lit = (name: string) =>
      port(page, name)
        .locator('tensor-view')
        .evaluate((element) => (element as HTMLElement & { lit: unknown }).lit);
    expect(await lit('q')).toEqual([{ start: [4, 0], step: [1, 1], shape: [1, 8] }]);
    expect(await lit('kT')).toEqual([{ start: [0, 3], step: [1, 1], shape: [8, 1] }]);
  });

  it('follows from step to step: broadcasting, then softmax', async () => {
    const page = await open('attention');
    await control(page, 'Next step').click();
    await port(page, 'biased').locator('.cells').focus();
    await page.keyboard.press('ArrowDown');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    expect(await made.textContent()).toMatch(/= -?[\d.]+ \+ -?[\d.]+ = -?[\d.]+/);
    await control(page, 'Next step').click();
    await eventually(() => made.count()).toBe(0);
    await port(page, 'weights').locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    await made.waitFor();
    const text = (await made.textContent())?.replace(/\s+/g, ' ') ?? '';
    for (const part of ['the largest of the row', 'above the line', 'below the line', 'the cell']) {
      expect(text).toContain(part);
    }
    const cell = Number((await readout(port(page, 'weights')))?.split(': ')[1]);
    const written = Number(/([\d.]+)\s*$/.exec(text)?.[1]);
    expect(written).toBeCloseTo(cell, 4);
  });
});

describe('how a cell of previews was made', () => {
  it('is told once the numbers that made it were fetched', async () => {
    const page = await open('previewProduct');
    await port(page, 'y').locator('.cells').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const made = page.locator('cell-arithmetic .made');
    await made.waitFor();
    expect(await made.locator('tbody tr').count()).toBe(32);
    const terms = await made.locator('tbody td:last-child').allTextContents();
    const result = Number(await made.locator('tfoot td:last-child').textContent());
    expect(terms.map(Number).reduce((a, b) => a + b, 0)).toBeCloseTo(result, 3);
    // The view gets what is on the screen by itself, a moment later.
    const shown = async () => Number((await readout(port(page, 'y')))?.split(': ')[1]);
    await eventually(shown).toBeCloseTo(result, 3);
  });
});

describe('what is chosen and taken away', () => {
  it('changes the colours by range and map', async () => {
    const page = await open('positive');
    const bar = page.locator('.legend .bar').first();
    expect(await bar.getAttribute('data-map')).toBe('sequential');
    await page.locator('summary', { hasText: 'Display' }).click();
    const pick = (name: string, value: string) =>
      control(page, name).evaluate((dropdown, to) => {
        (dropdown as HTMLSelectElement).value = to;
        dropdown.dispatchEvent(new Event('change'));
      }, value);
    await pick('Range', 'symmetric');
    await eventually(() => bar.getAttribute('data-map')).toBe('diverging');
    await pick('Colours', 'sequential');
    await pick('Range', 'manual');
    await control(page, 'From').locator('input').fill('0.25');
    await control(page, 'To').locator('input').fill('0.75');
    await eventually(async () => (await bar.textContent())?.replace(/\s+/g, ' ').trim()).toBe('0.25 0.75');
    await control(page, 'To').locator('input').fill('nonsense');
    await eventually(async () => (await bar.textContent())?.replace(/\s+/g, ' ').trim()).toBe('0.25 0.75');
    await pick('Range', 'percentile');
    await control(page, 'Cut off, % at either end').locator('input').fill('25');
    await eventually(async () => Number((await bar.textContent())?.trim().split(/\s+/)[1])).toBeLessThan(1);
  });

  it('copies as JSON, NumPy and CSV, and exports the picture', async () => {
    const page = await open('ids');
    await page.locator('summary', { hasText: 'Copy and export' }).click();
    for (const name of ['Copy as JSON', 'Copy as NumPy', 'Copy as CSV', 'Save the picture']) {
      await control(page, name).click();
    }
    await eventually(() =>
      page.evaluate(() => (window as unknown as { tensorPage: TensorPage }).tensorPage.exported.length),
    ).toBe(1);
    const { copied, exported } = await page.evaluate(() => {
      const { copied: texts, exported: files } = (window as unknown as { tensorPage: TensorPage }).tensorPage;
      return { copied: texts, exported: files };
    });
    expect(copied).toEqual([
      '[[3,1,4,1,5],[9,2,6,5,3]]',
      'np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]], dtype=np.int32)',
      '3,1,4,1,5\n9,2,6,5,3\n',
    ]);
    expect(exported[0]?.name).toBe('x.png');
    expect(exported[0]?.size).toBeGreaterThan(500);
  });

  it('has its figures and its histogram', async () => {
    const page = await open('special');
    await page.locator('summary', { hasText: 'Statistics' }).click();
    const terms = await page.locator('.statistics dt').allTextContents();
    const figures = await page.locator('.statistics dd').allTextContents();
    const figure = (name: string) => figures[terms.indexOf(name)];
    expect(figure('Elements')).toBe('108');
    expect(figure('Not a number')).toBe('1');
    expect(figure('Infinite')).toBe('2');
    expect(await page.locator('.histogram .bar').count()).toBe(32);
    expect(await page.locator('.histogram').getAttribute('aria-label')).toMatch(
      /^Histogram from -1\.\d+ to 0\.\d+; most/,
    );
  });
});
