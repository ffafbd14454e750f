// How tall a step's place on the page is: not so that the page below jumps while the steps run by, and not as tall as the
// tallest of them under all the others.

/** Up to this share of the window's height, the place stays as tall as a step once made it. */
const KEPT = 0.6;
/** Where less than this is left of a step in sight, the page goes to where it begins, in pixels. */
const LEAST_IN_SIGHT = 80;

export class StageHeight {
  private tallest = 0;

  /** Other steps: what the old ones needed says nothing about them. */
  forget(stage: HTMLElement): void {
    this.tallest = 0;
    stage.style.minHeight = '';
  }

  /** A step was drawn. While they run by (`moving`), the place is as tall as the tallest of them; else no taller than `KEPT`. */
  keep(stage: HTMLElement, moving: boolean): void {
    this.tallest = Math.max(this.tallest, stage.offsetHeight);
    const height = moving ? this.tallest : Math.min(this.tallest, Math.round(KEPT * innerHeight));
    stage.style.minHeight = `${height}px`;
    // Below a long step's end the next one may be over already: its reader would be left in the text after it.
    if (!moving && stage.getBoundingClientRect().bottom < LEAST_IN_SIGHT) {
      stage.scrollIntoView({ block: 'nearest' });
    }
  }
}
