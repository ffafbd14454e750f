// Things that are given back. Same shape as VS Code's and jsonrpc's own disposables, so that all three mix.

export interface Disposable {
  dispose(): void;
}

/** Collects disposables and gives all of them back, last first, even if one throws; the first error is thrown on. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private done = false;

  get disposed(): boolean {
    return this.done;
  }

  /** Adds and returns `item`; when the store is already disposed, `item` is disposed at once. */
  add<T extends Disposable>(item: T): T {
    if (this.done) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  /** Adds a clean-up function. */
  defer(cleanUp: () => void): void {
    this.add({ dispose: cleanUp });
  }

  dispose(): void {
    this.done = true;
    const errors: unknown[] = [];
    for (const item of this.items.splice(0).reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }
}
