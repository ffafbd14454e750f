const K1 = 1.2;
const B = 0.75;
const LEAST = 1e-6;

export function bm25(question: readonly string[], texts: readonly (readonly string[])[]): number[] {
  const N = texts.length;
  const averageLength = texts.reduce((sum, text) => sum + text.length, 0) / N;
  const scores = texts.map(() => 0); // (N)
  for (const word of new Set(question)) {
    const n = texts.filter((text) => text.includes(word)).length;
    const idf = Math.max(Math.log((N - n + 0.5) / (n + 0.5)), LEAST);
    texts.forEach((text, i) => {
      const f = text.filter((each) => each === word).length;
      const long = 1 - B + (B * text.length) / averageLength;
      scores[i] = (idf * f * (K1 + 1)) / (f + K1 * long);
    });
  }
  return scores;
}
