// Loads modules from texts: an import finds the course's own modules and the texts sent along, and nothing else.

import path from 'node:path/posix';
import vm from 'node:vm';
import type { CodePlace } from '../shared/exercise.ts';
import { nearest } from '../shared/nearest.ts';
import { LoadFault, placeAt } from './loadFault.ts';
import { compileModule, loadStripper } from './typeScript.ts';

/** What an import may find. */
export interface Importable {
  /** Texts by path, with `/`. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths of learners' answers, by exercise: `mine/softmax` is one of them. */
  readonly mine: Readonly<Record<string, string>>;
  /** Modules that have names: `inside-llms`. */
  readonly named: Readonly<Record<string, object>>;
}

type Exports = Readonly<Record<string, unknown>>;

/**
 * Loads `entry` and what it imports, and runs them.
 *
 * @throws LoadFault; or what a module throws when it runs
 */
export async function loadModule(entry: string, importable: Importable): Promise<Exports> {
  await loadStripper();
  return new Loading(importable).load(entry);
}

/** One module and all that it needs. */
class Loading {
  private readonly importable: Importable;
  private readonly modules = new Map<string, vm.Module>();

  constructor(importable: Importable) {
    this.importable = importable;
  }

  async load(entry: string): Promise<Exports> {
    const module = this.sourceModule(entry);
    if (module === undefined) {
      throw new LoadFault('missing', `The file ${entry} is not there. Reset the exercise to have it back.`);
    }
    try {
      await module.link((specifier, { identifier }) => this.imported(specifier, identifier));
    } catch (error) {
      throw error instanceof SyntaxError ? this.linkFault(error) : error;
    }
    await module.evaluate();
    return module.namespace as Exports;
  }

  /** @throws LoadFault `import` */
  private imported(specifier: string, from: string): vm.Module {
    const found = specifier.startsWith('.')
      ? this.beside(path.join(path.dirname(from), specifier))
      : (this.named(specifier) ?? this.mine(specifier));
    if (found === undefined) {
      throw new LoadFault('import', this.unknown(specifier, from), this.placeOf(from, specifier));
    }
    return found;
  }

  /** By a path, with or without its ending. */
  private beside(file: string): vm.Module | undefined {
    return this.sourceModule(file) ?? this.sourceModule(`${file}.ts`);
  }

  private mine(specifier: string): vm.Module | undefined {
    const id = /^mine\/(.+?)(?:\.ts)?$/u.exec(specifier)?.[1] ?? '';
    const { mine } = this.importable;
    return Object.hasOwn(mine, id) ? this.sourceModule(mine[id] as string) : undefined;
  }

  private sourceModule(file: string): vm.Module | undefined {
    const { files } = this.importable;
    if (!this.modules.has(file) && Object.hasOwn(files, file)) {
      const refuse = (specifier: string): never => {
        const words = 'import() is not taken here. Write the import at the top of the file.';
        throw new LoadFault('import', words, this.placeOf(file, specifier));
      };
      this.modules.set(file, compileModule(file, files[file] as string, refuse));
    }
    return this.modules.get(file);
  }

  private named(name: string): vm.Module | undefined {
    const { named } = this.importable;
    if (!this.modules.has(name) && Object.hasOwn(named, name)) {
      this.modules.set(name, syntheticModule(name, named[name] as Exports));
    }
    return this.modules.get(name);
  }

  private unknown(specifier: string, from: string): string {
    const { mine, named } = this.importable;
    if (specifier.startsWith('.')) {
      return `There is no file "${specifier}" beside ${from} in the course folder.`;
    }
    if (specifier.startsWith('mine/')) {
      const ids = Object.keys(mine);
      const there = ids.length === 0 ? 'none of your own answers' : ids.map((id) => `"mine/${id}"`).join(', ');
      return `There is no "${specifier}" for this exercise: it is built on ${there}.`;
    }
    return `There is no module "${specifier}" here. Code in the course may import ${Object.keys(named)
      .map((name) => `"${name}"`)
      .join(' and ')}, and files of the course folder by a path such as "./helpers.ts".`;
  }

  /** A name was imported that isn't exported there. */
  private linkFault(error: SyntaxError): LoadFault {
    const [, module = '', name = ''] =
      /module '(.+)' does not provide an export named '(.+)'$/u.exec(error.message) ?? [];
    const { files } = this.importable;
    const from = Object.keys(files).find((file) => this.modules.has(file) && files[file]?.includes(name));
    const known = Object.keys(this.importable.named[module] ?? {});
    const meant = nearest(name, known);
    const advice =
      meant === undefined ? `If ${name} is a type, write "import type { ${name} }".` : `Did you mean ${meant}?`;
    const place = from === undefined ? undefined : this.placeOf(from, name);
    return new LoadFault('import', `"${module}" exports no "${name}". ${advice}`, place, error);
  }

  /** Where `what` first stands in a file. */
  private placeOf(file: string, what: string): CodePlace {
    const text = this.importable.files[file] ?? '';
    return placeAt(file, text, Math.max(0, text.indexOf(what)));
  }
}

function syntheticModule(name: string, exported: Exports): vm.SyntheticModule {
  const names = Object.keys(exported);
  return new vm.SyntheticModule(
    names,
    function fill(this: vm.SyntheticModule) {
      for (const key of names) {
        this.setExport(key, exported[key]);
      }
    },
    { identifier: name },
  );
}
