// What may be done to a learner's folder: whatever happened to it, no text that isn't ours is ever written over.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CourseFile, type Manifest, planCourse, readManifest } from '../../../src/course/courseFolder.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const wanted: CourseFile[] = [
  { path: '01/bigram.ts', text: 'starter 1' },
  { path: '03/train.ts', text: 'starter 2' },
];

/** Does a plan to a folder, as its writer does. */
function carryOut(there: Map<string, string>, plan: ReturnType<typeof planCourse>): Map<string, string> {
  const after = new Map(there);
  for (const step of plan.steps) {
    if (step.do === 'write') {
      after.set(step.path, step.text);
    }
  }
  return after;
}

const stepOf = (plan: ReturnType<typeof planCourse>, path: string) => plan.steps.find((step) => step.path === path)?.do;

describe('a new folder', () => {
  const plan = planCourse(wanted, new Map(), undefined, '1.0.0', hash);

  it('gets every file', () => {
    expect(plan.steps.map((step) => step.do)).toEqual(['write', 'write']);
    expect(plan.manifest).toEqual({
      schema: 1,
      version: '1.0.0',
      files: { '01/bigram.ts': hash('starter 1'), '03/train.ts': hash('starter 2') },
    });
  });

  it('keeps a file that was there before', () => {
    const before = new Map([['01/bigram.ts', 'mine']]);
    const kept = planCourse(wanted, before, undefined, '1.0.0', hash);
    expect(stepOf(kept, '01/bigram.ts')).toBe('keep-foreign');
    expect(kept.manifest.files).not.toHaveProperty(['01/bigram.ts']);
  });
});

describe('an update', () => {
  const first = planCourse(wanted, new Map(), undefined, '1.0.0', hash);
  const newer = [{ path: '01/bigram.ts', text: 'better starter' }, wanted[1]!];

  it('renews what was not touched', () => {
    const there = carryOut(new Map(), first);
    expect(stepOf(planCourse(newer, there, first.manifest, '1.1.0', hash), '01/bigram.ts')).toBe('write');
  });

  it('keeps what was touched, and offers the change once', () => {
    const there = carryOut(new Map(), first).set('01/bigram.ts', 'my answer');
    const second = planCourse(newer, there, first.manifest, '1.1.0', hash);
    expect(stepOf(second, '01/bigram.ts')).toBe('offer');
    expect(carryOut(there, second).get('01/bigram.ts')).toBe('my answer');
    expect(stepOf(planCourse(newer, there, second.manifest, '1.1.1', hash), '01/bigram.ts')).toBe('nothing');
  });

  it('leaves deleted what was deleted, until it is asked for', () => {
    const there = new Map([['03/train.ts', 'starter 2']]);
    expect(stepOf(planCourse(newer, there, first.manifest, '1.1.0', hash), '01/bigram.ts')).toBe('leave-deleted');
    const asked = planCourse(newer, there, first.manifest, '1.1.0', hash, new Set(['01/bigram.ts']));
    expect(stepOf(asked, '01/bigram.ts')).toBe('write');
  });
});

it('never writes over a text that the course did not write, whatever the order of updates and edits', () => {
  const text = fc.constantFrom('a', 'b', 'c', 'mine', 'mine too');
  const act = fc.oneof(
    fc.record({ update: text }),
    fc.record({ edit: fc.constantFrom('mine', 'mine too') }),
    fc.constant({ drop: true }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      let there = new Map<string, string>();
      let manifest: Manifest | undefined;
      // A text that the course wrote once is no loss: it can be had again.
      const ofCourse = new Set<string>();
      let learners = false;
      for (const one of acts) {
        if ('update' in one) {
          const before = there.get('x.ts');
          const plan = planCourse([{ path: 'x.ts', text: one.update }], there, manifest, '1', hash);
          there = carryOut(there, plan);
          ({ manifest } = plan);
          if (learners) {
            expect(there.get('x.ts')).toBe(before);
          }
          ofCourse.add(one.update);
          learners &&= there.get('x.ts') !== one.update;
        } else if ('edit' in one) {
          there.set('x.ts', one.edit);
          learners = !ofCourse.has(one.edit);
        } else {
          there.delete('x.ts');
          learners = false;
        }
      }
    }),
  );
});

describe('the manifest', () => {
  it('is read back', () => {
    const { manifest } = planCourse(wanted, new Map(), undefined, '1.0.0', hash);
    expect(readManifest(JSON.stringify(manifest))).toEqual(manifest);
  });

  it.each(['', '{', '[]', '{"schema":1}', 'null'])('is refused when damaged: %s', (text) => {
    expect(() => readManifest(text)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('of a newer version is left alone', () => {
    const newer = JSON.stringify({ schema: 2, version: '9', files: {} });
    expect(() => readManifest(newer)).toThrow(/newer version/u);
  });
});
