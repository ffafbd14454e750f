// What a learner is told of a result that is none of the typical wrong answers': its size, its numbers, its name.

import { Tensor } from '../../engine/tensor.ts';
import { nearest } from '../../shared/nearest.ts';
import type { Difference } from './compare.ts';
import type { Answer } from './exerciseCheck.ts';
import { show } from './show.ts';

/** @param wanted what the right answer exports under that name */
export function missingSentence(name: string, answer: Answer, wanted: unknown): string {
  if (name in answer) {
    return `"${name}" should be ${typeof wanted === 'function' ? 'a function' : 'a value'}, and is ${show(answer[name], 80)}.`;
  }
  const there = Object.keys(answer);
  const exported = there.length === 0 ? 'It exports nothing.' : `It exports ${there.join(', ')}.`;
  const meant = nearest(name, there);
  const renamed = meant === undefined ? '' : ` Was ${meant} called ${name} before?`;
  return `The file doesn't export "${name}". ${exported}${renamed} Keep the name that the exercise gives, with "export" before it.`;
}

export function shapeSentence({ at, expected, actual }: Difference): string {
  const where = at === '' ? 'The result' : `At ${at}, the result`;
  return `${where} is ${sizeWords(actual)}, and should be ${sizeWords(expected)}.`;
}

export function notFiniteSentence({ at, actual }: Difference): string {
  const where = at === '' ? 'The result is' : `At ${at}, there is`;
  return `${where} ${show(actual)} where a number should be.`;
}

export function valueSentence({ at, expected, actual }: Difference): string {
  const where = at === '' ? 'The result' : `The result at ${at}`;
  const [is, should] = [show(actual, 120), show(expected, 120)];
  // Four digits are shown, and they may differ behind those.
  return typeof actual === 'number' && is === should
    ? `${where} is ${actual}, and should be ${expected}: it is not exact enough.`
    : `${where} is ${is}, and should be ${should}.`;
}

/** Of a value that is to be foreseen: what it should be is not given away. */
export function guessSentence(name: string, actual: unknown): string {
  return `${name} is not ${show(actual, 120)}. Work it out on paper, a step at a time.`;
}

function sizeWords(value: unknown): string {
  if (value === undefined) {
    return 'nothing (undefined)';
  }
  if (value === null) {
    return 'null';
  }
  if (typeof value !== 'object') {
    return `${typeof value === 'string' ? 'the text' : `the ${typeof value}`} ${show(value, 80)}`;
  }
  try {
    if (value instanceof Tensor) {
      return `a tensor of shape (${value.shape.join(', ')})`;
    }
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const { length } = value as ArrayLike<unknown>;
      return `a list of ${length}`;
    }
  } catch {
    return 'an object that can’t be read';
  }
  return show(value, 80);
}
