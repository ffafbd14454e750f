export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

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
