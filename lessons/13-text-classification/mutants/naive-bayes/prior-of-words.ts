/** A mail as a list of its words, and whether it is spam. */
export interface Mail {
  readonly words: readonly string[];
  readonly spam: boolean;
}

export function spamScore(mails: readonly Mail[], words: readonly string[]): number {
  const spam = mails.filter((mail) => mail.spam);
  const wanted = mails.filter((mail) => !mail.spam);
  const inSpam = spam.flatMap((mail) => mail.words);
  const inWanted = wanted.flatMap((mail) => mail.words);
  const vocabulary = new Set([...inSpam, ...inWanted]);
  const share = (all: readonly string[], word: string) =>
    (all.filter((other) => other === word).length + 1) / (all.length + vocabulary.size);
  let score = Math.log(inSpam.length / inWanted.length);
  for (const word of words) {
    if (vocabulary.has(word)) {
      score += Math.log(share(inSpam, word) / share(inWanted, word));
    }
  }
  return score;
}
