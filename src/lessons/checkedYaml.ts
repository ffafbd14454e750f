// YAML with a schema, where every complaint has the line of the key that it is about. Front matter and block bodies
// are read by this. One document, no aliases, no tags of an author's own.

import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { z } from '../shared/schema.ts';
import { type Faults, hint, shown } from './faults.ts';

type Path = readonly PropertyKey[];

/** A read value, and where its parts stand. */
export interface CheckedYaml<T> {
  readonly value: T;
  /** Line of the value at `path` in the lesson file, from 1. */
  lineOf(path: Path): number;
}

/**
 * Reads `text` and checks it. What is wrong goes to `faults`; then the answer is undefined.
 *
 * @param firstLine line of the lesson file at which `text` begins, from 1
 * @param what names the whole in a complaint: "the front matter", "the step block"
 */
export function readYaml<T>(
  text: string,
  schema: z.core.$ZodType<T>,
  firstLine: number,
  what: string,
  faults: Faults,
): CheckedYaml<T> | undefined {
  try {
    return read(text, schema, firstLine, what, faults);
  } catch (error) {
    // The library recurses: a text nested thousands deep runs out of stack.
    faults.add(firstLine, `${what} can't be read as YAML (${error instanceof Error ? error.message : error}).`);
    return undefined;
  }
}

function read<T>(
  text: string,
  schema: z.core.$ZodType<T>,
  firstLine: number,
  what: string,
  faults: Faults,
): CheckedYaml<T> | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
  // What stays open to the end is reported behind it; what is empty has only the line above it, its fence.
  const end = text.trimEnd().length;
  const lineAt = (offset: number) => firstLine - 1 + (end === 0 ? 0 : lineCounter.linePos(Math.min(offset, end)).line);
  const broken = [...document.errors, ...document.warnings];
  for (const error of broken) {
    faults.add(lineAt(error.pos[0]), `${what} can't be read as YAML: ${error.message}.`);
  }
  const alias = firstAlias(document);
  if (alias !== undefined) {
    faults.add(lineAt(alias), `${what} uses an anchor (&) or alias (*) of YAML; write the value itself.`);
  }
  if (broken.length > 0 || alias !== undefined) {
    return undefined;
  }
  const given: unknown = document.toJS();
  const lineOf = (path: Path) => lineAt(offsetOf(document, path));
  const result = z.safeParse(schema, given);
  if (result.success) {
    return { value: result.data, lineOf };
  }
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const known = knownKeys(schema, issue.path);
        const reason = `${what} has no key "${key}"${inside(issue.path)}; ${hint(key, known)}`;
        faults.add(lineAt(offsetOfKey(document, issue.path, key)), reason);
      }
    } else {
      faults.add(lineOf(issue.path), sentence(given, issue.path, issue.message, what));
    }
  }
  return undefined;
}

function sentence(given: unknown, path: Path, rule: string, what: string): string {
  const value = valueAt(given, path);
  const last = path.at(-1);
  if (last === undefined) {
    return `${what} ${rule}, and is ${shown(value)}.`;
  }
  const name =
    typeof last === 'number'
      ? `item ${last + 1}${inside(path.slice(0, -1))}`
      : `${String(last)}${inside(path.slice(0, -1))}`;
  return value === undefined ? `${name} is missing; it ${rule}.` : `${name} ${rule}, and is ${shown(value)}.`;
}

/** " in options 2" for the path options, 1. */
function inside(path: Path): string {
  const words = path.map((key) => (typeof key === 'number' ? String(key + 1) : String(key)));
  return words.length === 0 ? '' : ` in ${words.join(' ')}`;
}

function valueAt(given: unknown, path: Path): unknown {
  let value = given;
  for (const key of path) {
    value = value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return value;
}

/** The keys that the schema's object at `path` takes. */
function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  const { def } = schema._zod as { def: { type: string; shape?: object; element?: unknown; innerType?: unknown } };
  if (def.innerType !== undefined) {
    return knownKeys(def.innerType as z.core.$ZodType, path);
  }
  const [key, ...rest] = path;
  if (key === undefined) {
    return Object.keys(def.shape ?? {});
  }
  const next = def.element ?? (def.shape as Record<PropertyKey, unknown> | undefined)?.[key];
  return next === undefined ? [] : knownKeys(next as z.core.$ZodType, rest);
}

/** Offset of the key that names the value at `path` (of the value itself in a list); what is missing stands at its parent. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent = path.slice(0, length - 1);
    const last = path[length - 1];
    const node: unknown = document.getIn([...parent, last], true);
    if (typeof last === 'string' && node !== undefined) {
      return offsetOfKey(document, parent, last);
    }
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
}

function offsetOfKey(document: Document, parent: Path, key: string): number {
  const map: unknown = parent.length === 0 ? document.contents : document.getIn([...parent], true);
  if (isMap(map)) {
    for (const { key: node } of map.items) {
      if (isScalar(node) && String(node.value) === key && node.range) {
        return node.range[0];
      }
    }
  }
  return isNode(map) && map.range ? map.range[0] : 0;
}

function firstAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor !== undefined) {
        offset = node.range?.[0] ?? 0;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return offset;
}
