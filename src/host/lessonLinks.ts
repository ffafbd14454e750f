// The https links of a lesson: only these does the host open in a browser. Knows nothing of vscode.

import type { Lesson } from '../shared/lesson.ts';

/** Every https address that stands in a lesson: in its sources and in its prose. */
export function linksOf(lesson: Lesson): ReadonlySet<string> {
  const links = new Set(lesson.sources.map(({ url }) => url));
  collect(lesson.sections, links);
  return new Set([...links].filter((url) => url.startsWith('https://')));
}

/** Any text may hold HTML: prose, questions, answers. */
function collect(value: unknown, links: Set<string>): void {
  if (typeof value === 'string') {
    for (const [, url] of value.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
      links.add(unescapeHtml(url as string));
    }
  } else if (value !== null && typeof value === 'object') {
    for (const part of Object.values(value)) {
      collect(part, links);
    }
  }
}

/** Takes back what markdown-it escapes in an attribute. */
function unescapeHtml(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
