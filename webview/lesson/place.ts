// Where the reader is: kept by the piece of text at the window's top and not in pixels, because blocks above it grow
// when they have run; and found again after the page was hidden or reloaded, and when its width changes.

import { keptRecord } from '../elements/blockContext.ts';
import type { ViewState } from '../state/viewState.ts';

/** For how long the place is held after a restore, while the blocks above fill in; in milliseconds. */
const HOLD = 2500;
/** Room left above what was gone to, in pixels. */
const MARGIN = 16;

/** An element and how far its top stands below the window's, in pixels. */
interface Held {
  readonly element: Element;
  readonly offset: number;
}

export class Place {
  private readonly root: ParentNode;
  private readonly kept: ViewState;
  private readonly onCurrent: (id: string | undefined) => void;
  private readonly resizes: ResizeObserver;
  private held: Held | undefined;
  /** What a change of width holds on to. */
  private seen: Held | undefined;
  /** Id that the reader chose in the contents: current while the page is held there. */
  private chosen: string | undefined;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `onCurrent` gets the id of the section or heading being read. */
  constructor(root: ParentNode, kept: ViewState, onCurrent: (id: string | undefined) => void) {
    this.root = root;
    this.kept = kept;
    this.onCurrent = onCurrent;
    this.resizes = new ResizeObserver(() => {
      this.hold();
      this.soon();
    });
    window.addEventListener('scroll', () => this.soon(), { passive: true });
    window.addEventListener('focusin', () => this.soon());
    // Comes before the page is laid out anew and before it scrolls by itself, so `seen` is still what was read.
    window.addEventListener('resize', () => {
      const { seen } = this;
      if (seen !== undefined && innerWidth > 0) {
        this.stay(seen.element, seen.offset);
      }
    });
    for (const gesture of ['wheel', 'keydown', 'pointerdown', 'touchstart'] as const) {
      // From here on the reader decides.
      window.addEventListener(gesture, () => this.release(), { passive: true });
    }
  }

  /** Goes back to where the reader was, and stays there while the page is still growing. */
  restore(): void {
    const { key, offset } = keptRecord(this.kept.read('place'));
    const element = typeof key === 'string' ? this.root.querySelector(`[data-place="${CSS.escape(key)}"]`) : null;
    if (element !== null && typeof offset === 'number') {
      this.stay(element, offset);
    }
    this.look();
  }

  /** Goes to the element with this id and puts the focus there, so that reading goes on from it by keyboard as well. */
  goTo(id: string): void {
    const element = this.root.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    if (element === null) {
      return;
    }
    this.stay(element, MARGIN);
    this.chosen = id;
    if (!element.hasAttribute('tabindex')) {
      element.setAttribute('tabindex', '-1');
    }
    element.focus({ preventScroll: true });
    this.look();
  }

  private stay(element: Element, offset: number): void {
    this.held = { element, offset };
    this.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.held = undefined;
    }, HOLD);
  }

  /** Looks at the page again after it was drawn anew. */
  watch(): void {
    const main = this.root.querySelector('main');
    if (main !== null) {
      this.resizes.observe(main);
    }
    this.soon();
  }

  private hold(): void {
    const { held } = this;
    if (held !== undefined) {
      window.scrollBy({ top: held.element.getBoundingClientRect().top - held.offset, behavior: 'instant' });
    }
  }

  private release(): void {
    this.held = undefined;
    this.chosen = undefined;
  }

  private soon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.look());
  }

  private look(): void {
    if (this.held === undefined) {
      const places = [...this.root.querySelectorAll<HTMLElement>('[data-place]')];
      const at = places.find((element) => element.getBoundingClientRect().bottom > 0);
      if (at !== undefined) {
        const offset = Math.round(at.getBoundingClientRect().top);
        this.kept.keep('place', { key: at.dataset.place, offset });
        this.seen = focusOnScreen() ?? topmost(at);
      }
    }
    const headings = [...this.root.querySelectorAll<HTMLElement>('section > h2[id], .prose h3[id]')];
    const line = innerHeight * 0.3;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line).at(-1);
    this.onCurrent(headings.find((heading) => heading.id === this.chosen)?.id ?? passed?.id);
  }
}

/** What has the focus, where it can be seen: the reader is at it. */
function focusOnScreen(): Held | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  if (element === null || element === document.body) {
    return undefined;
  }
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight ? held(element) : undefined;
}

/** The first paragraph of this piece of text that can be seen, or the piece itself. */
function topmost(place: Element): Held {
  const parts = place.classList.contains('prose') ? [...place.children] : [];
  return held(parts.find((part) => part.getBoundingClientRect().bottom > 0) ?? place);
}

function held(element: Element): Held {
  return { element, offset: element.getBoundingClientRect().top };
}
