// Keeps the keyboard's place in a page that is drawn again: where what had the focus is gone, as Pause is when a training
// is over, the focus goes to the first control of what is left around it, and not to the page's top.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const CONTROLS = 'vscode-button:not([disabled]), vscode-dropdown, vscode-text-field, button, [tabindex="0"]';

export class HeldFocus implements ReactiveController {
  private readonly host: ReactiveControllerHost & { readonly shadowRoot: ShadowRoot | null };
  /** What had the focus, and then what stood around it, from the inside out. */
  private held: Element[] = [];

  constructor(host: ReactiveControllerHost & { readonly shadowRoot: ShadowRoot | null }) {
    this.host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.held = [];
    for (let at = this.host.shadowRoot?.activeElement ?? null; at !== null; at = at.parentElement) {
      this.held.push(at);
    }
  }

  hostUpdated(): void {
    const [focused, ...around] = this.held;
    if (focused === undefined || focused.isConnected) {
      return;
    }
    const next = around.find(({ isConnected }) => isConnected)?.querySelector<HTMLElement>(CONTROLS);
    // A button that was off a moment ago takes the focus from its next frame on.
    requestAnimationFrame(() => {
      if (this.host.shadowRoot?.activeElement === null) {
        next?.focus();
      }
    });
  }
}
