// The host's answers for the training panel, without an editor: texts that the test hands over go to the real worker.

import { type CallContext, type Handler, handle } from '../../src/host/webviewConnection.ts';
import { type Calls, loadStrings } from '../../src/shared/messages.ts';
import {
  addToCorpus,
  addTrainingFiles,
  clearTrainingFiles,
  closeCorpus,
  inspectTrainings,
  loadTrainingFiles,
  nextOfTraining,
  openCorpus,
  openTraining,
  resultOfTraining,
  saveTraining,
  startTraining,
  stopTraining,
  type TrainingFiles,
} from '../../src/shared/trainingMessages.ts';

const NOTHING: TrainingFiles = { files: [], bytes: 0, skipped: [], skippedCount: 0, lastTime: 0 };

export class TrainingHost {
  readonly handlers: readonly Handler[];
  /** What the user picks next. */
  texts: readonly { readonly name: string; readonly text: string }[] = [];
  skipped: TrainingFiles['skipped'] = [];
  /** Set: picking waits for it. */
  wait: Promise<void> | undefined;
  /** Each `tokenizer.json` that was saved, and each list that was taken to the inspector. */
  readonly saved: string[] = [];
  readonly inspected: string[][] = [];
  lastTime = 0;
  private corpus: string | undefined;
  private files: TrainingFiles = NOTHING;

  constructor(worker: Calls) {
    this.handlers = [
      handle(loadStrings, () => ({})),
      handle(loadTrainingFiles, () => this.shown()),
      handle(addTrainingFiles, (_, context) => this.add(worker, context)),
      handle(clearTrainingFiles, () => {
        this.files = NOTHING;
        return this.close(worker).then(() => this.shown());
      }),
      handle(startTraining, (options) => worker.request(openTraining, { corpus: this.corpus as string, options })),
      handle(nextOfTraining, (params) => worker.request(nextOfTraining, params)),
      handle(stopTraining, (params) => worker.request(stopTraining, params)),
      handle(saveTraining, async ({ training, kind }) => {
        const { file } = await worker.request(resultOfTraining, { training });
        this.saved.push(Buffer.from(file).toString('utf8'));
        return { file: `tokenizer-${kind}.json` };
      }),
      handle(inspectTrainings, ({ trainings }) => {
        this.inspected.push(trainings.map(({ kind }) => kind));
        return null;
      }),
    ];
  }

  private shown(): TrainingFiles {
    return { ...this.files, lastTime: this.files.files.length === 0 ? this.lastTime : 0 };
  }

  /** As the panel does when it is closed. */
  async close(worker: Calls): Promise<void> {
    const { corpus } = this;
    this.corpus = undefined;
    if (corpus !== undefined) {
      await worker.request(closeCorpus, { corpus }).catch(() => {});
    }
  }

  private async add(worker: Calls, { onProgress, token }: CallContext): Promise<TrainingFiles> {
    onProgress({ done: 0, total: this.texts.length, unit: 'files' });
    await Promise.race([
      this.wait,
      new Promise<void>((resolve) => {
        token.onCancellationRequested(resolve);
      }),
    ]);
    if (!token.isCancellationRequested) {
      await this.close(worker);
      this.corpus = (await worker.request(openCorpus, {})).corpus;
      const files = [];
      for (const { name, text } of this.texts) {
        await worker.request(addToCorpus, { corpus: this.corpus, name, text });
        files.push({ name, bytes: Buffer.byteLength(text) });
      }
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      this.files = { files, bytes, skipped: this.skipped, skippedCount: this.skipped.length, lastTime: 0 };
    }
    return this.shown();
  }
}
