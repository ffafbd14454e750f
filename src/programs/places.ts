// Where in the project's own sources each step is done, so that a frame can lead there. A test holds every line here
// against the file: when code moves, it fails and says the right line. What the tape records leads to its operation by
// itself.

import { operationPlaces } from '../engine/operationPlaces.ts';
import type { SourcePlace } from '../shared/trace.ts';

const bpe = 'src/tokenizers/bpe.ts';
const encoder = 'src/tokenizers/encoder.ts';
const preTokenizer = 'src/tokenizers/preTokenizer.ts';
const lattice = 'src/tokenizers/lattice.ts';
const latticePaths = 'src/tokenizers/latticePaths.ts';
const likelihoodPairs = 'src/tokenizers/likelihoodPairs.ts';
const unigramLearning = 'src/tokenizers/unigramLearning.ts';
const wordPiece = 'src/tokenizers/wordPiece.ts';
const words = 'src/tokenizers/words.ts';

/** By the name of what stands there. */
export const places = {
  trainBpe: { file: bpe, line: 57 },
  countWords: { file: bpe, line: 77 },
  countPairs: { file: bpe, line: 94 },
  choosePair: { file: bpe, line: 106 },
  addToken: { file: bpe, line: 140 },
  mergeEverywhere: { file: bpe, line: 152 },
  mergePair: { file: bpe, line: 165 },
  encodeBpe: { file: bpe, line: 201 },
  lowestRank: { file: bpe, line: 213 },
  decodeBpe: { file: bpe, line: 238 },
  preTokenize: { file: preTokenizer, line: 15 },
  encode: { file: encoder, line: 100 },
  splitWords: { file: words, line: 17 },
  piecesOf: { file: words, line: 22 },
  numberWords: { file: words, line: 41 },
  lookUp: { file: words, line: 48 },
  decodeWords: { file: words, line: 53 },
  buildLattice: { file: lattice, line: 61 },
  bestPath: { file: lattice, line: 88 },
  bestPaths: { file: latticePaths, line: 15 },
  forwardScores: { file: latticePaths, line: 30 },
  matchWordPiece: { file: wordPiece, line: 33 },
  encodeWord: { file: wordPiece, line: 62 },
  cutIntoCharacters: { file: likelihoodPairs, line: 28 },
  scorePairs: { file: likelihoodPairs, line: 44 },
  joinEverywhere: { file: likelihoodPairs, line: 72 },
  seedPieces: { file: unigramLearning, line: 35 },
  expectedCounts: { file: unigramLearning, line: 81 },
  costsOfRemoval: { file: unigramLearning, line: 113 },
  normalizerOf: { file: 'src/tokenizers/normalizers/normalize.ts', line: 27 },
  preTokenizerOf: { file: 'src/tokenizers/preTokenizers/preTokenize.ts', line: 27 },
  trainWordPiece: { file: 'src/tokenizers/training/wordPiece.ts', line: 48 },
  trainUnigram: { file: 'src/tokenizers/training/unigram.ts', line: 57 },
  broadcastShapes: { file: 'src/engine/shape.ts', line: 67 },
  broadcastStrides: { file: 'src/engine/shape.ts', line: 92 },
  waveFrequency: { file: 'src/engine/positions.ts', line: 17 },
  sinusoidalPositions: { file: 'src/engine/positions.ts', line: 29 },
  cutSymbols: { file: 'src/model/ngram/symbols.ts', line: 28 },
  countNgrams: { file: 'src/model/ngram/counts.ts', line: 98 },
  probability: { file: 'src/model/ngram/smoothing.ts', line: 29 },
  byCounts: { file: 'src/model/ngram/smoothing.ts', line: 42 },
  lossOf: { file: 'src/model/ngram/perplexity.ts', line: 20 },
  draw: { file: 'src/model/ngram/sampling.ts', line: 23 },
  trainingStep: { file: 'src/model/training.ts', line: 37 },
  likeness: { file: 'src/model/neighbours.ts', line: 19 },
  nearest: { file: 'src/model/neighbours.ts', line: 36 },
  pca: { file: 'src/model/pca.ts', line: 35 },
  naiveBayesScore: { file: 'src/model/naiveBayes.ts', line: 41 },
  trainLogisticRegression: { file: 'src/model/logisticRegression.ts', line: 42 },
  skipGramStep: { file: 'src/model/skipGram.ts', line: 30 },
  logits: { file: 'src/model/windowModel.ts', line: 55 },
  confusionOf: { file: 'src/model/verdicts.ts', line: 21 },
  project: { file: 'src/model/pca.ts', line: 56 },
  covariance: { file: 'src/model/pca.ts', line: 61 },
  powerSteps: { file: 'src/model/pca.ts', line: 77 },
  termsOf: { file: 'src/retrieval/lexical/terms.ts', line: 63 },
  termScore: { file: 'src/retrieval/lexical/bm25.ts', line: 37 },
  bm25: { file: 'src/retrieval/lexical/bm25.ts', line: 46 },
  fuse: { file: 'src/retrieval/fuse.ts', line: 41 },
  reranked: { file: 'src/retrieval/rerank.ts', line: 18 },
  toUnit: { file: 'src/retrieval/pooling.ts', line: 26 },
  product: { file: 'src/retrieval/pooling.ts', line: 41 },
  tokenVector: { file: 'src/retrieval/staticTable.ts', line: 146 },
  ivfRounds: { file: 'src/retrieval/vectors/ivf.ts', line: 44 },
  searchIvf: { file: 'src/retrieval/vectors/ivf.ts', line: 61 },
  search: { file: 'src/retrieval/vectors/hnsw.ts', line: 81 },
  dcgAt: { file: 'src/retrieval/metrics.ts', line: 35 },
  bootstrap: { file: 'src/retrieval/metrics.ts', line: 75 },
  backwardSteps: { file: 'src/model/scalar.ts', line: 49 },
  sgd: { file: 'src/model/optimisers/sgd.ts', line: 7 },
  weightedSum: { file: 'src/model/perceptron.ts', line: 22 },
  decide: { file: 'src/model/perceptron.ts', line: 27 },
  learn: { file: 'src/model/perceptron.ts', line: 35 },
  runTools: { file: 'src/programs/toolCalls.ts', line: 19 },
  ...operationPlaces,
} as const satisfies Record<string, SourcePlace>;
