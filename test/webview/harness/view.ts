// One webview in a real browser, as VS Code would show it: the same page and content policy, the same messages through
// the real host end and the real worker. Whatever goes wrong in it is collected, and `close` throws it.

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { connectWebview, type Handler, type WebviewConnection } from '../../../src/host/webviewConnection.ts';
import { webviewHtml } from '../../../src/host/webviewHtml.ts';
import type { ConnectionLog } from '../../../src/host/webviewPort.ts';
import type { Calls } from '../../../src/shared/messages.ts';
import { readTheme, type ThemeName } from './themes.ts';
import { deliver, packBuffers } from './wire.ts';

const ORIGIN = 'https://webview.test';

export interface ViewOptions {
  readonly browser: Browser;
  /** The view's script, from bundles.ts. */
  readonly script: string;
  readonly handlers: readonly Handler[];
  readonly worker: Calls;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** What an earlier page left with setState. */
  readonly state?: unknown;
}

/** A message as the page sent it. */
export interface Sent {
  readonly method?: string;
  readonly params?: unknown;
}

export class View {
  readonly page: Page;
  readonly connection: WebviewConnection;
  /** Every message that the page sent, oldest first. */
  readonly sent: Sent[] = [];
  /** What went wrong: policy violations, page and console errors, requests that the test doesn't serve. */
  readonly faults: string[] = [];
  /** What the host end refused or reported. */
  readonly log: string[] = [];
  private readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, options: ViewOptions) {
    this.context = context;
    this.page = page;
    const listeners = new Set<(message: unknown) => void>();
    const log: ConnectionLog = {
      warn: (text) => this.log.push(text),
      error: (text) => this.log.push(text),
    };
    this.connection = connectWebview({
      port: {
        post: (message) => {
          // A page that is reloading or closed misses messages, as a hidden one does.
          this.page.evaluate(deliver, packBuffers(message)).catch(() => {});
        },
        onMessage: (listener) => {
          listeners.add(listener);
          return { dispose: () => listeners.delete(listener) };
        },
      },
      handlers: options.handlers,
      worker: options.worker,
      log,
    });
    this.receive = (message) => {
      this.sent.push(message as Sent);
      for (const listener of listeners) {
        listener(message);
      }
    };
  }

  private readonly receive: (message: unknown) => void;

  static async open(options: ViewOptions): Promise<View> {
    const { browser, theme = 'dark', width = 1000, height = 800, reducedMotion = false } = options;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme.endsWith('light') ? 'light' : 'dark',
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const view = new View(context, page, options);
    await view.guard(options.script);
    await page.exposeFunction('hostReceives', (message: unknown) => view.receive(message));
    await page.exposeFunction('hostHearsFault', (text: string) => view.faults.push(text));
    await page.addInitScript(pretendToBeVsCode, { theme: readTheme(theme), state: options.state ?? null });
    await page.goto(`${ORIGIN}/view`);
    return view;
  }

  /** Loads the page again, as a reloaded window or a view that is shown again does: what setState kept is all it has. */
  async reload(): Promise<void> {
    this.connection.pageGone();
    await this.page.reload();
  }

  /** Names of the methods called since the list of messages was `from` long. */
  methodsSince(from: number): string[] {
    return this.sent.slice(from).flatMap(({ method }) => (method === undefined ? [] : [method]));
  }

  /** @throws Error naming everything that went wrong in the page. */
  async close(): Promise<void> {
    this.connection.dispose();
    await this.context.close();
    if (this.faults.length > 0) {
      throw new Error(`The page had faults:\n${this.faults.join('\n')}`);
    }
  }

  private async guard(script: string): Promise<void> {
    const nonce = 'n0nce4test';
    const html = webviewHtml({
      title: 'Test',
      language: 'en',
      script: `${ORIGIN}/view.js`,
      source: ORIGIN,
      nonce,
    });
    await this.page.route('**/*', async (route) => {
      const url = route.request().url();
      if (url === `${ORIGIN}/view`) {
        await route.fulfill({ contentType: 'text/html', body: html });
      } else if (url === `${ORIGIN}/view.js`) {
        await route.fulfill({ contentType: 'text/javascript', body: script });
      } else {
        this.faults.push(`The page asked for ${url}`);
        await route.abort();
      }
    });
    this.page.on('pageerror', (error) => this.faults.push(`Error: ${error.message}\n${error.stack ?? ''}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error') {
        this.faults.push(`Console: ${message.text()}`);
      }
    });
  }
}

/** Runs in the page before its script: VS Code's variables, classes and API. */
function pretendToBeVsCode({ theme, state }: { theme: ReturnType<typeof readTheme>; state: unknown }): void {
  const win = window as unknown as Record<string, (value: unknown) => void> & Window;
  document.addEventListener('securitypolicyviolation', (event) => {
    win.hostHearsFault?.(
      `Policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`,
    );
  });
  const dress = () => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body?.classList.add(...theme.bodyClass.split(' '));
    if (document.body) {
      document.body.dataset.vscodeThemeKind = theme.kind;
    }
  };
  // VS Code's own handler sits here: it scrolls to the top for "#", and opens https as if we had not.
  window.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => (node as Element).localName === 'a') as Element | undefined;
    if (link?.hasAttribute('href')) {
      win.hostHearsFault?.(
        `A click on the link ${link.getAttribute('href')} reaches VS Code, which follows it as well.`,
      );
    }
  });
  new MutationObserver((_, observer) => {
    if (document.body !== null) {
      observer.disconnect();
      dress();
    }
  }).observe(document, { childList: true, subtree: true });
  const KEY = 'vscode-state';
  let acquired = false;
  (window as unknown as { acquireVsCodeApi: () => unknown }).acquireVsCodeApi = () => {
    if (acquired) {
      throw new Error('acquireVsCodeApi can be called once only');
    }
    acquired = true;
    return {
      postMessage: (message: unknown) => win.hostReceives?.(message),
      getState: () => {
        const kept = sessionStorage.getItem(KEY);
        return kept === null ? (state ?? undefined) : JSON.parse(kept);
      },
      setState: (value: unknown) => sessionStorage.setItem(KEY, JSON.stringify(value)),
    };
  };
}
