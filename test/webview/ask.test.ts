// The view that asks the workspace, in a real browser over a real index, the static model that ships and a real endpoint:
// every stage says what happened, the threshold and the reader choose the passages, nothing is sent but by the button, and
// nothing that a file or a model says does harm.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../src/build/browser.ts';
import {
  askChanged,
  buildPrompt,
  chooseGenerator,
  retrieve,
  setEndpointKey,
  startAnswer,
  stopAnswer,
} from '../../src/shared/askMessages.ts';
import { copyText } from '../../src/shared/messages.ts';
import { getModel, indexChanged, openHit, startSearch } from '../../src/shared/searchMessages.ts';
import { AskHost, FILES, QUESTION } from './askHost.ts';
import { expectAccessible } from './harness/access.ts';
import { viewScript } from './harness/bundles.ts';
import { control, eventually } from './harness/tensorScene.ts';
import { THEMES } from './harness/themes.ts';
import { View, type ViewOptions } from './harness/view.ts';
import { beginStream, event, OpenAiServer, streaming } from './openAiServer.ts';
import { noWorker } from './searchHost.ts';

let browser: Browser;
let script: string;
let server: OpenAiServer;
let host: AskHost;
let view: View;

beforeAll(async () => {
  [browser, script, server] = await Promise.all([launchBrowser(), viewScript('ask'), OpenAiServer.start()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});
afterEach(async () => {
  try {
    await view.close();
  } finally {
    await host[Symbol.asyncDispose]();
    server.received.length = 0;
  }
});

async function open(
  make: (made: AskHost) => void = (made) => made.answers(server.address, server.origin),
  more: Partial<ViewOptions> = {},
): Promise<Page> {
  host = await AskHost.start();
  make(host);
  view = await View.open({ browser, script, handlers: host.handlers, worker: noWorker, width: 900, ...more });
  await view.page.locator('main').waitFor();
  return view.page;
}

const input = (page: Page) => page.locator('.question input');
const text = async (page: Page, selector: string) =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
const outcome = (page: Page, stage: string) => text(page, `[data-stage=${stage}] .outcome`);
const hit = (page: Page, path: string) => page.locator('.hit', { hasText: path });
const openStage = (page: Page, stage: string) => page.locator(`[data-stage=${stage}] > summary`).click();

/** Types a question, and waits until its prompt is laid out, or there is none to be. */
async function look(page: Page, question = QUESTION): Promise<void> {
  await input(page).fill(question);
  await page.locator('.stages:not(.stale)').waitFor();
  await eventually(
    async () => (await page.locator('.not-found').count()) > 0 || /\d/.test(await outcome(page, 'prompt')),
  ).toBe(true);
}

async function setThreshold(page: Page, value: number): Promise<void> {
  const before = host.calls(buildPrompt).length;
  await page.locator('#threshold').fill(String(value));
  await eventually(
    async () => host.calls(buildPrompt).length > before || (await page.locator('.not-found').count()) > 0,
  ).toBe(true);
  await page.locator('.stages:not(.stale)').waitFor();
}

async function ask(page: Page, answer: string): Promise<void> {
  server.reply = streaming(answer);
  await look(page);
  await control(page, 'Ask').click();
  await page.locator('.check, .fault, [data-stage=answer] .note').first().waitFor();
}

describe('the stages', () => {
  it('show tokens, vector, passages and the prompt as one types, and send nothing', async () => {
    const page = await open();
    await look(page);
    expect(await outcome(page, 'tokens')).toBe('9 tokens, 8 of them count');
    expect(await outcome(page, 'vector')).toMatch(/^192 numbers by/);
    expect(await outcome(page, 'passages')).toBe('5 found, 2 of them in the prompt');
    expect(await outcome(page, 'prompt')).toMatch(/^\d+ tokens of 4,096$/);
    await openStage(page, 'tokens');
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
    await openStage(page, 'vector');
    await page.locator('tensor-view').waitFor();
    await openStage(page, 'prompt');
    expect(await text(page, 'pre[aria-label^=User]')).toContain(`Question: ${QUESTION}`);
    expect(host.calls(startAnswer)).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it('show exactly the prompt that is sent', async () => {
    const page = await open();
    await openPromptAndAsk(page);
    const shown = await page.locator('pre.prompt').allTextContents();
    expect(server.chats).toHaveLength(1);
    expect(server.chats[0]?.body.messages?.map(({ content }) => content)).toEqual(shown);
    await control(page, 'Copy prompt').click();
    await page.getByText('Copied.').waitFor();
    expect(host.calls(copyText)[0]).toMatchObject({ text: shown.join('\n\n') });
  });

  it('are opened and closed by the keyboard', async () => {
    const page = await open();
    await look(page);
    await page.locator('[data-stage=tokens] > summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.token').first().waitFor();
    await page.keyboard.press('Space');
    await eventually(() => page.locator('.token').count()).toBe(0);
  });

  it('come back as they were left, with the question', async () => {
    const page = await open();
    await look(page);
    await openStage(page, 'tokens');
    await page.waitForTimeout(400);
    await view.reload();
    await page.locator('.token').first().waitFor();
    expect(await input(page).inputValue()).toBe(QUESTION);
  });

  async function openPromptAndAsk(page: Page): Promise<void> {
    await ask(page, 'Three times [1].');
    await openStage(page, 'prompt');
    await page.locator('pre.prompt').first().waitFor();
  }
});

describe('the threshold', () => {
  it('takes passages out of the prompt as it is dragged, and lets them in again', async () => {
    const page = await open();
    await look(page);
    expect(await hit(page, 'retry.ts').getAttribute('data-standing')).toBe('above');
    await setThreshold(page, 0.45);
    expect(await hit(page, 'retry.ts').getAttribute('data-standing')).toBe('below');
    expect(await outcome(page, 'passages')).toBe('5 found, 1 of them in the prompt');
    await setThreshold(page, 0.1);
    expect(await outcome(page, 'passages')).toBe('5 found, 4 of them in the prompt');
    await control(page, 'Keep this threshold').click();
    await eventually(async () => host.calls(chooseGenerator)).toEqual([
      { method: chooseGenerator.name, threshold: 0.1 },
    ]);
  });

  it('above all passages means "Not in these files", and the button sends nothing', async () => {
    const page = await open();
    await look(page);
    await setThreshold(page, 0.9);
    expect(await text(page, '.not-found')).toMatch(
      /^Not in these files The best passage has the similarity 0\.45, and the threshold is 0\.90\. Nothing is sent\./,
    );
    await control(page, 'Ask').click();
    await page.waitForTimeout(300);
    expect(host.calls(startAnswer)).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it('is moved by the keyboard', async () => {
    const page = await open();
    await look(page);
    await page.locator('#threshold').focus();
    await page.keyboard.press('ArrowRight');
    expect(await text(page, 'output')).toBe('0.41');
  });

  it('can be overruled: a passage is pinned, and another taken out', async () => {
    const page = await open();
    await look(page);
    await hit(page, 'operations.md:1').locator('[data-control=Pin]').click();
    await eventually(() => outcome(page, 'passages')).toBe('5 found, 3 of them in the prompt');
    expect(await hit(page, 'operations.md:1').locator('.cite').textContent()).toBe('[1]');
    await hit(page, 'notes.md').locator('[data-control="Take out"]').click();
    await eventually(() => outcome(page, 'passages')).toBe('5 found, 2 of them in the prompt');
    await openStage(page, 'prompt');
    const prompt = await text(page, 'pre[aria-label^=User]');
    expect(prompt).toContain('operations.md');
    expect(prompt).not.toContain('notes.md');
  });
});

describe('the answer', () => {
  it('is streamed, with citations that open their passage, and those to nothing marked', async () => {
    const page = await open();
    await ask(page, 'It is tried **three times** [2], and longer each time [1][7].');
    expect(await text(page, '.answer p')).toBe(
      'It is tried three times [2], and longer each time [1][7?] points to nothing.',
    );
    await page.getByRole('button', { name: /^Passage 2: src\/http\/retry\.ts:1–13$/ }).click();
    await eventually(async () => host.calls(openHit)).toMatchObject([
      { path: 'src/http/retry.ts', startLine: 1, endLine: 13 },
    ]);
    expect(await text(page, '.check')).toContain('These citations point to nothing: [7]');
  });

  it('is checked for sentences without a citation', async () => {
    const page = await open();
    await ask(page, 'It retries [1]. Everybody knows that.');
    expect(await page.locator('.uncited').allTextContents()).toEqual(['Everybody knows that.']);
  });

  it('of a model that says so is "not in these files"', async () => {
    const page = await open();
    await ask(page, 'Not in these files.');
    expect(await text(page, '[data-stage=answer] .note')).toContain('found no answer');
    expect(await page.locator('.check').count()).toBe(0);
  });

  it('shows markup, pictures and links as text, and asks for nothing', async () => {
    const page = await open();
    const evil =
      '<img src=x onerror=alert(1)> ![p](https://evil.test/p.png) [click](https://evil.test) [1](https://evil.test) <script>alert(1)</script>';
    await ask(page, evil);
    expect(await page.locator('.answer img, .answer a, .answer script, .answer iframe').count()).toBe(0);
    expect(await text(page, '.answer p')).toContain('<img src=x onerror=alert(1)> ![p](https://evil.test/p.png)');
    expect(view.faults).toEqual([]);
  });

  it('can be stopped: the request is broken off, and what came stays', async () => {
    const page = await open();
    const before = server.brokenOff;
    await look(page);
    server.reply = (response) => void beginStream(response).write(event('It goes on'));
    await control(page, 'Ask').click();
    await page.getByText('It goes on').waitFor();
    await control(page, 'Stop').click();
    await page.getByText('You stopped the answer here.').waitFor();
    expect(host.calls(stopAnswer)).toHaveLength(1);
    await eventually(async () => server.brokenOff).toBe(before + 1);
    expect(await text(page, '.answer')).toBe('It goes on');
  });

  it('that breaks off keeps what came, and says so', async () => {
    const page = await open();
    await look(page);
    server.reply = (response) => void beginStream(response).write(event('Half an ans'), () => response.destroy());
    await control(page, 'Ask').click();
    await page.locator('.fault').waitFor();
    expect(await text(page, '.answer')).toBe('Half an ans');
    expect(await text(page, '.fault')).toContain('broke off');
    server.reply = streaming('Whole [1].');
    await control(page, 'Ask again').click();
    await eventually(() => text(page, '.answer')).toContain('Whole');
  });

  it('is forgotten with another question', async () => {
    const page = await open();
    await ask(page, 'Three [1].');
    await look(page, 'when is the database copied at night');
    expect(await page.locator('.answer').count()).toBe(0);
  });
});

describe('a changed index', () => {
  it('is searched again, but not under an answer', async () => {
    const page = await open();
    await look(page);
    const changed = async (indexed: number) => {
      const before = host.calls(retrieve).length;
      host.health = { ...host.health, indexed };
      view.connection.notify(indexChanged, {});
      await page.waitForTimeout(400);
      return host.calls(retrieve).length - before;
    };
    expect(await changed(31)).toBe(1);
    await ask(page, 'Three [1].');
    expect(await changed(32)).toBe(0);
    expect(await text(page, '.answer')).toContain('Three');
  });
});

describe('orders in files', () => {
  it('are pointed at in passages and prompt, shown as text, and disarmed where a model would obey them', async () => {
    const page = await open();
    await look(page);
    const notes = hit(page, 'notes.md');
    expect(await notes.locator('.warning').textContent()).toMatch(
      /Line 4\s+reads like an order[\s\S]*Line 5\s+holds marks/,
    );
    await notes.locator('.text > summary').click();
    expect(await notes.locator('pre').textContent()).toBe(FILES['docs/notes.md']?.trimEnd());
    await openStage(page, 'prompt');
    expect(await page.locator('pre.prompt mark').allTextContents()).toHaveLength(2);
    const prompt = (await page.locator('pre.prompt').allTextContents()).join('\n');
    expect(prompt).not.toContain('<|im_');
    expect(prompt).toContain('< |im_end|>');
    await notes.getByRole('button', { name: 'Line 4' }).click();
    await eventually(async () => host.calls(openHit)).toMatchObject([{ path: 'docs/notes.md', match: { line: 4 } }]);
  });
});

describe('who answers', () => {
  it('is nobody at first: prompt and passages are shown, to be copied', async () => {
    const page = await open(() => {});
    expect(await text(page, '.destination')).toBe('Nothing is sent: you see what would be.');
    await look(page);
    await control(page, 'Show prompt').click();
    await page.locator('pre.prompt').first().waitFor();
    expect(host.calls(startAnswer)).toEqual([]);
  });

  it.each([
    ['machine', 'Goes to http://somewhere:1, on this machine.'],
    ['outside', 'Goes to http://somewhere:1: question and passages leave this machine.'],
    ['clear', 'Goes to http://somewhere:1, not encrypted: question and passages can be read on the way.'],
  ] as const)('is said beside the button: %s', async (reach, said) => {
    const page = await open((made) => {
      made.answers(server.address, 'http://somewhere:1');
      made.place = { ...made.place, generator: { ...made.place.generator, reach } };
    });
    expect(await text(page, '.destination')).toBe(said);
  });

  it('may have to be fetched first, and can’t be asked before', async () => {
    const page = await open((made) => {
      const models = [{ id: 'smollm2', label: 'SmolLM2', detail: 'hub · Apache-2.0', state: 'missing' }] as const;
      const generator = {
        ...made.place.generator,
        kind: 'local',
        reach: 'machine',
        model: 'smollm2',
        models,
        problem: 'SmolLM2 is not on this machine.',
      } as const;
      made.place = { ...made.place, generator };
    });
    await look(page);
    expect(await text(page, '.problem')).toBe('SmolLM2 is not on this machine.');
    await input(page).press('Enter');
    await control(page, 'Get it…').click();
    await eventually(async () => host.calls(getModel)).toEqual([{ method: getModel.name, model: 'smollm2' }]);
    expect(host.calls(startAnswer)).toEqual([]);
  });

  it('is chosen in the page, and its key asked for by the host: the page never sees it', async () => {
    const page = await open();
    await control(page, 'Set key…').click();
    await eventually(async () => host.calls(setEndpointKey)).toHaveLength(1);
    await page.locator('vscode-dropdown').first().click();
    await page.getByRole('option', { name: 'A small model on this machine' }).click();
    await eventually(async () => host.calls(chooseGenerator)).toEqual([
      { method: chooseGenerator.name, generator: 'local' },
    ]);
  });

  it('has the prompt laid out anew when it changes', async () => {
    const page = await open();
    await look(page);
    const before = host.calls(buildPrompt).length;
    host.window = 600;
    host.place = { ...host.place, generator: { ...host.place.generator, model: 'other' } };
    view.connection.notify(askChanged, {});
    await eventually(async () => host.calls(buildPrompt).length).toBeGreaterThan(before);
    await eventually(() => outcome(page, 'prompt')).toMatch(/of 600$/);
  });
});

it('leaves out what has no room in the window, the last first, and says so', async () => {
  const page = await open((made) => {
    made.answers(server.address, server.origin);
    made.window = 480;
  });
  await look(page);
  await openStage(page, 'prompt');
  await page.getByText('1 passage has no room and is left out: the last one.').waitFor();
  expect(await hit(page, 'retry.ts').locator('.standing').textContent()).toBe('no room in the prompt');
});

it('opens on passages that it was called with, pinned, and asks nothing by itself', async () => {
  const page = await open((made) => {
    made.answers(server.address, server.origin);
    made.place = { ...made.place, asked: { question: 'what is this', chunks: [1] } };
  });
  await page.locator('.hit[data-standing=pinned]').waitFor();
  expect(host.calls(retrieve)[0]).toMatchObject({ question: 'what is this', chunks: [1] });
  expect(host.calls(startAnswer)).toEqual([]);
});

it('asks before it indexes', async () => {
  const page = await open((made) => {
    made.place = { ...made.place, started: false };
  });
  expect(await page.locator('.question').count()).toBe(0);
  await control(page, 'Index this workspace').click();
  await page.locator('.question').waitFor();
  expect(host.calls(startSearch)).toHaveLength(1);
});

describe.each(THEMES)('in the theme %s', (theme) => {
  it.each([300, 1600])('is accessible at %i px', async (width) => {
    const page = await open(undefined, { theme, width });
    await ask(page, 'It is tried three times [1] and more [9]. That is all.\n\n```\ncode\n```\n\n- a [1]\n- b');
    for (const stage of ['tokens', 'vector', 'prompt']) {
      await openStage(page, stage);
    }
    await page.locator('tensor-view').waitFor();
    await page.waitForTimeout(300);
    await expectAccessible(page, width, `${theme} ${width}`);
    await setThreshold(page, 1);
    await expectAccessible(page, width, `${theme} ${width}, not found`);
  });
});
