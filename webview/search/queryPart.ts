// What is looked for: the input, the filters below it, and the text that others are to be like.

import { html, nothing, type TemplateResult } from 'lit';
import type { SearchHit } from '../../src/shared/searchMessages.ts';
import { joinFilters, readQueryText } from '../../src/shared/searchText.ts';
import type { SearchPlace, ShownSearch } from '../../src/shared/searchViewMessages.ts';
import { button, textField } from '../elements/controls.ts';
import { crossIcon } from '../elements/icons.ts';
import { t } from '../l10n.ts';
import { countOf, type Filters, filterRow, NO_FILTERS, searchFilterOf } from './filterRow.ts';
import { filterIcon } from './icons.ts';
import type { Wanted } from './searcher.ts';

export type Similar = Extract<ShownSearch, { readonly similarTo: string }>;

export interface QueryPart {
  readonly text: string;
  readonly filters: Filters;
  readonly filtersShown: boolean;
  /** VS Code's ids, the most frequent first. */
  readonly languages: readonly string[];
  readonly folders: SearchPlace['folders'];
  /** Set while hits like a text are looked for. */
  readonly similar: Similar | undefined;
  readonly onType: (text: string) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFilters: (filters: Filters) => void;
  readonly onShowFilters: (shown: boolean) => void;
  readonly onLeaveSimilar: () => void;
}

export function queryPart(part: QueryPart): TemplateResult {
  const { text, filters, filtersShown, similar } = part;
  const set = countOf(filters);
  return html`<div class="ask" role="search" @keydown=${part.onKey}>
      ${textField({
        label: t('What are you looking for?'),
        value: text,
        placeholder: t('words or a question'),
        onInput: part.onType,
      })}
      ${button({
        label: set === 0 ? t('Filters') : t('Filters ({0} set)', set),
        icon: filterIcon,
        iconOnly: true,
        expanded: filtersShown,
        onClick: () => part.onShowFilters(!filtersShown),
      })}
    </div>
    ${filtersShown ? filtersPart(part) : set > 0 ? filtersSet(part, set) : nothing}
    ${similar === undefined ? nothing : similarPart(similar, part.onLeaveSimilar)}`;
}

function filtersPart({ filters, languages, folders, onFilters }: QueryPart): TemplateResult {
  return filterRow({ filters, languages, folders, onChange: (changed) => onFilters({ ...filters, ...changed }) });
}

function filtersSet({ onFilters }: QueryPart, set: number): TemplateResult {
  return html`<div class="row quiet">
    ${set === 1 ? t('1 filter is set.') : t('{0} filters are set.', set)}
    ${button({ label: t('Clear filters'), onClick: () => onFilters(NO_FILTERS) })}
  </div>`;
}

function similarPart({ label, similarTo }: Similar, onLeave: () => void): TemplateResult {
  return html`<div class="similar">
    <div>
      <p>${t('Like {0}:', label)}</p>
      <code>${similarTo.trim().split('\n', 1)[0]}</code>
    </div>
    ${button({ label: t('Leave this search'), icon: crossIcon, iconOnly: true, onClick: onLeave })}
  </div>`;
}

/** What all of it asks for: its text's filters beside those below it; undefined where nothing is looked for. */
export function wantedOf(text: string, similar: Similar | undefined, filters: Filters): Wanted | undefined {
  const filter = searchFilterOf(filters);
  if (similar !== undefined) {
    return { ...similar, filter };
  }
  const typed = readQueryText(text);
  return typed.query === '' ? undefined : { query: typed.query, filter: joinFilters(filter, typed.filter) };
}

/** Hits like this one are looked for, without itself. */
export function similarOf({ root, path, startLine, endLine, text }: SearchHit): Similar {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { similarTo: text, label: `${name}:${startLine}–${endLine}`, except: { root, path, startLine, endLine } };
}

/** What a key does in the input. @param typed something stands in it */
export function queryKey(event: KeyboardEvent, typed: boolean): 'down' | 'enter' | 'clear' | undefined {
  const inField = (event.target as Element).localName === 'vscode-text-field';
  if (event.key === 'ArrowDown' && inField) {
    return 'down';
  }
  if (event.key === 'Enter' && inField) {
    return 'enter';
  }
  return event.key === 'Escape' && typed ? 'clear' : undefined;
}
