// Lesson 27: each number and each outcome that its prose speaks of, computed; and its style. What is true is found here by
// comparing everything with everything; no figure is a time.

import { beforeAll, describe, expect, it } from 'vitest';
import { bakeries, LETTER_QUESTIONS, letters, onGlobe } from '../../../src/programs/town.ts';
import { buildIvf } from '../../../src/retrieval/vectors/ivf.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { ParamValues, TableValue, Trace } from '../../../src/shared/trace.ts';
import { testModels } from '../programs/models.ts';
import { framesOf, run, table } from '../programs/run.ts';
import { arithmetic } from './indexArithmetic.ts';
import { blockOf, Claims, readLesson } from './lessonProse.ts';

const lesson = readLesson('27-vector-databases');
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};

const hundredths = (value: number) => Math.round(100 * value) / 100;

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
});

async function inTown(claims: Claims): Promise<void> {
  claims.says('and for 18 clauses nobody would ask for more');
  claims.says('Here is a town with 200 bakeries.');
  claims.says('A scan would measure 200 distances. Instead the town has been cut into 14 districts');
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
  const { centres } = buildIvf(bakeries(200).map(onGlobe), 14, seededRandom(1));
  const inMiddles = await Promise.all(
    centres.map(([x, y]) => town({ x: hundredths(10 * x!), y: hundredths(10 * y!) })),
  );
  expect(inMiddles.filter(({ found: of }) => of === 5).length).toBeGreaterThanOrEqual(12);
  claims.says("Drag yourself into the middle of a district. There it's mostly all five.");
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
  claims.says('We begin with 100 letters.');
  const { ways, sweep } = await measured({});
  expect(sweep.at(-1)![0]).toBe(10);
  expect(ways.scan).toMatchObject({ recall: 100, compared: 100 });
  expect(ways.graph.compared).toBe(100);
  claims.says('The first row is the scan: 100 comparisons, and everything is found.');
  claims.says(`It searches 4 of 10, compares ${ways.lists.compared}, and finds ${ways.lists.recall}%.`);
  claims.says('The last row, the *graph*, compares all 100.');
  const { ways: many } = await measured({ size: '2000' });
  expect(many.scan.compared).toBe(20 * ways.scan.compared);
  claims.says(`with 2,000 letters the scan has twenty times the work. Will the ${ways.lists.compared} grow twentyfold`);
  claims.says('Choose 2,000, and look.');
  expect(many.lists.compared / ways.lists.compared).toBeCloseTo(4, 0);
  claims.says(`It's ${many.lists.compared}, four times as much. But see what share it finds.`);
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
  claims.says(
    `Four of 32 lists find ${at(4).recall}% of the ten nearest. How many lists does it take to find ${at(16).recall}%?`,
  );
  expect(Number(at(16).recall) - Number(at(12).recall)).toBeGreaterThan(3);
  claims.says(`They find ${at(6).recall}%.`);
  claims.says(`Right: half of the lists, for ${at(16).compared}% of the comparisons.`);
  expect([at(24).recall, at(32).recall]).toEqual([100, 100]);
  expect(at(32).compared).toBeGreaterThan(100);
  claims.says('All 32 find everything, and 24 of them do so already.');
  claims.says(
    `One list finds ${at(1).recall}% for ${at(1).compared}% of the comparisons. Four find ${at(4).recall}% for ${at(4).compared}%.`,
  );
  claims.says(`But ${at(16).recall}% takes 16 lists and ${at(16).compared}% of the work.`);
  claims.says(`A list in 192 dimensions`);
  expect(ways.lists.recall).toBe(at(4).recall);
  claims.says(
    `The inverted file needed ${Math.round(Number(at(16).compared) * 10)} comparisons for its ${at(16).recall}%.`,
  );
  claims.says(`${ways.graph.bytes} bytes a letter in place of ${ways.scan.bytes}`);
}

async function graph(claims: Claims): Promise<void> {
  const [near, far] = [await walk({}), await walk({ count: 500 })];
  expect([near.found, far.found]).toEqual([5, 5]);
  claims.says('Three districts took 78 comparisons to find all five.');
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
  claims.says('Now for a race over 2,000 letters, in 45 lists. Both ways shall find at least 95%.');
  claims.says('Bring both to 95% as cheaply as you can.');
  let [lists, walked]: ((Way & { readonly at: number }) | undefined)[] = [];
  for (let at = 1; lists === undefined || walked === undefined; at++) {
    const { ways } = await measured({ size: '2000', probes: at, breadth: at });
    lists ??= ways.lists.recall >= 95 ? { at, ...ways.lists } : undefined;
    walked ??= ways.graph.recall >= 95 ? { at, ...ways.graph } : undefined;
  }
  claims.says(`The inverted file needs ${lists.at} lists, and ${lists.compared} comparisons.`);
  claims.says(`The graph gets there with ${walked.at} kept on the walk, and ${walked.compared}.`);
  const { params } = blockOf(lesson, 'larger').body as unknown as { params: ParamValues };
  expect(params).toEqual({ size: '2000' });
  claims.says('Set the sliders back to 4 and 20, and go from 1,000 letters to 2,000.');
  claims.says(
    `The inverted file's goes from ${thousand.ways.lists.compared} to ${two.ways.lists.compared}, and the graph's from ${thousand.ways.graph.compared} to ${two.ways.graph.compared}.`,
  );
  for (const size of ['100', '300', '1000', '2000']) {
    expect((await measured({ size })).ways.again.recall).toBe(100);
  }
}

describe('the live blocks of lesson 27', { timeout: 90_000 }, () => {
  let trace: Trace;
  beforeAll(async () => {
    trace = await runBlock('measured', { size: '300', probes: 17, breadth: 200 });
  });

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

  it('offer a bet on what one district finds, and know its answer', async () => {
    const winner = async (probes: number) => {
      const bet = await runBlock('town', { probes });
      const { inputs } = framesOf(bet, 'count')[0]!;
      const guesses = bet.values[inputs.find(({ name }) => name === 'guesses')!.value] as TableValue;
      return guesses.rows[guesses.marks![0]!.row]![0];
    };
    expect([await winner(1), await winner(2), await winner(3)]).toEqual([
      'none of them',
      'three or four',
      'all of them',
    ]);
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
