// Letters of other scripts that look like Latin ones, after the Unicode Consortium's list of confusable characters
// (UTS #39, confusables.txt). Only Cyrillic and Greek: those that turn up in names and addresses. Pure.

const LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  һ: 'h',
  ԛ: 'q',
  ԝ: 'w',
  ѵ: 'v',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ј: 'J',
  Ѕ: 'S',
  // Greek
  α: 'a',
  γ: 'y',
  ι: 'i',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  υ: 'u',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
};

const LOOKS_LATIN = new RegExp(`[${Object.keys(LIKE).join('')}]`, 'g');
const LATIN = /\p{Script=Latin}/u;
const LETTER = /[\p{L}\p{M}]/u;
/** No word is longer; of a longer run the rest is a word of its own. */
const LONGEST = 200;

/** The Latin letter that a letter looks like; undefined for all others. */
export function looksLike(character: string): string | undefined {
  return LIKE[character];
}

/** Words that hold both Latin letters and letters that only look Latin. */
export function mixedWords(text: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  LOOKS_LATIN.lastIndex = 0;
  for (let match = LOOKS_LATIN.exec(text); match !== null; match = LOOKS_LATIN.exec(text)) {
    let start = match.index;
    while (start > 0 && match.index - start < LONGEST && LETTER.test(text[start - 1] as string)) {
      start--;
    }
    let end = match.index + 1;
    while (end < text.length && end - start < LONGEST && LETTER.test(text[end] as string)) {
      end++;
    }
    if (LATIN.test(text.slice(start, end))) {
      found.push([start, end]);
    }
    LOOKS_LATIN.lastIndex = end;
  }
  return found;
}
