// The sentiment model that ships, on our own engine: from its files in Hugging Face's layout to labels. What
// Transformers.js's pipeline does in one call, in parts.

import type { Engine } from '../../engine/engine.ts';
import { softmax } from '../../engine/ops/softmax.ts';
import { SafetensorsFile } from '../../formats/safetensors.ts';
import { readTokenizerJson } from '../../formats/tokenizerJson.ts';
import { Fault } from '../../shared/errors.ts';
import { tokenizerOf } from '../../tokenizers/pipeline.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';
import { bertConfigOf } from '../encoder/bertFile.ts';
import { byLength } from './byLength.ts';
import { TextClassifier } from './classifier.ts';

/** Those of its files that are read here, by name. */
export const SENTIMENT_FILES = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;
export type SentimentFiles = Readonly<Record<(typeof SENTIMENT_FILES)[number], Uint8Array<ArrayBuffer>>>;

export const LABELS = ['NEGATIVE', 'POSITIVE'] as const;

export interface Judged {
  readonly label: (typeof LABELS)[number];
  /** Its probability, from a half to 1. */
  readonly score: number;
}

export class SentimentModel {
  readonly classifier: TextClassifier;
  readonly tokenizer: Tokenizer;
  /** Token ids that stand around each text. */
  readonly around: readonly [cls: number, sep: number];
  private readonly engine: Engine;

  /** @throws Fault `bad-input`, `not-found` when the files are not those of such a model */
  constructor(engine: Engine, files: SentimentFiles) {
    const definition = readTokenizerJson(files['tokenizer.json'], 'tokenizer.json');
    const named = new Map(definition.addedTokens.map(({ text, id }) => [text, id]));
    const [cls, sep] = [named.get('[CLS]'), named.get('[SEP]')];
    if (cls === undefined || sep === undefined) {
      throw new Fault('bad-input', 'tokenizer.json has no [CLS] and [SEP].', { where: 'tokenizer.json' });
    }
    const config = bertConfigOf(new TextDecoder().decode(files['config.json']), 'config.json');
    const weights = new SafetensorsFile(files['model.safetensors'], 'model.safetensors');
    this.engine = engine;
    this.around = [cls, sep];
    this.tokenizer = tokenizerOf(definition);
    this.classifier = TextClassifier.load(engine, config, weights);
  }

  /** A text's ids between [CLS] and [SEP], cut where the model ends. */
  ids(text: string): Int32Array<ArrayBuffer> {
    const most = this.classifier.bert.config.positions - 2;
    const [cls, sep] = this.around;
    return Int32Array.of(cls, ...this.tokenizer.encode(text).ids.subarray(0, most), sep);
  }

  /** Batches of texts of one length, `batch` at most; in the order given. */
  judge(texts: readonly string[], batch = 32): Judged[] {
    const { engine, classifier } = this;
    const judged: Judged[] = new Array(texts.length);
    const encoded = texts.map((text, at) => ({ at, ids: this.ids(text) }));
    for (const alike of byLength(encoded).values()) {
      for (let from = 0; from < alike.length; from += batch) {
        const rows = alike.slice(from, from + batch);
        const probabilities = engine.noGrad(() =>
          engine.scope(() => {
            const flat = Int32Array.from(rows.flatMap(({ ids }) => [...ids]));
            const ids = engine.fromData(flat, [rows.length, rows[0]!.ids.length]); // (B, T)
            return [...softmax(classifier.forward(ids)).toFlat()]; // (B, classes)
          }),
        );
        rows.forEach(({ at }, row) => {
          judged[at] = judgedBy(probabilities.slice(row * LABELS.length, (row + 1) * LABELS.length));
        });
      }
    }
    return judged;
  }

  release(): void {
    this.classifier.release();
  }
}

/** The label of the larger probability. */
export function judgedBy([bad = 0, good = 0]: readonly number[]): Judged {
  return good > bad ? { label: 'POSITIVE', score: good } : { label: 'NEGATIVE', score: bad };
}
