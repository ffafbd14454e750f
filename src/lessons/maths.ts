// TeX to MathML, by KaTeX. Loaded only when a whole lesson is wanted. Takes no colours, sizes from outside, links or
// pictures: what a formula looks like is the theme's.

import { MAX_FORMULA } from './mathSyntax.ts';

/** MathML, or what is wrong and how many lines into the formula. */
export type MathResult = { readonly html: string } | { readonly fault: string; readonly lines: number };

/** Renders one formula; never throws. */
export type RenderMath = (tex: string, display: boolean) => MathResult;

export async function loadMaths(): Promise<RenderMath> {
  const { default: katex } = await import('katex');
  return (tex, display) => {
    if (tex.length > MAX_FORMULA) {
      return { fault: `the formula is longer than ${MAX_FORMULA.toLocaleString('en')} characters`, lines: 0 };
    }
    let refused: string | undefined;
    try {
      const html = katex.renderToString(tex, {
        output: 'mathml',
        displayMode: display,
        throwOnError: true,
        strict: 'error',
        maxSize: 20,
        maxExpand: 300,
        trust: (context) => {
          refused = context.command;
          return false;
        },
      });
      if (refused !== undefined) {
        return { fault: `the formula uses ${refused}, which is not taken`, lines: lineOf(tex, tex.indexOf(refused)) };
      }
      // A style attribute breaks the page's security policy, and a fixed colour breaks a theme.
      const styled = /<[^>]*\s(?:style|mathcolor|mathbackground)\s*=/.test(html);
      return styled
        ? { fault: 'the formula sets a colour, a border or a shadow, which is not taken', lines: 0 }
        : { html: html.replace(/^<span class="katex">/, '').replace(/<\/span>$/, '') };
    } catch (error) {
      // KaTeX throws its ParseError, or a RangeError where a formula is nested too deeply.
      const { rawMessage, position } = error as { rawMessage?: string; position?: number };
      const what = rawMessage ?? 'it is nested too deeply';
      return { fault: `the formula can't be read: ${what.replace(/\.$/, '')}`, lines: lineOf(tex, position ?? 0) };
    }
  };
}

function lineOf(tex: string, offset: number): number {
  return tex.slice(0, Math.max(0, offset)).split('\n').length - 1;
}
