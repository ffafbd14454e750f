// What is taken out of the tensor panel, through the host: numbers as a text, and a picture; and what changes with the
// theme.

import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/shared/errors.ts';
import { panels } from './harness/tensorPanel.ts';
import { control, eventually, port } from './harness/tensorScene.ts';

const panel = panels();

describe('what is taken out', () => {
  async function openTools(page: Page): Promise<Locator> {
    const found = port(page, 'y').last();
    await found.locator('summary', { hasText: 'Copy and export' }).click();
    return found;
  }
  const said = (place: Locator) => place.locator('.caption[role=status]').textContent();

  it('goes to the host: a text whole or what is on the screen, and a picture as a PNG', async () => {
    const page = await panel.openAt('softmax');
    const place = await openTools(page);
    await control(place, 'Copy as JSON').click();
    await eventually(() => said(place)).toBe('Copied 36 elements.');
    const rows = JSON.parse(panel.host.copied[0] as string) as number[][];
    expect(rows.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(rows.map(() => expect.closeTo(1, 5)));
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Zoom in').click();
    await control(place, 'Copy only what is on the screen').click();
    await control(place, 'Copy as JSON').click();
    await eventually(() => panel.host.copied.length).toBe(2);
    const part = JSON.parse(panel.host.copied[1] as string) as number[][];
    expect(part.flat().length).toBeLessThan(36);
    expect(part[0]?.[0]).toBe(rows[0]?.[0]);
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Saved as y.png.');
    expect(panel.host.saved[0]?.bytes).toBeGreaterThan(500);
  });

  it('says what went wrong, and that nothing was saved', async () => {
    const page = await panel.openAt('softmax');
    const place = await openTools(page);
    panel.host.takeFault = new Fault('storage', 'The disk is full.');
    await control(place, 'Copy as CSV').click();
    await eventually(() => said(place)).toBe('Could not be copied: The disk is full.');
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Could not be saved: The disk is full.');
    panel.host.takeFault = undefined;
    panel.host.leaves = true;
    await control(place, 'Save the picture').click();
    await eventually(() => said(place)).toBe('Not saved.');
  });

  it('follows the theme when it changes', async () => {
    const page = await panel.openAt('softmax');
    const pixel = () =>
      port(page, 'y')
        .locator('canvas.data')
        .evaluate((canvas) => {
          const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
          return [...context.getImageData(44 * 5 + 4, 4, 1, 1).data].slice(0, 3).reduce((a, b) => a + b, 0);
        });
    const dark = await pixel();
    await page.evaluate(() => {
      document.body.classList.replace('vscode-dark', 'vscode-light');
      document.body.dataset.vscodeThemeKind = 'vscode-light';
    });
    await eventually(pixel).toBeGreaterThan(dark + 200);
  });
});
