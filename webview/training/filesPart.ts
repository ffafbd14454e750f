// The first part of the page: what the vocabularies are learned from.

import { html, nothing, type TemplateResult } from 'lit';
import type { Progress } from '../../src/shared/messages.ts';
import type { TrainingFiles } from '../../src/shared/trainingMessages.ts';
import { button, progressRing } from '../elements/controls.ts';
import { formatNumber, t } from '../l10n.ts';

export type From = 'files' | 'folder' | 'workspace' | 'last';

/** Files that are listed by name. */
const LISTED = 200;

export interface FilesPart {
  readonly files: TrainingFiles;
  /** Set while files are read. */
  readonly reading: Progress | true | undefined;
  /** Something is learned from them at the moment. */
  readonly busy: boolean;
  readonly onAdd: (from: From) => void;
  readonly onCancel: () => void;
  readonly onClear: () => void;
}

export function filesPart(part: FilesPart): TemplateResult {
  const { files, reading, busy } = part;
  const count = files.files.length;
  const choose = (label: string, from: From, primary = false) =>
    button({ label, primary, disabled: busy || reading !== undefined, onClick: () => part.onAdd(from) });
  return html`<section aria-labelledby="text-heading">
    <h2 id="text-heading">${t('1. Text to learn from')}</h2>
    <div class="row">
      ${choose(t('Files…'), 'files', count === 0)} ${choose(t('Folder…'), 'folder')}
      ${choose(t('This workspace'), 'workspace')}
      ${files.lastTime > 0 ? choose(t('The {0} files of last time', files.lastTime), 'last') : nothing}
      ${
        count > 0
          ? button({ label: t('Start over'), disabled: busy || reading !== undefined, onClick: part.onClear })
          : nothing
      }
    </div>
    <div role="status" class="small">${reading === undefined ? said(files) : waiting(reading, part.onCancel)}</div>
    ${count === 0 ? nothing : listed(files)} ${files.skippedCount === 0 ? nothing : skipped(files)}
  </section>`;
}

function said({ files, bytes, skippedCount }: TrainingFiles): TemplateResult {
  if (files.length === 0 && skippedCount > 0) {
    return html`<p>${t('There was no text to learn from: only files that hold UTF-8 text are read.')}</p>`;
  }
  return files.length === 0
    ? html`<p class="quiet">
        ${t('Nothing is chosen yet. A few hundred kilobytes of your own notes or code are enough to see something. The text stays on this machine.')}
      </p>`
    : html`<p>${files.length === 1 ? t('1 file, {0}', size(bytes)) : t('{0} files, {1}', files.length, size(bytes))}</p>`;
}

function waiting(reading: Progress | true, onCancel: () => void): TemplateResult {
  const how =
    reading === true || reading.total === undefined
      ? t('Looking for files…')
      : t('Reading file {0} of {1}…', reading.done + 1, reading.total);
  return html`<div class="row">${progressRing()} ${how} ${button({ label: t('Cancel'), onClick: onCancel })}</div>`;
}

function listed({ files }: TrainingFiles): TemplateResult {
  const largest = [...files].sort((a, b) => b.bytes - a.bytes).slice(0, LISTED);
  return html`<details class="small">
    <summary>${t('Which files')}</summary>
    <ul class="files scroll" tabindex="0">
      ${largest.map(({ name, bytes }) => html`<li><span>${name}</span> <span class="quiet number">${size(bytes)}</span></li>`)}
      ${files.length > LISTED ? html`<li class="quiet">${t('and {0} smaller ones', files.length - LISTED)}</li>` : nothing}
    </ul>
  </details>`;
}

function skipped({ files, skipped: left, skippedCount }: TrainingFiles): TemplateResult {
  return html`<details class="small" ?open=${files.length === 0}>
    <summary>${skippedCount === 1 ? t('1 file was left out') : t('{0} files were left out', skippedCount)}</summary>
    <ul class="files scroll" tabindex="0">
      ${left.map(({ name, why }) => html`<li><span>${name}</span> <span class="quiet">${why}</span></li>`)}
      ${skippedCount > left.length ? html`<li class="quiet">${t('and {0} more', skippedCount - left.length)}</li>` : nothing}
    </ul>
  </details>`;
}

/** Bytes in people's units. */
export function size(bytes: number): string {
  if (bytes < 1000) {
    return t('{0} bytes', bytes);
  }
  return bytes < 1_000_000
    ? t('{0} kB', formatNumber(bytes / 1000, 1))
    : t('{0} MB', formatNumber(bytes / 1_000_000, 1));
}
