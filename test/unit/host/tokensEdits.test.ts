// An edit costs its surroundings: the patched tokens are the tokens of the whole text, whatever is edited.

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Change, joined, MOST_PATCHED, planPatch, type TextSource } from '../../../src/host/tokensEdits.ts';
import { buildPieceVocabularies } from '../../../src/services/buildPieceVocabularies.ts';
import { buildVocabularies } from '../../../src/services/buildVocabularies.ts';
import { shippedTokenizers } from '../../../src/services/shippedTokenizers.ts';
import { tokenizerFolder } from '../../../src/services/tokenizerFolder.ts';
import { vocabularyFolder } from '../../../src/services/vocabularies.ts';
import type { EncodedText } from '../../../src/shared/messages.ts';
import type { TokensSubject } from '../../../src/shared/tokensMessages.ts';
import { applyPatch } from '../../../src/shared/tokensPatch.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';

const folder = await temporaryFolder();
await buildVocabularies(folder.path);
await buildPieceVocabularies(folder.path);
const tokenizers = tokenizerFolder(folder.path, vocabularyFolder(folder.path));
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});
const encode = (text: string, id = 'r50k_base') => tokenizers.encode(id, text);
const cutting = shippedTokenizers.filter(({ cuts }) => cuts).map(({ id }) => id);

/** As a document of VS Code: no position is between the two halves of a line break. */
function sourceOf(text: string, reads: number[] = []): TextSource {
  const place = (at: number) => (text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at);
  return {
    length: text.length,
    read: (start, end) => {
      const read = { start: place(start), text: text.slice(place(start), place(end)) };
      reads.push(read.text.length);
      return read;
    },
  };
}

const plain = (encoded: EncodedText | undefined) =>
  encoded && {
    ...encoded,
    ids: Array.from(new Uint32Array(encoded.ids)),
    starts: Array.from(new Uint32Array(encoded.starts)),
    ends: Array.from(new Uint32Array(encoded.ends)),
    fragment: Array.from(new Uint8Array(encoded.fragment)),
    byteEnds: Array.from(new Uint32Array(encoded.byteEnds)),
    bytes: Array.from(new Uint8Array(encoded.bytes)),
    // The pieces of ids that occur; those that an edit took away may still be told.
    pieces: encoded.pieces && piecesOf(encoded),
  };

function piecesOf({ ids, pieces }: EncodedText): (string | undefined)[] {
  const known = new Map(pieces);
  return Array.from(new Uint32Array(ids), (id) => known.get(id));
}

const subjectOf = async (text: string, id = 'r50k_base'): Promise<TokensSubject> => ({
  what: 'document',
  text,
  version: 1,
  encodings: [await encode(text, id)],
  choice: { available: [], chosen: [id], decorated: false, specialTokens: false },
});

const pieces = [
  'the',
  ' the',
  ' ',
  '  ',
  '\n',
  '\r\n',
  '\t',
  'a',
  'B',
  ' b',
  '1',
  '12',
  "'ll",
  '.',
  '());',
  'é',
  '漢字',
];
const odd = ['👩‍👩‍👧', '\ud83d', '\udc69', '\u00a0', '\u0301', '\ufeff', '<|endoftext|>', ' cat sat on a mat'];
const text = fc.array(fc.constantFrom(...pieces, ...odd), { maxLength: 60 }).map((parts) => parts.join(''));
const edits = fc.array(fc.tuple(fc.nat(), fc.nat(8), text), { minLength: 1, maxLength: 4 });

function* changed(before: string, list: readonly (readonly [number, number, string])[]): Generator<[Change, string]> {
  let now = before;
  for (const [place, removed, put] of list) {
    const rangeOffset = place % (now.length + 1);
    const rangeLength = Math.min(removed, now.length - rangeOffset);
    now = now.slice(0, rangeOffset) + put + now.slice(rangeOffset + rangeLength);
    yield [{ rangeOffset, rangeLength, text: put }, now];
  }
}

describe('an edit', () => {
  it.each(cutting)(
    'gives the tokens of the whole text when only its surroundings are encoded again: %s',
    async (id) => {
      await fc.assert(
        fc.asyncProperty(text, edits, async (before, list) => {
          const steps = [...changed(before, list)];
          const after = steps.at(-1)?.[1] ?? before;
          const edit = joined(
            undefined,
            steps.map(([change]) => change),
          );
          const plan = edit && planPatch(sourceOf(after), edit, before.length);
          expect(plan, 'short texts always have a stretch').toBeDefined();
          const { start, end, text: stretch } = plan as NonNullable<typeof plan>;
          const patch = { version: 2, start, end, text: stretch, encodings: [await encode(stretch, id)] };
          const patched = applyPatch(await subjectOf(before, id), patch);
          expect(patched?.text).toBe(after);
          expect(plain(patched?.encodings[0])).toEqual(plain(await encode(after, id)));
        }),
        { numRuns: 1000 },
      );
    },
  );

  it('of several at once covers all of them, and no more than from the first to the last', () => {
    // In 0123456789 VS Code tells the later place first.
    const edit = joined(undefined, [
      { rangeOffset: 7, rangeLength: 1, text: 'xyz' },
      { rangeOffset: 2, rangeLength: 2, text: '' },
    ]);
    expect(edit).toEqual({ start: 2, oldEnd: 8, newEnd: 8 });
    // Typing on: the second of the text that the first made.
    const typed = joined({ start: 4, oldEnd: 4, newEnd: 5 }, [{ rangeOffset: 5, rangeLength: 0, text: 'b' }]);
    expect(typed).toEqual({ start: 4, oldEnd: 4, newEnd: 6 });
  });

  it('in a large document reads a few hundred characters of it', () => {
    const line = 'const value = compute(input, 42);\r\n';
    const large = line.repeat(30_000);
    const reads: number[] = [];
    const at = 500_003;
    const after = `${large.slice(0, at)}x${large.slice(at)}`;
    const plan = planPatch(sourceOf(after, reads), { start: at, oldEnd: at, newEnd: at + 1 }, large.length);
    expect(plan?.text.length).toBeLessThan(200);
    expect(Math.max(...reads)).toBeLessThan(1000);
  });

  it('is left to a reload where no cut is near, where much came in, and where the text is another', () => {
    const unbroken = '漢'.repeat(MOST_PATCHED * 3);
    const middle = unbroken.length / 2;
    const one = { start: middle, oldEnd: middle, newEnd: middle + 1 };
    expect(planPatch(sourceOf(`${unbroken}漢`), one, unbroken.length)).toBeUndefined();
    const pasted = { start: 0, oldEnd: 0, newEnd: unbroken.length };
    expect(planPatch(sourceOf(unbroken), pasted, 0)).toBeUndefined();
    expect(planPatch(sourceOf('abc'), { start: 0, oldEnd: 0, newEnd: 1 }, 1)).toBeUndefined();
  });

  it('is not applied to another version or to other tokenizers', async () => {
    const subject = await subjectOf('one two');
    const patch = { version: 2, start: 0, end: 7, text: 'one', encodings: [await encode('one')] };
    expect(applyPatch(subject, patch)?.text).toBe('one');
    expect(applyPatch(subject, { ...patch, version: 3 })).toBeUndefined();
    expect(applyPatch(subject, { ...patch, end: 8 })).toBeUndefined();
    const [encoded] = patch.encodings;
    const other = { ...(encoded as EncodedText), encoding: 'other' };
    expect(applyPatch(subject, { ...patch, encodings: [other] })).toBeUndefined();
  });
});
