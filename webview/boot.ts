// How every view starts: connect, take the strings and the code colours, then put the view's element into the page.

import { asFault } from '../src/shared/errors.ts';
import { loadStrings, loadTheme, themeChanged } from '../src/shared/messages.ts';
import { pageStyles } from './elements/base.ts';
import { useCodeTheme } from './elements/theme.ts';
import { connectHost, type Host, type VsCodeApi } from './host.ts';
import { useStrings } from './l10n.ts';

declare function acquireVsCodeApi(): VsCodeApi;

/** Makes the view's element once the strings are there. */
export async function boot(make: (host: Host, api: VsCodeApi) => HTMLElement): Promise<void> {
  const api = acquireVsCodeApi();
  const host = connectHost(api);
  host.onNotice(themeChanged, ({ css }) => useCodeTheme(css));
  if (pageStyles.styleSheet !== undefined) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
  }
  // Neither is worth an empty page: without them it is English, and code has one colour.
  const [strings, theme] = await Promise.allSettled([host.request(loadStrings, {}), host.request(loadTheme, {})]);
  if (strings.status === 'fulfilled') {
    useStrings(strings.value);
  } else {
    console.warn(`The view's strings did not load: ${asFault(strings.reason).full}`);
  }
  if (theme.status === 'fulfilled') {
    useCodeTheme(theme.value.css);
  } else {
    console.warn(`The code colours did not load: ${asFault(theme.reason).full}`);
  }
  document.body.append(make(host, api));
}
