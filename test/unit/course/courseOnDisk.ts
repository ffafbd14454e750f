// A learner's course folder in a temporary place, as "Start the Course" makes it, with the lessons of this repository.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { courseContents, type TypeFiles } from '../../../src/course/courseContents.ts';
import { MANIFEST, planCourse } from '../../../src/course/courseFolder.ts';
import { ExerciseFolder } from '../../../src/course/exerciseFiles.ts';
import { Course } from '../../../src/lessons/course.ts';
import { lessonFolder } from '../../../src/services/lessonFolder.ts';

export const project = path.resolve(import.meta.dirname, '../../..');
const reader = lessonFolder(path.join(project, 'lessons'), project);
export const exercises = new ExerciseFolder(reader);

/** The course's exercises, by their blocks. */
export async function summaries() {
  return (await new Course(reader).load()).lessons.flatMap((lesson) => lesson.exercises);
}

/** @param entry of the types, as courseContents takes it */
export async function writeCourse(folder: string, types: TypeFiles = new Map(), entry = 'none.d.ts'): Promise<void> {
  const { lessons } = await new Course(reader).load();
  const contents = await courseContents(lessons, exercises, types, entry);
  const { manifest } = planCourse(contents, new Map(), undefined, '1', (text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  for (const { path: file, text } of [...contents, { path: MANIFEST, text: JSON.stringify(manifest) }]) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}
