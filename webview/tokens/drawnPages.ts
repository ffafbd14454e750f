// The pages that are drawn, and the elements of the tokens on them: by column, in order.

export class DrawnPages {
  private readonly pages = new Map<HTMLElement, readonly (readonly HTMLElement[])[]>();

  get size(): number {
    return this.pages.size;
  }

  has(page: HTMLElement): boolean {
    return this.pages.has(page);
  }

  add(page: HTMLElement, columns: readonly (readonly HTMLElement[])[]): void {
    this.pages.set(page, columns);
  }

  forget(page: HTMLElement): void {
    this.pages.delete(page);
  }

  clear(): void {
    this.pages.clear();
  }

  /** Those that are drawn and not among `kept`. */
  allBut(kept: ReadonlySet<HTMLElement | undefined>): HTMLElement[] {
    return [...this.pages.keys()].filter((page) => !kept.has(page));
  }

  /** The tokens of a column on a page; none where it isn't drawn. */
  tokens(page: HTMLElement | undefined, column: number): readonly HTMLElement[] {
    return (page === undefined ? undefined : this.pages.get(page)?.[column]) ?? [];
  }

  /** Which token of a page an element stands for, or stands in; `index` counts in its column, from 0. */
  find(
    target: EventTarget | null,
  ): { readonly page: HTMLElement; readonly column: number; readonly index: number } | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>('.token') : null;
    const page = element?.closest<HTMLElement>('.page');
    if (!element || !page) {
      return undefined;
    }
    for (const [column, tokens] of (this.pages.get(page) ?? []).entries()) {
      const index = tokens.indexOf(element);
      if (index >= 0) {
        return { page, column, index };
      }
    }
    return undefined;
  }

  /** Calls `visit` for each token of a page, or of all that are drawn. */
  each(
    visit: (token: HTMLElement, page: HTMLElement, column: number, index: number) => void,
    only?: HTMLElement,
  ): void {
    for (const page of only === undefined ? this.pages.keys() : [only]) {
      for (const [column, tokens] of (this.pages.get(page) ?? []).entries()) {
        for (const [index, token] of tokens.entries()) {
          visit(token, page, column, index);
        }
      }
    }
  }
}
