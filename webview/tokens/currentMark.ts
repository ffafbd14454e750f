// Marks the current token in the drawn text: for the eye, for screen readers, and in the other columns, where the tokens
// for the same text are.

import { t } from '../l10n.ts';
import { spoken } from './display.ts';
import type { PageScroller } from './pageScroller.ts';
import type { Place } from './panelState.ts';
import type { TokenData } from './tokenData.ts';

/** Id of the current token's element. */
export const CURRENT = 'current-token';

export class CurrentMark {
  private element: HTMLElement | undefined;
  /** What the element was called before. */
  private label: string | null = null;
  private twins: readonly HTMLElement[] = [];

  /** @param labels the tokenizers' names */
  move(scroller: PageScroller, columns: readonly TokenData[], labels: readonly string[], place: Place): void {
    this.clear();
    const element = scroller.element(place.column, place.token);
    const data = columns[place.column];
    if (element === undefined || data === undefined) {
      return;
    }
    this.element = element;
    this.label = element.getAttribute('aria-label');
    element.classList.add('current');
    element.id = CURRENT;
    element.setAttribute('aria-selected', 'true');
    const said = [
      spoken(data, place.token),
      String(data.id(place.token)),
      t('{0} of {1}', place.token + 1, data.count),
      ...(element.classList.contains('differs') ? [t('cut differently')] : []),
      ...(columns.length > 1 ? [labels[place.column] ?? data.encoding] : []),
    ];
    element.setAttribute('aria-label', said.join(', '));
    this.twins = marked(
      elementsAt(scroller, columns, place).filter((other) => other !== element),
      'twin',
    );
  }

  private clear(): void {
    const { element, label } = this;
    if (element !== undefined) {
      element.classList.remove('current');
      element.setAttribute('aria-selected', 'false');
      element.removeAttribute('id');
      if (label === null) {
        element.removeAttribute('aria-label');
      } else {
        element.setAttribute('aria-label', label);
      }
    }
    unmark(this.twins, 'twin');
    this.element = undefined;
    this.twins = [];
  }
}

/** The elements of a token, and of the other columns' tokens for its text. */
export function elementsAt(
  scroller: PageScroller,
  columns: readonly TokenData[],
  { column, token }: Place,
): HTMLElement[] {
  const data = columns[column];
  if (data === undefined || token < 0 || token >= data.count) {
    return [];
  }
  const [start, end] = [data.start(token), data.end(token)];
  return columns.flatMap((other, index) => {
    if (index === column) {
      return scroller.element(column, token) ?? [];
    }
    const found: HTMLElement[] = [];
    for (let at = other.tokenAt(start); at >= 0 && at < other.count && other.start(at) < end; at++) {
      const element = other.end(at) > start ? scroller.element(index, at) : undefined;
      if (element !== undefined) {
        found.push(element);
      }
    }
    return found;
  });
}

export function marked<T extends readonly HTMLElement[]>(elements: T, name: string): T {
  for (const { classList } of elements) {
    classList.add(name);
  }
  return elements;
}

export function unmark(elements: readonly HTMLElement[], name: string): void {
  for (const { classList } of elements) {
    classList.remove(name);
  }
}
