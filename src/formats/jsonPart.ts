// A part of a JSON file together with its path, `model.merges[17]`, so that every fault names the part at fault.

import { Fault } from '../shared/errors.ts';
import type { Json } from './jsonText.ts';

export class JsonPart {
  readonly value: Json;
  /** Empty for the whole file. */
  readonly path: string;
  /** What the file is called. */
  readonly file: string;

  constructor(value: Json, path: string, file: string) {
    this.value = value;
    this.path = path;
    this.file = file;
  }

  /** A fault about this part. `what` goes on behind its path: `is not a list`. */
  fault(what: string, remedy: string): Fault {
    const place = this.path === '' ? this.file : `${this.file}: ${this.path}`;
    return new Fault('bad-input', `${place} ${what}.`, { where: this.path || this.file, remedy });
  }

  /** The member of this name. @throws Fault when this is no object or has none. */
  at(key: string): JsonPart {
    const value = this.entries().get(key);
    if (value === undefined) {
      throw this.fault(`has no ${JSON.stringify(key)}`, `Add ${JSON.stringify(key)}, or get the file anew.`);
    }
    return this.part(value, this.path === '' ? key : `${this.path}.${key}`);
  }

  /** The member of this name; undefined when there is none or it is null. */
  maybe(key: string): JsonPart | undefined {
    return (this.entries().get(key) ?? null) === null ? undefined : this.at(key);
  }

  /** As an object. */
  entries(): ReadonlyMap<string, Json> {
    if (!(this.value instanceof Map)) {
      throw this.fault(`is ${shown(this.value)}, and must be an object`, GET_ANEW);
    }
    return this.value;
  }

  /** As a list. */
  list(): readonly Json[] {
    if (!Array.isArray(this.value)) {
      throw this.fault(`is ${shown(this.value)}, and must be a list`, GET_ANEW);
    }
    return this.value as readonly Json[];
  }

  /** A list's members. */
  items(): JsonPart[] {
    return this.list().map((value, index) => this.part(value, `${this.path}[${index}]`));
  }

  /** The member `key` of an object of names, as the path writes it: `model.vocab["##ing"]`. */
  named(key: string): JsonPart {
    const short = key.length > 60 ? `${key.slice(0, 60)}…` : key;
    return this.part(this.entries().get(key) as Json, `${this.path}[${JSON.stringify(short)}]`);
  }

  indexed(index: number): JsonPart {
    return this.part(this.list()[index] as Json, `${this.path}[${index}]`);
  }

  asText(): string {
    if (typeof this.value !== 'string') {
      throw this.fault(`is ${shown(this.value)}, and must be a text`, GET_ANEW);
    }
    if (/\p{Surrogate}/u.test(this.value)) {
      throw this.fault('holds half of a surrogate pair, which is no character', 'Write the whole character.');
    }
    return this.value;
  }

  text(key: string): string {
    return this.at(key).asText();
  }

  /** A text of one character. */
  character(key: string): string {
    const part = this.at(key);
    const text = part.asText();
    if ([...text].length !== 1) {
      throw part.fault(`is ${shown(text)}, and must be one character`, 'Write one character.');
    }
    return text;
  }

  /** @param missing what counts where there is none; without it there must be one */
  flag(key: string, missing?: boolean): boolean {
    if (missing !== undefined && !this.entries().has(key)) {
      return missing;
    }
    const part = this.at(key);
    if (typeof part.value !== 'boolean') {
      throw part.fault(`is ${shown(part.value)}, and must be true or false`, 'Write true or false.');
    }
    return part.value;
  }

  /** A whole number from 0 to `most`. */
  count(key: string, most: number): number {
    const part = this.at(key);
    if (!isCount(part.value, most)) {
      throw part.fault(`is ${shown(part.value)}, and must be a whole number from 0 to ${most}`, 'Write such a number.');
    }
    return part.value;
  }

  /** What `values` says of the text; without the member, of `missing`. */
  oneOf<T>(key: string, values: Readonly<Record<string, T>>, missing?: string): T {
    if (missing !== undefined && !this.entries().has(key)) {
      return values[missing] as T;
    }
    const known = Object.keys(values);
    const part = this.at(key);
    if (typeof part.value !== 'string' || !known.includes(part.value)) {
      throw part.fault(`is ${shown(part.value)}, which is not known`, `Known are ${known.join(', ')}.`);
    }
    return values[part.value] as T;
  }

  private part(value: Json, path: string): JsonPart {
    return new JsonPart(value, path, this.file);
  }
}

export const GET_ANEW = 'Check that it is a tokenizer.json of Hugging Face, and get it anew.';

export function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

/** A value in a fault's sentence: as JSON where that is short, else what it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length <= 60 ? value : `${value.slice(0, 60)}…`);
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
