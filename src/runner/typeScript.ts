// TypeScript to JavaScript by taking the types out where they stand: every line and column stays, so an error's stack
// needs no map. What can't be read is told in the learner's terms, with its place.

import vm from 'node:vm';
import { LoadFault, placeAt } from './loadFault.ts';

let stripper: typeof import('amaro') | undefined;

/** Loads what takes types out, 4 MB of it: once, and not before the process has said that it is there. */
export async function loadStripper(): Promise<void> {
  stripper ??= await import('amaro');
}

/**
 * A module of the texts' names and lines, not linked yet.
 *
 * Call {@link loadStripper} first.
 *
 * @param onDynamicImport is asked at each `import()` in it
 * @throws LoadFault `syntax`
 */
export function compileModule(
  file: string,
  text: string,
  onDynamicImport: (specifier: string) => never,
): vm.SourceTextModule {
  const code = withoutTypes(file, text);
  try {
    return new vm.SourceTextModule(code, { identifier: file, importModuleDynamically: onDynamicImport });
  } catch (error) {
    throw engineFault(file, text, error as SyntaxError);
  }
}

/** What the stripper throws: no Error, but a record of these. */
interface StripFault {
  readonly message: string;
  readonly code?: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

function withoutTypes(file: string, text: string): string {
  try {
    return (stripper as typeof import('amaro')).transformSync(text, { mode: 'strip-only' }).code;
  } catch (error) {
    const { message, code, startLine, startColumn } = error as StripFault;
    const place = startLine === undefined ? undefined : { file, line: startLine, column: (startColumn ?? 0) + 1 };
    const words = code === 'UnsupportedSyntax' ? unsupported(message) : `This can't be read: ${readable(message)}`;
    throw new LoadFault('syntax', words, place, error);
  }
}

/** What V8 refuses and the stripper takes: a name declared twice, an export of what isn't there. V8 tells the name only. */
function engineFault(file: string, text: string, error: SyntaxError): LoadFault {
  const name = /'([\w$]+)'/u.exec(error.message)?.[1];
  const places = name === undefined ? [] : [...text.matchAll(new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`, 'gu'))];
  const declared = places.filter(({ index }) => /\b(?:const|let|var|function|class)\s+$/u.test(text.slice(0, index)));
  const at = (declared.length > 1 ? declared : places).at(-1)?.index;
  const place = at === undefined ? undefined : placeAt(file, text, at);
  return new LoadFault('syntax', `This can't be read: ${readable(error.message)}`, place, error);
}

function readable(message: string): string {
  const text = message
    .trim()
    .replaceAll('<eof>', 'the end of the file')
    .replace(/, got /u, ', and there is ');
  const sentence = `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** Syntax of TypeScript's that makes code of its own, and what to write in its place. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/enum/u, 'an enum. Write const Name = { ... } as const in its place'],
  [/namespace|module/u, 'a namespace. Write its functions straight into the file'],
  [
    /parameter property/u,
    'a parameter property. Declare the field in the class, and set it in the constructor: this.x = x',
  ],
  [/angle-bracket/u, 'a type in angle brackets before a value. Write "value as Type" in its place'],
  [/import equals/u, 'import ... = require(...). Write import { name } from "..." in its place'],
  [/export assignment/u, 'export = .... Write export before the function in its place'],
];

function unsupported(message: string): string {
  const what = INSTEAD.find(([pattern]) => pattern.test(message))?.[1];
  return what === undefined ? `This can't be run: ${readable(message)}` : `The course can't run ${what}.`;
}
