// Sets of characters: what one step of a regular expression takes. A set is a rule; its answers are kept for ASCII as a
// table and for everything else by pages of 256 code points, each worked out when a text first needs it.

const PAGE = 256;
const UNICODE_END = 0x110000;

/** Whether a code point belongs. */
export type CharacterTest = (codePoint: number) => boolean;

export class CharacterSet {
  /** The one character that it holds, where there is just one. */
  readonly only: number | undefined;
  private readonly test: CharacterTest;
  private readonly ascii: Uint8Array;
  /** Page p's bits, for code points `256 p` to `256 p + 255`. */
  private readonly pages: (Uint8Array | undefined)[] = new Array(UNICODE_END / PAGE);

  constructor(test: CharacterTest, only?: number) {
    this.test = test;
    this.only = only;
    this.ascii = Uint8Array.from({ length: 128 }, (_, codePoint) => Number(test(codePoint)));
  }

  has(codePoint: number): boolean {
    if (codePoint < 128) {
      return this.ascii[codePoint] === 1;
    }
    const page = this.pages[codePoint >>> 8] ?? this.page(codePoint >>> 8);
    return ((page[(codePoint & 255) >>> 3]! >>> (codePoint & 7)) & 1) === 1;
  }

  private page(index: number): Uint8Array {
    const page = new Uint8Array(PAGE / 8);
    for (let at = 0; at < PAGE; at++) {
      page[at >>> 3]! |= Number(this.test(index * PAGE + at)) << (at & 7);
    }
    this.pages[index] = page;
    return page;
  }
}

/** The characters from `first` to `last`. */
export function rangeTest(first: number, last: number): CharacterTest {
  return (codePoint) => codePoint >= first && codePoint <= last;
}

/** What the platform's own `source`, which must take one character, says of a code point. */
export function platformTest(source: string): CharacterTest {
  const regex = new RegExp(`^${source}$`, 'u');
  return (codePoint) => regex.test(String.fromCodePoint(codePoint));
}

export function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  return tests.length === 1 ? tests[0]! : (codePoint) => tests.some((test) => test(codePoint));
}

export function allOf(tests: readonly CharacterTest[]): CharacterTest {
  return tests.length === 1 ? tests[0]! : (codePoint) => tests.every((test) => test(codePoint));
}

export function noneOf(test: CharacterTest): CharacterTest {
  return (codePoint) => !test(codePoint);
}
