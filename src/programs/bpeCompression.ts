// Learns merge after merge and shows how the text shrinks while the vocabulary grows. A session: it goes on until no
// pair occurs twice, and starts over when the text changes.

import {
  addToken,
  type BpeModel,
  byteModel,
  choosePair,
  countPairs,
  countWords,
  mergeEverywhere,
} from '../tokenizers/bpe.ts';
import { utf8 } from '../tokenizers/bytes.ts';
import { preTokenize } from '../tokenizers/preTokenizer.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { HARBOUR } from './sampleTexts.ts';
import { counted, many, pieceOf, rounded, tableValue, tokensValue, visibleToken } from './views.ts';

const GROWTH = [
  { id: 'vocabulary', label: 'vocabulary', type: 'number' },
  { id: 'tokens', label: 'tokens', type: 'number' },
  { id: 'bytesPerToken', label: 'bytes per token', type: 'number' },
] as const;

export const bpeCompression = defineProgram({
  id: 'bpe-compression',
  title: 'How far does it shrink?',
  session: true,
  params: {
    text: { type: 'text', label: 'Text', default: HARBOUR, maxLength: 1_000_000, multiline: true },
    mergesPerStep: { type: 'number', label: 'Merges a step', default: 5, min: 1, max: 100, step: 1 },
  },
  async *run(context) {
    const { trace } = context;
    start: for (;;) {
      const { text } = context.params;
      const byteCount = utf8(text).length;
      const model = byteModel();
      const words = countWords(preTokenize(text, 'gpt2'));
      const pairs = countPairs(words);
      let tokens = byteCount;
      const growth = () =>
        trace.value(tableValue(GROWTH, [[model.tokens.length, tokens, rounded(byteCount / Math.max(1, tokens))]]));
      trace.frame({
        op: 'begin',
        label: 'Begin with bytes',
        note: `${counted(byteCount, 'byte')}, so ${counted(tokens, 'token')} and a vocabulary of 256: one for each byte there is.`,
        outputs: { growth: growth() },
        source: places.countWords,
      });
      for (;;) {
        yield;
        if (context.params.text !== text) {
          trace.frame({ op: 'restart', label: 'Start over', note: 'The text changed.' });
          continue start;
        }
        const from = model.merges.length;
        for (let i = 0; i < context.params.mergesPerStep; i++) {
          const best = choosePair(pairs);
          if (best === undefined) {
            break;
          }
          tokens -= best.count;
          mergeEverywhere(pairs, best, addToken(model, best));
        }
        if (model.merges.length === from) {
          break;
        }
        trace.frame({
          op: 'grow',
          label: `${counted(model.merges.length, 'merge')}, ${counted(tokens, 'token')}`,
          note: growNote(model, from, tokens, byteCount),
          outputs: { growth: growth(), newest: trace.value(newest(model, from)) },
          source: places.mergeEverywhere,
        });
      }
      trace.frame({
        op: 'result',
        label: 'Nothing occurs twice any more',
        note: endNote(model, tokens, byteCount),
        outputs: { longest: trace.value(longest(model)) },
        source: places.trainBpe,
      });
      return;
    }
  },
});

function newest(model: BpeModel, from: number) {
  return tokensValue(
    model.merges.slice(from).map(({ id }) => pieceOf(model.tokens[id]!, { id, word: id, role: 'new' })),
  );
}

/** The twenty longest tokens that were learned. */
function longest(model: BpeModel) {
  const byLength = model.merges
    .map(({ id }) => id)
    .sort((a, b) => model.tokens[b]!.length - model.tokens[a]!.length || a - b);
  return tokensValue(byLength.slice(0, 20).map((id) => pieceOf(model.tokens[id]!, { id, word: id })));
}

function growNote(model: BpeModel, from: number, tokens: number, byteCount: number): string {
  const first = model.merges[from]!;
  const name = `“${visibleToken(model.tokens[first.id]!)}”`;
  const others = model.merges.length - from - 1;
  const more = others === 0 ? '' : ` and ${many(others)} more`;
  return `${name}${more} joined the vocabulary; the text is ${counted(tokens, 'token')} now, ${rounded(byteCount / tokens)} bytes each.`;
}

function endNote(model: BpeModel, tokens: number, byteCount: number): string {
  if (byteCount === 0) {
    return 'There was no text to shrink. Type some and run it again.';
  }
  return `After ${counted(model.merges.length, 'merge')} no pair occurs twice: ${counted(byteCount, 'byte')} ended as ${many(tokens)} tokens, ${rounded(byteCount / tokens)} bytes each.`;
}
