// The models that are offered by name, and where they come from. Sizes and hashes that are not written here are asked of
// the hub before anyone is asked to agree; any other embedding model goes by its name on the hub.

import type { ModelTask } from './realModels.ts';

export interface KnownModel {
  readonly id: string;
  readonly label: string;
  readonly task: ModelTask;
  /** Its name on the hub. */
  readonly hub: string;
  /** A branch, or a commit where it is pinned. */
  readonly revision: string;
  /** Undefined where only the hub knows. */
  readonly licence: string | undefined;
  /** Which of the hub's ONNX files is taken, by Transformers.js's name of their precision. */
  readonly precision: 'q8' | 'q4' | 'fp32';
  /** It comes with the extension and is nowhere else: its id is its folder. */
  readonly packed?: true;
  /** Where the ONNX file is written here, out of these files with their known SHA-256. */
  readonly pinned?: Readonly<Record<string, string>>;
  /** How many bytes these files have together: so the hub isn't asked before the user agrees. */
  readonly pinnedBytes?: number;
}

/** Folder and id of all-MiniLM-L6-v2, which may come with the extension. */
export const MINILM = 'minilm';
export const MINILM_FOLDER = 'all-MiniLM-L6-v2';

/** Id and folder of our own classifier, which always comes with the extension. */
export const TINY_SENTIMENT = 'tiny-sentiment';

export const knownModels: readonly KnownModel[] = [
  {
    id: TINY_SENTIMENT,
    label: 'Tiny sentiment',
    task: 'text-classification',
    hub: 'inside-llms/tiny-sentiment',
    revision: 'packed',
    licence: 'MIT',
    precision: 'fp32',
    packed: true,
  },
  {
    id: MINILM,
    label: 'all-MiniLM-L6-v2',
    task: 'feature-extraction',
    hub: 'sentence-transformers/all-MiniLM-L6-v2',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
    pinned: {
      'config.json': '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
      'model.safetensors': '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
      'sentence_bert_config.json': 'fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7',
      'tokenizer.json': 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      'tokenizer_config.json': 'acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b',
    },
    pinnedBytes: 91_335_638,
  },
  {
    id: 'smollm2',
    label: 'SmolLM2 360M Instruct',
    task: 'text-generation',
    hub: 'HuggingFaceTB/SmolLM2-360M-Instruct',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
  },
  {
    id: 'smollm2-135m',
    label: 'SmolLM2 135M Instruct',
    task: 'text-generation',
    hub: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
  },
  {
    id: 'sentiment',
    label: 'DistilBERT SST-2',
    task: 'text-classification',
    hub: 'Xenova/distilbert-base-uncased-finetuned-sst-2-english',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
  },
  {
    id: 'zero-shot',
    label: 'NLI DeBERTa v3 xsmall',
    task: 'zero-shot-classification',
    hub: 'Xenova/nli-deberta-v3-xsmall',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
  },
  {
    id: 'summaries',
    label: 'DistilBART CNN 6-6',
    task: 'summarization',
    hub: 'Xenova/distilbart-cnn-6-6',
    revision: 'main',
    licence: 'Apache-2.0',
    precision: 'q8',
  },
];

/**
 * The model of an id; a name on the hub (`owner/name`) that is none of these is an embedding model.
 * Undefined for what can be neither.
 */
export function modelOf(id: string): KnownModel | undefined {
  const known = knownModels.find((model) => model.id === id || model.hub === id || model.label === id);
  if (known !== undefined || !/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(id) || id.includes('..')) {
    return known;
  }
  const label = id.slice(id.indexOf('/') + 1);
  const rest = { task: 'feature-extraction', revision: 'main', licence: undefined, precision: 'q8' } as const;
  return { id, label, hub: id, ...rest };
}

/** For people. @param onHub what the hub says, where it was asked */
export function licenceOf({ licence }: KnownModel, onHub?: string): string {
  return licence ?? onHub ?? 'as its page on the hub says';
}

/** The folder that a model has among the fetched ones. */
export function folderOf({ id, hub, packed }: KnownModel): string {
  if (packed) {
    return id;
  }
  return id === MINILM ? MINILM_FOLDER : hub.replace('/', '--');
}
