// Tensors at the ends of what there is: no axes and six, no elements and a million in a row, all alike, all NaN, the
// largest and the smallest numbers of 32 bits, labels that are long, many, wide or run from right to left; and tensors
// that hold the same numbers.

import { seededRandom } from '../../../src/shared/environment.ts';
import type { TensorValue, Trace } from '../../../src/shared/trace.ts';
import { type Numbers, oneTensor, randomTensor, sizeOf, TraceMaker } from './tensorTraces.ts';

const random = seededRandom(21);
const filled = (shape: readonly number[], make: (at: number) => number): Numbers => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, (_, at) => make(at)),
});
const counted = (shape: readonly number[]) => filled(shape, (at) => at);
const labelled = (shape: readonly number[], labels: TensorValue['labels']) =>
  oneTensor(counted(shape), { ...(labels !== undefined && { labels }) });

/** A list, and two of its ways of being read; then a step that turns the table. */
function readings(): Trace {
  const maker = new TraceMaker();
  const list = maker.add(counted([12]), { axes: ['place'] });
  const table = maker.add(counted([3, 4]), { reads: { list, offset: 0, strides: [4, 1] } });
  const part = maker.add(
    filled([2, 2], (at) => [5, 6, 9, 10][at] as number),
    {
      reads: { list, offset: 5, strides: [4, 1] },
    },
  );
  const turned = maker.add(filled([2, 2], (at) => [5, 9, 6, 10][at] as number));
  const doubled = maker.add(filled([2, 2], (at) => 2 * ([5, 9, 6, 10][at] as number)));
  const port = (name: string, value: number) => ({ name, value });
  maker.frame({
    op: 'read',
    label: 'Read',
    inputs: [port('list', list)],
    outputs: [port('table', table), port('part', part)],
  });
  maker.frame({
    op: 'turn',
    operation: 'transpose',
    label: 'Turn',
    inputs: [port('part', part)],
    outputs: [port('turned', turned)],
  });
  maker.frame({ op: 'double', label: 'Double', inputs: [port('turned', turned)], outputs: [port('doubled', doubled)] });
  return maker.trace();
}

export const extremeScenes: Readonly<Record<string, () => Trace>> = {
  readings,
  mask: () => oneTensor(filled([4, 4], (at) => (at % 4 > Math.floor(at / 4) ? -Infinity : 0))),
  onlyInfinite: () => oneTensor(filled([2, 3], () => Infinity)),
  list: () => oneTensor(counted([12])),
  decimals: () => oneTensor(filled([12], (at) => (at - 6) / 8 + 0.01)),
  rank1: () => oneTensor(randomTensor([3], random)),
  rank5: () => oneTensor(randomTensor([2, 2, 3, 4, 5], random)),
  rank6: () => oneTensor(randomTensor([2, 1, 2, 3, 4, 5], random)),
  oneByOne: () => oneTensor(filled([1, 1], () => -7)),
  noRows: () => oneTensor({ shape: [3, 0, 4], data: new Float32Array(0) }),
  emptyList: () => oneTensor({ shape: [0], data: new Int32Array(0) }),
  millionAcross: () => oneTensor(filled([1, 1_000_000], (at) => Math.sin(at / 1e4))),
  millionDown: () => oneTensor(filled([1_000_000, 1], (at) => Math.sin(at / 1e4))),
  allNaN: () => oneTensor(filled([5, 5], () => Number.NaN)),
  constant: () => oneTensor(filled([3, 3], () => 3)),
  zeros: () => oneTensor(filled([3, 3], () => -0)),
  manyIds: () =>
    oneTensor({ shape: [4, 300], data: Int32Array.from({ length: 1200 }, (_, at) => (at * 7919) % 50257) }),
  largestIds: () => oneTensor({ shape: [2, 2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0, 1) }),
  huge: () => oneTensor(filled([3, 3], (at) => (at - 4) * 0.75e38)),
  denormal: () => oneTensor(filled([3, 3], (at) => at * 2 ** -149)),
  farOut: () => oneTensor(filled([1, 3], (at) => [0, 1, 3e38][at] as number)),
  longLabels: () =>
    labelled([3, 4], {
      0: ['a label that is far longer than any gutter', 'supercalifragilistic', 'short'],
      1: ['the first of the columns', 'the second of the columns', 'c', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦'],
    }),
  rightToLeft: () => labelled([3, 3], { 0: ['שלום עולם', 'مرحبا بالعالم', 'latin'], 1: ['אחד', 'שתיים', 'שלוש'] }),
  manyLabels: () =>
    labelled([10_000, 3], {
      0: Array.from({ length: 10_000 }, (_, at) => (at === 7777 ? '漢字のラベル' : `token ${at}`)),
    }),
};
