// Code along its syntax tree: a definition that fits is a chunk under its name; a larger one is cut along its children,
// small neighbours are put together, and comments go with what they stand above. After cAST (Zhang et al. 2025,
// arXiv:2506.15655), with names, and with definitions of some length kept to themselves.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { nextLine } from '../../shared/lines.ts';
import type { Chunk } from '../chunk.ts';
import { isLead, namesOf, type SyntaxNode, type SyntaxRules } from './definitions.ts';
import { type ChunkLimits, chunkLimits } from './limits.ts';
import { ChunkMaker, cutSpan, isSpace, type Span, skipSpace } from './spans.ts';

/** A stretch that is not taken apart any more. */
interface Atom extends Span {
  /** Names around it. */
  readonly scope: readonly string[];
  /** What most of it defines, under `scope`, and how long that is. */
  readonly own?: readonly string[] | undefined;
  readonly ownLength?: number | undefined;
}

/** Where a node stands. */
interface Place {
  readonly scope: readonly string[];
  readonly depth: number;
  /** It is in a wrapper that the names of what it wraps were given to. */
  readonly isNamed: boolean;
}

/** Brackets within brackets beyond this are cut by their lines. */
const DEEPEST = 100;
/** So is a list of more than so many parts: a table of data. */
const MOST_CHILDREN = 5000;
/** And the rest of a file of which so many nodes were looked at. */
const MOST_NODES = 100_000;
const NODES_AT_ONCE = 500;
/** UTF-16 units. */
const LONGEST_HEAD = 40;

/**
 * Gives up its turn now and then, so that a large file holds nobody up.
 *
 * @param root the syntax tree of the whole `text`
 * @throws Fault `cancelled`
 */
export async function chunkSyntax(
  text: string,
  root: SyntaxNode,
  rules: SyntaxRules,
  limits: ChunkLimits = chunkLimits,
  signal: CancelSignal = neverCancelled,
): Promise<Chunk[]> {
  const maker = new ChunkMaker(text);
  const cutting = new Cutting(text, rules, limits);
  for (const _ of cutting.cut(root)) {
    await nextTurn(signal);
  }
  return cutting.joined().flatMap(({ own = [], scope, ...span }) => maker.make('code', span, [...scope, ...own]) ?? []);
}

/** Lets others go on. @throws Fault `cancelled` */
export async function nextTurn(signal: CancelSignal = neverCancelled): Promise<void> {
  await new Promise<void>((resolve) => void setTimeout(resolve, 0));
  if (signal.cancelled) {
    throw new Fault('cancelled', 'Cutting a file was stopped.');
  }
}

class Cutting {
  readonly #text: string;
  readonly #rules: SyntaxRules;
  readonly #limits: ChunkLimits;
  readonly #atoms: Atom[] = [];
  #nodes = 0;
  /** So many nodes, and others have their turn. */
  #turn = NODES_AT_ONCE;

  constructor(text: string, rules: SyntaxRules, limits: ChunkLimits) {
    this.#text = text;
    this.#rules = rules;
    this.#limits = limits;
  }

  /** Yields where others may have their turn. */
  cut(root: SyntaxNode): Generator<void, void, void> {
    return this.#inside(root, { start: 0, end: this.#text.length }, { scope: [], depth: 0, isNamed: false });
  }

  /** The span of a node, from the end of what is before it, into atoms along its children. */
  *#inside(node: SyntaxNode, span: Span, place: Place): Generator<void, void, void> {
    const { scope, depth } = place;
    if (depth > DEEPEST || node.childCount === 0 || node.childCount > MOST_CHILDREN || this.#nodes > MOST_NODES) {
      this.#lines(span, scope);
      return;
    }
    this.#nodes += node.childCount;
    if (this.#nodes > this.#turn) {
      this.#turn = this.#nodes + NODES_AT_ONCE;
      yield;
    }
    let from = span.start;
    // Where something began that goes with what comes next: a comment, a decorator, the `export` of a long list.
    let lead: number | undefined;
    for (const child of node.children) {
      if (child === null || child.endIndex <= from) {
        continue;
      }
      const end = Math.min(child.endIndex, span.end);
      const gap = this.#newlines(from, child.startIndex);
      if (lead !== undefined && gap > 1) {
        this.#lines({ start: lead, end: from }, scope);
        lead = undefined;
      }
      if (isLead(child.type) && gap === 0 && lead === undefined && from > span.start) {
        this.#lines({ start: from, end }, scope); // a comment at a line's end belongs to the line
      } else if (isLead(child.type) || this.#isHead(child)) {
        lead ??= from;
      } else {
        yield* this.#unit(child, { start: lead ?? from, end }, place);
        lead = undefined;
      }
      from = end;
    }
    this.#lines({ start: lead ?? from, end: span.end }, scope);
  }

  /** A child with what stands above it. */
  *#unit(node: SyntaxNode, span: Span, { scope, depth, isNamed }: Place): Generator<void, void, void> {
    const own = isNamed ? undefined : namesOf(node, this.#rules, this.#text, scope.length === 0);
    const start = skipSpace(this.#text, span.start, span.end);
    if (span.end - start <= this.#limits.most) {
      this.#atoms.push({ start: span.start, end: span.end, scope, ...(own && { own, ownLength: span.end - start }) });
      return;
    }
    yield* this.#inside(node, span, {
      scope: own ? [...scope, ...own] : scope,
      depth: depth + 1,
      isNamed: this.#rules.wrappers.has(node.type) && (isNamed || own !== undefined),
    });
  }

  #lines(span: Span, scope: readonly string[]): void {
    if (skipSpace(this.#text, span.start, span.end) < span.end) {
      for (const piece of cutSpan(this.#text, span, { most: this.#limits.most })) {
        this.#atoms.push({ ...piece, scope });
      }
    }
  }

  /** A word or a bracket that others follow in its line: no chunk ends behind it. */
  #isHead({ childCount, startIndex, endIndex }: SyntaxNode): boolean {
    let next = endIndex;
    while (this.#text[next] === ' ' && next < endIndex + 8) {
      next++;
    }
    return childCount === 0 && endIndex - startIndex <= LONGEST_HEAD && !isSpace(this.#text.charCodeAt(next));
  }

  /** How many line ends lie between; 2 stands for more. */
  #newlines(start: number, end: number): number {
    let lines = 0;
    for (let at = start; at >= 0 && lines < 2; ) {
      at = nextLine(this.#text, at, end);
      lines += at < 0 ? 0 : 1;
    }
    return lines;
  }

  /** All that was cut, small neighbours together. */
  joined(): Atom[] {
    const { most, good, alone } = this.#limits;
    const joined: (Atom & { isAlone: boolean })[] = [];
    for (const atom of this.#atoms) {
      const isAlone = atom.own !== undefined && this.#length(atom.start, atom.end) >= alone;
      const last = joined.at(-1);
      const length = last ? this.#length(last.start, atom.end) : 0;
      if (last === undefined) {
        joined.push({ ...atom, isAlone });
      } else if (isClosing(this.#text, atom) && length <= most + 16) {
        joined[joined.length - 1] = { ...last, end: atom.end };
      } else if (
        sameNames(last.scope, atom.scope) &&
        ((length <= good && !isAlone && !last.isAlone) ||
          (length <= most && (this.#isTiny(atom) || this.#isTiny(last))))
      ) {
        const names = namesOfBoth(last, atom, length);
        joined[joined.length - 1] = { ...last, ...names, end: atom.end, isAlone: isAlone || last.isAlone };
      } else {
        joined.push({ ...atom, isAlone });
      }
    }
    return joined;
  }

  /** Too little to be found by itself, and nothing that has a name. */
  #isTiny({ start, end, own }: Atom): boolean {
    return own === undefined && this.#length(start, end) < this.#limits.tiny;
  }

  #length(start: number, end: number): number {
    return end - skipSpace(this.#text, start, end);
  }
}

/** Of two together: what the greater part of them defines. */
function namesOfBoth(a: Atom, b: Atom, length: number): Pick<Atom, 'own' | 'ownLength'> {
  const { own, ownLength = 0 } = (a.ownLength ?? 0) >= (b.ownLength ?? 0) ? a : b;
  return ownLength * 2 > length ? { own, ownLength } : { own: undefined, ownLength: undefined };
}

/** Brackets, commas and semicolons, as they stand behind what is cut along its children. */
function isClosing(text: string, { start, end }: Span): boolean {
  return end - start < 200 && /^[\s)\]};,]*(?:end|fi|done|esac)?\s*$/.test(text.slice(start, end));
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}
