// Which way a file is cut, by its language: code along its syntax where there is a grammar and time, markdown along its
// headings, prose by paragraphs, anything else by lines.

import type { CancelSignal } from '../../shared/environment.ts';
import type { Chunk } from '../chunk.ts';
import { type SyntaxNode, syntaxRules } from './definitions.ts';
import { CHUNKER, type ChunkLimits, chunkLimits } from './limits.ts';
import { findLines } from './lines.ts';
import { findSections } from './markdown.ts';
import { findParagraphs } from './paragraphs.ts';
import { allInTurns, allOf, type FoundChunks } from './spans.ts';
import { chunkSyntax, nextTurn } from './syntax.ts';

/** Makes syntax trees (src/services/search/syntaxParsers.ts). */
export interface SyntaxParser {
  /**
   * Calls `use` with the tree's root, which is freed when that has ended.
   *
   * @returns what `use` did, or why there is no tree, for people
   * @throws Fault `cancelled`
   */
  parse<T>(
    language: string,
    text: string,
    use: (root: SyntaxNode) => T | Promise<T>,
    signal?: CancelSignal,
  ): Promise<{ readonly value: T } | { readonly why: string }>;
}

/** For StoredFile.cut: what is cut without a parser, and by which version of the chunkers. */
export const quickCut = `quick-${CHUNKER}`;

/** How a file of this language is cut at best: the quick way, where that is the best there is. */
export function bestCut(language: string): string {
  return Object.hasOwn(syntaxRules, language) ? `syntax-${CHUNKER}` : quickCut;
}

/** At once: markdown along its headings, prose by paragraphs, anything else by lines. */
export function chunkQuickly(language: string, text: string, limits: ChunkLimits = chunkLimits): Chunk[] {
  return allOf(findQuickly(language, text, limits));
}

/** The same, one after the other, for who has others to let in between. */
export function findQuickly(language: string, text: string, limits: ChunkLimits = chunkLimits): FoundChunks {
  const find = language === 'markdown' ? findSections : PROSE.has(language) ? findParagraphs : findLines;
  return find(text, limits);
}

const PROSE = new Set(['plaintext', 'restructuredtext', 'latex']);

export interface CutFile {
  readonly chunks: Chunk[];
  /** For people: why it wasn't cut along its syntax, where there are rules for that. */
  readonly why?: string;
}

/**
 * As well as can be: code along its syntax, if the parser can; else as it is cut quickly.
 *
 * @throws Fault `cancelled`
 */
export async function chunkFile(
  language: string,
  text: string,
  parser: SyntaxParser,
  signal?: CancelSignal,
  limits: ChunkLimits = chunkLimits,
): Promise<CutFile> {
  const rules = Object.hasOwn(syntaxRules, language) ? syntaxRules[language] : undefined;
  const giveWay = () => nextTurn(signal);
  if (rules === undefined) {
    return { chunks: await allInTurns(findQuickly(language, text, limits), giveWay) };
  }
  const parsed = await parser.parse(language, text, (root) => chunkSyntax(text, root, rules, limits, signal), signal);
  return 'value' in parsed
    ? { chunks: parsed.value }
    : { chunks: await allInTurns(findLines(text, limits), giveWay), why: parsed.why };
}
