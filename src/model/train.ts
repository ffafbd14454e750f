// The training loop: batches, steps, and an evaluation at the end. One step by itself is in training.ts.

import type { Engine } from '../engine/engine.ts';
import type { CancelSignal, Clock, Random } from '../shared/environment.ts';
import { seededRandom } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { CharacterVocabulary } from './characters.ts';
import { holdOut, randomBatch, type TrainingData } from './data.ts';
import { evaluate } from './evaluate.ts';
import { Gpt } from './gpt.ts';
import { adamW } from './optimisers/adam.ts';
import { decayOnMatrices } from './optimisers/optimiser.ts';
import type { Recipe } from './recipes.ts';
import { cosine } from './schedules.ts';
import type { TextVocabulary } from './textVocabulary.ts';
import { trainingStep } from './training.ts';

export interface TrainingRun {
  readonly recipe: Recipe;
  readonly model: Gpt;
  readonly vocabulary: TextVocabulary;
  readonly data: TrainingData;
  /** Draws the batches. */
  readonly random: Random;
}

/**
 * A new model for the tokens of a text, and the text cut into what is trained on and what is held out.
 *
 * @param vocabulary the text's own characters if absent
 * @throws Fault `bad-input` when the text is too short.
 */
export function prepareRun(
  engine: Engine,
  text: string,
  recipe: Recipe,
  seed: number,
  vocabulary: TextVocabulary = CharacterVocabulary.of(text),
): TrainingRun {
  const data = holdOut(vocabulary.encode(text), recipe.heldOut, recipe.model.context);
  const random = seededRandom(seed);
  const model = new Gpt(engine, { ...recipe.model, vocabulary: vocabulary.size }, random);
  return { recipe, model, vocabulary, data, random };
}

export interface TrainingProgress {
  /** How many steps are done. */
  readonly step: number;
  /** How many there will be. */
  readonly steps: number;
  /** Of this step's batch, before it changed the model; nats a token. */
  readonly loss: number;
  readonly learningRate: number;
  /** Since the beginning. */
  readonly tokensPerSecond: number;
  /** With the last step: the mean loss over what was held out; see `evaluate`. */
  readonly valLoss?: number;
}

export interface TrainOptions {
  /** As the recipe says unless given; the schedule is stretched to it. */
  readonly steps?: number;
  /** Looked at before each step. Once it is cancelled the generator ends, and the model is as the last step left it. */
  readonly signal: CancelSignal;
  readonly clock: Clock;
}

/** At least so often others get their turn, in milliseconds. */
const TURN = 100;

/**
 * Trains a run's model with AdamW, and yields after each step. Stop it by the signal, or by not asking for more.
 *
 * @throws Fault `bad-input` naming the step whose loss or gradients are no numbers any more: it changes nothing.
 */
export async function* train(run: TrainingRun, options: TrainOptions): AsyncGenerator<TrainingProgress, void, void> {
  const { recipe, model, data, random } = run;
  const { steps = recipe.steps, signal, clock } = options;
  const { engine, parameters } = model;
  const { batch, betas, clip } = recipe;
  const { context } = recipe.model;
  const rateOf = scheduleOf(recipe, steps);
  const optimiser = adamW(decayOnMatrices(parameters, recipe.weightDecay), { betas });
  const start = clock.elapsed();
  let turn = start;
  try {
    for (let step = 1; step <= steps && !signal.cancelled; step++) {
      const learningRate = rateOf(step - 1);
      const loss = engine.scope(() => {
        const { ids, targets } = randomBatch(engine, data.training, batch, context, random); // (B, T)
        return trainingStep(model, optimiser, ids, targets, { learningRate, clip, step });
      });
      const now = clock.elapsed();
      const tokensPerSecond = (1000 * step * batch * context) / Math.max(now - start, 1e-3);
      const progress = { step, steps, loss, learningRate, tokensPerSecond };
      if (step === steps) {
        const valLoss = evaluateUnlessCancelled(run, signal);
        yield valLoss === undefined ? progress : { ...progress, valLoss };
      } else {
        yield progress;
      }
      if (now - turn >= TURN) {
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        turn = clock.elapsed();
      }
    }
  } finally {
    optimiser.release();
    parameters.zeroGrad();
  }
}

function scheduleOf({ highestRate, lowestRate, warmup }: Recipe, steps: number) {
  return cosine({ highest: highestRate, lowest: lowestRate, warmup: Math.round(warmup * steps), steps });
}

/** The loss over what was held out; undefined when it was cancelled. */
function evaluateUnlessCancelled({ model, data, recipe }: TrainingRun, signal: CancelSignal): number | undefined {
  try {
    return evaluate(model, data.heldOut, { context: recipe.model.context, batch: recipe.batch, signal });
  } catch (error) {
    if (error instanceof Fault && error.code === 'cancelled') {
      return undefined;
    }
    throw error;
  }
}
