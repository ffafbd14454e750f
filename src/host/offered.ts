// What other tools get of search: a tool for language models, and MCP servers. Told to VS Code when the extension starts;
// loaded when somebody asks. Editors that know neither go without.

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import { MCP_PROVIDER, SEARCH_TOOL, SEARCH_USED_KEY } from './ids.ts';
import type { SearchFeature } from './searchFeature.ts';

/** VS Code's API as an editor may have it that is made of an older one. */
type MaybeLm = Partial<typeof vscode.lm> | undefined;

/**
 * @param search loads it
 * @param changed when the MCP servers are others
 */
export function offerSearch(
  { workspaceState }: vscode.ExtensionContext,
  search: () => Promise<SearchFeature>,
  changed: vscode.Event<void>,
): Disposable {
  const store = new DisposableStore();
  const lm = vscode.lm as MaybeLm;
  const tool: vscode.LanguageModelTool<unknown> = {
    prepareInvocation: async (options) => (await search()).tool.prepareInvocation(options),
    invoke: async (options, token) => (await search()).tool.invoke(options, token),
  };
  if (lm?.registerTool !== undefined) {
    store.add(lm.registerTool(SEARCH_TOOL, tool));
  }
  const servers: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed,
    provideMcpServerDefinitions: async () =>
      workspaceState.get(SEARCH_USED_KEY) === true ? (await search()).servers.list() : [],
    resolveMcpServerDefinition: async (server) => (await search()).servers.resolve(server),
  };
  if (lm?.registerMcpServerDefinitionProvider !== undefined) {
    store.add(lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, servers));
  }
  return store;
}
