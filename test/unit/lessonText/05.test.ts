// Lesson 05: each number and each outcome that its prose speaks of, computed; and its style. What is said of principal
// components stands on NumPy's (test/reference/make_vectors.py); the rest is reckoned here in 64 bits.

import { readFileSync } from 'node:fs';
import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import { beforeAll, describe, expect, it } from 'vitest';
import { AMOUNTS, CUPS, DRINKS, INGREDIENTS } from '../../../src/programs/cafeMenu.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { ParamValues, PointsValue, Port, TableValue, Trace } from '../../../src/shared/trace.ts';
import { framesOf, run, table } from '../programs/run.ts';
import { blockOf, Claims, grouped, percent, readLesson } from './lessonProse.ts';

interface Described {
  readonly center: readonly number[];
  readonly variances: readonly number[];
  readonly directions: readonly (readonly number[])[];
  readonly places: readonly (readonly number[])[];
  readonly misled: number;
}

const lesson = readLesson('05-vectors-and-similarity');
const { tables } = JSON.parse(readFileSync(new URL('../../fixtures/model/vectors.json', import.meta.url), 'utf8')) as {
  readonly tables: Readonly<Record<'amounts' | 'unit', Described>>;
};
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const length = (a: readonly number[]) => Math.sqrt(dot(a, a));
const cosine = (a: readonly number[], b: readonly number[]) => dot(a, b) / length(a) / length(b);
const minus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value - b[i]!);
const distance = (a: readonly number[], b: readonly number[]) => length(minus(a, b));
const unit = (a: readonly number[]) => a.map((value) => value / length(a));
/** As the lesson writes a number: a true minus sign. */
const shown = (value: number, digits = 2) => value.toFixed(digits).replace('-', '−');
const id = (drink: string) => DRINKS.indexOf(drink);
const drink = (name: string) => AMOUNTS[id(name)]!;
const cup = (name: string) => drink(name).slice(0, 2);
const runBlock = (block: string, more: ParamValues = {}) => {
  const { program, params } = blockOf(lesson, block).body as unknown as { program: string; params: ParamValues };
  return run(program, { ...params, ...more });
};

describe('lesson 05, vectors and similarity', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    tickets(claims);
    cups(claims);
    neighbours(claims);
    turning(claims);
    map(claims);
    whyAngles(claims);
    threshold(claims);
    strangers(claims);
    components(claims);
    implementation(claims);
    quizzes(claims);
    expect(claims.numbers).toBeGreaterThan(70);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function tickets(claims: Claims): void {
  expect([encode(' boat'), encode(' boats')].map((ids) => ids.length)).toEqual([1, 1]);
  claims.says(`\`␣boat\` is ${encode(' boat')[0]} and \`␣boats\` is ${encode(' boats')[0]}`);
  claims.says(`there are ${grouped(256 + 50_000 + 1)} rows to fill`); // Radford et al. 2019
}

function cups(claims: Claims): void {
  for (const name of ['cappuccino', 'flat white', 'cortado']) {
    claims.says(`| ${name} | ${cup(name).join(' | ')} |`);
  }
  const cappuccino = cup('cappuccino');
  const to = (name: string) => distance(cappuccino, cup(name)).toFixed(1);
  claims.says(`it's ${to('cortado')} to the cortado and ${to('flat white')} to the flat white`);
  claims.says(`In this café's flat white too: ${cup('flat white').join(' and ')}.`);
  expect(cosine(cappuccino, cup('flat white'))).toBeCloseTo(1, 12);
  expect(AMOUNTS.map((row) => row.length)).toEqual(DRINKS.map(() => INGREDIENTS.length));
}

/** The cups by one measure, the most alike first. */
function ranked(more: (row: readonly number[]) => number, rows: readonly (readonly number[])[] = menu()): string[] {
  const order = rows.map((row, i) => ({ name: DRINKS[i]!, value: Number(more(row).toFixed(9)) }));
  return order.sort((a, b) => b.value - a.value).map(({ name }) => name);
}

const menu = (times = 1) => CUPS.map(([, ...amounts]) => amounts.map((amount) => amount * times));

function neighbours(claims: Claims): void {
  const { params } = blockOf(lesson, 'cups').body as unknown as { params: { milk: number; coffee: number } };
  const yours = [params.milk, params.coffee];
  claims.says(`Pour yourself a cup: ${yours[0]} of milk and ${yours[1]} of coffee.`);
  const byDot = (row: readonly number[]) => dot(row, yours);
  const byCosine = (row: readonly number[]) => cosine(row, yours);
  const byDistance = (row: readonly number[]) => -distance(row, yours);
  expect(ranked(byDistance)[0]).toBe('cortado');
  expect(ranked(byCosine).slice(0, 2)).toEqual(['cappuccino', 'flat white']);
  expect(ranked(byDot)[0]).toBe('big latte');
  expect([cosine(cup('cappuccino'), yours), cosine(cup('flat white'), yours)]).toEqual([
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
  ]);

  expect(ranked(byDot, menu(2))).toEqual(ranked(byDot));
  expect(ranked(byCosine, menu(2))).toEqual(ranked(byCosine));
  expect(ranked(byDistance, menu(2))).not.toEqual(ranked(byDistance));
  expect(ranked(byDistance, menu(2))[0]).toBe('espresso');
  const byLength = menu(2)
    .map(length)
    .toSorted((a, b) => a - b);
  expect([byLength[0], length(yours) < byLength[0]!]).toEqual([2 * length(cup('espresso')), true]);
  const big = byDot(cup('big latte'));
  claims.says(`The dot products do grow: the big latte's from ${big} to ${2 * big}.`);

  const larger = menu().map((row, i) => (DRINKS[i] === 'cappuccino' ? row.map((amount) => 4 * amount) : row));
  const before = byDot(cup('cappuccino'));
  claims.says(`Its dot product goes from ${before} to ${4 * before}, and it passes everyone.`);
  expect(ranked(byDot, larger)[0]).toBe('cappuccino');
  expect(ranked(byDistance, larger).at(-1)).toBe('cappuccino');
  expect(ranked(byCosine, larger)).toEqual(ranked(byCosine));
}

function turning(claims: Claims): void {
  const { params } = blockOf(lesson, 'turn').body as unknown as { params: Record<'ax' | 'ay' | 'bx' | 'by', number> };
  const [a, b] = [
    [params.ax, params.ay],
    [params.bx, params.by],
  ] as const;
  const terms = a.map((value, i) => value * b[i]!);
  claims.says(`Take two arrows that are easy to measure, (${a.join(', ')}) and (${b.join(', ')}).`);
  claims.says(`That's 3 × 4 + 4 × 3, so ${terms.join(' + ')}, so ${dot(a, b)}.`);
  claims.says('The square root of 25 is 5, because 5 × 5 = 25. We write $\\sqrt{25} = 5$.');
  claims.says('$\\sqrt{3^2 + 4^2} = \\sqrt{9 + 16} = 5$');
  expect([length(a), length(b)]).toEqual([5, 5]);
  claims.says(`${dot(a, b)} / (5 × 5) = ${cosine(a, b).toFixed(2)}. That is close to 1`);
  const degrees = (Math.acos(cosine(a, b)) * 180) / Math.PI;
  claims.says(`the arrows are ${degrees.toFixed(1)} degrees apart`);
  claims.says('turn `a` by 90 degrees');
  expect([dot(a, [4, -3]), a[0]! * 4]).toEqual([0, 12]);
  claims.says('drag `b` straight down to (4, −3). The dot product is 12 − 12, which is 0.');
  const stretched = a.map((value) => 2 * value);
  claims.says(
    `Stretching took the dot product from ${dot(a, b)} to ${dot(stretched, b)}, and left the cosine at ${shown(cosine(stretched, b))}.`,
  );
  const turned = [-a[1]!, a[0]!];
  claims.says(`By 90 degrees from where it began, \`a′\` has the cosine ${shown(cosine(turned, b))} with \`b\``);
  const shadow = dot(a, b) / length(b);
  expect(shadow * length(b)).toBeCloseTo(24, 12);
  claims.says(`${shown(shadow, 1)} × ${length(b)}, and there's your ${dot(a, b)}`);
}

function closest(rows: readonly (readonly number[])[], from: number): number {
  const others = rows.map((_, i) => i).filter((i) => i !== from);
  return others.reduce((best, i) =>
    distance(rows[i]!, rows[from]!) < distance(rows[best]!, rows[from]!) - 1e-6 ? i : best,
  );
}

function map(claims: Claims): void {
  claims.says(
    `Its full menu has ${DRINKS.length} drinks, and each is six numbers: ${INGREDIENTS.slice(0, -1).join(', ')} and sugar.`,
  );
  const rows = AMOUNTS.map(unit);
  const { places, variances, misled } = tables.unit;
  const [milk, chocolate] = [id('warm milk'), id('hot chocolate')];
  expect([closest(places, milk), closest(rows, milk)]).toEqual([chocolate, id('latte')]);
  const apart = [distance(places[milk]!, places[chocolate]!), distance(rows[milk]!, rows[chocolate]!)];
  claims.says(`they are ${shown(apart[0]!)} apart.`);
  claims.says(
    `In all six dimensions it's ${shown(apart[1]!)}, and the latte, at ${shown(distance(rows[milk]!, rows[id('latte')]!))}, is nearer.`,
  );
  const total = variances.reduce((a, b) => a + b);
  claims.says(`This one keeps ${percent((variances[0]! + variances[1]!) / total)} of the spread.`);
  claims.says(`Of the ${DRINKS.length} drinks, ${misled} have a false nearest neighbour on it.`);
  // The map can only bring together, never draw apart.
  for (const [i, row] of rows.entries()) {
    rows.forEach((other, j) => {
      expect(distance(places[i]!, places[j]!)).toBeLessThan(distance(row, other) + 1e-6);
    });
  }
}

function whyAngles(claims: Claims): void {
  const [a, b] = [
    [3, 4],
    [4, 3],
  ] as const;
  const square = distance(a, b) ** 2;
  expect(minus(a, b)).toEqual([-1, 1]);
  expect(25 + 25 - 2 * dot(a, b)).toBeCloseTo(square, 12);
  claims.says(`And 25 + 25 − 2 × ${dot(a, b)} is ${square.toFixed(0)} as well.`);
  claims.says("At 90 degrees there's no shadow, so 0.");
  claims.says('down to −1 at 180 degrees');
  expect([Math.cos(Math.PI / 2), Math.cos(Math.PI)]).toEqual([expect.closeTo(0, 12), -1]);
  // On arrows of length 1 the three orders are one.
  const random = seededRandom(4);
  const rows = Array.from({ length: 30 }, () => unit([random() - 0.5, random() - 0.5, random() - 0.5]));
  const query = rows.pop()!;
  for (const row of rows) {
    expect(distance(row, query) ** 2).toBeCloseTo(2 - 2 * cosine(row, query), 12);
    expect(dot(row, query)).toBeCloseTo(cosine(row, query), 12);
  }
}

function pairCosines(rows: readonly (readonly number[])[]): number[] {
  return rows.flatMap((row, i) => rows.slice(i + 1).map((other) => cosine(row, other)));
}

function threshold(claims: Claims): void {
  const mean = INGREDIENTS.map((_, i) => AMOUNTS.reduce((sum, row) => sum + row[i]!, 0) / AMOUNTS.length);
  const centred = AMOUNTS.map((row) => minus(row, mean));
  const [before, after] = [pairCosines(AMOUNTS), pairCosines(centred)];
  const above = (cosines: readonly number[]) => cosines.filter((value) => value > 0.9).length;
  const between = (rows: readonly (readonly number[])[]) => cosine(rows[id('latte')]!, rows[id('hot chocolate')]!);
  claims.says("You'll see numbers such as 0.8 passed around");
  claims.says(
    `The ${AMOUNTS.length} drinks make ${before.length} pairs. Of these, ${above(before)} have a cosine above 0.9.`,
  );
  claims.says(`Latte and hot chocolate are among them, with ${shown(between(AMOUNTS), 3)}.`);
  claims.says(`Of the ${after.length} pairs, ${above(after)} are left above 0.9.`);
  claims.says(`Latte and hot chocolate have dropped to ${shown(between(centred), 3)}.`);
  expect(before.filter((value) => value < 0)).toEqual([]);
  claims.says(`After the subtraction there are ${after.filter((value) => value < 0).length}.`);
  claims.says('So a cosine of 0.9 means one thing');
  claims.says('two thirds of the pairs above 0.9 were gone');
  expect(1 - above(after) / above(before)).toBeCloseTo(2 / 3, 1);
  // The quiz on it.
  claims.says('In one model a cosine above 0.8 separated');
  claims.says('What about the 0.8?');
}

function strangers(claims: Claims): void {
  const random = seededRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (const [dimension, draws] of [
    [2, 4000],
    [6, 4000],
    [384, 1500],
  ] as const) {
    const vector = () => Array.from({ length: dimension }, normal);
    const cosines = Array.from({ length: draws }, () => cosine(vector(), vector()));
    const typical = Math.sqrt(cosines.reduce((sum, value) => sum + value * value, 0) / draws);
    expect(typical * Math.sqrt(dimension)).toBeCloseTo(1, 1);
    claims.says(`| ${dimension} | ${shown(1 / Math.sqrt(dimension))} |`);
  }
  claims.says('In six dimensions a cosine of 0.3 is noise. In 384, the size of the sentence vectors');
  expect(0.3 / (1 / Math.sqrt(384))).toBeCloseTo(6, 0);
  expect(0.3).toBeLessThan(1 / Math.sqrt(6));
}

function components(claims: Claims): void {
  const { variances, directions } = tables.unit;
  claims.says(`The table $X$ has $N = ${AMOUNTS.length}$ rows and $C = ${INGREDIENTS.length}$ columns`);
  claims.says(`the two largest are ${shown(variances[0]!, 3)} and ${shown(variances[1]!, 3)}`);
  const along = (direction: readonly number[], ingredient: (typeof INGREDIENTS)[number]) =>
    shown(direction[INGREDIENTS.indexOf(ingredient)]!);
  const [first, second] = directions as [readonly number[], readonly number[]];
  claims.says(`The first is mostly ${along(first, 'milk')} of milk and ${along(first, 'tea')} of tea`);
  claims.says(`The second has ${along(second, 'coffee')} of coffee`);
  const total = variances.reduce((a, b) => a + b);
  let sofar = 0;
  variances.forEach((variance, i) => {
    sofar += variance;
    claims.says(`| ${i + 1} | ${percent(variance / total, 1)} | ${percent(sofar / total, 1)} |`);
  });

  // With coffee in millilitres, by power iteration in 64 bits.
  const rows = AMOUNTS.map((row) => row.map((amount, i) => (INGREDIENTS[i] === 'coffee' ? 10 * amount : amount)));
  const mean = INGREDIENTS.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
  const centred = rows.map((row) => minus(row, mean));
  let direction = unit(INGREDIENTS.map(() => 1));
  for (let step = 0; step < 200; step++) {
    direction = unit(INGREDIENTS.map((_, i) => centred.reduce((sum, row) => sum + row[i]! * dot(row, direction), 0)));
  }
  claims.says(`its weight is ${shown(direction[INGREDIENTS.indexOf('coffee')]!)}`);
}

function implementation(claims: Claims): void {
  claims.says('For (3, 4) and (4, 3) `dots` is 24, the two norms are 5 and 5, and the result is 0.96.');
  claims.says(`For the nine cups it's a table of shape (${CUPS.length}, 2)`);
  expect(CUPS).toHaveLength(9);
}

function quizzes(claims: Claims): void {
  expect([dot([2, 1], [-1, 2]), dot([2, 1], [-2, -1]), dot([2, 1], [2, 1])]).toEqual([0, -5, 5]);
  claims.says('on a PCA map that holds 30% of the variance');
  claims.says(`false for ${tables.unit.misled} drinks of ${DRINKS.length}, and that map kept far more`);
  // A query of three times the length, over the menu.
  const query = [4, 2];
  const longer = query.map((value) => 3 * value);
  const order = (measure: (a: readonly number[], b: readonly number[]) => number, of: readonly number[]) =>
    ranked((row) => measure(row, of));
  expect(order(dot, longer)).toEqual(order(dot, query));
  expect(order(cosine, longer)).toEqual(order(cosine, query));
  expect(order((a, b) => -distance(a, b), longer)).not.toEqual(order((a, b) => -distance(a, b), query));
}

const tableOf = (trace: Trace, ports: readonly Port[], name: string) =>
  (trace.values[ports.find((port) => port.name === name)!.value] as TableValue).rows;

describe('the live blocks of lesson 05', () => {
  let cupsTrace: Trace;
  beforeAll(async () => {
    cupsTrace = await runBlock('cups');
  });
  const lists = (trace: Trace) => table(trace, framesOf(trace, 'compare')[0], 'neighbours').rows;

  it('find three winners, and another one by distance when the menu is doubled', async () => {
    expect(lists(cupsTrace)[0]).toEqual([1, 'cortado 3.16', 'cappuccino 1', 'big latte 90']);
    const doubled = await runBlock('cups', { all: 2 });
    expect(lists(doubled)[0]).toEqual([1, '↑ espresso 5.66', 'cappuccino 1', 'big latte 180']);
    expect(framesOf(doubled, 'compare')[0]!.note).toMatch(/the order changed by distance, and nowhere else\.$/);
    const one = lists(await runBlock('cups', { which: 'cappuccino', times: 4 }));
    expect(one[0]).toEqual([1, 'cortado 3.16', '+ cappuccino 1', '↑ + cappuccino 160']);
    expect(one.at(-1)![1]).toMatch(/^↓ \+ cappuccino/);
  });

  it('turn and stretch: the dot product follows the stretch, the cosine doesn’t', async () => {
    const rows = async (more: ParamValues) => {
      const trace = await runBlock('turn', more);
      return table(trace, framesOf(trace, 'compare')[0], 'withB').rows;
    };
    expect((await rows({}))[0]).toEqual(['a', 5, 24, 0.96, '16.3°']);
    expect((await rows({ stretch: 2 }))[1]!.slice(0, 4)).toEqual(['a′', 10, 48, 0.96]);
    expect((await rows({ turn: 90 }))[1]!.slice(0, 4)).toEqual(['a′', 5, -7, -0.28]);
  });

  it('open the cosine into the engine’s steps', async () => {
    const trace = await runBlock('inside');
    const at = trace.frames.findIndex(({ op }) => op === 'engine');
    const parts = trace.frames
      .filter(({ parent }) => parent === at)
      .map(({ op, label }) => (op === 'group' ? label : op));
    expect(parts).toEqual(['mul', 'sum', 'norm', 'norm', 'mul', 'div']);
  });

  it('draw a map, and say where it misleads', async () => {
    const trace = await runBlock('map');
    expect(framesOf(trace, 'map')[0]!.note).toContain('79%');
    const drawn = trace.values[framesOf(trace, 'map')[0]!.outputs[0]!.value] as PointsValue;
    expect([drawn.xLabel, drawn.yLabel]).toEqual(['first direction: + milk, − tea', 'second direction: + coffee']);
    expect(drawn.points.map(({ label }) => label)).toContain('cappuccino, flat white');
    expect(tableOf(trace, framesOf(trace, 'check')[0]!.inputs, 'guesses').map(([name]) => name)).toEqual(
      expect.arrayContaining(['latte', 'hot chocolate']),
    );
    expect(trace.frames.at(-1)!.op).toBe('check');
    expect(trace.frames.at(-1)!.note).toMatch(/hot chocolate is nearest to warm milk, 0\.03 away.*0\.37.*latte.*0\.24/);
    const variances = table(trace, framesOf(trace, 'map')[0], 'variance').rows.map((row) => row[2]);
    expect(variances.slice(0, 2)).toEqual([43, 36.2]);
    const steps = table(trace, framesOf(trace, 'directions')[0], 'variance');
    expect(steps.total ?? steps.rows.length).toBeGreaterThan(24); // dozens
  });

  it('with the sizes left in put the big latte beyond the latte', async () => {
    const trace = await runBlock('sizes');
    const map = trace.values[framesOf(trace, 'map')[0]!.outputs[0]!.value];
    expect(map?.kind).toBe('points');
    const at = (name: string) => (map?.kind === 'points' ? map.points.find(({ label }) => label === name)!.x : 0);
    expect([at('flat white'), at('latte'), at('big latte')]).toEqual(
      [at('flat white'), at('latte'), at('big latte')].sort((a, b) => a - b),
    );
    expect(Math.abs(at('cappuccino') - at('flat white'))).toBeGreaterThan(3);
    // Upwards, in the prose, the large cups of milk and of tea.
    const heights = map?.kind === 'points' ? map.points.map(({ label, y }) => [y, label] as const) : [];
    const top = heights.toSorted(([a], [b]) => b - a).map(([, label]) => label);
    expect(top.slice(0, 4)).toEqual(expect.arrayContaining(['big latte', 'black tea']));
    expect(map).toMatchObject({ xLabel: expect.stringMatching(/\+ milk, − tea$/) });
    expect(map).toMatchObject({ yLabel: expect.stringMatching(/\+ tea, \+ milk$/) });
  });
});
