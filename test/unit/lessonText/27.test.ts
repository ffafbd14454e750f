// Lesson 27: each number and each outcome that its prose speaks of, computed; and its style. What is true is found here by
// comparing everything with everything; no figure is a time.

import { beforeAll, describe, expect, it } from 'vitest';
import { bakeries, LETTER_QUESTIONS, letters } from '../../../src/programs/town.ts';
import type { ParamValues, TableValue, Trace } from '../../../src/shared/trace.ts';
import { testModels } from '../programs/models.ts';
import { framesOf, run, table } from '../programs/run.ts';
import { blockOf, Claims, grouped, lastOfOverview, readLesson, styleFaults } from './lessonProse.ts';

const lesson = readLesson('27-vector-databases');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};

interface Bill {
  readonly compared: number;
  readonly found: number;
}

/** What the second line of the town's bill says. */
async function town(more: ParamValues): Promise<Bill> {
  const trace = await runBlock('town', more);
  const [, row] = table(trace, framesOf(trace, 'probe')[0], 'bill').rows;
  return { compared: Number(row![1]), found: Number(row![2]) };
}

async function walk(more: ParamValues): Promise<Bill> {
  const trace = await runBlock('walk', more);
  const note = framesOf(trace, 'walk')[0]!.note!;
  const [, compared, found] = /^(\d+) comparisons .*layers\. (\d) of the 5/u.exec(note)!;
  return { compared: Number(compared), found: Number(found) };
}

interface Way {
  readonly recall: number;
  readonly compared: number;
  readonly bytes: number;
}
interface Measured {
  readonly ways: Readonly<Record<'scan' | 'int8' | 'again' | 'lists' | 'graph', Way>>;
  readonly sweep: TableValue['rows'];
}

async function measured(more: ParamValues): Promise<Measured> {
  const trace = await runBlock('measured', more);
  const rows = table(trace, framesOf(trace, 'measure')[0], 'ways').rows;
  const way = (i: number): Way => ({
    recall: Number(rows[i]![1]),
    compared: Number(rows[i]![2]),
    bytes: Number(rows[i]![3]),
  });
  return {
    ways: { scan: way(0), int8: way(1), again: way(2), lists: way(3), graph: way(4) },
    sweep: table(trace, framesOf(trace, 'sweep')[0], 'sweep').rows,
  };
}

describe('lesson 27, vector databases', { timeout: 90_000 }, () => {
  it('says only numbers that are computed here', async () => {
    const claims = new Claims(lesson);
    await inTown(claims);
    await atYourSize(claims);
    await lists(claims);
    await graph(claims);
    await largest(claims);
    arithmetic(claims);
    expect(claims.numbers).toBeGreaterThan(60);
    expect(claims.unclaimed()).toEqual([]);
  });

  it('keeps to the rules on prose', () => {
    expect(styleFaults(lesson)).toEqual([]);
    expect(lastOfOverview(lesson)).toMatch(/\?$/);
  });

  it('has goals that are reached by doing', () => {
    const goals = lesson.blocks.filter(({ body }) => body.goal !== undefined);
    expect(goals.length).toBeGreaterThanOrEqual(3);
    expect(goals.length).toBeLessThanOrEqual(5);
    expect(lesson.blocks.filter(({ kind }) => kind === 'quiz').length).toBeGreaterThanOrEqual(3);
  });
});

async function inTown(claims: Claims): Promise<void> {
  claims.says('and for 18 clauses nobody would ask for more');
  claims.says('Here is a town with 200 bakeries.');
  claims.says('A scan would measure 200 distances. Instead the town has been cut into 14 districts');
  claims.says('You and 200 bakeries.');
  const bills = await Promise.all([1, 2, 3, 14].map((probes) => town({ probes })));
  expect(bills.map(({ found }) => found)).toEqual([0, 3, 5, 5]);
  claims.says(`The search made ${bills[0]!.compared} comparisons in place of 200`);
  claims.says(`With two you have 3 of the 5, for ${bills[1]!.compared} comparisons.`);
  claims.says(`With three you have all of them, for ${bills[2]!.compared}.`);
  claims.says(`With all 14 it takes ${bills[3]!.compared}, more than the scan`);
  claims.says('In the town it was 214 comparisons for 200 bakeries.');
  // The share that one district finds, over a grid of places.
  const found: number[] = [];
  for (let x = -0.8; x < 0.85; x += 0.2) {
    for (let y = -0.8; y < 0.85; y += 0.2) {
      found.push((await town({ x, y })).found);
    }
  }
  const share = found.reduce((a, b) => a + b) / found.length / 5;
  expect(share).toBeGreaterThan(0.76);
  expect(share).toBeLessThan(0.84);
  claims.says('one district finds about 80% of the true five');
  const few = await Promise.all([1, 3].map((probes) => town({ count: 20, probes })));
  expect(few.map(({ found: of }) => of)).toEqual([1, 4]);
  claims.says(
    `Now drag *Bakeries* down to 20. One district then takes ${few[0]!.compared} comparisons and finds 1 of the 5. Three take ${few[1]!.compared} and find 4. You save two comparisons of 20`,
  );
  const note = framesOf(await runBlock('town'), 'districts')[0]!.note!;
  expect(note).toContain('took 6 rounds');
  expect(note).toMatch(/smallest district has 1 bakery and the largest 28\.$/u);
  claims.says('The smallest district has 1 bakery and the largest 28.');
}

async function atYourSize(claims: Claims): Promise<void> {
  const { dimensions } = await testModels.embedder('static');
  claims.says(`Their vectors are real: ${dimensions} numbers each, from the static model.`);
  expect(LETTER_QUESTIONS).toHaveLength(20);
  claims.says('with 100 letters: what share will a search of 4 lists in 10 find');
  const { ways, sweep } = await measured({});
  expect(sweep.at(-1)![0]).toBe(10);
  expect(ways.scan).toMatchObject({ recall: 100, compared: 100 });
  expect(ways.graph.compared).toBe(100);
  claims.says(
    `With 100 letters the scan compares 100 and finds everything. The inverted file, which is the searching by districts, compares ${ways.lists.compared} and finds ${ways.lists.recall}%.`,
  );
  claims.says('compares all 100. At this size the scan wins.');
  claims.says('Choose 2,000 letters');
  claims.says('put 5,000 support notes');
  claims.says(
    `In the table with 100 letters, int8 alone finds ${ways.int8.recall}%. With the best compared again it's 100%`,
  );
}

async function lists(claims: Claims): Promise<void> {
  const { ways, sweep } = await measured({ size: '1000' });
  const at = (probes: number) => {
    const [, recall, compared] = sweep.find(([count]) => count === probes)!;
    return { recall, compared };
  };
  expect(sweep.at(-1)!.slice(0, 2)).toEqual([32, 100]);
  claims.says('Here it is for 1,000 letters, from one list to all 32');
  claims.says('Four of 32 lists are searched');
  expect(4 / 32).toBe(0.125);
  claims.says('An eighth, 12.5%');
  claims.says(`Right: ${at(4).recall}%, for ${at(4).compared}% of the comparisons.`);
  expect(at(24).recall).toBe(100);
  claims.says(`For that it takes 24 lists here, and ${at(24).compared}% of the comparisons.`);
  claims.says(`One list finds ${at(1).recall}% for ${at(1).compared}% of the comparisons. Four find ${at(4).recall}%.`);
  claims.says(`But ${at(16).recall}% takes 16 lists and ${at(16).compared}% of the work.`);
  claims.says(`A list in 192 dimensions`);
  expect(ways.lists.recall).toBe(at(4).recall);
  claims.says(
    `The inverted file needed ${Math.round(Number(at(16).compared) * 10)} comparisons for its ${at(16).recall}%.`,
  );
  claims.says(`the inverted file had 32 lists for 1,000 letters and finds ${ways.lists.recall}% with four of them`);
  claims.says(`${ways.graph.bytes} bytes a letter in place of ${ways.scan.bytes}`);
}

async function graph(claims: Claims): Promise<void> {
  const [near, far] = [await walk({}), await walk({ count: 500 })];
  expect([near.found, far.found]).toEqual([5, 5]);
  claims.says('where three districts took 78');
  claims.says(`It took ${near.compared}, and found all five. With 500 bakeries it takes ${far.compared}`);
  expect(500 / 200).toBe(2.5);
  claims.says(`Two and a half times the bakeries cost ${far.compared - near.compared} comparisons more.`);
  const kept = async (breadth: number) => (await measured({ size: '1000', breadth })).ways.graph;
  const [ten, twenty, eighty] = [await kept(10), await kept(20), await kept(80)];
  claims.says(
    `On the 1,000 letters, a walk that keeps 10 finds ${ten.recall}% for ${ten.compared} comparisons. Keeping 20 gives ${twenty.recall}% for ${twenty.compared}, and keeping 80 gives ${eighty.recall}% for ${eighty.compared}.`,
  );
}

async function largest(claims: Claims): Promise<void> {
  const [thousand, two] = [await measured({ size: '1000' }), await measured({ size: '2000' })];
  expect(two.sweep.at(-1)![0]).toBe(45);
  claims.says('Run it with 2,000 letters.');
  claims.says('With 45 lists for 2,000');
  claims.says(
    `It's ${two.ways.lists.recall}% once more, for ${two.ways.lists.compared} comparisons where it was ${thousand.ways.lists.compared}.`,
  );
  expect(two.ways.lists.recall).toBe(thousand.ways.lists.recall);
  claims.says('from 1,000 to 2,000');
  claims.says(`The graph's went from ${thousand.ways.graph.compared} to ${two.ways.graph.compared}.`);
  for (const size of ['100', '300', '1000', '2000']) {
    expect((await measured({ size })).ways.again.recall).toBe(100);
  }
}

function arithmetic(claims: Claims): void {
  const [N, C] = [1_000_000, 384];
  const cost = (K: number, p: number) => K + (p * N) / K;
  claims.says(
    `For a million vectors that's ${grouped(Math.sqrt(N))} lists, and one probe costs about ${grouped(cost(1000, 1))} comparisons instead of ${grouped(N)}.`,
  );
  expect(cost(1000, 1)).toBeLessThan(Math.min(cost(900, 1), cost(1100, 1)));
  claims.says('multiply by 127'); // the largest that a signed byte holds on both sides
  claims.says('$s / \\sqrt{12}$');
  // An even error of at most half a step has this spread.
  const errors = Array.from({ length: 100_001 }, (_, i) => i / 100_000 - 0.5);
  expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeCloseTo(1 / Math.sqrt(12), 4);
  claims.says(`A million vectors of ${C} numbers are ${(N * C) / 1e6} million multiplications`);
  claims.says(
    `In 4-byte numbers that's ${((4 * N * C) / 1e9).toFixed(1)} GB to read, in bytes ${((N * C) / 1e9).toFixed(1)} GB.`,
  );
  claims.says('may leave 200 to scan');
  claims.says('An index with a recall of 100% finds the wrong boiler clause every time.');
  claims.says('An index with a recall of 90% answers your question.');
  claims.says('90% is a mean over many questions.');
  claims.says('Of 1,000,000 letters, 300 are from house 3.');
  claims.says('then scan the 300');
  claims.says('300 comparisons are nothing');
  expect((300 * 10_000) / N).toBe(3);
  claims.says('About 3 letters in 10,000 are from house 3.');
  claims.says('For 300 vectors the walk');
}

describe('the live blocks of lesson 27', { timeout: 90_000 }, () => {
  let trace: Trace;
  beforeAll(async () => {
    trace = await runBlock('measured', { size: '300', probes: 17, breadth: 200 });
  }, 60_000);

  it('hold each way against what comparing everything finds', async () => {
    const model = await testModels.embedder('static');
    const rows = await model.embed(letters(300));
    const queries = await model.embed(LETTER_QUESTIONS);
    const nearest = queries.map((query) => {
      const scores = rows.map((row, i) => [row.reduce((sum, value, c) => sum + value * query[c]!, 0), i] as const);
      return scores.sort((a, b) => b[0] - a[0]).slice(0, 10);
    });
    expect(new Set(nearest.flat().map(([, i]) => i)).size).toBeGreaterThan(60);
    const ways = table(trace, framesOf(trace, 'measure')[0], 'ways').rows;
    expect(ways.map(([, recall]) => recall).filter((recall) => recall === 100).length).toBeGreaterThanOrEqual(4);
    expect(ways[3]!.slice(1, 3)).toEqual([100, 317]); // all 17 lists: every letter and every middle
  });

  it('give no time where no clock runs', () => {
    const ways = table(trace, framesOf(trace, 'measure')[0], 'ways').rows;
    expect(ways.map((row) => row.at(-1))).toEqual([null, null, null, null, null]);
  });

  it('find in town what plain distances find, when all districts are searched', async () => {
    for (const [x, y] of [
      [0.3, -0.3],
      [-0.7, 0.6],
      [0, 0],
    ] as const) {
      const all = await runBlock('town', { x, y, probes: 14 });
      expect(table(all, framesOf(all, 'probe')[0], 'bill').rows[1]).toEqual(['search 14 districts', 214, 5]);
      const map = all.values[framesOf(all, 'probe')[0]!.outputs[0]!.value]!;
      const found = map.kind === 'points' ? map.points.filter(({ role }) => role === 'chosen') : [];
      const away = (place: { x: number; y: number }) => Math.hypot(place.x - x, place.y - y);
      const nearest = bakeries(200).sort((a, b) => away(a) - away(b));
      expect(Math.max(...found.map(away))).toBeLessThan(away(nearest[6]!));
    }
  });

  it('walk from the sparse layer to the full one', async () => {
    const walked = await runBlock('walk');
    const layers = table(walked, framesOf(walked, 'walk')[0], 'layers').rows;
    expect(layers.at(-1)!.slice(0, 2)).toEqual([0, 200]);
    expect(layers.map(([, rows]) => Number(rows))).toEqual(
      layers.map(([, rows]) => Number(rows)).toSorted((a, b) => a - b),
    );
    expect(framesOf(walked, 'layer')).toHaveLength(layers.length);
  });
});
