// What is remembered about tokenizers: the files opened last, and which are chosen. Stored values are checked, and what
// has another form counts as nothing. No vscode.

import type { TokenizerInfo } from '../shared/messages.ts';
import { z } from '../shared/schema.ts';
import { FILE_ID } from './ids.ts';

/** Most files that are remembered. */
export const MOST_FILES = 8;
/** Most tokenizers side by side. */
export const MOST_CHOSEN = 4;

export interface RememberedFile {
  readonly uri: string;
  readonly info: TokenizerInfo;
}

const infoSchema = z.object({
  id: z.string(),
  label: z.string(),
  detail: z.string(),
  kind: z.enum(['bpe', 'wordpiece', 'unigram', 'words']),
  byteLevel: z.boolean(),
  size: z.int(),
  cuts: z.boolean(),
});
const filesSchema = z.object({
  schema: z.literal(1),
  files: z.array(z.object({ uri: z.string(), info: infoSchema })),
});

export function rememberedFiles(stored: unknown): readonly RememberedFile[] {
  const read = z.safeParse(filesSchema, stored);
  return read.success ? read.data.files : [];
}

/** The list to be stored, with `file` as the newest. */
export function withFile(files: readonly RememberedFile[], file: RememberedFile): z.infer<typeof filesSchema> {
  const others = files.filter(({ info }) => info.id !== file.info.id);
  return { schema: 1, files: [file, ...others].slice(0, MOST_FILES) };
}

/** The file's name, with its folder's where many files have that name: `llama/tokenizer.json`. */
export function labelOf(path: string): string {
  const [name = '', folder = ''] = path.split('/').reverse();
  const label = name === 'tokenizer.json' && folder !== '' ? `${folder}/${name}` : name;
  return label.length > 100 ? `${label.slice(0, 99)}…` : label;
}

/** What is kept for a workspace. */
export interface KeptChoice {
  readonly chosen: readonly string[];
  readonly specialTokens: boolean;
  readonly decorated: boolean;
}

const choiceSchema = z.object({
  schema: z.literal(1),
  chosen: z.array(z.string()),
  specialTokens: z.boolean(),
  decorated: z.boolean(),
});

export function storedChoice(choice: KeptChoice): z.infer<typeof choiceSchema> {
  return { schema: 1, ...choice, chosen: [...choice.chosen] };
}

/**
 * What is chosen, the main one first.
 *
 * @param setting the main one as the settings say; a file that was chosen here goes before it
 */
export function keptChoice(stored: unknown, setting: string): KeptChoice {
  const read = z.safeParse(choiceSchema, stored);
  if (!read.success) {
    return { chosen: [setting], specialTokens: false, decorated: false };
  }
  const { chosen, specialTokens, decorated } = read.data;
  return {
    chosen: chosen[0]?.startsWith(FILE_ID) ? withMain(chosen, chosen[0]) : withMain(chosen, setting),
    specialTokens,
    decorated,
  };
}

/** `chosen` with `main` in the place of its first, each once. */
export function withMain(chosen: readonly string[], main: string): readonly string[] {
  return [...new Set([main, ...chosen.slice(1)])].slice(0, MOST_CHOSEN);
}
