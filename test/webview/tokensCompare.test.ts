// Several tokenizers in the tokens panel: chosen, side by side, with what they cut differently.

import { describe, expect, it } from 'vitest';
import { THEMES } from './harness/themes.ts';
import type { View } from './harness/view.ts';
import {
  AWKWARD,
  control,
  current,
  find,
  number,
  pick,
  poll,
  readout,
  seriousFaults,
  sideways,
  tab,
  text,
  tokensPage,
  words,
} from './tokensPage.ts';

const panel = tokensPage();

async function compare(
  shown: string,
  chosen: readonly string[],
  options: Parameters<typeof panel.open>[1] = {},
): Promise<View> {
  panel.host.chosen = chosen;
  return panel.open(shown, { width: 1200, ...options });
}
const figures = ({ page }: View) => words(page.locator('.figures'));
const cell = ({ page }: View, column: number) => page.locator(`tokens-text .cell:nth-child(${column + 1})`);
/** The pieces of a column, in order. */
const cut = (opened: View, column: number) =>
  cell(opened, column)
    .locator('.token')
    .evaluateAll((all) => all.map((token) => token.textContent));
const differing = (opened: View, column: number) =>
  cell(opened, column)
    .locator('.token.differs')
    .evaluateAll((all) => all.map((token) => token.textContent));

describe('two tokenizers', () => {
  it('leave the keyboard among them when one is taken away', async () => {
    const opened = await compare('x = 1', ['r50k_base', 'cl100k_base']);
    await control(opened, 'Take GPT-4 away').focus();
    await opened.page.keyboard.press('Enter');
    await poll(() => opened.page.locator('.tokenizers li').count()).toBe(1);
    await poll(() => opened.page.locator('.tokenizers vscode-dropdown:focus-within').count()).toBe(1);
  });

  it('stand side by side, line for line, and what they cut differently is marked', async () => {
    const opened = await compare('x = 1\n        y = 2\n', ['r50k_base', 'cl100k_base']);
    // Published: cl100k_base joins runs of spaces, r50k_base has them one by one.
    expect(await cut(opened, 0)).toEqual([
      'x',
      ' =',
      ' 1',
      '\n',
      ...Array<string>(7).fill(' '),
      ' y',
      ' =',
      ' 2',
      '\n',
    ]);
    expect(await cut(opened, 1)).toEqual(['x', ' =', ' ', '1', '\n', '       ', ' y', ' =', ' ', '2', '\n']);
    expect(await differing(opened, 0)).toEqual([' 1', ...Array<string>(7).fill(' '), ' 2']);
    expect(await differing(opened, 1)).toEqual([' ', '1', '       ', ' ', '2']);
    const tops = await opened.page
      .locator('tokens-text .token')
      .evaluateAll((all) =>
        all.filter((one) => one.textContent === ' y').map((one) => one.getBoundingClientRect().top),
      );
    expect(new Set(tops).size).toBe(1);
  });

  it('have their numbers, and the difference against the first', async () => {
    const opened = await compare('x = 1\n        y = 2\n', ['r50k_base', 'cl100k_base']);
    const [first, second] = await figures(opened);
    expect(first).toBe('15 tokens 1.33 characters per token 1.33 bytes per token');
    expect(second).toBe(
      '11 tokens 26.7% fewer than 1 1.82 characters per token 1.82 bytes per token cut differently in 3 places',
    );
  });

  it('are gone through by keys: tokens, tokenizers, differences', async () => {
    const opened = await compare('x = 1\n        y = 2\n', ['r50k_base', 'cl100k_base']);
    await text(opened).press('n');
    expect(await number(opened)).toBe(2);
    expect(await readout(opened)).toContain('Another of the tokenizers cuts the text here in other places.');
    await text(opened).press('n');
    expect(await number(opened)).toBe(4);
    await text(opened).press('2');
    expect(await readout(opened)).toContain('Tokenizer GPT-4');
    expect(await number(opened)).toBe(5);
    expect(await current(opened).getAttribute('aria-label')).toMatch(/cut differently, GPT-4$/);
    // The same text in the other column is marked too.
    expect(await opened.page.locator('tokens-text .token.twin').count()).toBe(7);
    await text(opened).press('p');
    expect(await number(opened)).toBe(2);
    await control(opened, 'Next difference (N)').click();
    expect(await number(opened)).toBe(5);
    await text(opened).press('ArrowDown');
    expect(await number(opened)).toBeGreaterThan(5);
    await opened.page.locator('.pick').first().click();
    expect(await readout(opened)).toContain('Tokenizer GPT-2');
  });

  it('find text in both, and an id among the tokens of the one that is looked at', async () => {
    const opened = await compare('one two one', ['r50k_base', 'cl100k_base']);
    await find(opened).fill('one');
    await opened.page.getByText('1 of 2').waitFor();
    await poll(() => opened.page.locator('tokens-text .token.hit').count()).toBe(4);
    await control(opened, 'Copy ids of all').click();
    await poll(() => panel.host.copied.length).toBe(1);
    // Published by the tiktoken package.
    expect(JSON.parse(panel.host.copied[0] as string)).toEqual({
      r50k_base: [505, 734, 530],
      cl100k_base: [606, 1403, 832],
    });
  });

  it('stand one under the other where there is no room beside', async () => {
    const opened = await compare('one two\nthree\n', ['r50k_base', 'cl100k_base'], { width: 380 });
    const boxes = await opened.page.locator('tokens-text .cell').evaluateAll((all) =>
      all.map((one) => {
        const { left, top } = one.getBoundingClientRect();
        return { left, top };
      }),
    );
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(1);
    expect(boxes.map(({ top }) => top)).toEqual([...boxes.map(({ top }) => top)].sort((a, b) => a - b));
    expect(await sideways(opened)).toBe(0);
  });
});

describe('choosing', () => {
  it('takes another tokenizer, one more, puts one first, takes one away', async () => {
    const opened = await compare('Hello world', ['r50k_base']);
    await pick(opened, 'Tokenizer', 'GPT-4o');
    await poll(() => panel.host.chosen).toEqual(['o200k_base']);
    await control(opened, 'Compare with another').click();
    await poll(() => panel.host.chosen).toEqual(['o200k_base', 'r50k_base']);
    await poll(() => opened.page.locator('.tokenizers li').count()).toBe(2);
    // Choosing what the other has changes places.
    await pick(opened, 'Tokenizer 2', 'GPT-4o');
    await poll(() => panel.host.chosen).toEqual(['r50k_base', 'o200k_base']);
    await poll(() => control(opened, 'Compare the others with GPT-4o').count()).toBe(1);
    await control(opened, 'Compare the others with GPT-4o').click();
    await poll(() => panel.host.chosen).toEqual(['o200k_base', 'r50k_base']);
    await poll(() => control(opened, 'Take GPT-2 away').count()).toBe(1);
    await control(opened, 'Take GPT-2 away').click();
    await poll(() => panel.host.chosen).toEqual(['o200k_base']);
    await poll(() => opened.page.locator('.tokenizers li').count()).toBe(1);
  });

  it('keeps the place in the text', async () => {
    const opened = await compare(AWKWARD, ['r50k_base'], { width: 700 });
    await find(opened).fill('Line 50');
    await opened.page.getByText('1 of 1').waitFor();
    const top = async () => (await current(opened).boundingBox())?.y ?? 0;
    const before = await top();
    panel.host.chosen = ['cl100k_base'];
    panel.host.changed();
    await poll(() => opened.page.locator('tokens-app .figures').innerText()).not.toContain('…');
    await poll(async () => (await current(opened).getAttribute('aria-label')) ?? '').toMatch(/^Line, 2519, /);
    expect(Math.abs((await top()) - before)).toBeLessThan(40);
  });

  it('shows where no token is: white space that BERT drops, and how its vocabulary writes a token', async () => {
    const opened = await compare('Unaffable  people\nÉtude', ['bert-base-uncased'], { width: 700 });
    expect(
      await opened.page.locator('tokens-text .gap').evaluateAll((all) => all.map((one) => one.textContent)),
    ).toEqual(['  ', '\n']);
    expect(
      await opened.page.locator('tokens-text .token').evaluateAll((all) => all.map((one) => one.textContent)),
    ).toEqual(['Una', 'ffa', 'ble', 'people', 'Ét', 'ude']);
    await text(opened).press('ArrowRight');
    expect(await readout(opened)).toMatch(/Piece ##ffa/);
    await tab(opened, 'table').click();
    expect(await opened.page.locator('tokens-table .line.current').innerText()).toContain('##ffa');
    await tab(opened, 'findings').click();
    const found = (await words(opened.page.locator('.findings'))).join();
    expect(found).toContain('does not keep the whole text');
    expect(found).toMatch(/Written otherwise 2 times/);
    expect(found).toMatch(/Left out 2 times/);
  });

  it('compares one that drops white space with one that keeps it by the words alone', async () => {
    const opened = await compare('people eat', ['r50k_base', 'bert-base-uncased']);
    expect(await differing(opened, 0)).toEqual([]);
    expect(await control(opened, 'Next difference (N)').getAttribute('disabled')).not.toBeNull();
    expect((await figures(opened))[1]).toContain('cut differently in 0 places');
  });

  it('hands the toggles on', async () => {
    const opened = await compare('Hello <|endoftext|>', ['r50k_base'], { width: 700 });
    await control(opened, 'Colour the tokens in the editor').click();
    await poll(() => panel.host.decorated).toBe(true);
    await control(opened, 'Make special tokens').click();
    await poll(() => panel.host.specialTokens).toBe(true);
    // Published: <|endoftext|> is 50256.
    await poll(() => opened.page.locator('tokens-text .token').count()).toBe(3);
    await text(opened).press('End');
    expect(await readout(opened)).toContain('Id 50256');
    await poll(() => readout(opened)).toContain('it was made into that one token');
  });
});

describe('for everyone', () => {
  it.each(THEMES)('has nothing serious for axe in %s, side by side and stacked', async (theme) => {
    const opened = await compare(AWKWARD, ['r50k_base', 'cl100k_base'], { theme });
    await text(opened).press('n');
    expect(await seriousFaults(opened)).toEqual([]);
    await opened.page.setViewportSize({ width: 400, height: 800 });
    await poll(() => opened.page.locator('tokens-text[stacked]').count()).toBe(1);
    expect(await seriousFaults(opened)).toEqual([]);
  });

  it.each([300, 700, 1600])('fits %i px without scrolling sideways, with four tokenizers', async (width) => {
    const opened = await compare(AWKWARD, ['r50k_base', 'cl100k_base', 'o200k_base', 'qwen2.5'], { width });
    expect(await sideways(opened)).toBe(0);
    expect(await text(opened).evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth)).toBe(0);
  });
});
