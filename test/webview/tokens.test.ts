// The tokens panel in a real browser: what it shows, by keyboard and by pointer, in every theme and width.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/shared/errors.ts';
import { tokensChanged } from '../../src/shared/tokensMessages.ts';
import { THEMES } from './harness/themes.ts';
import {
  AWKWARD,
  control,
  current,
  find,
  number,
  poll,
  readout,
  seriousFaults,
  sideways,
  tab,
  text,
  tokens,
  tokensPage,
} from './tokensPage.ts';

const panel = tokensPage();
const { open } = panel;

describe('what is shown', () => {
  it('is the tokens, the numbers, and all about the current token', async () => {
    const opened = await open('Hello world');
    expect(await tokens(opened).evaluateAll((all) => all.map((token) => token.textContent))).toEqual([
      'Hello',
      ' world',
    ]);
    const line = async (place: string) => (await opened.page.locator(place).innerText()).replace(/\s+/g, ' ').trim();
    expect(await line('.size')).toBe('11 characters 11 bytes');
    expect(await line('.figures')).toBe('2 tokens 5.5 characters per token 5.5 bytes per token');
    expect(await line('h1')).toBe('sample.txt The whole file');
    await text(opened).press('ArrowRight');
    const facts = await readout(opened);
    // Published: " world" is 995 in GPT-2's vocabulary.
    expect(facts).toContain('Token 2 of 2');
    expect(facts).toContain('Id 995');
    expect(facts).toContain('20 77 6F 72 6C 64');
    expect(facts).toContain('UTF-16 offsets 5–11');
  });

  it('shows parts of characters as their bytes, and of which character they are', async () => {
    const opened = await open('a 😀b');
    expect(
      await tokens(opened).evaluateAll((all) => all.map((token) => token.querySelector('.bytes')?.textContent ?? '')),
    ).toEqual(['', 'F0 9F 98', '80', '']);
    await text(opened).press('ArrowRight');
    expect(await readout(opened)).toContain('A fragment: bytes 1 to 3 of the 4 bytes of 😀 (U+1F600)');
    await text(opened).press('ArrowRight');
    expect(await readout(opened)).toContain('A fragment: byte 4 of the 4 bytes of 😀 (U+1F600)');
  });

  it('shows what is invisible, and U+FFFD only as a code', async () => {
    const opened = await open('a\tb \u00a0\u200d\ufeff\u202e\ufffd\r\n');
    const signs = await opened.page
      .locator('tokens-text .sign')
      .evaluateAll((all) => all.map((sign) => sign.getAttribute('data-sign')));
    expect(signs).toEqual(expect.arrayContaining(['→', '·', 'NBSP U+00A0', 'U+FFFD', 'CR', '↵']));
    const seen = await opened.page.locator('tokens-app').evaluate((app) => {
      // What is drawn: text that has a size, and the signs.
      const root = (app.shadowRoot as ShadowRoot).querySelector('tokens-text')?.shadowRoot as ShadowRoot;
      return Array.from(root.querySelectorAll('.token'), (token) =>
        Array.from(token.childNodes, (node) =>
          node instanceof HTMLElement ? (node.dataset.sign ?? node.textContent) : node.textContent,
        ).join(''),
      ).join('');
    });
    for (const unseen of ['\ufffd', '\u00a0', '\u200d', '\ufeff', '\u202e', '\r', '\n', '\t']) {
      expect(seen).not.toContain(unseen);
    }
  });

  it('breaks lines where the text does, without an empty line between its pages', async () => {
    const opened = await open('word and word again\n'.repeat(300), { width: 900 });
    const tops = await tokens(opened).evaluateAll((all) =>
      all.filter((token) => token.textContent === 'word').map((token) => token.getBoundingClientRect().top),
    );
    const steps = tops.slice(1).map((top, line) => top - (tops[line] as number));
    expect(tops.length).toBeGreaterThan(40);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1.5);
  });

  it('says which selections, and what a text from elsewhere is', async () => {
    panel.host.subject = { what: 'selection', name: 'a.ts', selections: 3, lines: [1, 1], text: 'a\nb\nc' };
    const opened = await open(undefined);
    await poll(() => opened.page.locator('h1').innerText()).toContain('3 selections, joined by line breaks · line 1');
    panel.host.subject = { what: 'text', text: 'from a lesson' };
    opened.connection.notify(tokensChanged, {});
    await poll(() => opened.page.locator('h1').innerText()).toBe('A text of its own');
    await control(opened, 'Follow the editor').click();
    await poll(() => opened.page.locator('h1').innerText()).toContain('The whole file');
    expect(panel.host.followed).toBe(1);
  });

  it('has no tokens for an empty text, and says so', async () => {
    panel.host.subject = { what: 'document', name: 'empty.txt', text: '' };
    const opened = await open(undefined);
    await opened.page.getByText('There is no text here').waitFor();
    expect(await opened.page.locator('.figures').innerText()).toContain('0');
  });
});

describe('the keyboard', () => {
  it('goes through the text token by token, line by line and page by page', async () => {
    const opened = await open(AWKWARD, { width: 700, height: 700 });
    const go = async (key: string) => {
      await text(opened).press(key);
      return number(opened);
    };
    const top = async () => (await current(opened).boundingBox())?.y ?? 0;
    expect(await go('ArrowRight')).toBe(1);
    expect(await go('ArrowLeft')).toBe(0);
    expect(await go('ArrowLeft')).toBe(0);
    const first = await top();
    const below = await go('ArrowDown');
    expect(below).toBeGreaterThan(0);
    expect(await top()).toBeGreaterThan(first);
    expect(await go('ArrowUp')).toBe(0);
    const page = await go('PageDown');
    expect(page).toBeGreaterThan(50);
    await expect(current(opened).isVisible()).resolves.toBe(true);
    const last = await go('End');
    expect(last).toBe(Number((await readout(opened)).match(/ of ([\d,]+)/)?.[1]?.replace(',', '')) - 1);
    expect(await go('PageUp')).toBeLessThan(last);
    expect(await go('Home')).toBe(0);
    const active = (await text(opened).getAttribute('aria-activedescendant')) ?? '';
    expect(await opened.page.locator(`#${active}.current`).getAttribute('aria-label')).toMatch(/^Hello, 15496, 1 of /);
    expect(await current(opened).count()).toBe(1);
  });

  it('shows a token in the editor, and says why when that can not be', async () => {
    const opened = await open('Hello world');
    await text(opened).press('End');
    await text(opened).press('Enter');
    await poll(() => panel.host.revealed).toEqual([{ start: 5, end: 11 }]);
    panel.host.revealFault = new Fault('not-found', 'sample.txt was changed.', { remedy: 'Inspect it again.' });
    await control(opened, 'Show in editor').click();
    await opened.page.getByText('sample.txt was changed. Inspect it again.').waitFor();
  });

  it('reaches everything by Tab, and the tabs by arrows', async () => {
    const opened = await open('Hello world', { width: 700 });
    await tab(opened, 'text').focus();
    await opened.page.keyboard.press('ArrowRight');
    expect(await tab(opened, 'table').getAttribute('aria-selected')).toBe('true');
    await opened.page.locator('tokens-table .scroller').press('ArrowDown');
    expect(await opened.page.locator('tokens-table .line.current').innerText()).toContain('995');
    await tab(opened, 'table').focus();
    await opened.page.keyboard.press('ArrowLeft');
    const reached: string[] = [];
    for (let stop = 0; stop < 12; stop++) {
      await opened.page.keyboard.press('Tab');
      reached.push(
        await opened.page.evaluate(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) {
            active = active.shadowRoot.activeElement;
          }
          const outer = (active?.getRootNode() as ShadowRoot | undefined)?.host;
          return active?.getAttribute('aria-label') ?? outer?.getAttribute('data-control') ?? active?.textContent ?? '';
        }),
      );
    }
    expect(reached.join('|')).toMatch(/Find.*Text, token by token.*Show in editor.*Explain.*Copy ids.*Copy JSON/s);
  });
});

describe('the table', () => {
  it('shows the same tokens, with the same one current and under the pointer', async () => {
    const opened = await open('Hello world 😀', { width: 1400 });
    const rows = opened.page.locator('tokens-table .rows .line');
    expect((await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^1 15496 Hello 48 65 6C 6C 6F 0–5$/),
      expect.stringMatching(/^2 995 ?world 20 77 6F 72 6C 64 5–11$/),
      expect.stringMatching(/^3 30325 ?F0 9F 98 20 F0 9F 98 11–14$/),
      expect.stringMatching(/^4 222 80 80 12–14$/),
    ]);
    await tokens(opened).nth(1).hover();
    await poll(() => rows.nth(1).getAttribute('class')).toContain('hovered');
    await rows.nth(2).hover();
    await poll(() => tokens(opened).nth(2).getAttribute('class')).toContain('hovered');
    await rows.nth(3).click();
    expect(await number(opened)).toBe(3);
    await tokens(opened).nth(0).click();
    expect(await rows.nth(0).getAttribute('aria-selected')).toBe('true');
  });
});

describe('finding and copying', () => {
  it('takes Ctrl+F to its own field', async () => {
    const opened = await open('Hello world');
    await text(opened).focus();
    await opened.page.keyboard.press('Control+f');
    expect(await find(opened).evaluate((field) => field.matches(':focus'))).toBe(true);
  });

  it('finds by text and by id, forward and back', async () => {
    const opened = await open('one two one two\none two');
    await find(opened).fill('TWO');
    await opened.page.getByText('1 of 3').waitFor();
    await find(opened).press('Enter');
    await opened.page.getByText('2 of 3').waitFor();
    await find(opened).press('Shift+Enter');
    await opened.page.getByText('1 of 3').waitFor();
    expect(await opened.page.locator('tokens-text .token.hit').count()).toBe(3);
    await find(opened).fill('#734');
    await opened.page.getByText(/of 3|3 found/).waitFor();
    await find(opened).fill('734');
    await opened.page.getByText('none; for the id write #734').waitFor();
    await find(opened).fill('');
    await poll(() => opened.page.locator('tokens-text .token.hit').count()).toBe(0);
  });

  it('copies ids and JSON', async () => {
    const opened = await open('Hello world');
    await control(opened, 'Copy ids').click();
    await opened.page.getByText('Copied.').waitFor();
    await control(opened, 'Copy JSON').click();
    await poll(() => panel.host.copied.length).toBe(2);
    expect(JSON.parse(panel.host.copied[0] as string)).toEqual([15496, 995]);
    expect(JSON.parse(panel.host.copied[1] as string).tokens[1]).toEqual({
      id: 995,
      text: ' world',
      bytes: [32, 119, 111, 114, 108, 100],
      start: 5,
      end: 11,
    });
  });
});

describe('loading', () => {
  it('says what to do when nothing is open, and looks again', async () => {
    panel.host.subject = { reason: 'No text is open. Open a file.' };
    const opened = await open(undefined);
    await opened.page.getByText('No text is open. Open a file.').waitFor();
    panel.host.subject = { what: 'text', text: 'now there is' };
    await control(opened, 'Look again').click();
    await poll(() => tokens(opened).count()).toBe(3);
  });

  it('shows progress, can be stopped, and tried again', async () => {
    panel.host.hangs = true;
    const opened = await open(undefined);
    await opened.page.getByText('40%').waitFor();
    await control(opened, 'Cancel').click();
    await opened.page.getByText('Stopped before the tokens were ready.').waitFor();
    expect(panel.host.cancelled).toBe(1);
    panel.host.hangs = false;
    await control(opened, 'Try again').click();
    await poll(() => tokens(opened).count()).toBe(2);
  });

  it('tells a fault with what to do', async () => {
    panel.host.loadFault = new Fault('worker-died', 'The worker ended.', { remedy: 'Try again.' });
    const opened = await open(undefined);
    await opened.page.getByText('The worker ended. Try again.').waitFor();
    panel.host.loadFault = undefined;
    await control(opened, 'Try again').click();
    await poll(() => tokens(opened).count()).toBe(2);
  });

  it('leaves a way out where the chosen tokenizer is the fault', async () => {
    panel.host.chosen = ['file:gone.json'];
    const opened = await open(undefined);
    await opened.page.getByText('There is no tokenizer "file:gone.json".').waitFor();
    await control(opened, 'Use GPT-2’s tokenizer').click();
    await poll(() => tokens(opened).count()).toBe(2);
  });

  it('takes the latest of several changes, and cancels those before it', async () => {
    const opened = await open('first text');
    panel.host.hangs = true;
    opened.connection.notify(tokensChanged, {});
    await opened.page.getByText('The text changed; its new tokens are on the way.').waitFor();
    expect(await tokens(opened).count()).toBe(2);
    panel.host.hangs = false;
    panel.host.subject = { what: 'text', text: 'the second text' };
    opened.connection.notify(tokensChanged, {});
    await poll(() => tokens(opened).count()).toBe(3);
    expect(panel.host.cancelled).toBe(1);
    expect(await opened.page.getByText('on the way').count()).toBe(0);
  });

  it('marks the tokens of before when renewing them failed', async () => {
    const opened = await open('first text');
    panel.host.loadFault = new Fault('worker-died', 'The worker ended.');
    opened.connection.notify(tokensChanged, {});
    await opened.page.getByText('These are the tokens of before.').waitFor();
    expect(await tokens(opened).count()).toBe(2);
  });

  it('comes back as it was after a reload', async () => {
    const opened = await open('one two three', { width: 700 });
    await text(opened).press('End');
    await find(opened).fill('two');
    await opened.page.getByText('1 of 1').waitFor();
    await tab(opened, 'table').click();
    await opened.reload();
    await opened.page.locator('tokens-table .line.current').waitFor();
    expect(await opened.page.locator('tokens-table .line.current').innerText()).toContain('two');
    expect(await find(opened).inputValue()).toBe('two');
  });
});

describe('messages of another shape', () => {
  it('are refused with an answer, and logged', async () => {
    const opened = await open('Hello world');
    const send = (message: unknown) =>
      opened.page.evaluate(
        (sent) => (window as unknown as { hostReceives(m: unknown): void }).hostReceives(sent),
        message,
      );
    const call = (method: string, params: unknown) => send({ jsonrpc: '2.0', id: 9000, method, params });
    await call('tokens.reveal', { start: -1, end: 2 });
    await call('tokens.reveal', { start: '0', end: 2 });
    await call('tokens.load', { file: '/etc/passwd' });
    await call('clipboard.copy', { text: 7 });
    await call('lesson.open', { lesson: 'text-to-tokens' });
    await send('open the pod bay doors');
    await poll(() => opened.log.filter((line) => line.startsWith('Refused')).length).toBe(6);
    expect(panel.host.revealed).toEqual([]);
    expect(panel.host.copied).toEqual([]);
  });
});

describe('for everyone', () => {
  it.each(THEMES)('has nothing serious for axe in %s', async (theme) => {
    const opened = await open(AWKWARD, { theme, width: 700 });
    const serious = () => seriousFaults(opened);
    await find(opened).fill('line');
    await opened.page.getByText('of 60').waitFor();
    expect(await serious()).toEqual([]);
    await tab(opened, 'table').click();
    await opened.page.locator('tokens-table .line.current').waitFor();
    expect(await serious()).toEqual([]);
    await opened.page.setViewportSize({ width: 1400, height: 800 });
    await opened.page.locator('.both').waitFor();
    expect(await serious()).toEqual([]);
  });

  it.each([300, 700, 1600])('fits %i px without scrolling sideways', async (width) => {
    const opened = await open(AWKWARD, { width });
    expect(await sideways(opened)).toBe(0);
    const inText = await text(opened).evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth);
    expect(inText).toBe(0);
    const cut = await opened.page.locator('tokens-app').evaluate((app) =>
      Array.from((app.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>('header, .tools, footer'))
        .filter((part) => part.scrollWidth > part.clientWidth)
        .map((part) => part.className || part.tagName),
    );
    expect(cut).toEqual([]);
  });
});
