// The links of a lesson's text: other lessons, the project's own sources, https. The host opens them, none opens here.

import { Fault } from '../../src/shared/errors.ts';
import { openLesson, openLink, openSource } from '../../src/shared/messages.ts';
import type { Host } from '../host.ts';

/**
 * Asks the host to open what `href` names: `lesson:ID`, `source:PATH#L12` or `https://...`.
 *
 * @throws Fault `refused` for any other kind, and what the host reports.
 */
export async function followLink(host: Host, href: string): Promise<void> {
  const [, scheme, target] = /^(lesson|source|https):(.+)$/.exec(href) ?? [];
  if (scheme === undefined || target === undefined) {
    throw new Fault('refused', `The link "${href}" is none that a lesson may hold.`);
  }
  if (scheme === 'lesson') {
    await host.request(openLesson, { lesson: target });
  } else if (scheme === 'source') {
    const [file = '', line] = target.split('#L');
    await host.request(openSource, { file, line: Number.parseInt(line ?? '1', 10) });
  } else {
    await host.request(openLink, { url: href });
  }
}
