// Lesson 11: each number and each outcome that its prose speaks of, computed.

import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { gradCheck } from '../../../src/engine/gradCheck.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { relu } from '../../../src/engine/ops/relu.ts';
import { tanh } from '../../../src/engine/ops/tanh.ts';
import { backward, mul as mulScalars, scalar } from '../../../src/model/scalar.ts';
import { breakfastOf } from '../../../src/programs/breakfast.ts';
import type { ParamValues, Trace } from '../../../src/shared/trace.ts';
import { framesOf, output, run, table } from '../programs/run.ts';
import { tensorOf } from '../programs/tensorOf.ts';
import { blockOf, Claims, grouped, readLesson } from './lessonProse.ts';

const lesson = readLesson('11-backpropagation');
const minus = (value: number, digits = 3) => String(Number(value.toFixed(digits))).replace('-', '−');
/** The loss of one breakfast, as one would write it down. */
const loss = ({ w = 2, b = 1, x = 3, t = 5 } = {}) => (w * x + b - t) ** 2;

function runBlock(block: string, changed: ParamValues = {}) {
  const { body } = blockOf(lesson, block);
  const { program } = body as unknown as { program: string };
  return run(program, { ...(body.params as unknown as ParamValues), ...changed });
}

describe('lesson 11, backpropagation', () => {
  it('says only numbers that are computed here', () => {
    const claims = new Claims(lesson);
    overview(claims);
    deeper(claims);
    expect(claims.numbers).toBeGreaterThan(30);
    expect(claims.unclaimed()).toEqual([]);
  });
});

function overview(claims: Claims): void {
  const { loss: ours, weights } = breakfastOf('breakfast', { w: 2, b: 1, x: 3, t: 5, v: 0 });
  expect([ours.value, loss()]).toEqual([4, 4]);
  backward(ours);
  expect(weights.b!.gradient).toBe(4);
  claims.says(`The gradient of \`w\` is ${weights.w!.gradient}, and that of \`b\` is ${weights.b!.gradient}.`);
  expect(weights.w!.gradient / weights.b!.gradient).toBe(3);
  claims.says('Was your answer `w`, and three times?');
  const then = loss({ w: 2 - 0.01 * weights.w!.gradient, b: 1 - 0.01 * weights.b!.gradient });
  claims.says(`The loss falls from 4 to ${minus(then)}.`);
  claims.says('its slope for `w` is 3, and 4 × 3 is 12.');
  claims.says(`the loss changes by ${4 * 3} times as much`);
  claims.says(`so the loss should go from 4 to ${4 + 12 * 0.5}. Will it be exactly ${4 + 12 * 0.5}`);
  const measured = (by: number) => (loss({ w: 2 + by }) - loss()) / by;
  claims.says(`More: ${loss({ w: 2.5 })}. The change divided by the move is ${measured(0.5)}, and not 12.`);
  claims.says(`You get ${minus(measured(0.1), 2)}, then ${minus(measured(0.01), 2)}.`);
  claims.says('drag the move down to 0.1, then to 0.01');
  claims.says('You raise `w` by 0.5. Twelve times 0.5 is 6');
  claims.says('Then set *Move it by* to 0.5.');
  claims.says('as you saw with 0.5');
  claims.says(`has ${grouped(124_439_808)} numbers to set`);
  // Try t as well: its gradient is -4, by the slope of (w x + b - t)² at t.
  expect((loss({ t: 5.000001 }) - loss({ t: 4.999999 })) / 2e-6).toBeCloseTo(-4, 5);
  claims.says('Its gradient is −4');
  // Where this breaks: a whole gradient, and not a hundredth of it.
  const far = { w: 2 - 12, b: 1 - 4 };
  claims.says(`\`w\` would go from 2 to ${minus(far.w)} and \`b\` from 1 to ${minus(far.b)}.`);
  claims.says(`bake ${minus(far.w * 3 + far.b)} rolls, and the loss would go from 4 to ${grouped(loss(far))}.`);
  expect(2 - 5 + 4).toBe(1);
}

function deeper(claims: Claims): void {
  claims.says('= 4 \\cdot 1 \\cdot 1 \\cdot 3 = 12$$');
  claims.says('Ten layers of a hundred neurons have $100^{10}$.');
  const [saturday, sunday] = [loss(), loss({ x: 1, t: 4 })];
  claims.says(`The loss is the sum of both days, ${saturday} + ${sunday}.`);
  const back = (x: number, t: number) => 2 * (2 * x + 1 - t) * x;
  claims.says(`Sunday sends ${minus(back(1, 4))} to \`w\``);
  claims.says(`Saturday sends ${back(3, 5)}. Together that's ${back(3, 5) + back(1, 4)}.`);
  claims.says('a number in a computer has about 16 digits');
  expect(Math.round(-Math.log10(Number.EPSILON))).toBe(16);
  claims.says('The tensors of this course have 32 bits, about 7 digits');
  expect(Math.floor(-Math.log10(2 ** -24))).toBe(7);
  squashed(claims);
  promised(claims);
  // Of the works cited.
  claims.says('in his thesis of 1970');
  claims.says('showed in 1986');
  claims.says('near $10^{-8}$');
  claims.says("it's near $10^{-5.5}$");
}

/** Shares of the scores 2, 1 and 0 by softmax; the slopes of the surprise at the first, measured. */
function promised(claims: Claims): void {
  const scores = [2, 1, 0];
  const powers = (of: readonly number[]) => of.map((score) => Math.exp(score));
  const shares = powers(scores).map((power, _, all) => power / all.reduce((sum, one) => sum + one));
  const surprise = (of: readonly number[]) => Math.log(powers(of).reduce((sum, one) => sum + one)) - of[0]!;
  const [h, shown] = [1e-4, (values: readonly number[]) => values.map((value) => value.toFixed(3).replace('-', '−'))];
  const slopes = scores.map(
    (score, i) => (surprise(scores.with(i, score + h)) - surprise(scores.with(i, score - h))) / (2 * h),
  );
  const [first, second, third] = shown(shares);
  claims.says(`The scores 2, 1 and 0 had the shares ${first}, ${second} and ${third}.`);
  const [right, ...wrong] = shown(slopes);
  claims.says(`With \`out\` as the answer, ${right}, ${wrong.join(' and ')} go down from there.`);
  claims.says('less 1 for the right word');
}

/** The squashed breakfast of the lesson: b is 0, x is 1, t is 3, v is 2. */
function flatter(w: number) {
  const y = Math.tanh(w);
  const error = 2 * y - 3;
  const slope = 1 - y ** 2;
  return { slope, gradient: 2 * error * 2 * slope, error };
}

function squashed(claims: Claims): void {
  const [one, four] = [flatter(1), flatter(4)];
  claims.says(`At \`w\` = 1 the squash has the slope ${minus(one.slope, 2)}, and \`w\` gets ${minus(one.gradient)}.`);
  claims.says(`the slope is ${minus(four.slope, 5)}, and \`w\` gets ${minus(four.gradient, 5)}.`);
  expect(four.error).toBeCloseTo(-1, 2);
}

/** `12 = 4 × 3`: what is right at each step that is asked about, and how one comes to it. */
function rightGuesses(trace: Trace): string[] {
  return framesOf(trace, 'pass-back').map((frame) => table(trace, frame, 'guesses').rows[0]!.join(' = '));
}

const slopesAtFirst = (trace: Trace) => table(trace, trace.frames[0], 'slopes').rows[0] as number[];

describe('the live blocks of lesson 11', () => {
  it('ask for each gradient of one breakfast, and arrive where the prose says', async () => {
    const trace = await runBlock('breakfast');
    expect(rightGuesses(trace)).toEqual(['4 = 1 × 2 + 1 × 2', '−4 = 4 × −1', '4 = 4 × 1', '12 = 4 × 3']);
    expect((output(trace, trace.frames.at(-1), 'loss') as { value: number }).value).toBe(2.56);
  });

  it('wiggle to 12.25 as the prose says, and offer 0.1 and 0.01', async () => {
    expect(slopesAtFirst(await runBlock('wiggle'))).toEqual([0, 4, 0, null, 12]);
    const trace = await runBlock('wiggle', { by: 0.5 });
    expect(slopesAtFirst(trace)).toEqual([0.5, 12.25, 8.25, 16.5, 12]);
    const smaller = await runBlock('wiggle', { by: 0.01 });
    expect(slopesAtFirst(smaller)[3]).toBeCloseTo(12.09, 6);
  });

  it('add Saturday’s share to Sunday’s', async () => {
    const trace = await runBlock('weekend');
    expect(rightGuesses(trace)).toEqual(['2 = −2 + 4 × 1', '10 = −2 + 4 × 3']);
  });

  it('lose the gradient on the flat end of the squash', async () => {
    for (const w of [1, 4]) {
      const trace = await runBlock('squash', { w });
      const rows = table(trace, trace.frames.at(-1), 'moves').rows;
      expect(rows[0]).toEqual(['w', w, expect.closeTo(flatter(w).gradient, 4), expect.anything()]);
      expect(framesOf(trace, 'pass-back').map(({ label }) => label.split(':')[0])).toEqual([
        'Back through s = h × v',
        'Back through h = tanh(z)',
      ]);
    }
  });

  it('measure best where the prose says: near 1e-8 from one side, near 10^-5.5 and far better from both', async () => {
    const trace = await runBlock('step-size');
    const rows = table(trace, trace.frames[0], 'errors').rows as number[][];
    const best = (column: number) => rows.reduce((a, b) => (b[column]! < a[column]! ? b : a));
    expect(best(1)[0]).toBe(-8);
    expect(best(2)[0]).toBe(-5.5);
    expect(best(1)[1]! - best(2)[2]!).toBeGreaterThanOrEqual(3);
  });

  it('add both days up for the bias of the table', async () => {
    const trace = await runBlock('tables');
    const { numbers } = tensorOf(trace, framesOf(trace, 'add-backward')[0], 'db');
    expect(lesson.prose).toContain(`the sum of two rows: (${numbers.map((value) => minus(value)).join(', ')})`);
    const { numbers: e } = tensorOf(trace, framesOf(trace, 'sub')[0], 'e');
    expect([e[1], e[5]]).toEqual([-1, 1]);
  });
});

it('the checker passes what the run block shows, and relu at 0 is not to be measured', () => {
  const engine = new Engine(referenceKernels());
  const x = engine.tensor([[0.5, -1, 2]], { requiresGrad: true });
  expect(gradCheck(([input]) => tanh(mul(input!, input!)), [x]).passed).toBe(true);
  const corner = engine.tensor([0], { requiresGrad: true });
  const { passed, worst } = gradCheck(([input]) => relu(input!), [corner]);
  const { worst: beside } = gradCheck(([input]) => relu(input!), [engine.tensor([1], { requiresGrad: true })]);
  expect([passed, worst!.computed]).toEqual([false, 0]);
  expect(worst!.measured / beside!.measured).toBeCloseTo(1 / 2, 3);
  expect(lesson.prose).toContain('A wiggle to both sides measures half of 1, and the engine says 0.');
});

it('the worked examples of the exercises are so', () => {
  const x = scalar(3);
  backward(mulScalars(x, x));
  expect(x.gradient).toBe(6);
  // backward-matmul: dx = dy wᵀ, dw = xᵀ dy, written out.
  const [w, dy, row] = [
    [
      [3, 0, 1],
      [4, 1, 0],
    ],
    [1, 0, 2],
    [1, 2],
  ];
  expect(w!.map((cells) => cells.reduce((sum, cell, j) => sum + cell * dy![j]!, 0))).toEqual([5, 4]);
  expect(row!.map((cell) => dy!.map((d) => cell * d))).toEqual([
    [1, 0, 2],
    [2, 0, 4],
  ]);
});
