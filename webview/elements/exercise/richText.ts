// Short texts of the course with code in them: paragraphs, `code` within a line, and code of several lines between fences
// or indented by four spaces. Nothing else of Markdown is known.

import { html, type TemplateResult } from 'lit';

type Part =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'words'; readonly pieces: readonly { readonly text: string; readonly code: boolean }[] };

/** The text's parts, in order. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let words: string[] = [];
  const flush = () => {
    const joined = words.join(' ').trim();
    words = [];
    if (joined !== '') {
      parts.push({ kind: 'words', pieces: piecesOf(joined) });
    }
  };
  const lines = text.split(/\r?\n/u);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    const fence = /^\s*(`{3,}|~{3,})/u.exec(line)?.[1];
    if (fence !== undefined) {
      flush();
      const end = lines.findIndex((other, at) => at > i && other.trim().startsWith(fence));
      const last = end === -1 ? lines.length : end;
      parts.push({ kind: 'code', text: lines.slice(i + 1, last).join('\n') });
      i = last;
    } else if (/^ {4}\S/u.test(line)) {
      flush();
      const first = i;
      while (/^( {4}|\s*$)/u.test(lines[i + 1] ?? 'end')) {
        i += 1;
      }
      const code = lines.slice(first, i + 1).map((one) => one.slice(4));
      parts.push({ kind: 'code', text: code.join('\n').trimEnd() });
    } else if (line.trim() === '') {
      flush();
    } else {
      words.push(line.trim());
    }
  }
  flush();
  return parts;
}

function piecesOf(text: string) {
  return text
    .split('`')
    .map((piece, i) => ({ text: piece, code: i % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

/** @param code draws code of several lines */
export function richText(text: string, code: (text: string) => TemplateResult): readonly TemplateResult[] {
  return partsOf(text).map((part) =>
    part.kind === 'code'
      ? code(part.text)
      : html`<p>${part.pieces.map((piece) => (piece.code ? html`<code>${piece.text}</code>` : piece.text))}</p>`,
  );
}
