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
        : { html: spacedNames(html.replace(/^<span class="katex">/, '').replace(/<\/span>$/, '')) };
    } catch (error) {
      // KaTeX throws its ParseError, or a RangeError where a formula is nested too deeply.
      const { rawMessage, position } = error as { rawMessage?: string; position?: number };
      const what = rawMessage ?? 'it is nested too deeply';
      return { fault: `the formula can't be read: ${what.replace(/\.$/, '')}`, lines: lineOf(tex, position ?? 0) };
    }
  };
}

/** A thin space, as TeX has it: a sixth of an em. */
const THIN = '<mspace width="0.1667em"></mspace>';
/** A function's name as KaTeX writes it: `sin`, and the sign for "applied to", which browsers give no room. */
const NAME = '<mi>[a-z]{2,}</mi><mo>\u2061</mo>';
const INDEX = '<m[in][^>]*>[^<]*</m[in]>';
/** The name alone, or with an index or a power. */
const NAMED = `(?:${NAME}|<msu[bp]><mrow>${NAME}</mrow>${INDEX}</msu[bp]>)`;
/** Before anything but an opening bracket, a space and the end. */
const BEFORE_ARGUMENT = new RegExp(`(${NAMED})(?!(?:<mrow>)?<mo[^>]*>[([{|]|</|<mspace|$)`, 'g');
/** After what can be multiplied with a function's value. A name that is applied to nothing may be half of a fraction. */
const FACTOR = new RegExp(`(</(?:mi|mn|msub|msup|msubsup|mfrac|msqrt)>|[)\\]]</mo>)(?=${NAMED}(?!</|$))`, 'g');

/**
 * Puts the thin spaces where TeX has them, before and after the name of a function: `sin a cos b` and not `sinacosb`.
 * KaTeX writes none into MathML, and browsers add none. None goes between a name and its opening bracket.
 */
function spacedNames(mathml: string): string {
  return mathml.replaceAll(BEFORE_ARGUMENT, `$1${THIN}`).replaceAll(FACTOR, `$1${THIN}`);
}

function lineOf(tex: string, offset: number): number {
  return tex.slice(0, Math.max(0, offset)).split('\n').length - 1;
}
