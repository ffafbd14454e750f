import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../../../src/build/paths.ts';
import { describe as describeProgram, findProgram, programs } from '../../../src/programs/registry.ts';
import type { Fault } from '../../../src/shared/errors.ts';

const faultOf = (id: string): Fault => {
  try {
    findProgram(id);
  } catch (error) {
    return error as Fault;
  }
  throw new Error('no fault');
};

describe('the registry', () => {
  it('holds each program once, and each that a lesson names', () => {
    const ids = programs.map((program) => program.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const program of programs) {
      expect(findProgram(program.id)).toBe(program);
    }
    const lessons = globSync('lessons/*/lesson.md', { cwd: root }).map((file) =>
      readFileSync(`${root}/${file}`, 'utf8'),
    );
    const named = lessons.flatMap((text) => [...text.matchAll(/^program: *([\w-]+)$/gmu)].map((match) => match[1]));
    expect(named).toContain('bpe-train');
    expect(ids).toEqual(expect.arrayContaining(named));
  });

  it('names what was meant, and all that there are', () => {
    const fault = faultOf('bpe-tran');
    expect(fault.code).toBe('unknown-program');
    expect(fault.remedy).toMatch(/^Did you mean bpe-train\? There are: ngram-sample, /u);
    expect(faultOf('zeppelin').remedy).toMatch(/^There are: /u);
    expect(faultOf('x'.repeat(10_000)).message.length).toBeLessThan(200);
  });

  it('describes programs in what survives a message: every default fits its own declaration', () => {
    for (const program of programs) {
      const info = describeProgram(program);
      expect(structuredClone(info)).toEqual(info);
      for (const spec of Object.values(info.params)) {
        if (spec.type === 'text') {
          expect(spec.default.length).toBeLessThanOrEqual(spec.maxLength);
        } else if (spec.type === 'number') {
          expect(spec.default).toBeGreaterThanOrEqual(spec.min);
          expect(spec.default).toBeLessThanOrEqual(spec.max);
        } else if (spec.type === 'choice') {
          expect(spec.options.map((option) => option.value)).toContain(spec.default);
        }
      }
    }
  });
});
