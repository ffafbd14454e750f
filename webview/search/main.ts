// The search view's entry.

import { css } from 'lit';
import { boot } from '../boot.ts';
import { SearchPage } from './searchPage.ts';

/** The side bar has a ground of its own; VS Code indents nothing for us. */
const ground = css`
  :root {
    --paper: var(--vscode-sideBar-background, var(--vscode-editor-background));
    --ink: var(--vscode-sideBar-foreground, var(--vscode-foreground));
    --text: var(--vscode-font-size, 13px);
  }
  body {
    line-height: 1.45;
  }
`;

await boot(
  (host, api) => {
    if (ground.styleSheet !== undefined) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, ground.styleSheet];
    }
    return Object.assign(new SearchPage(), { host, api });
  },
  { code: false },
);
