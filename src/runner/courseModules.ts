// Loads TypeScript modules from texts: types are taken out where they stand, so lines and columns stay, and an import
// finds the course's own modules and the texts sent along, and nothing else.

import path from 'node:path/posix';
import vm from 'node:vm';
import { transformSync } from 'amaro';
import type { CodePlace, DiagnosisKind } from '../shared/exercise.ts';

/** Why a module can't be loaded: the learner's to mend. */
export class LoadFault extends Error {
  override readonly name = 'LoadFault';
  readonly kind: DiagnosisKind;
  readonly place: CodePlace | undefined;

  constructor(kind: DiagnosisKind, message: string, place?: CodePlace, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.place = place;
  }
}

/** The modules that have names: `inside-llms`. */
export type NamedModules = Readonly<Record<string, object>>;

/**
 * Loads `entry` and what it imports, and runs them.
 *
 * @param files texts by path, with `/`; one whose path has no folder before it may be named as it is: `mine/softmax`
 * @param named what an import may name beside them
 * @returns what `entry` exports
 * @throws LoadFault; or what a module throws when it runs
 */
export async function loadModule(
  entry: string,
  files: Readonly<Record<string, string>>,
  named: NamedModules,
): Promise<Readonly<Record<string, unknown>>> {
  const modules = new Map<string, vm.Module>();
  const resolve = (specifier: string, from: string): vm.Module => {
    const wanted = specifier.startsWith('.') ? path.join(path.dirname(from), specifier) : specifier;
    const there = modules.get(wanted);
    if (there !== undefined) {
      return there;
    }
    const made = Object.hasOwn(named, wanted) ? namedModule(wanted, named[wanted] as object) : sourceModule(wanted);
    if (made === undefined) {
      throw new LoadFault('import', unknownImport(specifier, named), placeOf(from, files[from] ?? '', specifier));
    }
    modules.set(wanted, made);
    return made;
  };
  const sourceModule = (file: string): vm.SourceTextModule | undefined => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    return text === undefined || (file !== entry && file.startsWith('..'))
      ? undefined
      : new vm.SourceTextModule(withoutTypes(file, text), {
          identifier: file,
          importModuleDynamically: ((specifier: string) => {
            throw new LoadFault('import', unknownImport(specifier, named), placeOf(file, text, specifier));
          }) as never,
        });
  };
  const root = sourceModule(entry);
  if (root === undefined) {
    throw new LoadFault('missing', `The file ${entry} is not there. Reset the exercise to have it back.`);
  }
  modules.set(entry, root);
  await link(root, entry, files, resolve);
  await root.evaluate();
  return root.namespace as Readonly<Record<string, unknown>>;
}

async function link(
  root: vm.SourceTextModule,
  entry: string,
  files: Readonly<Record<string, string>>,
  resolve: (specifier: string, from: string) => vm.Module,
): Promise<void> {
  try {
    await root.link((specifier, from) => resolve(specifier, from.identifier));
  } catch (error) {
    throw error instanceof SyntaxError ? linkFault(error, entry, files) : error;
  }
}

/** A name was imported that isn't exported there. */
function linkFault(error: SyntaxError, entry: string, files: Readonly<Record<string, string>>): LoadFault {
  const name = /named '([^']+)'/u.exec(error.message)?.[1] ?? '';
  return new LoadFault(
    'import',
    `${error.message}. Look at what your editor offers between the braces of the import.`,
    placeOf(entry, files[entry] ?? '', name),
    error,
  );
}

function namedModule(name: string, exported: object): vm.SyntheticModule {
  const names = Object.keys(exported);
  return new vm.SyntheticModule(
    names,
    function fill(this: vm.SyntheticModule) {
      for (const key of names) {
        this.setExport(key, (exported as Record<string, unknown>)[key]);
      }
    },
    { identifier: name },
  );
}

/** @throws LoadFault `syntax`, with its place. */
function withoutTypes(file: string, text: string): string {
  try {
    return transformSync(text, { mode: 'strip-only' }).code;
  } catch (error) {
    const { message, startLine, startColumn } = error as { message: string; startLine?: number; startColumn?: number };
    const place = startLine === undefined ? undefined : { file, line: startLine, column: (startColumn ?? 0) + 1 };
    throw new LoadFault('syntax', `This can't be read as TypeScript: ${sentence(message)}`, place, error);
  }
}

function sentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

function unknownImport(specifier: string, named: NamedModules): string {
  const names = Object.keys(named).map((name) => `"${name}"`);
  return `There is no module "${specifier}" here. Code in the course may import ${names.join(' and ')}, your own answers by a name such as "mine/bigram", and files beside this one by a path such as "./helpers.ts".`;
}

/** Where `what` first stands in a text. */
function placeOf(file: string, text: string, what: string): CodePlace {
  const at = Math.max(0, text.indexOf(what));
  const before = text.slice(0, at).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
