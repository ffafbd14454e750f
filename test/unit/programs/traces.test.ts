// What holds of every trace of every program, whatever the parameters.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statisticsOf } from '../../../src/engine/statistics.ts';
import { Recorder } from '../../../src/programs/recorder.ts';
import { programs } from '../../../src/programs/registry.ts';
import type { ParamSpec } from '../../../src/shared/params.ts';
import type { ParamValue, ParamValues, Trace, Value } from '../../../src/shared/trace.ts';
import { brokenTexts, texts } from '../tokenizers/texts.ts';
import { REAL_TOKENIZERS } from './realTokenizers.ts';
import { run } from './run.ts';

function valuesFor(name: string, spec: ParamSpec): fc.Arbitrary<ParamValue> {
  if (name === 'encoding') {
    return fc.constantFrom(...(spec.type === 'choice' ? spec.options.map(({ value }) => value) : REAL_TOKENIZERS));
  }
  switch (spec.type) {
    case 'text':
      return fc
        .oneof(texts, brokenTexts, fc.constantFrom('', ' ', 'the cat the cat'))
        .map((t) => t.slice(0, spec.maxLength));
    case 'number':
      return fc
        .integer({ min: 0, max: Math.min(Math.floor((spec.max - spec.min) / spec.step + 1e-9), 40) })
        .map((steps) => Math.min(spec.min + steps * spec.step, spec.max));
    case 'choice':
      return fc.constantFrom(...spec.options.map((option) => option.value));
    case 'switch':
      return fc.boolean();
  }
}

function expectSoundValue(value: Value): void {
  switch (value.kind) {
    case 'text': {
      let at = 0;
      for (const mark of value.marks ?? []) {
        expect(mark.start).toBeGreaterThanOrEqual(at);
        expect(mark.end).toBeGreaterThanOrEqual(mark.start);
        at = mark.end;
      }
      expect(at).toBeLessThanOrEqual(value.text.length);
      expect(value.total ?? Number.POSITIVE_INFINITY).toBeGreaterThan(value.text.length);
      break;
    }
    case 'tokens':
      expect(value.total ?? Number.POSITIVE_INFINITY).toBeGreaterThan(value.pieces.length);
      for (const piece of value.pieces) {
        if (piece.bytes !== undefined) {
          // A piece has a text exactly when its bytes are whole characters: never a replacement in place of bytes.
          const decoded = Buffer.from(piece.bytes).toString('utf8');
          const whole = Buffer.from(decoded).equals(Buffer.from(piece.bytes));
          expect(piece.text).toBe(whole ? decoded : null);
        }
      }
      break;
    case 'table':
      expect(new Set(value.columns.map((column) => column.id)).size).toBe(value.columns.length);
      expect(value.total ?? Number.POSITIVE_INFINITY).toBeGreaterThan(value.rows.length);
      for (const row of value.rows) {
        expect(row).toHaveLength(value.columns.length);
        row.forEach((cell, i) => {
          const type = value.columns[i]!.type;
          expect(cell === null || typeof cell === (type === 'number' ? 'number' : 'string')).toBe(true);
          expect(cell).not.toBeNaN();
        });
      }
      for (const mark of value.marks ?? []) {
        expect(mark.row).toBeLessThan(value.rows.length);
      }
      break;
    case 'scalar':
      expect(Number.isFinite(value.value)).toBe(true);
      break;
    case 'tree':
      break;
    case 'tensor': {
      const size = value.shape.reduce((product, length) => product * length, 1);
      expect(value.bytes?.length ?? value.preview?.bytes.length).toBeDefined();
      expect(value.bytes?.length ?? 4 * size).toBe(4 * size);
      expect(value.axes ?? value.shape).toHaveLength(value.shape.length);
      for (const [axis, labels] of Object.entries(value.labels ?? {})) {
        expect(labels).toHaveLength(value.shape[Number(axis)]!);
      }
      expect(value.reads?.strides ?? value.shape).toHaveLength(value.shape.length);
      break;
    }
    case 'points':
      for (const { x, y } of value.points) {
        expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      }
      break;
    case 'graph':
      expect(value.between ?? value.nodes.slice(1)).toHaveLength(Math.max(0, value.nodes.length - 1));
      for (const { from, to, adjust } of value.edges) {
        expect(value.nodes[from]).toBeDefined();
        expect(value.nodes[to]).toBeDefined();
        expect(to).toBeGreaterThan(from);
        expect(Number.isFinite(adjust?.value ?? 0)).toBe(true);
      }
      for (const { label, note = '' } of [...value.nodes, ...value.edges]) {
        expect(`${label} ${note}`).not.toMatch(/undefined|NaN|Infinity|\[object/u);
      }
      break;
  }
}

/** The tensors' numbers fill the trace's buffer, one after the other, and are those that the statistics are of. */
function expectPacked({ values, buffer }: Trace): void {
  let end = 0;
  for (const value of values) {
    const slice = value.kind === 'tensor' ? (value.bytes ?? value.preview?.bytes) : undefined;
    if (value.kind === 'tensor' && slice !== undefined) {
      expect(slice.offset).toBe(end);
      end += slice.length;
      const Numbers = value.dtype === 'f32' ? Float32Array : Int32Array;
      const { min, max } = statisticsOf(new Numbers(buffer!, slice.offset, slice.length / 4));
      expect(value.preview === undefined ? { min, max } : value.statistics).toMatchObject({
        min: value.statistics.min,
        max: value.statistics.max,
      });
    }
  }
  expect(buffer?.byteLength ?? 0).toBe(end);
}

function expectSound(trace: Trace): void {
  expect(trace.frames.length).toBeGreaterThan(0);
  const used = new Set<number>();
  trace.frames.forEach((frame, id) => {
    if (frame.parent !== undefined) {
      expect(frame.parent).toBeLessThan(id);
    }
    const ports = [...frame.inputs, ...frame.outputs];
    for (const port of ports) {
      expect(trace.values[port.value]).toBeDefined();
      used.add(port.value);
    }
    expect(new Set(frame.outputs.map((port) => port.name)).size).toBe(frame.outputs.length);
    // Captions are sentences, and nothing in them went wrong on the way.
    expect(frame.label).not.toBe('');
    expect(frame.note).toMatch(/[.?!:]$|…\.$/u);
    for (const words of [frame.label, frame.note ?? '']) {
      expect(words).not.toMatch(/undefined|NaN|Infinity|\[object/u);
      expect(words).not.toMatch(/\p{Cc}/u);
      expect(words.length).toBeLessThan(400);
    }
  });
  for (const value of trace.values) {
    if (value.kind === 'tensor' && value.reads !== undefined) {
      expect(trace.values[value.reads.list]?.kind).toBe('tensor');
    }
  }
  expect(used.size).toBe(trace.values.length);
  trace.values.forEach(expectSoundValue);
  expectPacked(trace);
  expect(structuredClone(trace)).toEqual(trace);
}

describe.each(programs.map((program) => [program.id, program] as const))('%s', (id, program) => {
  const params = fc.record(
    Object.fromEntries(Object.entries(program.params).map(([name, spec]) => [name, valuesFor(name, spec)])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<ParamValues>;

  it('makes sound traces of any parameters, the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(params, async (given) => {
        const trace = await run(id, given).catch((error: unknown) => error);
        if (trace instanceof Error) {
          // Models that people fetch aren't here: then the fault says which, and how to get it.
          expect(trace).toMatchObject({ code: 'model-missing', remedy: expect.stringMatching(/\S/u) });
          return;
        }
        expectSound(trace as Trace);
        expect(await run(id, given)).toEqual(trace);
      }),
      // What trains or judges thousands of texts is tried on fewer.
      { numRuns: 40, interruptAfterTimeLimit: 15_000 },
    );
  });

  it('refuses a parameter that it does not know, by name', async () => {
    await expect(run(id, { nonsense: 1 })).rejects.toMatchObject({ code: 'bad-params', where: 'nonsense' });
  });

  it('says that a trace gets too large, and what to do', async () => {
    await expect(run(id, {}, { budgetBytes: 200 })).rejects.toMatchObject({
      code: 'too-large',
      remedy: expect.stringMatching(/^Use (a shorter text|smaller tensors) or fewer steps/u),
    });
  });

  it('stops when cancelled, wherever it is', async () => {
    let looks = 0;
    const counting = {
      get cancelled() {
        looks++;
        return false;
      },
    };
    await run(id, {}, { signal: counting });
    for (const before of [1, 2, 5]) {
      let left = before;
      const signal = {
        get cancelled() {
          return --left < 0;
        },
      };
      const outcome = await run(id, {}, { signal }).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      expect(outcome).toBe(before < looks ? 'cancelled' : 'done');
    }
  });
});

it('weighs steps too, those handed over included, so that no session grows without end', () => {
  const recorder = new Recorder('a-session', 100_000);
  const step = () => {
    recorder.frame({ op: 'step', label: 'A step', note: 'What happened.' });
    recorder.take({}, false);
  };
  expect(() => {
    for (let i = 0; i < 10_000; i++) {
      step();
    }
  }).toThrow(expect.objectContaining({ code: 'too-large' }));
  expect(recorder.frameCount).toBeGreaterThan(100);
});
