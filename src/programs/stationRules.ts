// The stand-in for a language model in the tool loop: three rules, written by hand. It reads and writes the same messages
// as a model would, and it understands nothing.

import { termsOf } from '../retrieval/lexical/terms.ts';
import type { Message, Policy } from './toolCalls.ts';

/** Where a note sends its reader on: "see the till rules". */
const SEE = /\bsee (?:the )?([^.,]+)/iu;

/**
 * 1. Nothing was searched yet: search for the question. 2. The best note that was found sends on, and that was not
 * searched yet: search for it. 3. Else quote the note that was found last, or say that there is none.
 */
export const threeRules: Policy = async (messages) => {
  const question = messages[0]?.content ?? '';
  const last = messages.findLast(({ role }) => role === 'tool');
  if (last === undefined) {
    return `CALL search: ${question}`;
  }
  const [best = ''] = last.content.split('\n');
  const onward = SEE.exec(best)?.[1];
  if (onward !== undefined && !messages.some(({ content }) => content === `CALL search: ${onward}`)) {
    return `CALL search: ${onward}`;
  }
  return sharesAWord(messages, best) ? `The notes say: ${best}` : 'The notes say nothing of that.';
};

/** Whether the note has a word of what was searched for; a search by meaning finds something for any question. */
function sharesAWord(messages: readonly Message[], note: string): boolean {
  const searched = messages.findLast(({ content }) => content.startsWith('CALL search: '))?.content ?? '';
  const words = new Set(termsOf(note));
  return termsOf(searched.replace('CALL search: ', '')).some((term) => term.length > 3 && words.has(term));
}
