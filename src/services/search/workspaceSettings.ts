// The rules of a plain folder, for the command line: VS Code's defaults and the folder's own .vscode/settings.json, so
// that what is left out is what the editor leaves out. A user's settings of the editor itself are not known here.

import { type ParseError, parse } from 'jsonc-parser';
import type { FileRules, Folder } from './fileSource.ts';

/** What VS Code excludes where nothing else is set. */
export const defaultExclude: Readonly<Record<string, unknown>> = {
  '**/.git': true,
  '**/.svn': true,
  '**/.hg': true,
  '**/.DS_Store': true,
  '**/Thumbs.db': true,
  '**/node_modules': true,
  '**/bower_components': true,
  '**/*.code-search': true,
};

/** In step with the setting `insideLlms.search.maxFileKilobytes`. */
export const DEFAULT_MAX_BYTES = 1024 * 1024;
const MOST_SETTINGS_BYTES = 1024 * 1024;

export interface ResolvedRules {
  readonly rules: FileRules;
  /** For people: what of the settings could not be followed. */
  readonly notes: readonly string[];
}

/** @param folder the workspace folder; its `.vscode/settings.json` need not be there */
export async function rulesOfFolder(folder: Folder): Promise<ResolvedRules> {
  let text = '{}';
  const notes: string[] = [];
  try {
    text = new TextDecoder().decode(await folder.read('.vscode/settings.json', MOST_SETTINGS_BYTES));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') {
      notes.push(`.vscode/settings.json was not read: ${(error as Error).message}`);
    }
  }
  const errors: ParseError[] = [];
  const parsed: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) {
    notes.push('.vscode/settings.json is not whole JSON: what could be read of it counts.');
  }
  const resolved = rulesOf(record(parsed));
  return { rules: resolved.rules, notes: [...notes, ...resolved.notes] };
}

/** @param settings by their full names, `files.exclude`, as settings.json has them; wrong types count as absent */
export function rulesOf(settings: Readonly<Record<string, unknown>>): ResolvedRules {
  const on: Record<string, unknown> = {
    ...defaultExclude,
    ...record(settings['files.exclude']),
    ...record(settings['search.exclude']),
  };
  const notes: string[] = [];
  const exclude: string[] = [];
  for (const [glob, value] of Object.entries(on)) {
    if (value === true) {
      exclude.push(glob);
    } else if (typeof value === 'object' && value !== null) {
      notes.push(`The exclude ${glob} depends on files beside it ("when"): it is not followed.`);
    }
  }
  const kilobytes = settings['insideLlms.search.maxFileKilobytes'];
  return {
    rules: {
      exclude: [...exclude, ...strings(settings['insideLlms.search.exclude'])],
      include: strings(settings['insideLlms.search.include']),
      useIgnoreFiles: settings['search.useIgnoreFiles'] !== false,
      maxBytes: typeof kilobytes === 'number' && kilobytes > 0 ? Math.floor(kilobytes * 1024) : DEFAULT_MAX_BYTES,
    },
    notes,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
