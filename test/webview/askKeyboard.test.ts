// The view that asks, by the keyboard alone: from an empty page to an answer and its file, and no step loses the focus.

import { expect, it } from 'vitest';
import { chooseGenerator, startAnswer } from '../../src/shared/askMessages.ts';
import { openHit } from '../../src/shared/searchViewMessages.ts';
import { QUESTION } from './askHost.ts';
import { AskScene } from './askScene.ts';
import { eventually } from './harness/tensorScene.ts';
import { beginStream, event, refusing, streaming } from './openAiServer.ts';

const scene = new AskScene();

/** What has the focus, in words. */
const focused = () =>
  scene.page.evaluate(() => {
    const found = document.querySelector('ask-page')?.shadowRoot?.activeElement;
    const { dataset } = (found ?? {}) as HTMLElement;
    const words = dataset?.control ?? found?.getAttribute('aria-label') ?? found?.textContent ?? '';
    return found ? `${found.localName}: ${words.replace(/\s+/g, ' ').trim()}` : '';
  });

/** Tabs on until what has the focus fits. @returns all that it came by */
async function tabTo(wanted: RegExp): Promise<string[]> {
  const seen: string[] = [];
  for (let steps = 0; steps < 60; steps++) {
    await scene.page.keyboard.press('Tab');
    const now = await focused();
    seen.push(now);
    if (wanted.test(now)) {
      return seen;
    }
  }
  throw new Error(`${wanted} is not reached by the keyboard: ${seen.join(', ')}`);
}

it('asks, opens a citation, and moves the threshold', async () => {
  await scene.open();
  scene.server.reply = streaming('Three times [2].');
  await eventually(focused).toMatch(/^vscode-text-field/);
  await scene.page.keyboard.type(QUESTION);
  await scene.page.locator('.hit').first().waitFor();
  await scene.page.locator('.stages:not(.stale)').waitFor();
  await scene.page.keyboard.press('Enter');
  await scene.page.locator('.check').waitFor();
  await eventually(focused).toMatch(/^vscode-text-field/);
  const seen = await tabTo(/Passage 2/);
  for (const reached of ['vscode-button: Ask', 'vscode-dropdown: Answers', 'vscode-button: Set key…', 'input: ']) {
    expect(
      seen.some((one) => one.startsWith(reached)),
      `${reached} in ${seen.join(', ')}`,
    ).toBe(true);
  }
  expect(seen.filter((one) => one.startsWith('summary'))).toHaveLength(5 + 5); // stages, and the passages' texts
  expect(seen.filter((one) => /: (?:Pin|Take out)$/.test(one))).toHaveLength(10);
  await scene.page.keyboard.press('Enter');
  await eventually(async () => scene.host.calls(openHit)).toMatchObject([{ path: 'src/http/retry.ts' }]);

  await scene.page.locator('#threshold').focus();
  await scene.page.keyboard.press('ArrowRight');
  await eventually(() => scene.page.locator('output').textContent()).toBe('0.41');
  await tabTo(/Keep this threshold/);
  scene.host.place = { ...scene.host.place, threshold: 0.41 };
  await scene.page.keyboard.press('Enter');
  await eventually(async () => scene.host.calls(chooseGenerator)).toHaveLength(1);
});

it('leaves the focus in the answer when it is stopped, or asked for again', async () => {
  await scene.open();
  scene.server.reply = (response) => void beginStream(response).write(event('It goes on'));
  await eventually(focused).toMatch(/^vscode-text-field/);
  await scene.page.keyboard.type(QUESTION);
  await scene.page.locator('.hit').first().waitFor();
  await scene.page.locator('.stages:not(.stale)').waitFor();
  await scene.page.keyboard.press('Enter');
  await scene.page.getByText('It goes on').waitFor();
  await tabTo(/: Stop$/);
  await scene.page.keyboard.press('Enter');
  await scene.page.getByText('You stopped the answer here.').waitFor();
  await eventually(focused).toMatch(/^summary: 5 Answer/);

  scene.server.reply = refusing(500, {});
  await scene.page.locator('.question input').focus();
  await scene.page.keyboard.press('Enter');
  await scene.page.locator('.fault').waitFor();
  await tabTo(/Ask again/);
  scene.server.reply = streaming('Again [1].');
  await scene.page.keyboard.press('Enter');
  await scene.page.locator('.answer p', { hasText: 'Again' }).waitFor();
  await eventually(focused).toMatch(/^summary: 5 Answer/);
  expect(scene.host.calls(startAnswer)).toHaveLength(3);
});
