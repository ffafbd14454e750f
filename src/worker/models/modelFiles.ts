// What is wrong with a model's files, by name: its libraries say what they found, and not where.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelList } from '../../services/models/modelFolder.ts';
import { Fault } from '../../shared/errors.ts';

const REMEDY = 'Fetch the model again.';

/** @throws Fault `bad-input` naming a JSON file that is none */
export async function checkJson(folder: string, { files, source }: ModelList): Promise<void> {
  for (const { path: file } of files.filter((each) => each.path.endsWith('.json'))) {
    const where = path.join(folder, file);
    try {
      JSON.parse(await readFile(where, 'utf8'));
    } catch (cause) {
      throw new Fault('bad-input', `${file} of ${source} is no JSON.`, { where, remedy: REMEDY, cause });
    }
  }
}

/** What a library threw while it opened the model, as a fault that names the file it was about. */
export function asModelFault(error: unknown, label: string, folder: string, { files }: ModelList): Fault {
  if (error instanceof Fault) {
    return error;
  }
  const why = error instanceof Error ? error.message : String(error);
  const names = files.map((file) => file.path);
  const about = /session|protobuf|onnx/i.test(why)
    ? names.filter((name) => name.endsWith('.onnx'))
    : /model type|config/i.test(why)
      ? ['config.json']
      : names.filter((name) => name.startsWith('tokenizer'));
  const where = path.join(folder, about[0] ?? '');
  const message = `${label} can't be loaded. See ${about.join(', ') || folder}: ${why}`;
  return new Fault('bad-input', message, { where, remedy: REMEDY, cause: error });
}
