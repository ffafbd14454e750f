// Figures of tiny Shakespeare (`../shared/data/tinyshakespeare.txt`, in the public domain), which lessons quote. They
// stand here so that lessons can be checked where the text is absent; plays.test.ts counts them anew where it is there.

export const plays = {
  characters: 1_115_394,
  differentCharacters: 65,
  /** Cut at white space. */
  spaces: { tokens: 202_651, types: 25_670 },
  /** Cut into words and marks. */
  words: { tokens: 262_927, types: 13_331, lowercaseTypes: 11_466, once: 6_045 },
  /** Types among the first tokens of `words`. */
  growth: [
    [100, 57],
    [1_000, 395],
    [10_000, 1_998],
    [100_000, 7_900],
    [262_927, 13_331],
  ],
  /** Count of the type at this rank, and the type. */
  ranks: [
    [10, 'of', 3_314],
    [100, 'must', 340],
  ],
  /** Tokens that are among the 100 most frequent types. */
  hundredMostFrequent: 150_167,
  /** The last tenth looked up in the types of the first nine tenths, by tokens. */
  heldOut: {
    tokens: 26_293,
    strangers: 1_207,
    /** Types that occur once in the first nine tenths, and tokens there. */
    once: 5_754,
    seenTokens: 236_634,
    commonest: [
      ['PROSPERO', 63],
      ['SEBASTIAN', 42],
      ['ANTONIO', 38],
    ],
  },
  /** The share of strangers when all tokens are shuffled first, on average over ten shuffles. */
  shuffledStrangers: 0.0251,
  /** Held-out losses of n-grams of characters, n from 1 to 7, in nats a character; the last tenth is held out. */
  nats: {
    addTenth: [3.347, 2.484, 2.046, 1.784, 1.788, 2.051, 2.443],
    interpolated: [3.347, 2.486, 2.049, 1.774, 1.669, 1.698, 1.779],
    interpolatedFiveGram: 1.669,
  },
  cl100k: { tokens: 301_829, differentIds: 12_111 },
  o200k: { tokens: 297_606, differentIds: 12_733 },
  gpt2: {
    tokens: 338_025,
    differentIds: 11_706,
    /** A lone space (id 220) directly before a token that begins with a letter. */
    letterAfterLoneSpace: 2,
    /** Different runs of letters, each with the space before it where there is one. */
    words: 15_014,
    /** Of these, cut otherwise by "longest piece first". */
    longestFirstDiffers: 3_674,
  },
} as const;
