// Markdown to tokens and tokens to HTML, by markdown-it. Raw HTML comes out escaped, links and pictures are checked
// here, and nothing carries a style attribute. What the sections and blocks mean is for sections.ts.

import MarkdownItClass, { type MarkdownIt, type Token } from 'markdown-it';
import { escapeHtml, isLanguage, LANGUAGE_NAMES, type RenderCode } from './code.ts';
import { type Faults, hint } from './faults.ts';
import { addMathSyntax } from './mathSyntax.ts';
import type { RenderMath } from './maths.ts';
import { HTTPS_PATTERN, ID_PATTERN } from './rules.ts';

/** What turns tokens into HTML, and what the checks ask. */
export interface Renderers {
  readonly maths: RenderMath;
  readonly code: RenderCode;
  readonly links: LinkChecks;
}

export interface LinkChecks {
  /** Ids of the lessons that a `lesson:` link may name. */
  readonly lessons: readonly string[];
  /** The place that a `source:` link means, as `src/x.ts#L12`; or why there is none. */
  source(target: string): { readonly place: string } | { readonly fault: string };
}

function make(): MarkdownIt {
  const md = new MarkdownItClass({ html: false, linkify: false, typographer: false, breaks: false });
  addMathSyntax(md);
  // Every address becomes a link here, so that checkLink can name the bad ones instead of leaving them as text.
  md.validateLink = () => true;
  // Each inline token remembers where in its paragraph it began: that gives its line.
  const Base = md.inline.State;
  md.inline.State = class extends Base {
    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token = super.push(type, tag, nesting);
      token.meta = { ...token.meta, offset: this.pos };
      return token;
    }
  };
  return md;
}

const md = make();

/** The block tokens of a body, without looking inside paragraphs: enough for sections and blocks, and fast. */
export function parseBlocks(body: string): Token[] {
  const tokens: Token[] = [];
  md.block.parse(body, md, {}, tokens);
  return tokens;
}

/** All tokens of a body. */
export function parseAll(body: string): Token[] {
  return md.parse(body, {});
}

/** The plain text of a heading's inline token: for anchors and the table of contents. */
export function plainText(inline: Token): string {
  const parts = (inline.children ?? []).map((token) => (/break$/.test(token.type) ? ' ' : token.content));
  return parts.length > 0 ? parts.join('') : inline.content;
}

/**
 * Inline Markdown (a quiz's question) to HTML.
 *
 * @param line line of the file at which `text` begins, from 1
 */
export function renderInline(text: string, line: number, renderers: Renderers, faults: Faults): string {
  const tokens = md.parseInline(text, {});
  prepare(tokens, line, renderers, faults);
  return md.renderer.render(tokens, md.options, {});
}

/** Tokens to HTML, after {@link prepare}. */
export function renderTokens(tokens: Token[]): string {
  return md.renderer.render(tokens, md.options, {});
}

/**
 * Checks all tokens and renders their formulas, code and tables.
 *
 * @param firstLine line of the file that the tokens' line 0 is, from 1
 */
export function prepare(tokens: readonly Token[], firstLine: number, renderers: Renderers, faults: Faults): void {
  let line = firstLine;
  for (const token of tokens) {
    if (token.map) {
      line = firstLine + token.map[0];
    }
    if (token.type === 'inline') {
      for (const child of token.children ?? []) {
        const offset = Number(child.meta?.offset ?? 0);
        prepareOne(child, line + newLines(token.content, offset), renderers, faults);
      }
    } else {
      prepareOne(token, line, renderers, faults);
    }
  }
}

function newLines(text: string, until: number): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1 && i < until; i = text.indexOf('\n', i + 1)) {
    count++;
  }
  return count;
}

function prepareOne(token: Token, line: number, renderers: Renderers, faults: Faults): void {
  switch (token.type) {
    case 'math_inline':
    case 'math_block': {
      const display = token.type === 'math_block';
      const before = /^\n*/.exec(token.content)![0].length;
      const result = renderers.maths(token.content.trim(), display);
      if ('fault' in result) {
        faults.add(line + before + result.lines, `${result.fault}.`);
      } else {
        token.meta = { html: display ? `<div class="formula">${result.html}</div>\n` : result.html };
      }
      break;
    }
    case 'math_open': {
      const remedy = token.block ? 'end it with $$' : 'end it with $ (after no space), or write \\$ for a dollar sign';
      faults.add(line, `a formula opens here and is never closed; ${remedy}.`);
      break;
    }
    case 'math_misplaced':
      faults.add(line, 'a formula between $$ must start on a line of its own; in a line use one $.');
      break;
    case 'fence': {
      const language = token.info.trim();
      if (!isLanguage(language)) {
        faults.add(line, `code in "${language}" can't be coloured; ${hint(language, LANGUAGE_NAMES)}`);
      }
      token.meta = { html: renderers.code(token.content, language) };
      break;
    }
    case 'code_block':
      token.meta = { html: renderers.code(token.content, '') };
      break;
    case 'link_open':
      checkLink(token, line, renderers.links, faults);
      break;
    case 'image':
      faults.add(line, 'pictures are not taken: show it by a block that computes it, such as step or plot.');
      break;
    case 'th_open':
    case 'td_open': {
      const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
      token.attrs = align === undefined ? null : [['class', `align-${align}`]];
      break;
    }
    default:
      break;
  }
}

function checkLink(token: Token, line: number, links: LinkChecks, faults: Faults): void {
  const href = String(token.attrGet('href') ?? '');
  const [, scheme = '', target = ''] = /^([a-z]+):(.*)$/is.exec(href) ?? [];
  switch (scheme) {
    case 'https':
      if (!HTTPS_PATTERN.test(href) || href.length > 2000) {
        faults.add(line, `the link "${cut(href)}" is no https address that can be opened.`);
      }
      break;
    case 'lesson':
      if (!ID_PATTERN.test(target) || !links.lessons.includes(target)) {
        const known = links.lessons.length === 0 ? 'there are none yet' : hint(target, links.lessons);
        faults.add(line, `the link names a lesson "${cut(target)}" that doesn't exist; ${known}`);
      }
      break;
    case 'source': {
      const found = links.source(target);
      if ('fault' in found) {
        faults.add(line, found.fault);
      } else {
        token.attrSet('href', `source:${found.place}`);
      }
      break;
    }
    default:
      faults.add(line, `the link "${cut(href)}" is not taken; links start with https:, lesson: or source:.`);
  }
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

const prepared = (tokens: Token[], index: number): string => {
  const token = tokens[index]!;
  return typeof token.meta?.html === 'string' ? token.meta.html : escapeHtml(token.content);
};
for (const type of ['math_inline', 'math_block', 'math_open', 'math_misplaced', 'fence', 'code_block']) {
  md.renderer.rules[type] = prepared;
}
// Wide tables scroll by themselves in a narrow view.
md.renderer.rules.table_open = () => '<div class="table"><table>\n';
md.renderer.rules.table_close = () => '</table></div>\n';
md.renderer.rules.image = (tokens, index) => escapeHtml(tokens[index]!.content);

export type { Token };
