// Recipes: everything that a training run needs to be told, but the text and the seed.

import { Fault } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import type { GptConfig } from './gpt.ts';

export interface Recipe {
  readonly id: string;
  /** One line for people. */
  readonly summary: string;
  /** The vocabulary is that of the text. */
  readonly model: Omit<GptConfig, 'vocabulary'>;
  /** Windows a step. */
  readonly batch: number;
  readonly steps: number;
  /** The share of the steps in which the learning rate rises. */
  readonly warmup: number;
  readonly highestRate: number;
  readonly lowestRate: number;
  readonly betas: readonly [number, number];
  /** Of matrices. */
  readonly weightDecay: number;
  /** The most that the norm of all gradients may be. */
  readonly clip: number;
  /** The share of the text, at its end, that is evaluated and not trained on. */
  readonly heldOut: number;
}

export const recipes: readonly Recipe[] = [
  {
    id: 'shakespeare-cpu',
    summary: "nanoGPT's recipe for a CPU: a GPT with 4 layers learns to write like a text, character by character",
    model: { context: 64, layers: 4, heads: 4, channels: 128, bias: false, dropout: 0, tied: true },
    batch: 12,
    steps: 2000,
    warmup: 0.05,
    highestRate: 1e-3,
    lowestRate: 1e-4,
    betas: [0.9, 0.99],
    weightDecay: 0.1,
    clip: 1,
    heldOut: 0.1,
  },
];

/** @throws Fault `bad-params` naming the recipes that there are. */
export function findRecipe(id: string): Recipe {
  const found = recipes.find((recipe) => recipe.id === id);
  if (found === undefined) {
    const ids = recipes.map((recipe) => recipe.id);
    const meant = nearest(id, ids);
    throw new Fault('bad-params', `There is no recipe "${id}".`, {
      where: 'recipe',
      remedy: meant === undefined ? `There are: ${ids.join(', ')}.` : `Did you mean ${meant}?`,
    });
  }
  return found;
}
