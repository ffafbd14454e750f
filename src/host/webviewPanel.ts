// What every webview of ours has in common, in a panel or in the side bar: its page, what it may load, its port, its
// strings.

import * as vscode from 'vscode';
import { loadStrings } from '../shared/messages.ts';
import type { HostServices } from './services.ts';
import { type Handler, handle } from './webviewConnection.ts';
import { webviewHtml } from './webviewHtml.ts';
import type { WebviewPort } from './webviewPort.ts';

/** The bundles in dist/webview/. */
export type ViewName =
  | 'lesson'
  | 'tensor'
  | 'steps'
  | 'tokens'
  | 'training'
  | 'search'
  | 'health'
  | 'embeddings'
  | 'ask';

export interface PreparedView {
  readonly port: WebviewPort;
  /** Loads the page (again). Connect first: the page asks for its data at once. */
  readonly show: () => void;
  /** Answers that every page needs. */
  readonly handlers: readonly Handler[];
}

/** Sets a panel up to show a view. */
export function preparePanel(
  services: Pick<HostServices, 'context' | 'log'>,
  panel: vscode.WebviewPanel,
  view: ViewName,
): PreparedView {
  const media = vscode.Uri.joinPath(services.context.extensionUri, 'media');
  panel.iconPath = {
    light: vscode.Uri.joinPath(media, `${view}-light.svg`),
    dark: vscode.Uri.joinPath(media, `${view}-dark.svg`),
  };
  return prepareView(services, panel, view);
}

/** Sets up what has a webview: a panel, or a view of the side bar. */
export function prepareView(
  { context, log }: Pick<HostServices, 'context' | 'log'>,
  holder: { readonly webview: vscode.Webview; readonly title?: string | undefined },
  view: ViewName,
): PreparedView {
  const { webview } = holder;
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  return {
    port: {
      post: (message) => {
        webview.postMessage(message).then(undefined, (error) => log.warn(`A message reached no page: ${error}`));
      },
      onMessage: (listener) => webview.onDidReceiveMessage(listener),
    },
    show: () => {
      webview.html = webviewHtml({
        title: holder.title ?? view,
        language: vscode.env.language,
        script: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${view}.js`)).toString(),
        source: webview.cspSource,
        nonce: crypto.randomUUID().replaceAll('-', ''),
      });
    },
    handlers: [handle(loadStrings, () => vscode.l10n.bundle ?? {})],
  };
}
