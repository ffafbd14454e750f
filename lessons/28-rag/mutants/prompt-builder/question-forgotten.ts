export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

export function buildPrompt(rules: string, passages: readonly string[], question: string, room: number): string {
  const asked = `Question: ${question}`;
  if (wordsIn(rules) + wordsIn(asked) > room) {
    throw new RangeError(`There is room for ${room} words, and rules and question have more.`);
  }
  let left = room - wordsIn(rules);
  const blocks: string[] = [];
  for (const passage of passages) {
    const block = `[${blocks.length + 1}] ${passage.replaceAll('<|', '< |')}`;
    left -= wordsIn(block);
    if (left < 0) {
      break;
    }
    blocks.push(block);
  }
  return [rules, ...blocks, asked].join('\n\n');
}
