// Goes through a text piece by piece and counts: tokens are running pieces, types are different ones. A session: the
// text may change while it counts, and then it starts over.

import { piecesOf, type Splitter } from '../tokenizers/words.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { HARBOUR } from './sampleTexts.ts';
import { counted, many, tableValue, times, visible } from './views.ts';
import { lowercaseParam, splitterParam } from './wordTokenizer.ts';

/** Pieces of a step that are shown by name. */
const SHOWN = 40;

const GROWTH = [
  { id: 'tokens', label: 'tokens', type: 'number' },
  { id: 'types', label: 'types', type: 'number' },
] as const;

export const typesAndTokens = defineProgram({
  id: 'types-and-tokens',
  title: 'Types against tokens',
  session: true,
  params: {
    text: { type: 'text', label: 'Text', default: HARBOUR, maxLength: 4_000_000, multiline: true },
    splitter: splitterParam,
    lowercase: lowercaseParam,
    piecesPerStep: { type: 'number', label: 'Pieces a step', default: 10, min: 1, max: 10_000, step: 1 },
  },
  async *run(context) {
    const { trace } = context;
    start: for (;;) {
      const { text, splitter, lowercase } = context.params;
      const changed = () =>
        context.params.text !== text || context.params.splitter !== splitter || context.params.lowercase !== lowercase;
      const pieces = piecesOf(lowercase ? text.toLowerCase() : text, splitter as Splitter);
      const counts = new Map<string, number>();
      let tokens = 0;
      for (;;) {
        const newest = new Newest();
        for (let i = 0; i < context.params.piecesPerStep; i++) {
          const next = pieces.next();
          if (next.done) {
            break;
          }
          const seen = counts.get(next.value.text) ?? 0;
          counts.set(next.value.text, seen + 1);
          newest.add(next.value.text, seen === 0);
        }
        if (newest.pieces === 0) {
          break;
        }
        tokens += newest.pieces;
        trace.frame({
          op: 'count',
          label: `${counted(tokens, 'token')}, ${counted(counts.size, 'type')}`,
          note: newest.note(),
          outputs: {
            growth: trace.value(tableValue(GROWTH, [[tokens, counts.size]])),
            newest: trace.value(newest.value()),
          },
          source: places.piecesOf,
        });
        yield;
        if (changed()) {
          trace.frame({ op: 'restart', label: 'Start over', note: 'The text or the way of cutting changed.' });
          continue start;
        }
      }
      trace.frame({
        op: 'result',
        label: 'The end of the text',
        note: endNote(counts, tokens),
        outputs: {
          tokens: trace.value({ kind: 'scalar', value: tokens, unit: 'tokens' }),
          types: trace.value({ kind: 'scalar', value: counts.size, unit: 'types' }),
        },
      });
      return;
    }
  },
});

/** The pieces of one step, as a text with the new types marked. */
class Newest {
  pieces = 0;
  private fresh = 0;
  private firstFresh: string | undefined;
  private text = '';
  private readonly marks: { start: number; end: number; role: 'new' }[] = [];

  add(piece: string, isNew: boolean): void {
    this.pieces++;
    if (isNew) {
      this.fresh++;
      this.firstFresh ??= piece;
    }
    if (this.pieces > SHOWN) {
      return;
    }
    const start = this.text === '' ? 0 : this.text.length + 1;
    this.text = this.text === '' ? piece : `${this.text} ${piece}`;
    if (isNew) {
      this.marks.push({ start, end: this.text.length, role: 'new' });
    }
  }

  value() {
    const text = this.pieces > SHOWN ? `${this.text} …` : this.text;
    return { kind: 'text' as const, text, marks: this.marks };
  }

  note(): string {
    if (this.fresh === 0) {
      return `${this.pieces === 1 ? 'This piece has' : `All ${many(this.pieces)} pieces have`} been met before.`;
    }
    const named = `“${visible(this.firstFresh ?? '')}”`;
    const others = this.fresh === 1 ? '' : ` and ${counted(this.fresh - 1, 'more piece')}`;
    return `Of ${counted(this.pieces, 'piece')}, ${many(this.fresh)} ${this.fresh === 1 ? 'is' : 'are'} new here: ${named}${others}.`;
  }
}

function endNote(counts: ReadonlyMap<string, number>, tokens: number): string {
  if (tokens === 0) {
    return 'There is nothing to count: the text holds only white space or nothing at all.';
  }
  let once = 0;
  let most: [string, number] = ['', 0];
  for (const entry of counts) {
    once += entry[1] === 1 ? 1 : 0;
    most = entry[1] > most[1] ? entry : most;
  }
  const share = Math.round((100 * once) / counts.size);
  return `${counted(tokens, 'token')} of ${counted(counts.size, 'type')}; ${share}% of the types occur only once, and “${visible(most[0])}” occurs ${times(most[1])}.`;
}
