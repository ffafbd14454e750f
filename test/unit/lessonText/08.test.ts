// Lesson 08: each number and each outcome that its prose speaks of, computed; and its style.

import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, it } from 'vitest';
import { waveFrequency } from '../../../src/engine/positions.ts';
import type { ParamValues, Trace, Value } from '../../../src/shared/trace.ts';
import { run } from '../programs/run.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';

const lesson = readLesson('08-positions');

/** Runs the block with this id as the lesson has it, or with some parameters changed as a learner would. */
function runBlock(id: string, change: ParamValues = {}): Promise<Trace> {
  const { program, params } = blockOf(lesson, id).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...change });
}

function output<K extends Value['kind']>(trace: Trace, op: string, name: string, kind: K): Extract<Value, { kind: K }> {
  const ports = trace.frames.filter((frame) => frame.op === op).flatMap((frame) => frame.outputs);
  const value = trace.values[ports.find((port) => port.name === name)?.value ?? -1];
  expect(value?.kind, `${op} gives out ${name}`).toBe(kind);
  return value as Extract<Value, { kind: K }>;
}

function numbers(trace: Trace, op: string, name: string): { shape: readonly number[]; data: Float32Array } {
  const { shape, bytes } = output(trace, op, name, 'tensor');
  return { shape, data: new Float32Array(trace.buffer!, bytes!.offset, bytes!.length / 4) };
}

const outcome = (trace: Trace) => output(trace, 'compare', 'outcome', 'text').text;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const turn = ([x, y]: readonly [number, number], angle: number) => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
];
/** The product of two rows of waves: one cosine for each pair of `channels`. */
const waveProduct = (distance: number, channels: number) =>
  Array.from({ length: channels / 2 }, (_, j) => Math.cos(distance / 10_000 ** ((2 * j) / channels))).reduce(
    (sum, x) => sum + x,
  );

describe('lesson 08, positions', () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    rounding(claims);
    sizes(claims);
    angles(claims);
    await waves(claims);
    await turning(claims);
    await rotary(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(60);
    expect(claims.unclaimed()).toEqual([]);
  });
});

describe('its bags', () => {
  it('are the same in both orders, until there are positions and a bend', async () => {
    expect(outcome(await runBlock('bag'))).toBe('They are the same');
    expect((await runBlock('bag')).frames.at(-1)!.note).toBe('The two averages agree to the last bit.');
    expect((await runBlock('order-shows')).frames.at(-1)!.note).toBe('The two averages agree to the last bit.');
    expect(outcome(await runBlock('order-shows', { bend: true }))).toBe('They differ');
    expect(outcome(await runBlock('order-shows', { bend: true, positions: 'none' }))).toBe('They are the same');
    expect(outcome(await runBlock('order-shows', { bend: true, positions: 'waves' }))).toBe('They differ');
  });

  it('bend the same word in front and at the end in other places', async () => {
    const trace = await runBlock('order-shows', { bend: true });
    const [written, turned] = trace.frames
      .filter((frame) => frame.op === 'relu')
      .map((frame) => {
        const value = trace.values[frame.outputs[0]!.value]!;
        expect(value.kind).toBe('tensor');
        const { bytes } = value as Extract<Value, { kind: 'tensor' }>;
        return Array.from(new Float32Array(trace.buffer!, bytes!.offset, bytes!.length / 4), (x) => x === 0);
      });
    expect(written!.slice(0, 4)).not.toEqual(turned!.slice(8)); // `dog`, plus row 0 and plus row 2
  });

  it('hold eight words where positions are rows, and all nine of them otherwise', async () => {
    const sentence = 'one two three four five six seven eight nine';
    const words = async (change: ParamValues) =>
      output(await runBlock('order-shows', { sentence, ...change }), 'split', 'asWritten', 'tokens').pieces.length;
    expect(await words({})).toBe(8);
    expect(await words({ positions: 'none' })).toBe(9);
  });

  it('show rounding where the lesson says so', async () => {
    const trace = await runBlock('order-shows', { sentence: 'the boat waits for the tide', positions: 'waves' });
    expect(trace.frames.at(-1)!.note).toMatch(/^The two averages are the same but for rounding/u);
  });

  it('ask for a bet on two guesses, of which one comes out', async () => {
    const trace = await runBlock('bag');
    const compare = trace.frames.at(-1)!;
    const guesses = trace.values[compare.inputs.find((port) => port.name === 'guesses')!.value];
    expect(guesses).toMatchObject({ rows: [[outcome(trace)], ['They differ']] });
  });
});

function rounding(claims: Claims): void {
  claims.says(`\`0.1 + 0.2 + 0.3\` gives ${0.1 + 0.2 + 0.3}, while \`0.3 + 0.2 + 0.1\` gives ${0.3 + 0.2 + 0.1}.`);
  expect([0.125 * 8, -1.75 * 8].every(Number.isInteger)).toBe(true);
  claims.says('eighths, such as 0.125 or −1.75');
}

function sizes(claims: Claims): void {
  // GPT-2 small: 1,024 places of 768 channels, 124,439,808 numbers (Radford et al. 2019; counted in lesson 02's test).
  const [places, channels, all] = [1024, 768, 124_439_808];
  claims.says(`GPT-2's table has ${grouped(places)}, and no token`);
  claims.says(`GPT-2 small has ${grouped(places)} places and ${channels} channels`);
  claims.says(`$$${places} \\times ${channels} = ${places * channels}$$`);
  claims.says(`That's ${percent((places * channels) / all, 1)} of the model's ${grouped(all)} numbers`);
  claims.says(`after row ${grouped(places - 1)} there's nothing`);
  claims.says(`GPT-2 has ${grouped(all)} numbers to set.`);
  // Round numbers that stand for "far along", and their like.
  claims.says('the word at place 5,000 would have 5,000 added');
  claims.says('row 5,000 is as quickly computed as row 5');
  claims.says('at places 4 and 5 should serve at places 104 and 105');
}

function angles(claims: Claims): void {
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  claims.says('with 360 to a full turn');
  claims.says(`A full turn is about ${(2 * Math.PI).toFixed(2)} radians`);
  claims.says(`one radian is about ${Math.round(degrees(1))} degrees`);
  claims.says(`With 20 degrees a place, ${360 / 20} places make a full turn, and a word ${360 / 20} places away`);
}

async function waves(claims: Claims): Promise<void> {
  const trace = await runBlock('waves');
  const { length, pairs } = trace.params as { length: number; pairs: number };
  const channels = 2 * pairs;
  const hands = output(trace, 'frequencies', 'hands', 'table').rows.map((row) => row.map(Number));
  claims.says(`the slowest hand needs ${grouped(Math.round(hands.at(-1)![2]!))} places for one turn`);
  const { shape, data } = numbers(trace, 'matmul', 'products');
  expect(shape).toEqual([length, length]);
  expect(data[3 * length + 5]).toBeCloseTo(data[13 * length + 15]!, 4);
  expect(data[3 * length + 5]).not.toBeCloseTo(data[3 * length + 6]!, 1);
  claims.says('Places 3 and 5 have the same product as places 13 and 15.');
  expect(data[0]).toBeCloseTo(8, 5);
  expect(trace.frames[1]!.op).toBe('hand');
  expect(trace.frames[3]!.op).toBe('waves');

  claims.says(`with $C = ${channels}$ channels`);
  claims.says('\\omega_j = \\frac{1}{10000^{2j/C}}'); // the paper's
  const frequency = waveFrequency(1, channels);
  claims.says(`Pair 1 has the frequency $1 / 10000^{2/16}$, about ${frequency.toFixed(4)}.`);
  const angle = 2 * frequency;
  claims.says(
    `At place 2 its angle is ${angle.toFixed(3)}, and the two cells are ${Math.sin(angle).toFixed(3)} and ${Math.cos(angle).toFixed(3)}.`,
  );
  const cells = output(trace, 'cells', 'cells', 'table').rows.map((row) => Number(row[3]).toFixed(3));
  expect(cells).toEqual([Math.sin(angle).toFixed(3), Math.cos(angle).toFixed(3)]);
  const shown = (pair: number) => {
    const places = (2 * Math.PI) / waveFrequency(pair, channels);
    const digits = places < 100 ? 2 : 0;
    return `| ${pair} | ${Number(waveFrequency(pair, channels).toPrecision(4))} | ${grouped(Number(places.toFixed(digits)))} |`;
  };
  [0, 1, 4, 7].forEach((pair) => void claims.says(shown(pair)));
  claims.says(`by the same factor, here ${(waveFrequency(0, channels) / frequency).toFixed(2)}`);
  // Measured by Press et al. (2022): trained on 512 and on 1,024 tokens.
  claims.says('it has learned from texts with 512 tokens');
}

async function turning(claims: Claims): Promise<void> {
  claims.says('place 2 that makes 40 degrees, and at place 5 it makes 100.');
  claims.says(`By ${5 * 20 - 2 * 20} degrees, which is 3 places times 20.`);
  claims.says(
    `now they are turned by ${12 * 20} and by ${15 * 20}. The difference is ${15 * 20 - 12 * 20}, as before.`,
  );
  expect([2 * 20, 5 * 20, blockOf(lesson, 'by-place').body.params]).toEqual([40, 100, { m: 2, n: 5, degrees: 20 }]);
  claims.says('a fixed angle**, say 20 degrees');

  const trace = await runBlock('by-place');
  const [a, b] = output(trace, 'arrows', 'arrows', 'points').points.map(({ x, y }) => [x, y] as const);
  const at = (m: number, n: number) => dot(turn(a!, (m * Math.PI) / 9), turn(b!, (n * Math.PI) / 9)).toFixed(2);
  expect(output(trace, 'turn', 'dotProduct', 'scalar').value.toFixed(2)).toBe(at(2, 5));
  expect(at(12, 15)).toBe(at(2, 5));
  const product = at(2, 5).replace('-', '−');
  claims.says(`It was ${product} at the places 2 and 5, and it's ${product} at 12 and 15.`);
  expect(trace.frames[2]!.op).toBe('move-on');

  const together = await runBlock('together');
  expect(together.frames.map((frame) => frame.op)).toEqual(['arrows', 'together', 'alone', 'turn', 'compare']);
  const before = output(together, 'arrows', 'dotProduct', 'scalar').value;
  expect(output(together, 'together', 'dotProduct', 'scalar').value).toBe(before);
  expect(output(together, 'alone', 'dotProduct', 'scalar').value).not.toBeCloseTo(before, 1);

  const sums = output(together, 'compare', 'products', 'table').rows.map((row) => row.slice(1, 3).map(Number));
  const sum = ([first, second]: readonly number[]) => `${first!.toFixed(2)} + ${second!.toFixed(2)}`.replace('-', '−');
  const before40 = sum(sums[0]!).replaceAll('.00', '');
  claims.says(`At ${together.params.angle} degrees, ${before40} becomes ${sum(sums[1]!)}.`);

  const shifted = await runBlock('shifted');
  expect(output(shifted, 'sub', 'distances', 'tensor').shape).toEqual([3, 3]);
  expect(shifted.frames.at(-1)!.note).toBe('3 of 3 places changed; of the 9 distances not one did.');
}

async function rotary(claims: Claims): Promise<void> {
  const trace = await runBlock('rope');
  expect(trace.frames[3]!.op).toBe('matmul');
  const { shape, data } = numbers(trace, 'matmul', 'products');
  expect(shape).toEqual([12, 12]);
  claims.says(`That makes ${data.length} dot products.`);
  const byDistance = new Map<number, number[]>();
  data.forEach((product, i) => {
    const distance = Math.floor(i / 12) - (i % 12);
    byDistance.set(distance, [...(byDistance.get(distance) ?? []), product]);
  });
  for (const products of byDistance.values()) {
    expect(Math.max(...products) - Math.min(...products)).toBeLessThan(5e-6);
  }
  expect(new Set([...byDistance.values()].map(([product]) => product!.toFixed(4))).size).toBe(23);
  claims.says('Twenty-three, one for each distance from −11 to 11.');
  const listed = output(trace, 'same-distance', 'pairs', 'table').rows.map((row) => Number(row[2]).toFixed(4));
  expect(new Set(listed).size).toBe(1);

  const halves = numbers(await runBlock('rope-halves'), 'matmul', 'products').data;
  data.forEach((product, i) => {
    const same = Math.abs(product - halves[i]!) < 1e-4;
    expect(same, `product ${i}`).toBe(i % 13 === 0); // the diagonal of 12 x 12
  });
  const queries = numbers(trace, 'rope', 'queries').data;
  const others = numbers(await runBlock('rope-halves'), 'rope', 'queries').data;
  expect(others.slice(0, 8)).toEqual(queries.slice(0, 8));
  expect(others.slice(8, 16)).not.toEqual(queries.slice(8, 16));

  const curve = output(await runBlock('fading'), 'curve', 'curve', 'table').rows.map((row) => row.map(Number));
  const channels = 64;
  const alike = (distance: number) => (waveProduct(distance, channels) / (channels / 2)).toFixed(2);
  expect(curve[4]![1]!.toFixed(2)).toBe(alike(4));
  expect(curve[50]![1]!.toFixed(2)).toBe(alike(50));
  claims.says(`query and key have ${channels} channels each`);
  claims.says('when it stands 50 places back');
  claims.says(`${alike(4)} at a distance of 4, and ${alike(50)} at 50.`);
  expect(curve.reduce((most, row) => (row[2]! > most[2]! ? row : most))[0]).toBe(50);
  claims.says('The second climbs to its peak at 50');
  claims.says('Lesson 11 needs that.');
}

function quizzes(claims: Claims): void {
  claims.says('stand at the places 7 and 12');
  expect(12 - 7).toBe(5);
  claims.says(`Then their distance is ${12 - 7 + 100}.`);
  const english = encode('Where is the boat?').length;
  const korean = encode('배는 어디에 있나요?').length;
  claims.says(`took ${english} tokens in English and ${korean} in Korean. GPT-2's table of positions has 1,024 rows.`);
  claims.says(`${Math.floor(1024 / english)} in English and ${Math.floor(1024 / korean)} in Korean.`);
  claims.says('1,024 in either, as each is one sentence.');
  claims.says('was trained on texts with 512 tokens. Somebody hands it 5,000.');
  claims.says('has seen their first 512 rows');
  claims.says('since there is no row 512.');
}
