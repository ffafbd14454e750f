// The three ways to learn a vocabulary, in words, and what a training is doing.

import type { TrainedKind } from '../../src/shared/trainingMessages.ts';
import { t } from '../l10n.ts';

export function kindName(kind: TrainedKind): string {
  switch (kind) {
    case 'bpe':
      return t('Byte-level BPE');
    case 'wordpiece':
      return t('WordPiece');
    case 'unigram':
      return t('Unigram');
  }
}

/** What it does, as one sentence. */
export function kindSays(kind: TrainedKind): string {
  switch (kind) {
    case 'bpe':
      return t('Merges the most frequent pair, again and again. GPT’s way.');
    case 'wordpiece':
      return t('Merges pairs too, and marks what goes on inside a word with ##. BERT’s way.');
    case 'unigram':
      return t(
        'Begins with far too many pieces and drops those that are missed least; it knows no pairs. SentencePiece’s way.',
      );
  }
}

export function phaseName(phase: string): string {
  const names: Readonly<Record<string, string>> = {
    count: t('counting words'),
    merge: t('merging pairs'),
    seed: t('collecting pieces'),
    em: t('weighing the pieces'),
    prune: t('dropping pieces'),
    measure: t('cutting your text with it'),
  };
  return names[phase] ?? phase;
}
