// A model's parameters as a safetensors file, by name, and back.

import { sameShape, showShape } from '../engine/shape.ts';
import { type SafetensorsFile, type StoredTensor, writeSafetensors } from '../formats/safetensors.ts';
import { Fault } from '../shared/errors.ts';
import type { Parameters } from './parameters.ts';

/** The bytes of a file with all parameters, each under its name. */
export function saveParameters(
  parameters: Parameters,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const stored = Array.from(parameters, ([name, tensor]): readonly [string, StoredTensor] => [
    name,
    { shape: tensor.shape, data: tensor.toFlat() },
  ]);
  return writeSafetensors(stored, { format: 'pt', ...metadata });
}

/**
 * Sets every parameter to the tensor of its name. Nothing is changed unless all fit.
 *
 * @throws Fault `bad-input` naming the parameters that are missing, the tensors that no parameter has the name of, and
 * those whose shapes differ.
 */
export function loadParameters(parameters: Parameters, file: SafetensorsFile, where: string): void {
  const known = new Map(parameters);
  const missing = [...known.keys()].filter((name) => !file.has(name));
  const unexpected = file.names.filter((name) => !known.has(name));
  const misshapen = [...known].flatMap(([name, { shape }]) =>
    file.has(name) && !sameShape(shape, file.shapeOf(name))
      ? [`${name} is ${showShape(file.shapeOf(name))} and should be ${showShape(shape)}`]
      : [],
  );
  const wrong = [
    ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
    ...(unexpected.length > 0 ? [`unexpected: ${listed(unexpected)}`] : []),
    ...(misshapen.length > 0 ? [`of another shape: ${listed(misshapen)}`] : []),
  ];
  if (wrong.length > 0) {
    throw new Fault('bad-input', `${where} doesn't fit the model: ${wrong.join('; ')}.`, {
      where,
      remedy: 'Make the model with the sizes that the file was saved with, or take the file that belongs to it.',
    });
  }
  const stored = [...known.keys()].map((name) => {
    const { data } = file.tensor(name);
    if (!(data instanceof Float32Array)) {
      throw new Fault('bad-input', `${where} doesn't fit the model: ${name} holds whole numbers.`, {
        where,
        remedy: 'Parameters are F32, F16 or BF16.',
      });
    }
    return data;
  });
  for (const [i, { storage, offset }] of [...known.values()].entries()) {
    storage.data.set(stored[i], offset);
  }
}

/** The first few of a list, and how many more there are. */
function listed(names: readonly string[]): string {
  const most = 8;
  const more = names.length > most ? `, and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}
