// The view that asks the workspace, in a real browser over a real index, the static model that ships and a real endpoint:
// every stage says what happened, the threshold and the reader choose the passages, nothing is sent but by the button, and
// nothing that a file or a model says does harm.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chooseGenerator, retrieve, startAnswer, stopAnswer } from '../../src/shared/askMessages.ts';
import { copyText } from '../../src/shared/messages.ts';
import { indexChanged } from '../../src/shared/searchMessages.ts';
import { openHit } from '../../src/shared/searchViewMessages.ts';
import { FILES, QUESTION } from './askHost.ts';
import { AskScene } from './askScene.ts';
import { expectAccessible } from './harness/access.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { beginStream, event, streaming } from './openAiServer.ts';

const scene = new AskScene();

describe('the stages', () => {
  it('show tokens, vector, passages and the prompt as one types, and send nothing', async () => {
    const page = await scene.open();
    await scene.look();
    expect(await scene.outcome('tokens')).toBe('9 tokens, 8 of them count');
    expect(await scene.outcome('vector')).toMatch(/^192 numbers by/);
    expect(await scene.outcome('passages')).toBe('5 found, 2 of them in the prompt');
    expect(await scene.outcome('prompt')).toMatch(/^\d+ tokens of 4,096$/);
    await scene.openStage('tokens');
    expect(await page.locator('.token code').allTextContents()).toEqual([
      'how',
      'often',
      'is',
      'a',
      'failed',
      'request',
      're',
      '##tri',
      '##ed',
    ]);
    await scene.openStage('vector');
    await page.locator('tensor-view').waitFor();
    await scene.openStage('prompt');
    expect(await scene.text('pre[aria-label^=User]')).toContain(`Question: ${QUESTION}`);
    expect(scene.host.calls(startAnswer)).toEqual([]);
    expect(scene.server.received).toEqual([]);
  });

  it('show exactly the prompt that is sent', async () => {
    const page = await scene.open();
    await openPromptAndAsk(page);
    const shown = await page.locator('pre.prompt').allTextContents();
    expect(scene.server.chats).toHaveLength(1);
    expect(scene.server.chats[0]?.body.messages?.map(({ content }) => content)).toEqual(shown);
    await control(page, 'Copy prompt').click();
    await page.getByText('Copied.').waitFor();
    expect(scene.host.calls(copyText)[0]).toMatchObject({ text: shown.join('\n\n') });
  });

  it('are opened and closed by the keyboard', async () => {
    const page = await scene.open();
    await scene.look();
    await page.locator('[data-stage=tokens] > summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.token').first().waitFor();
    await page.keyboard.press('Space');
    await eventually(() => page.locator('.token').count()).toBe(0);
  });

  it('come back as they were left, with the question', async () => {
    const page = await scene.open();
    await scene.look();
    await scene.openStage('tokens');
    await page.waitForTimeout(400);
    await scene.view.reload();
    await page.locator('.token').first().waitFor();
    expect(await scene.input.inputValue()).toBe(QUESTION);
  });

  async function openPromptAndAsk(page: Page): Promise<void> {
    await scene.ask('Three times [1].');
    await scene.openStage('prompt');
    await page.locator('pre.prompt').first().waitFor();
  }
});

describe('the threshold', () => {
  it('takes passages out of the prompt as it is dragged, and lets them in again', async () => {
    const page = await scene.open();
    await scene.look();
    expect(await scene.hit('retry.ts').getAttribute('data-standing')).toBe('above');
    await scene.setThreshold(0.45);
    expect(await scene.hit('retry.ts').getAttribute('data-standing')).toBe('below');
    expect(await scene.outcome('passages')).toBe('5 found, 1 of them in the prompt');
    await scene.setThreshold(0.1);
    expect(await scene.outcome('passages')).toBe('5 found, 4 of them in the prompt');
    await control(page, 'Keep this threshold').click();
    await eventually(async () => scene.host.calls(chooseGenerator)).toEqual([
      { method: chooseGenerator.name, threshold: 0.1 },
    ]);
  });

  it('above all passages means "Not in these files", and the button sends nothing', async () => {
    const page = await scene.open();
    await scene.look();
    await scene.setThreshold(0.9);
    expect(await scene.text('.not-found')).toMatch(
      /^Not in these files The best passage has the similarity 0\.45, and the threshold is 0\.90\. Nothing is sent\./,
    );
    await control(page, 'Ask').click();
    await page.waitForTimeout(300);
    expect(scene.host.calls(startAnswer)).toEqual([]);
    expect(scene.server.received).toEqual([]);
  });

  it('is moved by the keyboard', async () => {
    const page = await scene.open();
    await scene.look();
    await page.locator('#threshold').focus();
    await page.keyboard.press('ArrowRight');
    expect(await scene.text('output')).toBe('0.41');
  });

  it('can be overruled: a passage is pinned, and another taken out', async () => {
    await scene.open();
    await scene.look();
    await scene.hit('operations.md:1').locator('[data-control=Pin]').click();
    await eventually(() => scene.outcome('passages')).toBe('5 found, 3 of them in the prompt');
    expect(await scene.hit('operations.md:1').locator('.cite').textContent()).toBe('[1]');
    await scene.hit('notes.md').locator('[data-control="Take out"]').click();
    await eventually(() => scene.outcome('passages')).toBe('5 found, 2 of them in the prompt');
    await scene.openStage('prompt');
    const prompt = await scene.text('pre[aria-label^=User]');
    expect(prompt).toContain('operations.md');
    expect(prompt).not.toContain('notes.md');
  });
});

describe('the answer', () => {
  it('is streamed, with citations that open their passage, and those to nothing marked', async () => {
    const page = await scene.open();
    await scene.ask('It is tried **three times** [2], and longer each time [1][7].');
    expect(await scene.text('.answer p')).toBe(
      'It is tried three times [2], and longer each time [1][7?] points to nothing.',
    );
    await page.getByRole('button', { name: /^Passage 2: src\/http\/retry\.ts:1–13$/ }).click();
    await eventually(async () => scene.host.calls(openHit)).toMatchObject([
      { path: 'src/http/retry.ts', startLine: 1, endLine: 13 },
    ]);
    expect(await scene.text('.check')).toContain('These citations point to nothing: [7]');
  });

  it('is checked for sentences without a citation', async () => {
    const page = await scene.open();
    await scene.ask('It retries [1]. Everybody knows that.');
    expect(await page.locator('.uncited').allTextContents()).toEqual(['Everybody knows that.']);
  });

  it('of a model that says so is "not in these files"', async () => {
    const page = await scene.open();
    await scene.ask('Not in these files.');
    expect(await scene.text('[data-stage=answer] .note')).toContain('found no answer');
    expect(await page.locator('.check').count()).toBe(0);
  });

  it('shows markup, pictures and links as text, and asks for nothing', async () => {
    const page = await scene.open();
    const evil =
      '<img src=x onerror=alert(1)> ![p](https://evil.test/p.png) [click](https://evil.test) [1](https://evil.test) <script>alert(1)</script>';
    await scene.ask(evil);
    expect(await page.locator('.answer img, .answer a, .answer script, .answer iframe').count()).toBe(0);
    expect(await scene.text('.answer p')).toContain('<img src=x onerror=alert(1)> ![p](https://evil.test/p.png)');
    expect(scene.view.faults).toEqual([]);
  });

  it('can be stopped: the request is broken off, and what came stays', async () => {
    const page = await scene.open();
    const before = scene.server.brokenOff;
    await scene.look();
    scene.server.reply = (response) => void beginStream(response).write(event('It goes on'));
    await control(page, 'Ask').click();
    await page.getByText('It goes on').waitFor();
    await control(page, 'Stop').click();
    await page.getByText('You stopped the answer here.').waitFor();
    expect(scene.host.calls(stopAnswer)).toHaveLength(1);
    await eventually(async () => scene.server.brokenOff).toBe(before + 1);
    expect(await scene.text('.answer')).toBe('It goes on');
  });

  it('that breaks off keeps what came, and says so', async () => {
    const page = await scene.open();
    await scene.look();
    scene.server.reply = (response) => void beginStream(response).write(event('Half an ans'), () => response.destroy());
    await control(page, 'Ask').click();
    await page.locator('.fault').waitFor();
    expect(await scene.text('.answer')).toBe('Half an ans');
    expect(await scene.text('.fault')).toContain('broke off');
    scene.server.reply = streaming('Whole [1].');
    await control(page, 'Ask again').click();
    await eventually(() => scene.text('.answer')).toContain('Whole');
  });

  it('is forgotten with another question', async () => {
    const page = await scene.open();
    await scene.ask('Three [1].');
    await scene.look('when is the database copied at night');
    expect(await page.locator('.answer').count()).toBe(0);
  });
});

describe('a changed index', () => {
  it('is searched again, but not under an answer', async () => {
    const page = await scene.open();
    await scene.look();
    const changed = async (indexed: number) => {
      const before = scene.host.calls(retrieve).length;
      scene.host.health = { ...scene.host.health, indexed };
      scene.view.connection.notify(indexChanged, {});
      await page.waitForTimeout(400);
      return scene.host.calls(retrieve).length - before;
    };
    expect(await changed(31)).toBe(1);
    await scene.ask('Three [1].');
    expect(await changed(32)).toBe(0);
    expect(await scene.text('.answer')).toContain('Three');
  });
});

describe('orders in files', () => {
  it('are pointed at in passages and prompt, shown as text, and disarmed where a model would obey them', async () => {
    const page = await scene.open();
    await scene.look();
    const notes = scene.hit('notes.md');
    expect(await notes.locator('.warning').textContent()).toMatch(
      /Line 4\s+reads like an order[\s\S]*Line 5\s+holds marks/,
    );
    await notes.locator('.text > summary').click();
    expect(await notes.locator('pre').textContent()).toBe(FILES['docs/notes.md']?.trimEnd());
    await scene.openStage('prompt');
    expect(await page.locator('pre.prompt mark').allTextContents()).toHaveLength(2);
    const prompt = (await page.locator('pre.prompt').allTextContents()).join('\n');
    expect(prompt).not.toContain('<|im_');
    expect(prompt).toContain('< |im_end|>');
    await notes.getByRole('button', { name: 'Line 4' }).click();
    await eventually(async () => scene.host.calls(openHit)).toMatchObject([
      { path: 'docs/notes.md', match: { line: 4 } },
    ]);
  });
});

describe.each(THEMES)('in the theme %s', (theme) => {
  it.each([300, 1600])('is accessible at %i px', async (width) => {
    const page = await scene.open(undefined, { theme, width });
    await scene.ask('It is tried three times [1] and more [9]. That is all.\n\n```\ncode\n```\n\n- a [1]\n- b');
    for (const stage of ['tokens', 'vector', 'prompt']) {
      await scene.openStage(stage);
    }
    await page.locator('tensor-view').waitFor();
    await page.waitForTimeout(300);
    await expectAccessible(page, width, `${theme} ${width}`);
    await scene.setThreshold(1);
    await expectAccessible(page, width, `${theme} ${width}, not found`);
  });
});
