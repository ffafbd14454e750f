// Syntax trees by tree-sitter: grammars are loaded when a file first needs them, parsing goes on in slices within a
// budget, and every tree is freed. A language without a grammar, or a file that takes too long, has none: it says why.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type treeSitter from '@vscode/tree-sitter-wasm';
import type { SyntaxParser } from '../../retrieval/chunk/chunkFile.ts';
import type { SyntaxNode } from '../../retrieval/chunk/definitions.ts';
import { type CancelSignal, type Clock, neverCancelled } from '../../shared/environment.ts';
import { asFault, Fault } from '../../shared/errors.ts';
import { grammarFile, grammars, RUNTIME } from './grammars.ts';

export interface ParserOptions {
  /** Where the grammars are: dist/grammars, or the package's own folder. */
  readonly folder: string;
  readonly clock: Clock;
  /** Milliseconds that a file may take. */
  readonly budget?: number;
  /** Milliseconds after which others have their turn. */
  readonly slice?: number;
}

/** UTF-16 units. A tree takes some ten times its text in memory. */
const LONGEST_TEXT = 1_000_000;

export class SyntaxParsers implements SyntaxParser {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #budget: number;
  readonly #slice: number;
  #runtime: Promise<typeof treeSitter> | undefined;
  readonly #languages = new Map<string, Promise<treeSitter.Language>>();

  constructor({ folder, clock, budget = 2000, slice = 25 }: ParserOptions) {
    this.#folder = folder;
    this.#clock = clock;
    this.#budget = budget;
    this.#slice = slice;
  }

  async parse<T>(
    language: string,
    text: string,
    use: (root: SyntaxNode) => T | Promise<T>,
    signal: CancelSignal = neverCancelled,
  ): Promise<{ readonly value: T } | { readonly why: string }> {
    const name = Object.hasOwn(grammars, language) ? grammars[language] : undefined;
    if (name === undefined) {
      return { why: `There is no grammar for ${language}.` };
    }
    if (text.length > LONGEST_TEXT) {
      return { why: `It has ${text.length} characters; up to ${LONGEST_TEXT} are parsed.` };
    }
    let parser: treeSitter.Parser | undefined;
    let tree: treeSitter.Tree | undefined;
    try {
      const { Parser } = await this.#tools();
      parser = new Parser().setLanguage(await this.#language(name));
      tree = await this.#tree(parser, text, signal);
      return tree ? { value: await use(tree.rootNode) } : { why: `Parsing took more than ${this.#budget} ms.` };
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'cancelled') {
        throw fault;
      }
      return { why: `The ${language} parser failed: ${fault.message}` };
    } finally {
      tree?.delete();
      parser?.delete();
    }
  }

  /** undefined when the budget was not enough. A parser that was stopped goes on where it was. */
  async #tree(parser: treeSitter.Parser, text: string, signal: CancelSignal): Promise<treeSitter.Tree | undefined> {
    for (let spent = 0; spent < this.#budget; ) {
      const start = this.#clock.elapsed();
      const progressCallback = () => this.#clock.elapsed() - start > this.#slice || signal.cancelled;
      const tree = parser.parse(text, null, { progressCallback });
      if (tree !== null) {
        return tree;
      }
      if (signal.cancelled) {
        throw new Fault('cancelled', 'Parsing was stopped.');
      }
      spent += this.#clock.elapsed() - start;
      await setImmediate();
    }
    return undefined;
  }

  #tools(): Promise<typeof treeSitter> {
    this.#runtime ??= (async () => {
      const { default: tools } = await import('@vscode/tree-sitter-wasm');
      await tools.Parser.init({ locateFile: () => path.join(this.#folder, RUNTIME) });
      return tools;
    })();
    return this.#runtime;
  }

  /** A grammar that can't be loaded fails each time: its file may be there the next time the worker starts. */
  #language(name: string): Promise<treeSitter.Language> {
    let language = this.#languages.get(name);
    if (language === undefined) {
      language = (async () => {
        const { Language } = await this.#tools();
        return Language.load(await readFile(path.join(this.#folder, grammarFile(name))));
      })();
      this.#languages.set(name, language);
    }
    return language;
  }
}
