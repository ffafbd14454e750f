// The worker's methods for training tokenizers.

import type { Trainings } from '../services/trainings.ts';
import {
  addToCorpus,
  closeCorpus,
  nextOfTraining,
  openCorpus,
  openTraining,
  resultOfTraining,
  stopTraining,
} from '../shared/trainingMessages.ts';
import type { On } from './methods.ts';
import { handOver } from './transferringWriter.ts';

/** How long a pull works, in milliseconds: short enough that the next message is not kept waiting. */
const PULL_MS = 50;

/** Has `trainings` answer the messages about them. */
export function addTrainingMethods(on: On, trainings: Trainings): void {
  on(openCorpus, () => ({ corpus: trainings.openCorpus() }));
  on(addToCorpus, ({ corpus, name, text }) => ({ bytes: trainings.add(corpus, name, text) }));
  on(closeCorpus, ({ corpus }) => {
    trainings.closeCorpus(corpus);
    return null;
  });
  on(openTraining, ({ corpus, options }) => ({ training: trainings.open(corpus, options) }));
  on(nextOfTraining, ({ training }, { signal }) => trainings.next(training, PULL_MS, signal));
  on(resultOfTraining, ({ training }) => {
    const file = trainings.result(training).buffer as ArrayBuffer;
    return handOver({ file }, [file]);
  });
  on(stopTraining, ({ training }) => {
    trainings.stop(training);
    return null;
  });
}
