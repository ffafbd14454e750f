// Evaluates search on the folders of an index's settings, with the models that are at hand: for the command line and the
// search worker alike.

import type { Embedder } from '../../../retrieval/embedder.ts';
import { systemClock } from '../../../shared/environment.ts';
import { Fault } from '../../../shared/errors.ts';
import type { EvaluationReport } from '../../../shared/evaluateMessages.ts';
import type { IndexSettings } from '../../../shared/searchMessages.ts';
import type { FileSource } from '../fileSource.ts';
import { openFiles } from '../openFiles.ts';
import { commitsOf } from './commits.ts';
import { type EvaluateFilesParts, evaluateFiles } from './evaluateFiles.ts';

export interface EvaluateFolderParts
  extends Pick<EvaluateFilesParts, 'cutter' | 'labels' | 'queries' | 'signal' | 'onProgress'> {
  readonly settings: IndexSettings;
  /** Those of the settings if absent. */
  readonly files?: FileSource;
  readonly staticModel: () => Promise<Embedder>;
  /** A better model; it may be missing. */
  readonly reranker: () => Promise<Embedder>;
  /** Whether git may be run in the folders. */
  readonly commits: boolean;
}

/** @throws Fault as {@link evaluateFiles}; `model-missing` when even the static model is not there */
export async function evaluateFolder(parts: EvaluateFolderParts): Promise<EvaluationReport> {
  const { settings, files = openFiles(settings), staticModel, reranker, commits, ...more } = parts;
  return evaluateFiles({
    ...more,
    files,
    clock: systemClock,
    model: await staticModel(),
    reranker: await reranker().catch(noneWhereMissing),
    commits: commits && settings.read === 'node' ? commitsOf : undefined,
  });
}

/** A model that isn't on this machine is no fault: the report says that there is none. One that is broken is. */
function noneWhereMissing(error: unknown): undefined {
  if (!(error instanceof Fault) || (error.code !== 'model-missing' && error.code !== 'not-found')) {
    throw error;
  }
}
