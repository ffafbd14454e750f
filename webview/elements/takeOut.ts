// Answers a tensor view's `copy-text` and `export-picture` by asking the host, which has the clipboard and the files.
// For every page whose host handles both: see takeAway.ts, which sends them.

import { copyText, savePicture } from '../../src/shared/messages.ts';
import type { Host } from '../host.ts';
import { t } from '../l10n.ts';
import type { CopyAsked, ExportAsked } from './tensor/takeAway.ts';

/** Listens on an element, and so for all that stands in it. */
export function answerTakeAway(page: EventTarget, host: Pick<Host, 'request'>): void {
  page.addEventListener('copy-text', (event) => {
    const { detail } = event as CustomEvent<CopyAsked>;
    event.preventDefault();
    detail.answer = host.request(copyText, { text: detail.text }).then(() => undefined);
  });
  page.addEventListener('export-picture', (event) => {
    const { detail } = event as CustomEvent<ExportAsked>;
    event.preventDefault();
    detail.answer = save(host, detail);
  });
}

async function save(host: Pick<Host, 'request'>, { blob, name }: ExportAsked): Promise<string> {
  const { file } = await host.request(savePicture, { name, png: await base64Of(blob) });
  return file === null ? t('Not saved.') : t('Saved as {0}.', file);
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const PART = 0x8000; // a call takes only so many arguments
  let binary = '';
  for (let at = 0; at < bytes.length; at += PART) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PART));
  }
  return btoa(binary);
}
