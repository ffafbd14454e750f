// Code coloured by classes (`hljs-*`), by highlight.js with the few languages that lessons use. Loaded only when a
// whole lesson is wanted.

/** Longest code that is coloured, in UTF-16 units; longer is shown plain. */
const MAX_COLOURED = 60_000;

/** What may stand after a fence: the name, and highlight.js's own name for it. Empty is plain text. */
const LANGUAGES: Readonly<Record<string, string>> = {
  '': '',
  text: '',
  typescript: 'typescript',
  ts: 'typescript',
  javascript: 'javascript',
  js: 'javascript',
  json: 'json',
  python: 'python',
  py: 'python',
  bash: 'bash',
  sh: 'bash',
  yaml: 'yaml',
};

export const LANGUAGE_NAMES = Object.keys(LANGUAGES).filter((name) => name !== '');

export function isLanguage(name: string): boolean {
  return Object.hasOwn(LANGUAGES, name);
}

/** HTML of `code`, escaped, as `<pre><code>`. A language that isn't known is plain text. */
export type RenderCode = (code: string, language: string) => string;

export async function loadCode(): Promise<RenderCode> {
  const { highlighter } = await import('./highlighter.ts');
  return (code, language) => {
    const name = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language]! : '';
    const coloured = name !== '' && code.length <= MAX_COLOURED;
    const html = coloured
      ? highlighter.highlight(code, { language: name, ignoreIllegals: true }).value
      : escapeHtml(code);
    const languageClass = name === '' ? '' : ` language-${name}`;
    return `<pre class="code"><code class="hljs${languageClass}">${html}</code></pre>\n`;
  };
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
