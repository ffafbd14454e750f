// Colours for code: from rules of the shapes that themes have, and palettes whose contrast is computed as WCAG 2.1 says.

import { describe, expect, it } from 'vitest';
import { type CodeThemeKind, codeColors, PALETTES } from '../../../src/lessons/codeColors.ts';

/** The declarations for one selector. */
function of(css: string, selector: string): string | undefined {
  return css
    .split('\n')
    .find((line) => line.startsWith(`${selector} {`))
    ?.slice(selector.length + 3, -2);
}

const rule = (scope: unknown, settings: unknown) => ({ scope, settings });

describe('a theme with rules', () => {
  it('takes lists, comma lists and single scopes', () => {
    const css = codeColors('dark', [
      rule('comment', { foreground: '#111111' }),
      rule('string, constant.numeric', { foreground: '#222222' }),
      rule(['keyword', 'entity.name.function'], { foreground: '#333333' }),
    ]);
    expect(of(css, '.hljs-comment')).toBe('color: #111111;');
    expect(of(css, '.hljs-string')).toBe('color: #222222;');
    expect(of(css, '.hljs-number')).toBe('color: #222222;');
    expect(of(css, '.hljs-keyword')).toBe('color: #333333;');
    expect(of(css, '.hljs-title.function_')).toBe('color: #333333;');
  });

  it('the longer selector wins whatever the order; of equals the later', () => {
    const css = codeColors('dark', [
      rule('constant.numeric', { foreground: '#00000a' }),
      rule('constant', { foreground: '#00000b' }),
      rule('comment', { foreground: '#00000c' }),
      rule('comment', { foreground: '#00000d' }),
    ]);
    expect(of(css, '.hljs-number')).toBe('color: #00000a;');
    expect(of(css, '.hljs-literal')).toBe('color: #00000b;');
    expect(of(css, '.hljs-comment')).toBe('color: #00000d;');
  });

  it('colour and style come from rules of their own', () => {
    const css = codeColors('light', [
      rule('comment', { foreground: '#123456' }),
      rule('comment.line', { fontStyle: 'italic bold underline strikethrough' }),
      rule('string', { fontStyle: '' }),
    ]);
    expect(of(css, '.hljs-comment')).toBe(
      'color: #123456; font-style: italic; font-weight: bold; text-decoration: underline line-through;',
    );
    expect(of(css, '.hljs-string')).toBeUndefined();
  });

  it('a name is no prefix of another name', () => {
    expect(of(codeColors('dark', [rule('comm', { foreground: '#111111' })]), '.hljs-comment')).toBeUndefined();
  });

  it('leaves selectors alone that ask for parents or exclude', () => {
    const css = codeColors('dark', [
      rule('comment', { foreground: '#111111' }),
      rule('source.css comment', { foreground: '#222222' }),
      rule('comment - comment.block', { foreground: '#333333' }),
    ]);
    expect(of(css, '.hljs-comment')).toBe('color: #111111;');
  });

  it.each(['red; } * { display: none', 'url(https://example.org)', 'var(--x)', '#12', '#12345', 7, null])(
    'takes no colour %j',
    (foreground) => {
      const css = codeColors('dark', [rule('comment', { foreground }), rule('string', { foreground: '#abcdef80' })]);
      expect(of(css, '.hljs-comment')).toBeUndefined();
      expect(of(css, '.hljs-string')).toBe('color: #abcdef80;');
      expect(css).toMatch(/^(?:\.[\w.-]+ \{[^{}]*\}\n)+$/);
    },
  );

  it.each([undefined, null, 'x', {}, [], [null, 1, 'x', {}, { scope: 'a' }, { settings: {} }, rule({}, 3)]])(
    'is our palette for %j',
    (rules) => {
      expect(of(codeColors('dark', rules), '.hljs-comment')).toBe(`color: ${PALETTES.dark.comment};`);
    },
  );
});

/** WCAG 2.1, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe('our palettes', () => {
  // Grounds of common themes, each kind's least favourable included: Solarized and Dracula-like darks, creamy lights.
  const grounds: Record<CodeThemeKind, [number, string[]]> = {
    dark: [4.5, ['#1e1e1e', '#1f1f1f', '#002b36', '#282a36', '#2d2a2e', '#333842']],
    light: [4.5, ['#ffffff', '#f3f3f3', '#fdf6e3', '#eee8d5', '#e8e8e8']],
    'hc-dark': [7, ['#000000', '#1a1a1a']],
    'hc-light': [7, ['#ffffff', '#f2f2f2']],
  };

  it('the measure is right: black on white is 21, #767676 on white is 4.54', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each(Object.entries(PALETTES))('%s can be read', (kind, palette) => {
    const [least, colours] = grounds[kind as CodeThemeKind];
    for (const [name, colour] of Object.entries(palette)) {
      for (const ground of colours) {
        expect(contrast(colour, ground), `${name} ${colour} on ${ground}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
});
