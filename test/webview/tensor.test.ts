// The tensor view in a real browser, inside the step view that shows it, on tensors computed from seeds: what it shows,
// and how one moves about in it.

import { describe, expect, it } from 'vitest';
import type { TensorPage } from './harness/tensorPage.ts';
import { colorAt, control, drawn, eventually, port, readout, said, scenes } from './harness/tensorScene.ts';
import { attentionTrace } from './harness/tensorTraces.ts';

const tests = scenes();
const open = tests.open;

describe('a tensor', () => {
  it('shows its shape first, its axes by name, and a coloured cell for every number', async () => {
    const page = await open('attention');
    const scores = port(page, 'scores');
    expect((await scores.locator('.shape').textContent())?.replace(/\s+/g, ' ').trim()).toBe('(query 6, key 6) f32');
    expect(await scores.locator('svg text').allTextContents()).toEqual(
      expect.arrayContaining(['keeper', 'lamp', 'again']),
    );
    const trace = attentionTrace();
    const value = trace.values[2];
    const numbers = value?.kind === 'tensor' && new Float32Array(trace.buffer as ArrayBuffer, value.bytes?.offset, 36);
    // The largest and the smallest of the 36 look different, and so does zero's neighbourhood.
    const box = (await scores.locator('.cells').boundingBox()) as { width: number; height: number };
    const size = 44;
    expect(box.width).toBeGreaterThanOrEqual(6 * size);
    const list = [...(numbers as Float32Array)];
    const corner = (i: number) => colorAt(page, scores, (i % 6) * size + 4, Math.floor(i / 6) * size + 4);
    const [most, least] = [list.indexOf(Math.max(...list)), list.indexOf(Math.min(...list))];
    const [r, , b] = (await corner(most)).split(',').map(Number) as [number, number, number];
    const [r2, , b2] = (await corner(least)).split(',').map(Number) as [number, number, number];
    expect(r).toBeGreaterThan(b); // orange above zero
    expect(b2).toBeGreaterThan(r2); // blue below it
  });

  it('is walked cell by cell with the keyboard, and says where it is', async () => {
    const page = await open('special');
    const cells = page.locator('.cells');
    await cells.focus();
    const press = async (keys: string[]) => {
      for (const key of keys) {
        await page.keyboard.press(key);
      }
    };
    await press(['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']);
    await eventually(() => said(page)).toMatch(/^row 3, column 1: -?0\.\d+$/);
    await press(['End']);
    await eventually(() => said(page)).toMatch(/^row 3, column 8: /);
    await press(['Control+End']);
    await eventually(() => said(page)).toMatch(/^row 11, column 8: /);
    await press(['ArrowRight', 'ArrowDown']); // the edge holds
    await eventually(() => said(page)).toMatch(/^row 11, column 8: /);
    await press(['PageUp']);
    await eventually(() => said(page)).toMatch(/^row 0, column 8: /);
    await press(['Control+Home', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']);
    await eventually(() => said(page)).toBe('row 1, column 4: NaN');
    expect(await readout(page)).toBe('row 1, column 4: NaN');
  });

  it('keeps its keys to itself: the steps outside stay where they are', async () => {
    const page = await open('attention');
    await port(page, 'scores').locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    expect(await page.locator('trace-player .frame-label').textContent()).toBe('Every query with every key');
    await control(page, 'Next step').click();
    await eventually(() => page.locator('.frame-label').textContent()).toBe('Add a bias to each key');
    expect(tests.view.sent).toEqual([]); // a step sends no message
  });

  it('flags NaN and infinities with a count, a pattern and a way to each', async () => {
    const page = await open('special');
    expect(await page.locator('.flagged').textContent()).toContain('1 NaN, 2 infinite');
    for (const [place, value] of [
      ['row 1, column 4', 'NaN'],
      ['row 4, column 4', 'inf'],
      ['row 8, column 8', '-inf'],
      ['row 1, column 4', 'NaN'],
    ]) {
      await control(page, 'Go to the next one').click();
      await eventually(() => readout(page)).toBe(`${place}: ${value}`);
    }
    const legend = await page.locator('.legend').textContent();
    expect(legend).toContain('NaN');
    expect(legend).toContain('−∞');
  });

  it.each([
    ['scalar', '()', /^0\.5$/],
    ['vector', '(column 12)', /^column 0: /],
    ['ids', '(row 2, column 5)', /^row 0, column 0: 3$/],
  ])('of the kind "%s" is shown too', async (scene, shape, words) => {
    const page = await open(scene);
    expect((await page.locator('.shape').textContent())?.replace(/\s+/g, ' ')).toContain(shape);
    expect(await readout(page)).toMatch(words);
  });

  it('without elements says so', async () => {
    const page = await open('empty');
    expect(await page.locator('tensor-view .tensor').textContent()).toContain('No elements');
    expect(await page.locator('canvas').count()).toBe(0);
  });
});

describe('more than two axes', () => {
  it('are sliced by a slider each, and any two may be shown', async () => {
    const page = await open('rank4');
    expect(await readout(page)).toMatch(/^B 0, H 0, T 0, C 0: /);
    const slider = page.locator('input[data-axis="1"]');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const third = await readout(page);
    expect(third).toMatch(/^B 0, H 2, T 0, C 0: /);
    await control(page, 'Across').evaluate((dropdown) => {
      (dropdown as HTMLSelectElement).value = '0';
      dropdown.dispatchEvent(new Event('change'));
    });
    await eventually(() => page.locator('.slicer').allTextContents()).toHaveLength(2);
    expect((await page.locator('.slicer').allTextContents()).map((text) => text.trim().split(/\s+/)[0])).toEqual([
      'H',
      'C',
    ]);
    await page.locator('.cells').focus();
    await page.keyboard.press('End');
    await eventually(() => readout(page)).toMatch(/^B 1, H 2, T 0, C 0: /);
  });
});

describe('zoom and pan', () => {
  it('by key, by button, by wheel with Ctrl, and by dragging; the plain wheel is the page’s', async () => {
    const page = await open('medium');
    const cells = page.locator('.cells');
    const columns = async () => (await page.locator('tensor-heatmap svg text').allTextContents()).join();
    const whole = await columns();
    await cells.hover();
    await page.mouse.wheel(0, -300);
    await drawn(page);
    expect(await columns()).toBe(whole);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await eventually(columns).not.toBe(whole);
    const wheeled = await columns();
    const box = (await cells.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 100, box.y + 90, { steps: 4 });
    await page.mouse.up();
    await eventually(columns).not.toBe(wheeled);
    await cells.focus();
    await page.keyboard.press('0');
    await eventually(columns).toBe(whole);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await eventually(columns).not.toBe(whole);
    await control(page, 'Show the whole').click();
    await eventually(columns).toBe(whole);
  });
});

describe('16 million cells', () => {
  it('are pooled, and one NaN among them is seen, counted and found', async () => {
    const page = await open('large');
    expect(await page.locator('.flagged').textContent()).toContain('1 NaN');
    // Where the NaN lies, the finished picture has a pixel of the pattern's two tones.
    await eventually(() =>
      page.locator('canvas.data').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
        const { data } = context.getImageData(0, 0, width, height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          const color = `${data[i]},${data[i + 1]},${data[i + 2]},${data[i + 3]}`;
          count += color === '255,255,255,255' || color === '150,30,90,255' ? 1 : 0;
        }
        return count;
      }),
    ).toBeGreaterThan(0);
    await control(page, 'Go to the next one').click();
    await eventually(() => readout(page)).toBe('row 1234, column 567: NaN');
  });
});

describe('a preview', () => {
  it('says that it is one, and fetches what is on the screen when one zooms in', async () => {
    const page = await open('preview');
    await eventually(() =>
      page.evaluate(() => (window as unknown as { tensorPage: TensorPage }).tensorPage.fetched.length),
    ).toBe(1);
    const [first] = await page.evaluate(() => (window as unknown as { tensorPage: TensorPage }).tensorPage.fetched);
    expect(first).toEqual({ start: [0, 0], step: [1, 1], shape: [1024, 1024] });
    await page.locator('.cells').focus();
    await page.keyboard.press('ArrowRight');
    await eventually(() => readout(page)).toMatch(/^row 0, column 1: -?\d/);
  });
});
