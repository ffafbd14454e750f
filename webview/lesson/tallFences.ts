// Braces and brackets around something tall, in formulas. A browser stretches them by a font made for formulas; where
// none is installed it draws them as small as letters, and a brace around three lines no longer says what it holds.

/** A fence shorter than this share of what it stands beside was not stretched. */
const STRETCHED = 0.7;

/** Makes the fences below `root` that the browser didn't stretch as tall as what they stand beside. */
export function stretchFences(root: ParentNode): void {
  for (const fence of root.querySelectorAll<MathMLElement>('math mo[fence="true"]:not([stretchy="false"])')) {
    fence.style.transform = '';
    const tall = fence.parentElement?.getBoundingClientRect().height ?? 0;
    const own = fence.getBoundingClientRect().height;
    if (own > 0 && own < STRETCHED * tall) {
      fence.style.transform = `scaleY(${(tall / own).toFixed(2)})`;
    }
  }
}
