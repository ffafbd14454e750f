// The model hub: which files a model has there, how large each is and what it hashes to. Its address stands here and
// nowhere else. Nothing is asked of it before the user wants to know what a download would be.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { z } from '../../shared/schema.ts';
import type { KnownModel } from './knownModels.ts';
import { networkReason, Stop } from './stop.ts';

export const HUB = 'https://huggingface.co/';

/** By which Hugging Face's own tools are told of a mirror too. */
const MIRROR = 'HF_ENDPOINT';

/**
 * The hub's address, or that of the mirror which the environment names.
 *
 * @throws Fault `bad-params` for a mirror that others could listen in on, or that is no address
 */
export function hubAddress(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = environment[MIRROR]?.trim();
  if (!named) {
    return HUB;
  }
  const url = URL.canParse(named) ? new URL(named) : undefined;
  const near = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url === undefined || url.username !== '' || !(url.protocol === 'https:' || (url.protocol === 'http:' && near))) {
    throw new Fault('bad-params', `${MIRROR} names no address of a model hub.`, {
      where: MIRROR,
      remedy: 'It begins with https:// and has no password in it; without it the usual hub is asked.',
    });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/`;
}

/** What a file must hash to: SHA-256 of large files, as the hub keeps them; Git's SHA-1 of the others. */
export type FileHash = { readonly sha256: string } | { readonly gitSha1: string };

export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  readonly hash: FileHash;
}

export interface HubModel {
  /** The commit that these files are of. */
  readonly revision: string;
  readonly files: readonly HubFile[];
  /** As its card on the hub has it; undefined where it says none. */
  readonly licence: string | undefined;
}

/** How long it may take to answer, in ms. */
const PATIENCE = 20_000;

const revisionSchema = z.object({
  sha: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
  cardData: z.optional(z.unknown()),
});
const size = z.int().check(z.gte(0));
const treeSchema = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size,
    oid: z.string(),
    lfs: z.optional(z.object({ oid: z.string().check(z.regex(/^[0-9a-f]{64}$/)), size })),
  }),
);

/**
 * What a download of the model would be: only the files that are needed to run it.
 *
 * @param revision a commit, where it has to be that one
 * @throws Fault `not-found` when there is no such model, `storage` when the hub can't be reached, `bad-input` when what
 * it says can't be understood or the model has no file that runs here.
 */
export async function describe(
  model: KnownModel,
  hub: string = HUB,
  { signal = neverCancelled, revision = model.revision }: { signal?: CancelSignal; revision?: string } = {},
): Promise<HubModel> {
  const about = `${hub}api/models/${model.hub}`;
  const { sha, cardData } = await ask(`${about}/revision/${revision}`, revisionSchema, model.hub, signal);
  const tree = await ask(`${about}/tree/${sha}?recursive=true`, treeSchema, model.hub, signal);
  const files = tree.filter(({ type }) => type === 'file');
  const wanted = wantedFiles(
    model,
    files.map((file) => file.path),
  );
  return {
    revision: sha,
    licence: licenceIn(cardData),
    files: files
      .filter((file) => wanted.has(file.path))
      .map(({ path, size: bytes, oid, lfs }) => {
        const pinned = model.pinned?.[path];
        const sha256 = pinned ?? lfs?.oid;
        return { path, bytes: lfs?.size ?? bytes, hash: sha256 === undefined ? { gitSha1: oid } : { sha256 } };
      }),
  };
}

/** People write what they like into a model's card. */
function licenceIn(card: unknown): string | undefined {
  const { license } = (card ?? {}) as { readonly license?: unknown };
  const said = [license].flat().filter((one) => typeof one === 'string');
  return said.join(', ').slice(0, 100) || undefined;
}

/** Where a file is had. */
export function fileAddress(model: KnownModel, revision: string, file: string, hub: string): string {
  const name = file.split('/').map(encodeURIComponent).join('/');
  return `${hub}${model.hub}/resolve/${revision}/${name}`;
}

/** Small files that say what a model is; those that there are. */
const SMALL_FILES = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'chat_template.jinja',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
];

const SUFFIXES = { q8: '_quantized', q4: '_q4', fp32: '' } as const;

function wantedFiles(model: KnownModel, files: readonly string[]): Set<string> {
  if (model.pinned !== undefined) {
    return new Set(Object.keys(model.pinned));
  }
  const graphs = model.task === 'summarization' ? ['encoder_model', 'decoder_model_merged'] : ['model'];
  const wanted = graphs.map((name) => `onnx/${name}${SUFFIXES[model.precision]}.onnx`);
  const missing = wanted.find((file) => !files.includes(file));
  if (missing !== undefined) {
    throw new Fault('bad-input', `${model.hub} has no ${missing}, so it can't be run here.`, {
      where: model.hub,
      remedy: 'Name a model that has ONNX files, such as those of "onnx-community" or "Xenova".',
    });
  }
  const beside = files.filter((file) => wanted.some((graph) => file.startsWith(`${graph}_data`)));
  return new Set([...SMALL_FILES.filter((file) => files.includes(file)), ...wanted, ...beside]);
}

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

async function ask<T>(address: string, schema: Schema<T>, name: string, signal: CancelSignal): Promise<T> {
  const unreachable = (why: string, cause?: unknown) =>
    new Fault('storage', `The model hub can't be asked about ${name}: ${why}.`, {
      where: address,
      remedy: 'Is the network there? Try again later.',
      cause,
    });
  using stop = new Stop(signal, PATIENCE);
  const response = await fetch(address, { signal: stop.signal }).catch((error: unknown) => {
    if (signal.cancelled) {
      throw new Fault('cancelled', `Stopped while the model hub was asked about ${name}.`);
    }
    throw unreachable(stop.late ? 'it does not answer' : networkReason(error), error);
  });
  if (response.status === 401 || response.status === 404) {
    throw new Fault('not-found', `The model hub has no ${name} that anyone may fetch.`, { where: name });
  }
  if (!response.ok) {
    throw unreachable(`it answered ${response.status}`);
  }
  const read = schema.safeParse(await response.json().catch(() => undefined));
  if (!read.success) {
    throw new Fault('bad-input', `What the model hub says of ${name} can't be understood.`, { where: address });
  }
  return read.data;
}
