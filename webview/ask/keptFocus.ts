// Keeps the keyboard where it was when what had the focus goes away: a button that ends its own part, such as Stop, would
// else throw its reader out to the page's top.

export class KeptFocus {
  private readonly root: ShadowRoot;
  private had: Element | null = null;
  private stage: string | undefined;

  constructor(root: ShadowRoot) {
    this.root = root;
  }

  /** Before the page changes. */
  look(): void {
    this.had = this.root.activeElement;
    this.stage = this.had?.closest<HTMLElement>('[data-stage]')?.dataset.stage;
  }

  /** After it: the head of the stage that it was in, else the question. */
  mend(): void {
    const { had, stage, root } = this;
    if (had === null || had.isConnected || root.activeElement !== null) {
      return;
    }
    const head = stage && root.querySelector<HTMLElement>(`[data-stage=${stage}] > summary`);
    (head || root.querySelector<HTMLElement>('.question vscode-text-field'))?.focus();
  }
}
