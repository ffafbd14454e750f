// The simplest vocabulary there is: each character of a text is a token.

import { Fault } from '../shared/errors.ts';
import type { TextVocabulary } from './textVocabulary.ts';

export class CharacterVocabulary implements TextVocabulary {
  /** By id; in the order of their code points. */
  readonly characters: readonly string[];
  private readonly ids: ReadonlyMap<string, number>;

  constructor(characters: readonly string[]) {
    this.characters = characters;
    this.ids = new Map(characters.map((character, id) => [character, id]));
  }

  /** Of all characters (code points) that a text has. Example: that of "hello" is e, h, l, o. */
  static of(text: string): CharacterVocabulary {
    const points = Array.from(new Set(text), (character) => character.codePointAt(0) as number);
    return new CharacterVocabulary(points.sort((a, b) => a - b).map((point) => String.fromCodePoint(point)));
  }

  get size(): number {
    return this.characters.length;
  }

  /** One id a character. @throws Fault `bad-input` naming the first character that has none, and its place. */
  encode(text: string): Int32Array<ArrayBuffer> {
    const found = new Int32Array(text.length);
    let count = 0;
    for (const character of text) {
      const id = this.ids.get(character);
      if (id === undefined) {
        throw new Fault('bad-input', `The vocabulary has no ${JSON.stringify(character)}, character ${count}.`, {
          where: `character ${count}`,
          remedy: 'Make the vocabulary of a text that has all characters.',
        });
      }
      found[count++] = id;
    }
    return found.slice(0, count);
  }

  /** The characters of ids, in a row. @throws Fault `bad-input` at an id that there isn't. */
  decode(ids: Iterable<number>): string {
    let text = '';
    for (const id of ids) {
      const character = this.characters[id];
      if (character === undefined) {
        throw new Fault('bad-input', `The vocabulary has no token ${id}.`, {
          remedy: `Ids go from 0 to ${this.size - 1}.`,
        });
      }
      text += character;
    }
    return text;
  }
}
