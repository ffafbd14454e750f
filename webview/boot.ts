// How every view starts: connect, take the strings and the code colours, then put the view's element into the page.

import { asFault } from '../src/shared/errors.ts';
import { loadStrings, loadTheme, themeChanged } from '../src/shared/messages.ts';
import { pageStyles } from './elements/base.ts';
import { useCodeTheme } from './elements/theme.ts';
import { connectHost, type Host, type VsCodeApi } from './host.ts';
import { useStrings } from './l10n.ts';

declare function acquireVsCodeApi(): VsCodeApi;

/** Makes the view's element once the strings are there, and the code colours if it shows code. */
export async function boot(
  make: (host: Host, api: VsCodeApi) => HTMLElement,
  { code }: { readonly code: boolean },
): Promise<void> {
  const api = acquireVsCodeApi();
  const host = connectHost(api);
  if (pageStyles.styleSheet !== undefined) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
  }
  if (code) {
    host.onNotice(themeChanged, ({ css }) => useCodeTheme(css));
  }
  // Neither is worth an empty page: without them it is English, and code has one colour.
  await Promise.all([
    load('strings', async () => useStrings(await host.request(loadStrings, {}))),
    code && load('code colours', async () => useCodeTheme((await host.request(loadTheme, {})).css)),
  ]);
  document.body.append(make(host, api));
}

async function load(what: string, loading: () => Promise<void>): Promise<void> {
  try {
    await loading();
  } catch (error) {
    console.warn(`The view's ${what} did not load: ${asFault(error).full}`);
  }
}
