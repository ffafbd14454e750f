// An answer's Markdown as blocks: paragraphs, headings, lists, code. Only what can do no harm is known: there is no HTML,
// no image and no link but to citations; all else is text, shown as it was written. Knows no element.

import { citationsOf } from '../../src/shared/citations.ts';

export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'citation'; readonly text: string; readonly numbers: readonly number[] };

export type Block =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'paragraph' | 'heading'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*)$/;
const ITEM = /^\s*(?:[-*+•]|(\d+)[.)])\s+(.*)$/;

/** What is still being written, an open fence for one, is taken as far as it goes. */
export function blocksOf(answer: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let list: { ordered: boolean; items: string[] } | undefined;
  const end = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: 'paragraph', inlines: inlinesOf(paragraph.join(' ')) });
    }
    if (list !== undefined) {
      blocks.push({ kind: 'list', ordered: list.ordered, items: list.items.map(inlinesOf) });
    }
    paragraph = [];
    list = undefined;
  };
  const lines = answer.split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const fence = FENCE.exec(line)?.[1];
    const heading = HEADING.exec(line)?.[1];
    const item = ITEM.exec(line);
    if (fence !== undefined) {
      end();
      const from = at + 1;
      do {
        at += 1;
      } while (at < lines.length && !(lines[at] as string).trimStart().startsWith(fence));
      blocks.push({ kind: 'code', text: lines.slice(from, at).join('\n') });
    } else if (heading !== undefined) {
      end();
      blocks.push({ kind: 'heading', inlines: inlinesOf(heading) });
    } else if (item !== null) {
      const ordered = item[1] !== undefined;
      if (list?.ordered !== ordered) {
        end();
        list = { ordered, items: [] };
      }
      list.items.push(item[2] as string);
    } else if (line.trim() === '') {
      end();
    } else if (list !== undefined) {
      list.items.push(`${list.items.pop()} ${line.trim()}`);
    } else {
      paragraph.push(line.trim());
    }
  }
  end();
  return blocks;
}

const MARKED = /`([^`]+)`|\*\*([^*\s](?:[^*]*[^*\s])?)\*\*|(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/g;

function inlinesOf(text: string): Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    inlines.push(...cited(text.slice(from, match.index)));
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) {
      inlines.push({ kind: 'code', text: code });
    } else {
      const kind = strong === undefined ? 'emphasis' : 'strong';
      const inner = cited((strong ?? emphasis) as string);
      inlines.push(...inner.map((part): Inline => (part.kind === 'text' ? { kind, text: part.text } : part)));
    }
    from = match.index + whole.length;
  }
  inlines.push(...cited(text.slice(from)));
  return inlines;
}

/** Text with its citations. */
function cited(text: string): Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  for (const { start, end, numbers } of citationsOf(text)) {
    inlines.push({ kind: 'text', text: text.slice(from, start) });
    inlines.push({ kind: 'citation', text: text.slice(start, end), numbers });
    from = end;
  }
  inlines.push({ kind: 'text', text: text.slice(from) });
  return inlines.filter((part) => part.text !== '');
}
