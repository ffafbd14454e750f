// How the MCP server of a workspace folder is started: the command line that ships, on this editor's own Node, over the
// index that the extension keeps. Knows nothing of vscode.

import { Fault } from '../shared/errors.ts';
import { rootId } from '../shared/rootId.ts';
import type { IndexSettings } from '../shared/searchMessages.ts';

/** As src/cli/mcpSettings.ts reads it. */
export const INDEX_VARIABLE = 'INSIDE_LLMS_INDEX';

/** What runs a script as Node does. */
export interface ScriptRunner {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface McpLaunch {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
  /** Another one when the server has to be started anew: other settings, or another version of the extension. */
  readonly version: string;
}

export interface McpLaunchParts {
  readonly runner: ScriptRunner;
  /** Path of dist/cli.js. */
  readonly program: string;
  /** The extension's. */
  readonly version: string;
}

/**
 * One server for each folder: what a client knows of a server is its folder, and paths are relative to that. All of them
 * use the one index, in which each sees its own folder alone.
 *
 * Nothing secret stands in these: VS Code keeps them.
 *
 * @returns none where files are not on this machine's disk: a process of its own couldn't read them
 */
export function mcpLaunches(settings: IndexSettings | undefined, parts: McpLaunchParts): McpLaunch[] {
  const { runner, program, version } = parts;
  if (settings === undefined || settings.read !== 'node') {
    return [];
  }
  const made = rootId(JSON.stringify({ ...settings, store: isFile(settings) ? settings.store : 'postgres' }));
  return settings.roots.map(({ name, place }) => ({
    name,
    command: runner.command,
    args: [program, 'mcp', place],
    env: { ...runner.env },
    version: `${version}-${made}`,
  }));
}

/**
 * The same with what the server needs to begin: a connection to PostgreSQL stands in the environment, and in no command.
 *
 * @param args of one of {@link mcpLaunches}
 * @throws Fault `not-found` for a folder that is no longer open
 */
export function readyToStart(
  args: readonly string[],
  settings: IndexSettings | undefined,
  parts: McpLaunchParts,
): McpLaunch {
  const launch = mcpLaunches(settings, parts).find((one) => one.args[2] === args[2]);
  if (settings === undefined || launch === undefined) {
    throw new Fault('not-found', 'The folder of this server is not open any more, or is not indexed.');
  }
  const { owner: _, ...shared } = settings; // the window's own name: two that write need two
  return {
    ...launch,
    args: isFile(settings) ? [...launch.args, '--store', settings.store] : launch.args,
    env: { ...launch.env, [INDEX_VARIABLE]: JSON.stringify(shared) },
  };
}

function isFile({ store }: IndexSettings): boolean {
  return !/^postgres(ql)?:\/\//.test(store);
}
