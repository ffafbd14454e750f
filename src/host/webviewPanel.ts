// What every webview panel of ours has in common: its page, what it may load, its port, its strings.

import * as vscode from 'vscode';
import { loadStrings } from '../shared/messages.ts';
import type { HostServices } from './services.ts';
import { type Handler, handle, type WebviewPort } from './webviewConnection.ts';
import { webviewHtml } from './webviewHtml.ts';

/** The bundles in dist/webview/. */
export type ViewName = 'lesson' | 'tensor' | 'tokens' | 'training';

export interface PreparedPanel {
  readonly port: WebviewPort;
  /** Loads the page (again). Connect first: the page asks for its data at once. */
  readonly show: () => void;
  /** Answers that every page needs. */
  readonly handlers: readonly Handler[];
}

/** Sets a panel up to show a view. */
export function preparePanel(
  { context, log }: Pick<HostServices, 'context' | 'log'>,
  panel: vscode.WebviewPanel,
  view: ViewName,
): PreparedPanel {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  panel.iconPath = {
    light: vscode.Uri.joinPath(media, `${view}-light.svg`),
    dark: vscode.Uri.joinPath(media, `${view}-dark.svg`),
  };
  return {
    port: {
      post: (message) => {
        webview.postMessage(message).then(undefined, (error) => log.warn(`A message reached no page: ${error}`));
      },
      onMessage: (listener) => webview.onDidReceiveMessage(listener),
    },
    show: () => {
      webview.html = webviewHtml({
        title: panel.title,
        language: vscode.env.language,
        script: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${view}.js`)).toString(),
        source: webview.cspSource,
        nonce: crypto.randomUUID().replaceAll('-', ''),
      });
    },
    handlers: [handle(loadStrings, () => vscode.l10n.bundle ?? {})],
  };
}
