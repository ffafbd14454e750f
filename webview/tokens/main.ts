// Entry of the tokens panel: connects to the host, takes the strings, puts the panel on the page.

import { loadStrings } from '../../src/shared/messages.ts';
import { pageStyles } from '../elements/base.ts';
import { connectHost, type VsCodeApi } from '../host.ts';
import { useStrings } from '../l10n.ts';
import { TokensApp } from './app.ts';

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
const host = connectHost(api);
if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}
// Without translations the page speaks English, which is better than no page.
const strings = await host.request(loadStrings, {}).catch(() => ({}));
useStrings(strings);
document.body.append(new TokensApp(host, api));
