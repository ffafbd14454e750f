// The course as a whole: order, neighbours, broken lessons that harm no other, and what is loaded when.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Course } from '../../../src/lessons/course.ts';
import { filesOf, SAMPLE } from './sample.ts';

function lesson(id: string, needs: readonly string[] = [], title = id): string {
  return SAMPLE.replace('id: text-to-tokens', `id: ${id}`)
    .replace('title: From text to tokens', `title: ${title}`)
    .replace('needs: [first-steps]', `needs: [${needs.join(', ')}]`);
}

const load = (lessons: Record<string, string>) => new Course(filesOf(lessons)).load();

describe('load', () => {
  it('sorts by number, and gaps are no fault', async () => {
    const { lessons, broken } = await load({
      '10-tenth': lesson('tenth', ['second']),
      '02-second': lesson('second'),
      '07-seventh': lesson('seventh'),
    });
    expect(lessons.map(({ number, id }) => [number, id])).toEqual([
      [2, 'second'],
      [7, 'seventh'],
      [10, 'tenth'],
    ]);
    expect(broken).toEqual([]);
  });

  it('gives each lesson its goals', async () => {
    const { lessons } = await load({ '02-second': lesson('second') });
    expect(lessons[0]?.goals.map(({ block, when }) => [block, when])).toEqual([
      ['stepper', 'end'],
      ['plotter', 'change'],
    ]);
  });

  it('a broken lesson harms no other, and one that needs it is whole', async () => {
    const { lessons, broken } = await load({
      '01-first': 'nothing here',
      '02-second': lesson('second', ['first']),
      '03-third': lesson('third').replace('minutes: 40', 'minutes: long'),
    });
    expect(lessons.map(({ id }) => id)).toEqual(['second']);
    expect(broken.map(({ folder, faults }) => [folder, faults[0]?.file, faults[0]?.line])).toEqual([
      ['01-first', '01-first/lesson.md', 1],
      ['03-third', '03-third/lesson.md', 5],
    ]);
  });

  it('names needs that are unknown, later, or itself', async () => {
    const { lessons, broken } = await load({
      '01-first': lesson('first', ['second']),
      '02-second': lesson('second', ['secnod']),
      '03-third': lesson('third', ['third']),
    });
    expect(lessons).toEqual([]);
    expect(broken.map(({ faults }) => faults[0]?.reason)).toEqual([
      'needs names "second", which doesn\'t come before this lesson.',
      'needs names a lesson "secnod" that doesn\'t exist; there are: first.',
      'needs names "third", which doesn\'t come before this lesson.',
    ]);
    expect(broken.every(({ faults }) => faults[0]?.line === 6)).toBe(true);
  });

  it('of two with one number or one id the first stays', async () => {
    const { lessons, broken } = await load({
      '02-b': lesson('b'),
      '02-a': lesson('a'),
      '03-a': lesson('a'),
    });
    expect(lessons.map(({ id }) => id)).toEqual(['a']);
    expect(broken).toEqual([
      { folder: '02-b', faults: [{ file: '02-b/lesson.md', line: 1, reason: 'the number 2 is taken by 02-a.' }] },
      { folder: '03-a', faults: [{ file: '03-a/lesson.md', line: 1, reason: 'the id "a" is taken by 02-a.' }] },
    ]);
  });

  it('names a folder that is called wrongly, and passes over hidden ones', async () => {
    const { lessons, broken } = await load({ '2-second': lesson('second'), notes: '', '.git': '', '04-UP': '' });
    expect(lessons).toEqual([]);
    expect(broken.map(({ folder }) => folder)).toEqual(['04-UP', '2-second', 'notes']);
    expect(broken[1]?.faults[0]?.reason).toBe(
      'the folder "2-second" must be called by two digits and the lesson\'s id, such as 02-text-to-tokens.',
    );
  });

  it('a file that cannot be read is one broken lesson', async () => {
    const files = filesOf({ '01-first': lesson('first'), '02-second': lesson('second') });
    const read = async (path: string) => {
      if (path.startsWith('01')) {
        throw new TypeError('it is not UTF-8.');
      }
      return files.read(path);
    };
    const { lessons, broken } = await new Course({ ...files, read }).load();
    expect(lessons.map(({ id }) => id)).toEqual(['second']);
    expect(broken[0]?.faults).toEqual([
      { file: '01-first/lesson.md', line: 1, reason: "the lesson file can't be read: it is not UTF-8." },
    ]);
  });

  it('an empty folder is an empty course; one that cannot be read is a fault', async () => {
    expect(await load({})).toEqual({ lessons: [], broken: [] });
    const files = { ...filesOf({}), folders: () => Promise.reject(new Error('gone')) };
    await expect(new Course(files).load()).rejects.toMatchObject({ code: 'not-found', message: /can't be read: gone/ });
  });
});

describe('lesson', () => {
  it('names the nearest for an id that is unknown', async () => {
    await expect(new Course(filesOf({ '02-second': lesson('second') })).lesson('secnod')).rejects.toMatchObject({
      code: 'not-found',
      full: 'There is no lesson "secnod". Lessons: did you mean "second"?',
    });
  });

  it('reads the file again: a change is seen without a new course', async () => {
    const lessons = { '02-second': lesson('second', [], 'Before') };
    const course = new Course(filesOf(lessons));
    expect((await course.lesson('second')).title).toBe('Before');
    lessons['02-second'] = lesson('second', [], 'After');
    expect((await course.lesson('second')).title).toBe('After');
  });

  it('is the same each time', async () => {
    const course = new Course(filesOf({ '02-second': lesson('second') }));
    expect(await course.lesson('second')).toEqual(await course.lesson('second'));
  });
});

it('the summaries load neither KaTeX nor highlight.js; a whole lesson loads both', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { Course } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/lessons/course.ts'))});
    const text = ${JSON.stringify(lesson('second'))};
    const course = new Course({
      folders: async () => ['02-second'], read: async () => text, readSource: async () => 'export const twice = 2;',
    });
    const seen = () => ['markdown-it', 'katex', 'highlight.js'].filter((name) => loaded.some((url) => url.includes('/' + name + '/')));
    await course.load();
    const before = seen();
    await course.lesson('second');
    console.log(JSON.stringify([before, seen()]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([['markdown-it'], ['markdown-it', 'katex', 'highlight.js']]);
});
