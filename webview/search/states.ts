// What the view says where there are no hits to show: before the first time, while the index is made, when nothing was
// found, and when something is wrong. Each says what is, and what can be done.

import { html, nothing, type TemplateResult } from 'lit';
import type { IndexHealth, SearchAnswer } from '../../src/shared/searchMessages.ts';
import type { SearchPlace } from '../../src/shared/searchViewMessages.ts';
import { button } from '../elements/controls.ts';
import { reasonName } from '../health/reasons.ts';
import { formatNumber, t } from '../l10n.ts';

export interface StateActions {
  start(): void;
  health(): void;
  settings(): void;
  folder(): void;
  resume(): void;
  rebuild(): void;
  clearFilters(): void;
  getModel(id: string): void;
}

/** What is said in the place of hits before anything is looked for; undefined where there is nothing to say. */
export function idleState(place: SearchPlace, health: IndexHealth | undefined, actions: StateActions): TemplateResult {
  if (place.folders.length === 0) {
    return says(
      t('No folder is open'),
      t('Open a folder, and you can search it by meaning here.'),
      button({ label: t('Open Folder'), primary: true, onClick: actions.folder }),
    );
  }
  if (!place.enabled) {
    return says(
      t('Search is switched off'),
      t('The setting says that this workspace is not to be indexed.'),
      button({ label: t('Open settings'), onClick: actions.settings }),
    );
  }
  if (!place.started) {
    return firstTime(place, actions);
  }
  if (health !== undefined && isEmpty(health)) {
    return emptyIndex(health, actions);
  }
  return html`<div class="state">
    <p>${t('Say what you are looking for, in words or as a question. Names from your code work too.')}</p>
    <ul class="examples quiet">
      <li><code>where are settings read</code></li>
      <li><code>parse header lang:go</code></li>
      <li><code>retry after a timeout path:src -path:test</code></li>
    </ul>
  </div>`;
}

function firstTime({ files }: SearchPlace, { start, settings }: StateActions): TemplateResult {
  const count =
    files === undefined || files.count === 0
      ? nothing
      : html`<li>
          ${
            files.more
              ? t('There are more than {0} files. That takes a while; you can search while it goes on.', files.count)
              : files.count === 1
                ? t('There is 1 file.')
                : t('There are {0} files, before those that are left out.', files.count)
          }
        </li>`;
  return html`<div class="state">
    <h2>${t('Search this workspace by meaning')}</h2>
    <p>${t('Its files are read and an index of them is made. You can search from the first moment.')}</p>
    <div class="row">
      ${button({ label: t('Index this workspace'), primary: true, onClick: start })}
      ${button({ label: t('Settings'), onClick: settings })}
    </div>
    <ul class="quiet">
      ${count}
      <li>${t('Files that .gitignore or your settings exclude are left out, and so are files that look like secrets.')}</li>
      <li>${t('The index is kept on this machine, unless your settings name a server for it.')}</li>
      <li>${t('You can pause it, and switch it off.')}</li>
    </ul>
  </div>`;
}

function isEmpty({ state, chunks }: IndexHealth): boolean {
  return state === 'empty' || (state === 'ready' && chunks === 0);
}

function emptyIndex({ seen, leftOut, message }: IndexHealth, { health, settings }: StateActions): TemplateResult {
  const reasons = Object.entries(leftOut).filter(([, count]) => count > 0);
  return html`<div class="state" role="status">
    <h2>${t('There is nothing in the index')}</h2>
    ${seen > 0 ? html`<p>${t('{0} files were found, and all were left out:', seen)}</p>` : nothing}
    ${message !== undefined ? html`<p>${message}</p>` : seen === 0 ? html`<p>${t('No files were found in this workspace.')}</p>` : nothing}
    <ul>
      ${reasons.map(([reason, count]) => html`<li>${reasonName(reason)}: ${formatNumber(count)}</li>`)}
    </ul>
    <div class="row">
      ${button({ label: t('Show index health'), primary: true, onClick: health })}
      ${button({ label: t('Settings'), onClick: settings })}
    </div>
  </div>`;
}

/** Nothing was found: what was searched, and what to try. */
export function noHits(
  answer: SearchAnswer,
  health: IndexHealth | undefined,
  filters: number,
  actions: StateActions,
): TemplateResult {
  const chunks = health?.chunks ?? 0;
  if (health !== undefined && isEmpty(health)) {
    return emptyIndex(health, actions);
  }
  return html`<div class="state">
    <h2>${t('Nothing was found')}</h2>
    <p>
      ${health === undefined ? nothing : searchedSays(chunks, health.indexed, filters)}
      ${answer.pending === 0 ? nothing : pendingSays(answer)}
    </p>
    <ul>
      ${filters > 0 ? html`<li>${t('Clear the filters.')}</li>` : nothing}
      <li>${t('Try other words for the same, or fewer of them.')}</li>
      <li>${t('Index health lists the files that are left out of the index, and why.')}</li>
    </ul>
    <div class="row">
      ${filters > 0 ? button({ label: t('Clear filters'), primary: true, onClick: actions.clearFilters }) : nothing}
      ${button({ label: t('Show index health'), onClick: actions.health })}
    </div>
  </div>`;
}

/** Filters leave out what isn't known here: it is not said that all was searched. */
function searchedSays(chunks: number, files: number, filters: number): string {
  return filters === 0
    ? t('{0} chunks of {1} files were searched.', chunks, files)
    : t('The index has {0} files. Your filters may leave out the ones you want.', files);
}

function pendingSays({ pending, scanned }: SearchAnswer): string {
  return scanned
    ? t('{0} files are not indexed yet; they were searched for your words only.', pending)
    : t('{0} files are not indexed yet, and were not searched.', pending);
}

/** A line or two above the hits, about an index that isn't all it will be; nothing where it is. */
export function indexBanner(health: IndexHealth | undefined, actions: StateActions): TemplateResult | typeof nothing {
  if (health === undefined) {
    return nothing;
  }
  const { state, indexed, pending, message } = health;
  switch (state) {
    case 'opening':
    case 'listing':
      if (message !== undefined) {
        return banner(t('{0} It is being started again.', message), [], progress());
      }
      return banner(t('Finding files: {0} so far.', health.seen), [], progress());
    case 'indexing':
      return banner(
        t('Indexed {0} of {1} files. The others are searched for your words only.', indexed, indexed + pending),
        [],
        progress(indexed, indexed + pending),
      );
    case 'paused':
      return banner(
        pending > 0
          ? t('Indexing is paused: {0} of {1} files are in.', indexed, indexed + pending)
          : t('Indexing is paused: changes to your files are not picked up.'),
        [button({ label: t('Resume'), onClick: actions.resume })],
      );
    case 'waiting':
      return banner(
        message ?? t('Another window is indexing this workspace. What it has done can be searched here.'),
        [],
      );
    case 'failed':
      return banner(
        message === undefined ? t('Search has stopped working.') : t('Search has stopped working: {0}', message),
        [
          button({ label: t('Start again'), primary: true, onClick: actions.start }),
          button({ label: t('Show index health'), onClick: actions.health }),
          button({ label: t('Rebuild index'), onClick: actions.rebuild }),
        ],
        nothing,
        true,
      );
    case 'empty':
      return nothing; // said at length below
    default:
      return message === undefined ? nothing : banner(message, []);
  }
}

/** Offers the better model where it isn't on this machine. */
export function modelOffer(health: IndexHealth | undefined, actions: StateActions): TemplateResult | typeof nothing {
  const missing = health?.models.find(({ state }) => state === 'missing' || state === 'broken');
  if (missing === undefined) {
    return nothing;
  }
  const { id, label, detail, state } = missing;
  return banner(
    state === 'broken'
      ? t('The better model {0} is broken: {1}', label, missing.message ?? detail)
      : t('Better results with {0} ({1}). It is not on this machine.', label, detail),
    [button({ label: t('Get it…'), onClick: () => actions.getModel(id) })],
  );
}

function banner(
  text: string,
  buttons: readonly TemplateResult[],
  more: TemplateResult | typeof nothing = nothing,
  alert = false,
): TemplateResult {
  return html`<div class=${alert ? 'banner bad' : 'banner'} role=${alert ? 'alert' : nothing}>
    <p>${text}</p>
    ${more} ${buttons.length === 0 ? nothing : html`<div class="row">${buttons}</div>`}
  </div>`;
}

/** Without a total it is not known how far it is. */
function progress(done?: number, total?: number): TemplateResult {
  return total === undefined || done === undefined
    ? html`<progress aria-label=${t('Finding files')}></progress>`
    : html`<progress max=${total || 1} .value=${done} aria-label=${t('Indexing')}></progress>`;
}

function says(heading: string, text: string, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="state">
    <h2>${heading}</h2>
    <p>${text}</p>
    ${action}
  </div>`;
}
