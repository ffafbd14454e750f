// A file's language as two or three letters, in place of an icon; the name in full is for screen readers and the mouse.

import { html, type TemplateResult } from 'lit';

const SHORT: Readonly<Record<string, string>> = {
  typescript: 'TS',
  typescriptreact: 'TSX',
  javascript: 'JS',
  javascriptreact: 'JSX',
  python: 'PY',
  markdown: 'MD',
  plaintext: 'TXT',
  shellscript: 'SH',
  csharp: 'C#',
  cpp: 'C++',
  rust: 'RS',
  ruby: 'RB',
  kotlin: 'KT',
  yaml: 'YML',
  powershell: 'PS',
  jsonc: 'JSN',
  json: 'JSN',
  perl: 'PL',
  java: 'JAVA',
  html: 'HTML',
  scss: 'SCSS',
  less: 'LESS',
  makefile: 'MK',
  dockerfile: 'DKR',
  haskell: 'HS',
  julia: 'JL',
  restructuredtext: 'RST',
  'objective-c': 'OC',
  swift: 'SW',
};

export function languageBadge(language: string): TemplateResult {
  const short = Object.hasOwn(SHORT, language) ? (SHORT[language] as string) : language.slice(0, 3).toUpperCase();
  return html`<span class="badge" title=${language} aria-hidden="true">${short}</span>`;
}
