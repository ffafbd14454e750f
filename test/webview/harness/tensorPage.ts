// The page that the tensor view's tests open: an element or a player in it, shown on demand. Its traces are made here,
// from seeds, so that nothing large has to come over the wire.

import { seededRandom } from '../../../src/shared/environment.ts';
import { Fault, type FaultCode } from '../../../src/shared/errors.ts';
import type { Port, TensorSlice, TensorValue, Trace } from '../../../src/shared/trace.ts';
import { pageStyles } from '../../../webview/elements/base.ts';
import type { TensorHeatmap } from '../../../webview/elements/tensor/heatmap.ts';
import type { TracePlayer } from '../../../webview/elements/trace/tracePlayer.ts';
import '../../../webview/elements/trace/tracePlayer.ts';
import type { TensorView } from '../../../webview/elements/values/tensorView.ts';
import { extremeScenes } from './extremeScenes.ts';
import { attentionTrace, matmulPlain, type Numbers, oneTensor, randomTensor, TraceMaker } from './tensorTraces.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}

const scenes: Readonly<Record<string, () => Trace>> = {
  attention: () => attentionTrace(),
  rank4: () => oneTensor(randomTensor([2, 3, 5, 7], seededRandom(3)), { axes: ['B', 'H', 'T', 'C'] }),
  vector: () => oneTensor(randomTensor([12], seededRandom(4))),
  scalar: () => oneTensor({ shape: [], data: Float32Array.of(0.5) }),
  /** 200 steps, each with a tensor of its own. */
  long: () => {
    const maker = new TraceMaker();
    const random = seededRandom(12);
    for (let step = 0; step < 200; step++) {
      const value = maker.add(randomTensor([64, 64], random));
      maker.frame({ op: 'make', label: `Step ${step}`, inputs: [], outputs: [{ name: 'x', value }] });
    }
    return maker.trace();
  },
  empty: () => oneTensor({ shape: [0, 4], data: new Float32Array(0) }),
  ids: () => oneTensor({ shape: [2, 5], data: Int32Array.from([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]) }),
  special: () => {
    const numbers = randomTensor([12, 9], seededRandom(5));
    numbers.data.set([Number.NaN], 13);
    numbers.data.set([Infinity], 40);
    numbers.data.set([-Infinity], 80);
    return oneTensor(numbers);
  },
  ...extremeScenes,
  positive: () => {
    const numbers = randomTensor([40, 60], seededRandom(6));
    return oneTensor({ ...numbers, data: numbers.data.map(Math.abs) });
  },
  medium: () => oneTensor(randomTensor([256, 256], seededRandom(8))),
  large: () => {
    const numbers = randomTensor([4096, 4096], seededRandom(9));
    numbers.data.set([Number.NaN], 1234 * 4096 + 567);
    return oneTensor(numbers);
  },
  preview: () => {
    const maker = new TraceMaker();
    const value = addPreview(maker, big);
    maker.frame({ op: 'make', label: 'A large one', inputs: [], outputs: [{ name: 'x', value }] });
    return maker.trace();
  },
  /** A product of two that came as previews. */
  previewProduct: () => {
    const maker = new TraceMaker();
    const random = seededRandom(13);
    const [a, b] = [randomTensor([64, 32], random), randomTensor([32, 64], random)];
    const values = [a, b, matmulPlain(a, b)].map((numbers) => addPreview(maker, numbers));
    const [left, right, product] = ['a', 'b', 'y'].map((name, at) => ({ name, value: values[at] as number }));
    maker.frame({
      op: 'matmul',
      label: 'A product',
      inputs: [left, right] as Port[],
      outputs: [product] as Port[],
    });
    return maker.trace();
  },
};
const big = randomTensor([1024, 1024], seededRandom(11));
const fetched: TensorSlice[] = [];

/** Of the values that were sent as previews, all their numbers. */
const sources = new WeakMap<object, Numbers>();

function addPreview(maker: TraceMaker, numbers: Numbers): number {
  const id = maker.addPreview(numbers, 16);
  sources.set(maker.values[id] as object, numbers);
  return id;
}

/** Set: what is asked for from now on is answered with it. */
let failing: Fault | undefined;

async function fetchSlice(value: TensorValue, slice: TensorSlice) {
  fetched.push(slice);
  if (failing !== undefined) {
    throw failing;
  }
  const numbers = sources.get(value) as Numbers;
  const [[top, left], [down, right], [rows, columns]] = [slice.start, slice.step, slice.shape] as [
    [number, number],
    [number, number],
    [number, number],
  ];
  const width = numbers.shape[1] as number;
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = numbers.data[(top + i * down) * width + left + j * right] as number;
    }
  }
  return { dtype: 'f32' as const, shape: slice.shape, bytes: data.buffer };
}

/** What tests call. */
export interface TensorPage {
  show(scene: string): void;
  /** From now on, no part of a tensor can be got, and this is why; or again all of them. */
  fail(code: FaultCode | undefined): void;
  /** How often a new run was asked for. */
  runs: number;
  /** Draws the first heatmap so many times, zoomed in by so many steps; the milliseconds of each. */
  measureDraw(times: number, zoom: number): Promise<number[]>;
  /** True when all that a picture of the first heatmap needs is there. */
  pooled(): boolean;
  readonly fetched: readonly TensorSlice[];
  /** What was copied, and the names and sizes of what was exported. */
  readonly copied: string[];
  readonly exported: { name: string; size: number }[];
}

const page: TensorPage = { show, measureDraw, pooled, fetched, copied: [], exported: [], fail, runs: 0 };

function fail(code: FaultCode | undefined): void {
  failing = code && new Fault(code, `It failed: ${code}.`);
}

function show(scene: string): void {
  const make = scenes[scene];
  if (make === undefined) {
    throw new Error(`There is no scene "${scene}".`);
  }
  const player = document.createElement('trace-player') as TracePlayer;
  Object.assign(player, { trace: make(), fetchSlice });
  document.querySelector('main')?.remove();
  const main = document.createElement('main');
  main.style.padding = '16px';
  main.append(player);
  document.body.append(main);
}
function heatmap(): TensorHeatmap {
  const view = document.querySelector<TracePlayer>('trace-player')?.renderRoot.querySelector<TensorView>('tensor-view');
  return view?.renderRoot.querySelector('tensor-heatmap') as TensorHeatmap;
}

function pooled(): boolean {
  return heatmap()?.complete === true;
}

async function measureDraw(times: number, zoom: number): Promise<number[]> {
  const map = heatmap();
  map.zoom('fit');
  for (let step = 0; step < zoom; step++) {
    map.zoom('in');
    await map.updateComplete;
  }
  await map.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const context = map.renderRoot.querySelector('canvas')?.getContext('2d') as CanvasRenderingContext2D;
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    for (let again = 0; again < 10; again++) {
      map.draw();
      context.getImageData(0, 0, 1, 1); // waits until it is drawn
    }
    taken.push((performance.now() - begun) / 10);
  }
  return taken;
}
document.addEventListener('copy-text', (event) => {
  event.preventDefault();
  page.copied.push((event as CustomEvent<{ text: string }>).detail.text);
});
document.addEventListener('export-picture', (event) => {
  event.preventDefault();
  const { name, blob } = (event as CustomEvent<{ name: string; blob: Blob }>).detail;
  page.exported.push({ name, size: blob.size });
});
document.addEventListener('run-again', () => {
  page.runs += 1;
});
Object.assign(window, { tensorPage: page });
