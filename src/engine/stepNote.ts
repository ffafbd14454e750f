// A sentence for a step that nobody has written one for: what went in, and what came out.

import { type Shape, showShape } from './shape.ts';

/** A tensor at a step: what it is called there, and its shape. */
export interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/** Example: `x (2, 3) and weight (3, 4) make y (2, 4).` */
export function stepNote(inputs: readonly Named[], outputs: readonly Named[]): string {
  if (inputs.length === 0 || outputs.length === 0) {
    return 'Nothing was computed here.';
  }
  return `${listed(inputs)} ${inputs.length === 1 ? 'makes' : 'make'} ${listed(outputs)}.`;
}

function listed(tensors: readonly Named[]): string {
  const words = tensors.map(({ name, shape }) => (shape.length === 0 ? name : `${name} ${showShape(shape)}`));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
