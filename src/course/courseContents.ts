// What stands in a course folder: each exercise as a file of its lesson's folder, the types that make the editor know the
// course's module, and what tells the editor about both.

import type { LessonSummary } from '../shared/lesson.ts';
import type { CourseFile } from './courseFolder.ts';
import type { ExerciseFolder } from './exerciseFiles.ts';

/** The types, by their path under the folder of types. */
export type TypeFiles = ReadonlyMap<string, string>;

const OWN = '.inside-llms';

/** Where an exercise's file is in a course folder: `10-neural-networks/softmax.ts`. */
export async function exercisePath(
  folder: ExerciseFolder,
  { lesson, id }: { readonly lesson: string; readonly id: string },
): Promise<string> {
  return `${await folder.folderOf(lesson)}/${id}.ts`;
}

/**
 * All files of the course.
 *
 * @param entry of the types: what "inside-llms" names
 */
export async function courseContents(
  lessons: readonly LessonSummary[],
  folder: ExerciseFolder,
  types: TypeFiles,
  entry: string,
): Promise<readonly CourseFile[]> {
  const files: CourseFile[] = [];
  const places: string[] = [];
  for (const exercise of lessons.flatMap(({ exercises }) => exercises)) {
    const path = await exercisePath(folder, exercise);
    files.push({ path, text: (await folder.files(exercise)).starter });
    places.push(path);
  }
  for (const [path, text] of types) {
    files.push({ path: `${OWN}/types/${path}`, text });
  }
  files.push(
    { path: `${OWN}/types/globals.d.ts`, text: GLOBALS },
    { path: 'tsconfig.json', text: tsconfig(entry, places) },
    { path: 'README.md', text: README },
  );
  return files;
}

/**
 * A learner's answer is imported as `mine/ID`: each folder of a lesson is looked into. What the runner can't run, such as
 * an enum or a type imported as a value, the editor says first.
 */
function tsconfig(entry: string, places: readonly string[]): string {
  const folders = [...new Set(places.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  return `${JSON.stringify(
    {
      compilerOptions: {
        strict: true,
        target: 'es2023',
        lib: ['es2023'],
        module: 'esnext',
        moduleResolution: 'bundler',
        types: [],
        noEmit: true,
        allowImportingTsExtensions: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        paths: {
          'inside-llms': [`./${OWN}/types/${entry}`],
          'mine/*': folders.map((folder) => `./${folder}/*.ts`),
        },
      },
      include: ['**/*.ts', `${OWN}/types/globals.d.ts`],
    },
    undefined,
    2,
  )}\n`;
}

const GLOBALS = `// What the runner gives your code beside the language itself.

declare const console: {
  /** Shows values under the code, or in the output of the check. */
  log(...values: readonly unknown[]): void;
  warn(...values: readonly unknown[]): void;
  error(...values: readonly unknown[]): void;
};

declare const performance: {
  /** Milliseconds, for measuring how long something takes. */
  now(): number;
};

declare function setTimeout(callback: () => void, milliseconds?: number): number;
declare function clearTimeout(handle: number): void;
declare function structuredClone<T>(value: T): T;

declare class TextEncoder {
  /** The UTF-8 bytes of a text. */
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  /** The text of UTF-8 bytes; what is no UTF-8 becomes U+FFFD, or with \`fatal\` an error. */
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}
`;

const README = `# Your course

Each folder is a lesson, each file in it an exercise: a function with its description, and nothing in it yet. Write it,
save, and look at what the check says. Everything here is yours; the course never writes over a file that you changed.

- **Check** and **Hint** stand above each function, and in the Testing view.
- \`import { ... } from 'inside-llms'\` gives you tensors and their operations; your editor lists them.
- \`import { ... } from 'mine/ID'\` gives you what you built in the exercise ID.
- \`watch('name', value)\` shows a value when you step through your code.
- \`.inside-llms\` holds types and the course's own notes. Leave it where it is.
`;
