// The tensor view at its ends: ranks from 0 to 6, axes of length 0, a million cells in a row, the largest and smallest
// numbers, labels of every kind, numbers that cannot be got, and many large tensors one after another.

import { describe, expect, it } from 'vitest';
import type { TensorPage } from './harness/tensorPage.ts';
import { colorAt, control, drawn, eventually, legendOf, readout, said, scenes, show } from './harness/tensorScene.ts';

const tests = scenes();
const { open } = tests;
type WithPage = { tensorPage: TensorPage };

describe('a tensor', () => {
  it.each([
    ['scalar', /^0\.5$/],
    ['rank1', /^column 2: /],
    ['rank5', /^axis 0: 0, axis 1: 0, axis 2: 0, row 3, column 4: /],
    ['rank6', /^axis 0: 0, axis 1: 0, axis 2: 0, axis 3: 0, row 3, column 4: /],
    ['oneByOne', /^row 0, column 0: -7$/],
    ['millionAcross', /^row 0, column 999999: /],
    ['millionDown', /^row 999999, column 0: /],
    ['manyIds', /^row 3, column 299: \d+$/],
    ['largestIds', /^row 1, column 1: 1$/],
    ['huge', /^row 2, column 2: 3e\+38$/],
    ['denormal', /^row 2, column 2: 1\.1e-44$/],
    ['allNaN', /^row 4, column 4: NaN$/],
    ['manyLabels', /^row 9999 “token 9999”, column 2: /],
    ['longLabels', /^row 2 “short”, column 3 “👩‍👩‍👧‍👦/u],
    ['rightToLeft', /^row 2 “latin”, column 2 “\u2068שלוש\u2069”: 8$/],
  ])('of the kind "%s" is drawn, walked to its end and said, in a wide page and a narrow one', async (scene, words) => {
    const page = await open(scene, { width: 1200 });
    for (const width of [1200, 340]) {
      await page.setViewportSize({ width, height: 800 });
      const cells = page.locator('.cells');
      await cells.focus();
      await page.keyboard.press('Control+End');
      await eventually(() => said(page)).toMatch(words);
      expect(await readout(page)).toBe(await said(page));
      for (const key of ['+', '+', '-', '0', 'Control+Home']) {
        await page.keyboard.press(key);
      }
      await drawn(page);
      const box = await cells.boundingBox();
      expect(box?.width).toBeGreaterThan(0);
      expect(box?.height).toBeGreaterThan(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      // Its first cell has a colour.
      expect(await colorAt(page, page.locator('tensor-view'), 1, 1)).toMatch(/,255$/);
    }
  });

  it.each([
    ['noRows', '(axis 0: 3, row 0, column 4) f32'],
    ['emptyList', '(column 0) i32'],
  ])('without elements ("%s") says so', async (scene, shape) => {
    const page = await open(scene);
    expect((await page.locator('.shape').first().textContent())?.replace(/\s+/g, ' ').trim()).toBe(shape);
    expect(await page.locator('tensor-view .tensor').textContent()).toContain('No elements');
  });

  it('far beyond a chosen range has the colour of its end', async () => {
    const page = await open('farOut');
    await page.locator('summary', { hasText: 'Display' }).click();
    await control(page, 'Range').evaluate((dropdown) => {
      (dropdown as HTMLSelectElement).value = 'manual';
      dropdown.dispatchEvent(new Event('change'));
    });
    await control(page, 'From').locator('input').fill('0');
    await eventually(() => legendOf(page)).toBe('0 1');
    const at = (column: number) => colorAt(page, page.locator('tensor-view'), column * 44 + 4, 4);
    expect(await at(2)).toBe(await at(1));
    expect(await at(2)).not.toBe(await at(0));
  });
});

describe('a part that cannot be got', () => {
  it.each(['not-found', 'worker-died'] as const)(
    'because of "%s" needs a new run, and is not asked for again',
    async (code) => {
      const page = await open('vector');
      await page.evaluate((why) => (window as unknown as WithPage).tensorPage.fail(why), code);
      await show(page, 'preview');
      await eventually(() => page.locator('.fault').textContent()).toContain(`It failed: ${code}.`);
      await page.locator('.cells').focus();
      await page.keyboard.press('+');
      await page.waitForTimeout(400); // twice as long as a view stands still before it asks
      const state = () =>
        page.evaluate(() => {
          const { fetched, runs } = (window as unknown as WithPage).tensorPage;
          return [fetched.length, runs];
        });
      expect(await state()).toEqual([1, 0]);
      await control(page, 'Run again').click();
      await eventually(state).toEqual([1, 1]);
    },
  );

  it('for a reason that passes, is asked for again when one wants', async () => {
    const page = await open('vector');
    await page.evaluate(() => (window as unknown as WithPage).tensorPage.fail('internal'));
    await show(page, 'preview');
    await eventually(() => control(page, 'Try again').count()).toBe(1);
    await page.evaluate(() => (window as unknown as WithPage).tensorPage.fail(undefined));
    await control(page, 'Try again').click();
    await eventually(() => page.locator('.fault').count()).toBe(0);
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => readout(page)).toMatch(/^row 0, column 1: -?\d/);
  });
});

it('fifty large tensors, one after another, leave the page no heavier than a few', async () => {
  const page = await open('medium');
  const session = await page.context().newCDPSession(page);
  const weigh = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 2 ** 20;
  };
  await session.send('Performance.enable');
  const walk = async (steps: number) => {
    for (let step = 0; step < steps; step++) {
      await control(page, 'Next step').click();
    }
    await drawn(page);
  };
  await show(page, 'long');
  await walk(10);
  const few = await weigh();
  await walk(50);
  expect((await weigh()) - few).toBeLessThan(2);
});
