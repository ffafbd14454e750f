// npm run models: makes dist/models/all-MiniLM-L6-v2, which the VSIX carries, out of the published weights; with --fp32
// also the graph that isn't rounded, for tests and benchmarks. When all is there already, it does nothing.

import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { GRAPH_VERSION, ONNX_FILES, writeBertOnnx } from '../services/models/bertFiles.ts';
import { knownModels, licenceOf, MINILM, MINILM_FOLDER } from '../services/models/knownModels.ts';
import { isWhole, readList, sha256Of, writeList } from '../services/models/modelFolder.ts';
import { withMiniLmSource } from './modelSource.ts';
import { inRoot } from './paths.ts';

/** Where the model stands in a build. */
export const MINILM_PLACE = inRoot('dist/models', MINILM_FOLDER);

const minilm = knownModels.find(({ id }) => id === MINILM) as (typeof knownModels)[number];
const WEIGHTS = 'model.safetensors';

/** Whether a build has the model, whole, and its graph as it is written now. */
export async function hasMiniLm(): Promise<boolean> {
  const list = await readList(MINILM_PLACE);
  return list?.graph === GRAPH_VERSION && (await isWhole(MINILM_PLACE, list));
}

/** Tells people who build without the model, once, what that means. */
export async function warnOfMissingModel(): Promise<void> {
  if (!(await hasMiniLm())) {
    console.warn(
      `Warning: all-MiniLM-L6-v2 is not in this build, so what comes of it has to fetch that model before search and lessons can use it. "npm run models" makes it.`,
    );
  }
}

async function makeMiniLm(precisions: readonly ('q8' | 'f32')[]): Promise<void> {
  await withMiniLmSource(Object.keys(minilm.pinned ?? {}), async (folder, source) => {
    for (const [file, sha256] of Object.entries(minilm.pinned ?? {})) {
      const found = await sha256Of(path.join(folder, file));
      if (found !== sha256) {
        throw new Error(`${file} of ${source} has the SHA-256 ${found}, and should have ${sha256}.`);
      }
    }
    await rm(MINILM_PLACE, { recursive: true, force: true });
    await mkdir(MINILM_PLACE, { recursive: true });
    const kept = Object.keys(minilm.pinned ?? {}).filter((file) => file !== WEIGHTS);
    for (const file of kept) {
      await cp(path.join(folder, file), path.join(MINILM_PLACE, file));
    }
    for (const precision of precisions) {
      kept.push(await writeBertOnnx(MINILM_PLACE, path.join(folder, WEIGHTS), precision));
    }
    await writeList(
      MINILM_PLACE,
      kept.filter((file) => file !== ONNX_FILES.f32),
      { source: minilm.hub, licence: licenceOf(minilm), graph: GRAPH_VERSION },
    );
  });
}

if (import.meta.main) {
  const precisions = process.argv.includes('--fp32') ? (['q8', 'f32'] as const) : (['q8'] as const);
  const { existsSync } = await import('node:fs');
  if ((await hasMiniLm()) && precisions.every((each) => existsSync(path.join(MINILM_PLACE, ONNX_FILES[each])))) {
    console.log(`${MINILM_PLACE} is there already.`);
  } else {
    try {
      await makeMiniLm(precisions);
      console.log(`Made ${MINILM_PLACE}.`);
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  }
}
