// The filters below the input: paths in and out, language, kind, and the folder where there are several.

import { html, nothing, type TemplateResult } from 'lit';
import type { SearchFilter } from '../../src/shared/searchMessages.ts';
import { globsOf, KINDS } from '../../src/shared/searchText.ts';
import type { SearchPlace } from '../../src/shared/searchViewMessages.ts';
import { dropdown, textField } from '../elements/controls.ts';
import { t } from '../l10n.ts';

/** What is set, as typed; '' is all. */
export interface Filters {
  readonly include: string;
  readonly exclude: string;
  readonly language: string;
  readonly kind: string;
  readonly root: string;
}
export const NO_FILTERS: Filters = { include: '', exclude: '', language: '', kind: '', root: '' };

/** What was kept, as far as it is of this shape. */
export function filtersOf(kept: unknown): Filters {
  const values = (kept ?? {}) as Partial<Record<keyof Filters, unknown>>;
  const text = (key: keyof Filters) => (typeof values[key] === 'string' ? values[key] : '');
  return {
    include: text('include'),
    exclude: text('exclude'),
    language: text('language'),
    kind: text('kind'),
    root: text('root'),
  };
}

/** How many are set. */
export function countOf(filters: Filters): number {
  return Object.values(filters).filter((value) => value.trim() !== '').length;
}

export function searchFilterOf({ include, exclude, language, kind, root }: Filters): SearchFilter {
  const [only] = KINDS.filter((one) => one === kind);
  const paths = globsOf(include);
  const without = globsOf(exclude);
  return {
    ...(paths.length > 0 && { include: paths }),
    ...(without.length > 0 && { exclude: without }),
    ...(language !== '' && { languages: [language] }),
    ...(only !== undefined && { kinds: [only] }),
    ...(root !== '' && { roots: [root] }),
  };
}

export function filterRow(options: {
  readonly filters: Filters;
  /** VS Code's ids, the most frequent first. */
  readonly languages: readonly string[];
  readonly folders: SearchPlace['folders'];
  readonly onChange: (changed: Partial<Filters>) => void;
}): TemplateResult {
  const { filters, languages, folders, onChange } = options;
  const { language, root } = filters;
  const known = language === '' || languages.includes(language) ? languages : [language, ...languages];
  return html`<div class="filters" id="filters">
    ${textField({
      label: t('Files to include'),
      value: filters.include,
      placeholder: t('e.g. src, *.md'),
      onInput: (include) => onChange({ include }),
    })}
    ${textField({
      label: t('Files to exclude'),
      value: filters.exclude,
      placeholder: t('e.g. test, *.json'),
      onInput: (exclude) => onChange({ exclude }),
    })}
    <div class="choices">
      ${choice(
        t('Language'),
        language,
        known.map((id) => ({ value: id, label: id })),
        (value) => onChange({ language: value }),
      )}
      ${choice(t('Kind'), filters.kind, kinds(), (value) => onChange({ kind: value }))}
      ${
        folders.length > 1
          ? choice(
              t('Folder'),
              root,
              folders.map(({ id, name }) => ({ value: id, label: name })),
              (value) => onChange({ root: value }),
            )
          : nothing
      }
    </div>
  </div>`;
}

function choice(
  label: string,
  value: string,
  options: readonly { readonly value: string; readonly label: string }[],
  onChange: (value: string) => void,
): TemplateResult {
  const all = { value: '', label: t('all') };
  return html`<div class="choice"><span aria-hidden="true">${label}</span>${dropdown({ label, value, options: [all, ...options], onChange })}</div>`;
}

function kinds() {
  const names: Readonly<Record<(typeof KINDS)[number], string>> = {
    code: t('code'),
    section: t('sections under headings'),
    paragraph: t('paragraphs'),
    lines: t('lines'),
  };
  return KINDS.map((kind) => ({ value: kind, label: names[kind] }));
}
