// The head of a lesson file: what it is called, what it needs, how long it takes. Whether the lessons that it needs
// exist is for the course to say.

import type { LessonSummary } from '../shared/lesson.ts';
import { z } from '../shared/schema.ts';
import { type CheckedYaml, readYaml } from './checkedYaml.ts';
import type { Faults } from './faults.ts';
import { httpsUrl, id, keys, line, listOf, wholeNumber } from './rules.ts';

const schema = keys({
  id: id(),
  title: line(100),
  part: line(100),
  minutes: wholeNumber(5, 180),
  needs: z.optional(listOf(id(), 0, 12)),
  youWill: listOf(line(300), 1, 8),
  sources: z.optional(listOf(keys({ title: line(300), url: httpsUrl() }), 0, 30)),
});

export type FrontMatter = Omit<LessonSummary, 'number' | 'goals' | 'exercises'>;

/** @param yaml what stands between the `---` lines; it begins at line 2 of the file */
export function readFrontMatter(yaml: string, faults: Faults): CheckedYaml<FrontMatter> | undefined {
  const read = readYaml(yaml, schema, 2, 'the front matter', faults);
  if (read === undefined) {
    return undefined;
  }
  const { needs = [], sources = [], ...rest } = read.value;
  const twice = needs.findIndex((need, index) => needs.indexOf(need) !== index);
  if (twice !== -1) {
    faults.add(read.lineOf(['needs', twice]), `needs names "${needs[twice]}" twice; once is enough.`);
  }
  return { value: { ...rest, needs, sources }, lineOf: read.lineOf };
}
