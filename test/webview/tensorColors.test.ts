// What a learner reads off the colours: a number looks alike wherever it is shown, the key says only what there is, and
// the numbers of a short list can be read in a narrow page.

import { describe, expect, it } from 'vitest';
import { colorAt, control, drawn, eventually, legendOf, port, scenes } from './harness/tensorScene.ts';

const { open } = scenes();
/** Pixels of a cell that has room. */
const CELL = 44;

describe('tensors that hold the same numbers', () => {
  it('have one colour for a number, in a step and in the next one, and say so', async () => {
    const page = await open('readings', { width: 1200 });
    const width = await port(page, 'list')
      .locator('.cells')
      .evaluate((cells) => cells.clientWidth / 12);
    const inList = await colorAt(page, port(page, 'list'), Math.floor(9 * width) + 3, 3);
    expect(await colorAt(page, port(page, 'table'), CELL + 3, 2 * CELL + 3)).toBe(inList);
    expect(await colorAt(page, port(page, 'part'), 3, CELL + 3)).toBe(inList);
    expect(await legendOf(port(page, 'part'))).toBe('0 11 A number has the same colour in list, table');
    await control(page, 'Next step').click();
    await eventually(() => port(page, 'turned').count()).toBe(1);
    expect(await colorAt(page, port(page, 'turned'), CELL + 3, 3)).toBe(inList);
    await control(page, 'Next step').click();
    await eventually(() => port(page, 'doubled').count()).toBe(1);
    expect(await colorAt(page, port(page, 'turned'), CELL + 3, 3)).toBe(inList);
    expect(await legendOf(port(page, 'turned'))).toBe('0 11 A number has the same colour in other steps');
    expect(await legendOf(port(page, 'doubled'))).toBe('10 20');
  });

  it('have colours of their own where that is chosen', async () => {
    const page = await open('readings', { width: 1200 });
    const part = port(page, 'part');
    await part.locator('summary', { hasText: 'Display' }).click();
    await control(part, 'Range').evaluate((dropdown) => {
      (dropdown as HTMLSelectElement).value = 'own';
      dropdown.dispatchEvent(new Event('change'));
    });
    await eventually(() => legendOf(part)).toBe('5 10');
  });
});

describe('what is no number', () => {
  it.each([
    ['mask', '6 at −∞', '0 −∞', true],
    ['onlyInfinite', '6 infinite', '∞', false],
    ['allNaN', '25 NaN', 'NaN', false],
  ])('is counted and keyed by what there is in "%s"', async (scene, flag, key, calm) => {
    const page = await open(scene);
    const flagged = page.locator('.flagged');
    expect((await flagged.locator('span').first().textContent())?.trim()).toBe(flag);
    expect(await legendOf(page)).toBe(key);
    expect(await flagged.evaluate((element) => element.classList.contains('calm'))).toBe(calm);
    // The pattern of an alarm has a colour; a mask's is grey.
    const view = page.locator('tensor-view');
    const tones = await Promise.all([3, 7].map((x) => colorAt(page, view, CELL * 2 + x, 6)));
    const grey = tones.every((tone) => new Set(tone.split(',').slice(0, 3)).size === 1);
    expect(grey, tones.join(' and ')).toBe(calm);
  });

  it.each([
    ['constant', '3'],
    ['zeros', '0'],
  ])('needs no range where all is "%s"', async (scene, key) => {
    const page = await open(scene);
    expect(await legendOf(page)).toBe(key);
    expect(await page.locator('.flagged').count()).toBe(0);
  });
});

describe('a short list in a narrow page', () => {
  const widths = (page: Awaited<ReturnType<typeof open>>) =>
    page.locator('tensor-heatmap').evaluate((map) => {
      const { view, extent } = map as HTMLElement & {
        view: { columnSize: number; x: number };
        extent: { columns: number };
      };
      const cells = map.shadowRoot?.querySelector('.cells') as HTMLElement;
      return { column: view.columnSize, left: view.x, all: extent.columns * view.columnSize, box: cells.clientWidth };
    });

  it('is whole where its numbers have room', async () => {
    const page = await open('list', { width: 340 });
    const { column, all, box } = await widths(page);
    expect(column).toBeGreaterThan(2 * 6.3); // two digits
    expect(all).toBeLessThanOrEqual(box + 1);
    expect(await page.locator('tensor-heatmap svg .thumb').count()).toBe(0);
  });

  it('keeps a width at which they can be read, and is scrolled by keys, wheel and hand', async () => {
    const page = await open('decimals', { width: 340 });
    const { column, all, box } = await widths(page);
    expect(column).toBeGreaterThan(5 * 6.3); // -0.74
    expect(all).toBeGreaterThan(box + 40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(340);
    const thumb = page.locator('tensor-heatmap svg .thumb');
    const place = async () => Number(await thumb.getAttribute('x'));
    const start = await place();
    await page.locator('.cells').hover();
    await page.mouse.wheel(60, 0);
    await eventually(place).toBeGreaterThan(start);
    await page.locator('.cells').focus();
    await page.keyboard.press('End');
    await drawn(page);
    const { left } = await widths(page);
    expect(left).toBeGreaterThan(0);
    await eventually(async () => (await widths(page)).left * column + box).toBeCloseTo(all, 0);
    await control(page, 'Show the whole').click();
    await eventually(async () => (await widths(page)).all).toBeLessThanOrEqual(box + 1);
    await eventually(() => thumb.count()).toBe(0);
  });
});
