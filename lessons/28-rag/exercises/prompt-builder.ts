/** How many words a text has: what stands between spaces and line breaks. */
export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/**
 * The prompt of an open-book exam: rules, passages with their numbers, question.
 *
 * The parts stand in this order, with an empty line (two line breaks) between them:
 *
 *     the rules
 *     [1] the first passage
 *     [2] the second passage, and so on
 *     Question: the question
 *
 * Only as many passages go in as have room, from the first. The first one without room ends it, so that what is in the
 * prompt is always the beginning of the list. A real builder counts tokens; this one counts words with `wordsIn`, so
 * that you can check it by hand. All that is in the prompt counts, also "[1]" and "Question:".
 *
 * Some signs, such as <|im_end|>, tell a chat model who speaks. In a passage each "<|" becomes "< |".
 *
 * Example: rules "Cite.", passages ["Keep it shut.", "Pay six euros a week.", "Dry it."], question "Open it?" and room
 * for 9 words. Rules and question have 1 + 3. The first passage has 4 with its number, which makes 8. The second has 6,
 * so it stays out, and the third does too: "Cite.\n\n[1] Keep it shut.\n\nQuestion: Open it?"
 *
 * A colleague wrote this, and it is right in the example. On other passages it goes wrong, in two ways: one spoils
 * answers, and the other opens a door. Find them, and mend them.
 *
 * @param passages the best first
 * @param room the most words of the prompt
 * @throws RangeError when not even rules and question have room
 */
export function buildPrompt(rules: string, passages: readonly string[], question: string, room: number): string {
  const asked = `Question: ${question}`;
  let left = room - wordsIn(rules) - wordsIn(asked);
  if (left < 0) {
    throw new RangeError(`Rules and question have ${room - left} words, and there is room for ${room}.`);
  }
  const blocks: string[] = [];
  for (const passage of passages) {
    const block = `[${blocks.length + 1}] ${passage.replace('<|', '< |')}`;
    if (wordsIn(block) <= left) {
      left -= wordsIn(block);
      blocks.push(block);
    }
  }
  return [rules, ...blocks, asked].join('\n\n');
}
