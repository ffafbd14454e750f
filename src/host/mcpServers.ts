// The MCP servers that VS Code is told of: one for each folder of a workspace that is indexed and trusted. VS Code starts
// and ends them, and asks the user first.

import * as vscode from 'vscode';
import { asFault } from '../shared/errors.ts';
import type { IndexSettings } from '../shared/searchMessages.ts';
import { type McpLaunch, type McpLaunchParts, mcpLaunches, readyToStart } from './mcpLaunch.ts';
import { scriptRunner } from './platform.ts';
import type { SearchIndex } from './searchIndex.ts';
import { whyNot } from './searchTool.ts';
import type { HostServices } from './services.ts';

export interface McpServersParts {
  readonly services: HostServices;
  readonly index: SearchIndex;
  /** @throws Fault where settings can't be followed */
  readonly settings: () => Promise<IndexSettings | undefined>;
}

export class McpServers implements vscode.Disposable {
  private readonly parts: McpServersParts;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: { dispose(): void }[];
  private offered = '';
  /** The servers are others now. */
  readonly onDidChange = this.changed.event;

  constructor(parts: McpServersParts) {
    this.parts = parts;
    const look = () => void this.look();
    let started = parts.index.started;
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidGrantWorkspaceTrust(look),
      parts.index.onDidChange(() => {
        if (parts.index.started !== started) {
          started = parts.index.started;
          look();
        }
      }),
    ];
  }

  /** Folders, settings or trust may be others: tells where the servers are. */
  async look(): Promise<void> {
    const before = this.offered;
    await this.list();
    if (this.offered !== before) {
      this.changed.fire();
    }
  }

  async list(): Promise<vscode.McpStdioServerDefinition[]> {
    const launches = await this.launches();
    this.offered = JSON.stringify(launches);
    return launches.map(
      ({ name, command, args, env, version }) =>
        new vscode.McpStdioServerDefinition(vscode.l10n.t('Inside LLMs: {0}', name), command, args, env, version),
    );
  }

  /** @throws Fault where its folder is no longer open */
  async resolve(server: vscode.McpStdioServerDefinition): Promise<vscode.McpStdioServerDefinition> {
    const why = whyNot();
    if (why !== undefined) {
      throw why;
    }
    const { command, args, env, version } = readyToStart(server.args, await this.parts.settings(), this.launchParts());
    return Object.assign(server, { command, args, env, version });
  }

  dispose(): void {
    for (const one of this.subscriptions) {
      one.dispose();
    }
  }

  private async launches(): Promise<McpLaunch[]> {
    const { services, index, settings } = this.parts;
    // Where search was not used yet, a server would be the first to index.
    if (!index.started || whyNot() !== undefined) {
      return [];
    }
    try {
      return mcpLaunches(await settings(), this.launchParts());
    } catch (error) {
      services.log.warn(asFault(error).full);
      return [];
    }
  }

  private launchParts(): McpLaunchParts {
    const { extension, extensionUri } = this.parts.services.context;
    return {
      runner: scriptRunner(),
      program: vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js').fsPath,
      version: String((extension.packageJSON as { readonly version: unknown }).version),
    };
  }
}
