// BM25, the score of a text by the words that it shares with a query, as SQLite's FTS5 computes it. The stores' own
// computing is tested against this.

/** How soon a word's further occurrences stop counting. */
export const K1 = 1.2;
/** How much a long text is held against it: 0 not at all, 1 in full. */
export const B = 0.75;
/** What a word counts that stands in more than half of all texts: next to nothing, and not less than nothing. */
export const LEAST_IDF = 1e-6;

/** What is known of all texts together. */
export interface Corpus {
  readonly texts: number;
  /** Terms a text has, on average. */
  readonly averageLength: number;
  /** In how many texts a term stands. */
  containing(term: string): number;
}

/** One text as bags of terms. `weighted` counts an occurrence by where it stands; `length` is in terms, unweighted. */
export interface Document {
  readonly length: number;
  weighted(term: string): number;
}

/** How much a term tells: the fewer texts have it, the more. */
export function inverseDocumentFrequency(texts: number, containing: number): number {
  const idf = Math.log((texts - containing + 0.5) / (containing + 0.5));
  return idf > 0 ? idf : LEAST_IDF;
}

/**
 * What one term adds to a text's score.
 *
 * @param frequency how often it stands in the text, weighted
 */
export function termScore(idf: number, frequency: number, length: number, averageLength: number): number {
  const long = 1 - B + (B * length) / averageLength;
  return (idf * frequency * (K1 + 1)) / (frequency + K1 * long);
}

/**
 * Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009) with the idf of
 * SQLite's FTS5. Higher is better; 0 where no term is shared.
 */
export function bm25(query: Iterable<string>, document: Document, corpus: Corpus): number {
  let score = 0;
  for (const term of query) {
    const frequency = document.weighted(term);
    if (frequency > 0) {
      const idf = inverseDocumentFrequency(corpus.texts, corpus.containing(term));
      score += termScore(idf, frequency, document.length, corpus.averageLength);
    }
  }
  return score;
}
