// Search as a tool that language models in VS Code may call: reads what the index holds of the open workspace, and nothing
// else. What goes in and what comes out is that of the MCP server: src/shared/searchTool.ts.

import * as vscode from 'vscode';
import { asFault, Fault } from '../shared/errors.ts';
import { type SearchHit, searchIndex } from '../shared/searchMessages.ts';
import { readSearchInput, searchToolFilter, shownHits, USUAL_TOP } from '../shared/searchTool.ts';
import { SEARCH_SETTING } from './ids.ts';
import { folderIds } from './searchFiles.ts';
import type { SearchIndex } from './searchIndex.ts';

/** Characters of a query that are shown while it is looked for. */
const SHOWN_QUERY = 80;
/** Characters of all passages at first; fewer where the model has less room. */
const MOST = 40_000;
const LEAST = 500;

type Options = vscode.LanguageModelToolInvocationOptions<unknown>;

export class SearchTool implements vscode.LanguageModelTool<unknown> {
  private readonly index: SearchIndex;

  constructor(index: SearchIndex) {
    this.index = index;
  }

  /** Says what is done. A workspace that is not indexed yet is only after the user said so. */
  prepareInvocation({ input }: { readonly input: unknown }): vscode.PreparedToolInvocation {
    const { query } = (input ?? {}) as { readonly query?: unknown };
    const shown = typeof query === 'string' ? query.trim().replace(/\s+/g, ' ').slice(0, SHOWN_QUERY) : '';
    const invocationMessage = vscode.l10n.t('Searching the workspace for "{0}"', shown);
    if (this.index.started || whyNot() !== undefined) {
      return { invocationMessage };
    }
    return {
      invocationMessage,
      confirmationMessages: {
        title: vscode.l10n.t('Index this workspace and search it?'),
        message: vscode.l10n.t(
          'This workspace is not indexed yet. Its files are read, now and whenever it is opened, and the index is kept where your settings say: on this machine, unless you named a server. The passages that are found go to the model that asks.',
        ),
      },
    };
  }

  /** @throws Error for the model: nothing can be searched, and why; CancellationError */
  async invoke(
    { input, tokenizationOptions }: Options,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    try {
      const text = await this.search(input, tokenizationOptions, token);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } catch (error) {
      const fault = asFault(error);
      throw fault.code === 'cancelled' ? new vscode.CancellationError() : new Error(fault.full, { cause: fault });
    }
  }

  private async search(
    input: unknown,
    budget: vscode.LanguageModelToolTokenizationOptions | undefined,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const asked = readSearchInput(input);
    const fault = whyNot();
    if (fault !== undefined) {
      throw fault;
    }
    if (!this.index.started) {
      await this.index.start();
    }
    const folders = folderIds();
    const { query, top = USUAL_TOP } = asked;
    const answer = await this.index.request(
      searchIndex,
      { query, top, filter: searchToolFilter(asked, folders) },
      { token },
    );
    const health = await this.index.look();
    const names = new Map(folders.map(({ id, name }) => [id, name]));
    const pathOf = ({ root, path }: SearchHit) => (folders.length > 1 ? `${names.get(root) ?? root}/${path}` : path);
    let most = MOST;
    let { text } = shownHits(answer, health, { pathOf, most });
    while (budget !== undefined && most > LEAST && (await budget.countTokens(text, token)) > budget.tokenBudget) {
      most /= 2;
      ({ text } = shownHits(answer, health, { pathOf, most }));
    }
    return text;
  }
}

/** Why this workspace is not searched for a model; undefined where it is. */
export function whyNot(): Fault | undefined {
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
    return new Fault('not-found', vscode.l10n.t('No folder is open: there is nothing to search.'), {
      remedy: vscode.l10n.t('Open a folder first.'),
    });
  }
  if (!vscode.workspace.isTrusted) {
    return new Fault(
      'refused',
      vscode.l10n.t('This workspace is not trusted: what stands in its files is not handed to language models.'),
      { remedy: vscode.l10n.t('Trust it by the command "Workspaces: Manage Workspace Trust", if you do.') },
    );
  }
  if (!vscode.workspace.getConfiguration().get<boolean>(SEARCH_SETTING, true)) {
    return new Fault('not-found', vscode.l10n.t('Search is switched off in this workspace.'), {
      remedy: vscode.l10n.t('See that "Inside LLMs › Search: Enabled" is on.'),
    });
  }
  return undefined;
}
