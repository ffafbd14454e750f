// A step as it stands before it is a frame of the trace: its parts hold numbers, not yet ids of values.

import type { Attributes, FrameId, SourcePlace } from '../shared/trace.ts';
import type { Operation } from './autograd.ts';
import type { Named } from './stepNote.ts';
import type { Seen } from './tensorValues.ts';

/** A frame that is not written yet. */
export interface Step {
  op: string;
  operation?: string;
  label: string;
  note?: string;
  formula?: string;
  source?: SourcePlace;
  /** What it will say on the way back. */
  back?: { readonly note?: string; readonly formula?: string };
  readonly attributes?: Attributes;
  parent: Step | undefined;
  readonly inputs: Part[];
  readonly outputs: Part[];
  id?: FrameId;
}

/** A step's input or output: what it is called there, and what it is the gradient of. */
export interface Part {
  readonly role: string;
  readonly seen: Seen;
  readonly gradientOf?: string;
  /** The step's own input that this is the gradient of. */
  readonly of?: Part | undefined;
  /** What forward took in and gave, shown beside the gradients: not what a group of backward steps takes in. */
  readonly beside?: true;
}

/**
 * A group's ports: what its parts take in that none before made, each once, and what the last of them gives out; of a
 * way back, the gradients of the leaves that it ends at.
 */
export function portsOf(parts: readonly Step[]): Pick<Step, 'inputs' | 'outputs'> {
  // Of a way back one gradient comes in: what each of its steps is given, the steps before it made.
  const back = parts.find(({ inputs: [first] }) => first?.gradientOf !== undefined);
  const made = new Set<Seen>();
  const taken = new Map<Seen, Part>();
  for (const part of parts) {
    for (const input of part.inputs) {
      const { seen, beside, gradientOf } = input;
      const comesIn = gradientOf === undefined ? beside === undefined && seen.shape.length > 0 : part === back;
      if (comesIn && !made.has(seen)) {
        taken.set(seen, input);
      }
    }
    for (const { seen } of part.outputs) {
      made.add(seen);
    }
  }
  return {
    inputs: [...taken.values()],
    outputs: back === undefined ? [...(parts.at(-1)?.outputs ?? [])] : leafGradients(parts),
  };
}

/** Where a leaf was used twice, what each use gave is not its gradient: it is left out. */
function leafGradients(parts: readonly Step[]): Part[] {
  const gradients = parts.flatMap(({ outputs }) => outputs);
  const leafOf = ({ of }: Part) => (of?.seen.tensor.node === undefined ? of?.seen.tensor : undefined);
  const leaves = gradients.map(leafOf);
  const found = gradients.filter(
    (_, i) => leaves[i] !== undefined && leaves.indexOf(leaves[i]) === leaves.lastIndexOf(leaves[i]),
  );
  return found.length > 0 ? found : [...(parts.at(-1)?.outputs ?? [])];
}

/** What a step's note says of its parts. */
export function shaped(parts: readonly Part[], names: ReadonlyMap<Part, string>): Named[] {
  return parts
    .filter(({ beside }) => beside === undefined)
    .map((part) => ({ name: names.get(part) ?? part.role, shape: part.seen.shape }));
}

export function roleOf({ inputs }: Operation<unknown>, count: number, index: number): string {
  const fallback = count === 1 ? 'x' : count === 2 ? 'ab'[index] : `x${index + 1}`;
  return inputs?.[index] ?? fallback;
}

/** The attributes that a trace can carry: numbers, texts, switches and lists of numbers. */
export function shown(attributes: unknown): Attributes {
  const entries = Object.entries(attributes ?? {}).filter(
    ([, value]) => ['number', 'string', 'boolean'].includes(typeof value) || Array.isArray(value),
  );
  return Object.fromEntries(entries);
}
