// From a file's bytes to what its JSON says (RFC 8259), for files of unknown make: every way in which they can fail to be
// JSON is a fault with its line and column. Objects become maps: any key is as good as another, none comes twice, and
// their order stays. `JSON.parse` is not used for them: V8 13.6 takes the key `"\""` for `\` in some objects with keys
// that are numbers, as vocabularies have them (test/unit/formats/jsonText.test.ts). Nesting costs no stack.

import { Fault } from '../shared/errors.ts';

/** A value of JSON; objects are maps. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/**
 * The value that a file of JSON holds. A byte order mark is passed over.
 *
 * @param where what to call the file in a fault
 * @param most how many bytes the file may have
 * @throws Fault `too-large`; `bad-input` when it is not UTF-8, not JSON, or has a key twice in the same object.
 */
export function parseJson(bytes: Uint8Array, where: string, most: number): Json {
  if (bytes.length > most) {
    const remedy = `Take a file of at most ${most} bytes.`;
    throw new Fault('too-large', `${where} has ${bytes.length} bytes, and may have ${most}.`, { where, remedy });
  }
  return new JsonReader(decoded(bytes, where), where).read();
}

function decoded(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const isWide = bytes[0] === 0xff || bytes[0] === 0xfe || bytes.subarray(0, 100).includes(0);
    throw new Fault(
      'bad-input',
      `${where} is not UTF-8 text${isWide ? ': it looks like UTF-16 or like no text' : ''}.`,
      {
        where,
        remedy: 'Save it as UTF-8, or get it anew.',
        cause,
      },
    );
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** V8 copies slices up to this length. */
const SHORT = 12;

/** A list or an object that is open; of an object the key whose value comes next. */
type Open = { readonly list: Json[] } | { readonly map: Map<string, Json>; key: string };

class JsonReader {
  private readonly text: string;
  private readonly where: string;
  private at = 0;

  constructor(text: string, where: string) {
    this.text = text;
    this.where = where;
  }

  read(): Json {
    const open: Open[] = [];
    for (;;) {
      let value = this.value(open);
      while (value !== undefined) {
        const around = open.at(-1);
        if (around === undefined) {
          return this.end(value);
        }
        if ('list' in around) {
          around.list.push(value);
        } else {
          around.map.set(around.key, value);
        }
        value = this.closed(around, open);
      }
    }
  }

  /** The value that begins here; undefined where that is a list or an object with something in it, which is now open. */
  private value(open: Open[]): Json | undefined {
    this.skipWhite();
    switch (this.text[this.at]) {
      case '"':
        return this.string();
      case '{': {
        this.at++;
        const map = new Map<string, Json>();
        if (this.takes('}')) {
          return map;
        }
        open.push({ map, key: this.key(map) });
        return undefined;
      }
      case '[': {
        this.at++;
        const list: Json[] = [];
        if (this.takes(']')) {
          return list;
        }
        open.push({ list });
        return undefined;
      }
      default:
        return this.plain();
    }
  }

  /** Behind a value in `around`: undefined when another follows, else `around` itself, which has ended. */
  private closed(around: Open, open: Open[]): Json | undefined {
    if (this.takes(',')) {
      if ('map' in around) {
        around.key = this.key(around.map);
      }
      return undefined;
    }
    const isList = 'list' in around;
    if (!this.takes(isList ? ']' : '}')) {
      throw this.fault(`"," or "${isList ? ']' : '}'}" is missing`);
    }
    open.pop();
    return isList ? around.list : around.map;
  }

  /** A key with its colon. */
  private key(map: ReadonlyMap<string, Json>): string {
    this.skipWhite();
    const from = this.at;
    if (this.text.charCodeAt(from) !== QUOTE) {
      throw this.fault('a key in quotation marks is missing');
    }
    const key = this.string();
    if (map.has(key)) {
      this.at = from;
      throw this.fault(`the object has the key ${JSON.stringify(key)} twice, and nothing says which one counts`);
    }
    if (!this.takes(':')) {
      throw this.fault('":" is missing');
    }
    return key;
  }

  private string(): string {
    const { text } = this;
    const from = this.at;
    let isPlain = true;
    let to = from + 1;
    for (let unit = text.charCodeAt(to); unit !== QUOTE; unit = text.charCodeAt(to)) {
      if (!(unit >= 0x20)) {
        this.at = to;
        throw this.fault(to >= text.length ? 'a text has no end' : 'a text holds a control character');
      }
      isPlain &&= unit !== BACKSLASH;
      to += unit === BACKSLASH ? 2 : 1;
    }
    this.at = to + 1;
    // A longer slice would be a view that keeps the whole file in memory.
    if (isPlain && to - from <= SHORT) {
      return text.slice(from + 1, to);
    }
    try {
      return JSON.parse(text.slice(from, to + 1)) as string;
    } catch {
      this.at = from;
      throw this.fault('a text has an escape that JSON has not');
    }
  }

  private plain(): Json {
    const token = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0];
    if (found === undefined) {
      throw this.fault('a value is missing');
    }
    this.at += found.length;
    return found === 'null' ? null : found === 'true' || found === 'false' ? found === 'true' : Number(found);
  }

  private end(value: Json): Json {
    this.skipWhite();
    if (this.at < this.text.length) {
      throw this.fault('something stands behind its end');
    }
    return value;
  }

  private takes(sign: string): boolean {
    this.skipWhite();
    const isThere = this.text[this.at] === sign;
    this.at += Number(isThere);
    return isThere;
  }

  private skipWhite(): void {
    for (let unit = this.text.charCodeAt(this.at); ; unit = this.text.charCodeAt(++this.at)) {
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) {
        return;
      }
    }
  }

  private fault(what: string): Fault {
    const { text, where } = this;
    const before = text.slice(0, this.at).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
    const isCut = this.at >= text.length;
    const ended = text.trim() === '' ? 'it is empty' : `it ends there, and ${what}`;
    return new Fault('bad-input', `${where} is not JSON: in ${place} ${isCut ? ended : what}.`, {
      where: `${where}, ${place}`,
      remedy: isCut ? 'It may be cut off: get it anew.' : 'Check that it is the right file, and get it anew.',
    });
  }
}
