export function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

export function buildPrompt(rules: string, passages: readonly string[], question: string, room: number): string {
  for (let first = 0; first <= passages.length; first++) {
    const blocks = passages.slice(first).map((passage, i) => `[${i + 1}] ${passage.replaceAll('<|', '< |')}`);
    const prompt = [rules, ...blocks, `Question: ${question}`].join('\n\n');
    if (wordsIn(prompt) <= room) {
      return prompt;
    }
  }
  throw new RangeError(`There is room for ${room} words, and rules and question have more.`);
}
