// What normalizers, pre-tokenizers and decoders of a tokenizer.json share: their types, sequences of them, patterns.

import { Fault } from '../shared/errors.ts';
import type { PatternSpec, SplitBehavior } from '../tokenizers/definition.ts';
import { compileRegex } from '../tokenizers/pattern/compileRegex.ts';
import { GET_ANEW, type JsonPart, shown } from './jsonPart.ts';

/** One as the file writes it. */
export interface Component {
  readonly type: string;
  readonly [setting: string]: unknown;
}

/** Sequences in sequences go no deeper. */
const DEEPEST = 20;

/** How many components a sequence may have, with all that are in it. */
const MOST_COMPONENTS = 100;

/**
 * A component, or a `Sequence` of them, as one list.
 *
 * @param list the name of a sequence's members: `normalizers`, `pretokenizers`, `decoders`
 * @param readers what reads each type
 */
export function readComponents<Spec>(
  part: JsonPart | undefined,
  list: string,
  readers: Readonly<Record<string, (part: JsonPart) => readonly Spec[]>>,
): Spec[] {
  const specs: Spec[] = [];
  const read = (one: JsonPart, depth: number) => {
    const type = one.at('type');
    if (type.value === 'Sequence') {
      if (depth === DEEPEST) {
        throw one.fault('is a sequence too deep within others', 'Write them as one sequence.');
      }
      for (const item of one.at(list).items()) {
        read(item, depth + 1);
      }
    } else if (typeof type.value === 'string' && Object.hasOwn(readers, type.value)) {
      specs.push(...readers[type.value]!(one));
    } else {
      const known = [...Object.keys(readers), 'Sequence'].join(', ');
      throw type.fault(`is ${shown(type.value)}, which is not known here`, `Known are ${known}.`);
    }
    if (specs.length > MOST_COMPONENTS) {
      throw one.fault(`is one of over ${MOST_COMPONENTS} components`, 'Take a file with fewer.');
    }
  };
  if (part !== undefined) {
    read(part, 0);
  }
  return specs;
}

export function writeComponents(components: readonly Component[], list: string): Component | null {
  return components.length > 1 ? { type: 'Sequence', [list]: components } : (components[0] ?? null);
}

/** `{"String": …}` or `{"Regex": …}`. */
export function readPattern(part: JsonPart): PatternSpec {
  const text = part.maybe('String')?.asText();
  if (text !== undefined) {
    // An empty text is found between all characters, as an empty expression is.
    return text === '' ? { regex: '' } : { text };
  }
  const regex = part.maybe('Regex');
  if (regex === undefined) {
    throw part.fault('has neither "String" nor "Regex"', GET_ANEW);
  }
  try {
    compileRegex(regex.asText());
  } catch (error) {
    throw error instanceof Fault && error.where !== regex.path
      ? regex.fault(`can't be used: ${error.message.replace(/\.$/, '')}`, error.remedy ?? GET_ANEW)
      : error;
  }
  return { regex: regex.asText() };
}

export function writePattern(pattern: PatternSpec): { readonly String: string } | { readonly Regex: string } {
  return 'text' in pattern ? { String: pattern.text } : { Regex: pattern.regex };
}

export const BEHAVIORS: Readonly<Record<string, SplitBehavior>> = {
  Removed: 'removed',
  Isolated: 'isolated',
  MergedWithPrevious: 'merged-with-previous',
  MergedWithNext: 'merged-with-next',
  Contiguous: 'contiguous',
};

export function writeBehavior(behavior: SplitBehavior): string {
  return Object.keys(BEHAVIORS).find((name) => BEHAVIORS[name] === behavior) as string;
}
