// The tokens panel's other views and ways: what was found, the vocabulary, context windows, typed texts, explaining.

import { describe, expect, it } from 'vitest';
import type { ContextWindow } from '../../src/shared/tokensMessages.ts';
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
  words,
} from './tokensPage.ts';

const panel = tokensPage();
const { open } = panel;

const window = (more: Partial<ContextWindow>): ContextWindow => ({
  id: 'one',
  model: 'Model One',
  vendor: 'Vendor',
  tokens: 1000,
  source: 'https://example.org/one',
  date: '2026-11-23',
  ...more,
});

describe('findings', () => {
  it('are listed with what they mean, and gone through one by one', async () => {
    const opened = await open(AWKWARD, { width: 700 });
    await tab(opened, 'findings').click();
    const list = opened.page.locator('.findings li');
    await poll(() => list.count()).toBeGreaterThan(5);
    const all = await words(list);
    const about = (name: string) => all.find((entry) => entry.startsWith(name)) ?? '';
    expect(about('Direction controls')).toMatch(/2 times.*order in which it stands/);
    expect(about('Zero-width')).toContain('4 times');
    expect(about('No-break spaces')).toContain('once');
    expect(about('White space at the end of a line')).toContain('once');
    await control(opened, 'Next: Letters that pass for others').click();
    await poll(() => readout(opened)).toMatch(/Letters that pass for others: а \(U\+0430\) for a/);
    expect((await words(list)).find((entry) => entry.startsWith('Letters'))).toContain('1 of 1');
  });

  it('tell text that spells a special token of the chosen tokenizer, and no other', async () => {
    const opened = await open('<|endoftext|> or [CLS] or <|nothing|>', { width: 700 });
    await tab(opened, 'findings').click();
    const special = opened.page.locator('.findings li', { hasText: 'Spells a special token' });
    await poll(() => special.count()).toBe(1);
    expect(await special.innerText()).toContain('1 of 1');
    expect(await special.innerText()).toContain('cut as ordinary text');
    await control(opened, 'Next: Spells a special token').click();
    // Published: <|endoftext|> is 50256.
    expect(await readout(opened)).toContain('Spells the special token <|endoftext|> (id 50256)');
    await tab(opened, 'text').click();
    expect(await opened.page.locator('tokens-text .token.flagged').count()).toBeGreaterThan(2);
    expect(await tokens(opened).last().getAttribute('class')).not.toContain('flagged');
    // Another tokenizer has other ones; published: BERT's [CLS] is 101.
    panel.host.chosen = ['bert-base-uncased'];
    panel.host.changed();
    await tab(opened, 'findings').click();
    await poll(() => opened.page.locator('.findings').innerText()).toContain('BERT does not keep');
    await poll(() => special.count()).toBe(1);
    await control(opened, 'Next: Spells a special token').click();
    await poll(() => readout(opened)).toContain('Spells the special token [CLS] (id 101)');
  });

  it('say that there is nothing where there is nothing', async () => {
    const opened = await open('Hello world', { width: 700 });
    await tab(opened, 'findings').click();
    await opened.page.getByText('Nothing unusual').waitFor();
    expect(await tab(opened, 'findings').innerText()).toMatch(/0$/);
  });
});

describe('the vocabulary', () => {
  const search = (opened: Awaited<ReturnType<typeof open>>) =>
    control(opened, 'Search GPT-2 by text or id').locator('input');
  const entries = (opened: Awaited<ReturnType<typeof open>>) =>
    opened.page.locator('vocabulary-view .entry:not(.heading)');

  it('is searched by id and by text, the exact one first', async () => {
    const opened = await open('Hello world, world', { width: 700 });
    await tab(opened, 'vocabulary').click();
    await poll(() => entries(opened).count()).toBe(100);
    await opened.page.getByText('1–100 of 50,257 entries').waitFor();
    await control(opened, 'Next entries').click();
    await opened.page.getByText('101–200 of 50,257 entries').waitFor();
    await search(opened).fill('995');
    // Published: " world" is 995 in GPT-2's vocabulary.
    await poll(async () => (await words(entries(opened).first()))[0]).toMatch(/^995 ·?world 20 77 6F 72 6C 64 2$/);
    await search(opened).fill('<|endoftext|>');
    await poll(async () => (await words(entries(opened).first()))[0]).toMatch(/^50256 <\|endoftext\|> special/);
    await search(opened).fill('no entry has this text');
    await opened.page.getByText('No entry has this text or id.').waitFor();
  });

  it('leads to where an entry occurs, and copies it, all by keyboard', async () => {
    const opened = await open('Hello world, world', { width: 700 });
    await tab(opened, 'vocabulary').click();
    await search(opened).fill('world');
    await poll(async () => (await words(entries(opened).first()))[0]).toContain('world');
    const grid = opened.page.locator('vocabulary-view .entries');
    await poll(async () => (await words(entries(opened))).some((entry) => entry.startsWith('995 '))).toBe(true);
    const at = (await words(entries(opened))).findIndex((entry) => entry.startsWith('995 '));
    await grid.focus();
    for (let step = 0; step < at; step++) {
      await opened.page.keyboard.press('ArrowDown');
    }
    expect(await opened.page.locator('.entry.chosen').innerText()).toContain('995');
    await control(opened, 'Copy entry').click();
    await poll(() => panel.host.copied).toEqual([' world']);
    await grid.press('Enter');
    await opened.page.getByText('1 of 2').waitFor();
    expect(await find(opened).inputValue()).toBe('#995');
    expect(await number(opened)).toBe(1);
  });
});

describe('context windows', () => {
  it('are picked, and show what the text fills: exactly, or as an estimate that says with what', async () => {
    panel.host.windows = [
      window({ encoding: 'r50k_base', tokens: 8 }),
      window({ id: 'two', model: 'Model Two', tokens: 1000, encoding: 'cl100k_base' }),
      window({ id: 'three', model: 'Model Three', vendor: 'Other', tokens: 4 }),
    ];
    const opened = await open('one two three four', { width: 700 });
    await tab(opened, 'windows').click();
    await opened.page.getByText('Pick models to see').waitFor();
    await control(opened, 'Pick models').click();
    for (const model of ['Model One (8 tokens)', 'Model Two (1,000 tokens)', 'Model Three (4 tokens)']) {
      await control(opened, model).click();
    }
    await poll(() => panel.host.picked).toEqual(['one', 'two', 'three']);
    await control(opened, 'Done').click();
    const gauge = (model: string) => opened.page.locator('.gauges li', { hasText: model });
    await poll(() => gauge('Model One').innerText()).toMatch(/50%\s+4 of 8 tokens · exact/);
    await poll(() => gauge('Model Two').innerText()).toMatch(/0\.4%\s+4 of 1,000 tokens · exact/);
    expect(await gauge('Model Three').innerText()).toMatch(/100%\s+4 of 4 tokens · an estimate, counted with GPT-2/);
    const meter = gauge('Model One').locator('[role=meter]');
    expect(await meter.getAttribute('aria-valuetext')).toBe(
      '50%, exact. Window: https://example.org/one, read on 2026-11-23',
    );
    expect(await gauge('Model One').innerText()).toContain('https://example.org/one, read on 2026-11-23');
    panel.host.edit(0, 0, 'six more words now come here ');
    await poll(() => gauge('Model One').innerText()).toContain('does not fit');
    await poll(() => gauge('Model Two').innerText()).toMatch(/10 of 1,000 tokens · exact/);
  });
});

describe('typed texts', () => {
  it('have their tokens at once, and give way to the editor again', async () => {
    const opened = await open('Hello world', { width: 700 });
    await control(opened, 'Type a text').click();
    const field = control(opened, 'Your text').locator('textarea');
    await field.pressSequentially('one two');
    await poll(() => tokens(opened).evaluateAll((all) => all.map((token) => token.textContent))).toEqual([
      'one',
      ' two',
    ]);
    expect(await field.inputValue()).toBe('one two');
    expect(panel.host.typed.at(-1)).toBe('one two');
    expect(await control(opened, 'Show in editor').count()).toBe(0);
    await control(opened, 'Follow the editor').click();
    await poll(() => opened.page.locator('h1').innerText()).toContain('sample.txt');
    // What was typed comes back.
    await control(opened, 'Type a text').click();
    await poll(() => tokens(opened).count()).toBe(2);
    expect(await field.inputValue()).toBe('one two');
  });

  it('can be typed where no editor is open', async () => {
    panel.host.subject = { reason: 'No text is open.' };
    const opened = await open(undefined, { width: 700 });
    await control(opened, 'Type a text').click();
    const field = control(opened, 'Your text').locator('textarea');
    await field.waitFor();
    await poll(() => field.evaluate((element) => element.matches(':focus'))).toBe(true);
    await opened.page.keyboard.type('Hello');
    await poll(() => tokens(opened).count()).toBe(1);
  });
});

describe('keys', () => {
  it('F finds, from anywhere but a field, and goes back to the text for it', async () => {
    const opened = await open('Hello world', { width: 700 });
    await tab(opened, 'findings').click();
    await opened.page.keyboard.press('f');
    await poll(() => find(opened).evaluate((field) => field.matches(':focus'))).toBe(true);
    await opened.page.keyboard.type('foo');
    expect(await find(opened).inputValue()).toBe('foo');
  });
});

describe('explaining and files', () => {
  it('opens a tokenizer from a file in the place of the one that is looked at', async () => {
    // Two words and what is unknown: as small as a tokenizer.json can be.
    const json = {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'Whitespace' },
      post_processor: null,
      decoder: null,
      model: { type: 'WordLevel', vocab: { '[UNK]': 0, Hello: 1, world: 2 }, unk_token: '[UNK]' },
    };
    panel.host.file = { name: 'mine.json', bytes: new TextEncoder().encode(JSON.stringify(json)) };
    const opened = await open('Hello new world', { width: 700 });
    await control(opened, 'Open tokenizer.json…').click();
    await poll(() => panel.host.chosen).toEqual(['file:mine.json']);
    await text(opened).press('ArrowRight');
    await poll(() => readout(opened)).toMatch(/Id 0 .*Piece \[UNK\].*Unknown to the vocabulary/);
    // The list says which ship and which were opened.
    await control(opened, 'Tokenizer').click();
    const entries = await words(control(opened, 'Tokenizer').locator('vscode-option'));
    expect(entries).toContain('— Shipped —');
    expect(entries.slice(-2)).toEqual(['— Opened —', 'mine.json']);
  });

  it('opens the step view on the word around the current token', async () => {
    const opened = await open('so unhappily', { width: 700 });
    await text(opened).press('End');
    await control(opened, 'Explain').click();
    await poll(() => panel.host.explained).toEqual([
      { program: 'explain-token', params: { encoding: 'r50k_base', text: ' unhappily' } },
    ]);
  });
});

describe('edits', () => {
  const seen = (opened: Awaited<ReturnType<typeof open>>) =>
    opened.page.locator('tokens-text .page').evaluateAll((pages) => pages.map((page) => page.textContent).join(''));

  it('change what is seen in place: the place, the search and the current token stay', async () => {
    panel.host.chosen = ['r50k_base', 'cl100k_base'];
    const opened = await open(AWKWARD, { width: 900 });
    await find(opened).fill('Line 30');
    await opened.page.getByText('1 of 1').waitFor();
    const label = await current(opened).getAttribute('aria-label');
    const top = async () => (await current(opened).boundingBox())?.y ?? 0;
    const before = await top();
    const loads = panel.host.loads;
    panel.host.edit(0, 5, 'A longer greeting');
    panel.host.edit(AWKWARD.indexOf('Line 40') + 12, AWKWARD.indexOf('Line 40') + 12, 'Line 30 ');
    await poll(() => opened.page.locator('.hits').innerText()).toBe('1 of 2');
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    expect((await current(opened).getAttribute('aria-label'))?.split(',')[0]).toBe(label?.split(',')[0]);
    expect(panel.host.loads).toBe(loads);
    expect(panel.host.patches.length).toBeGreaterThan(0);
    expect(Math.max(...panel.host.patches.map((patch) => patch.text.length))).toBeLessThan(400);
  });

  it('leave the same page behind as loading anew', async () => {
    const opened = await open('one two three\n'.repeat(60), { width: 700 });
    for (const [start, end, typed] of [
      [4, 7, 'twenty'],
      [0, 0, '\n\n'],
      [30, 60, ''],
      [100, 100, '😀 é'],
    ] as const) {
      panel.host.edit(start, end, typed);
    }
    await poll(() => seen(opened)).toContain('é');
    const patched = await seen(opened);
    const figures = await opened.page.locator('.figures').innerText();
    panel.host.subject = { what: 'document', name: 'other.txt', text: panel.host.text };
    panel.host.changed();
    await poll(() => opened.page.locator('h1').innerText()).toContain('other.txt');
    expect(await seen(opened)).toBe(patched);
    expect(await opened.page.locator('.figures').innerText()).toBe(figures);
  });
});

describe('for everyone', () => {
  it.each(THEMES)('has nothing serious for axe in %s, in every view', async (theme) => {
    panel.host.windows = [window({}), window({ id: 'two', model: 'Model Two', tokens: 10 })];
    panel.host.picked = ['one', 'two'];
    const opened = await open(AWKWARD, { theme, width: 700 });
    await tab(opened, 'findings').click();
    await opened.page.locator('.findings li').first().waitFor();
    expect(await seriousFaults(opened)).toEqual([]);
    await tab(opened, 'vocabulary').click();
    await opened.page.locator('.entry.chosen').waitFor();
    expect(await seriousFaults(opened)).toEqual([]);
    await tab(opened, 'windows').click();
    await control(opened, 'Pick models').click();
    expect(await seriousFaults(opened)).toEqual([]);
    panel.host.subject = { what: 'text', text: 'typed' };
    panel.host.changed();
    await opened.page.locator('.typed').waitFor();
    expect(await seriousFaults(opened)).toEqual([]);
  });

  it.each([300, 1600])('fits %i px without scrolling sideways', async (width) => {
    panel.host.windows = [window({}), window({ id: 'two', model: 'A model with a rather long name', tokens: 10 })];
    panel.host.picked = ['one', 'two'];
    const opened = await open(AWKWARD, { width });
    for (const name of ['findings', 'vocabulary', 'windows']) {
      await tab(opened, name).click();
      expect([name, await sideways(opened)]).toEqual([name, 0]);
    }
  });
});
