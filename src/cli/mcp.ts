// `mcp`: search in a folder for other tools, over the Model Context Protocol on standard input and output. What isn't
// the protocol goes to standard error.

import type { CliContext } from './commands.ts';
import { EXIT, UsageError } from './exit.ts';
import { installation } from './installation.ts';
import { INDEX_VARIABLE, mcpSettings } from './mcpSettings.ts';
import { workspaceTools } from './mcpTools.ts';
import { withSqlite } from './newerNode.ts';
import { searchIn } from './openSearch.ts';
import { atMostOne, readOptions } from './options.ts';

export async function run(argv: readonly string[], context: CliContext): Promise<number> {
  const { values, positionals } = readOptions('mcp', argv, { store: { type: 'string' } });
  const directory = atMostOne('mcp', positionals, 'folder');
  if (directory === undefined) {
    throw new UsageError('Which folder?', 'mcp');
  }
  return withSqlite(context, () => serve(directory, values.store as string | undefined, context));
}

async function serve(directory: string, store: string | undefined, { entry, warn, onInterrupt }: CliContext) {
  keepOutputClean();
  // The package is loaded by this command alone.
  const { serveTools } = await import('./mcpServer.ts');
  const search = await searchIn(directory, { entry, store });
  const { settings, root, notes } = mcpSettings(search.settings, directory, process.env[INDEX_VARIABLE]);
  for (const note of [...search.notes, ...notes]) {
    warn(note);
  }
  // Not waited for: what is asked meanwhile is answered from what is there, and says so.
  const opening = search.service.open(settings).catch((error: unknown) => warn(String(error)));
  try {
    const { version } = await installation(entry);
    const tools = workspaceTools(search.service, root);
    await serveTools({ version, name: root.name, tools, warn, onInterrupt });
    return EXIT.done;
  } finally {
    await opening;
    await search.service.close();
  }
}

/** Standard output is the protocol's: what a package has to say goes where people look. */
function keepOutputClean(): void {
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
}
