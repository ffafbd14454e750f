// How wide a label will be, before it is drawn.

let context: CanvasRenderingContext2D | null | undefined;

/** Measures in the font that labels of `element` have, at their boldest. */
export function labelFont(element: Element): { measure: (text: string) => number; lineHeight: number } {
  const style = getComputedStyle(element);
  const pixels = Number.parseFloat(style.getPropertyValue('--vscode-font-size')) || 13;
  context ??= document.createElement('canvas').getContext('2d');
  if (context !== null) {
    context.font = `700 ${pixels}px ${style.fontFamily}`;
  }
  const widths = new Map<string, number>();
  return {
    lineHeight: pixels * 1.25,
    measure: (text) => {
      const width = widths.get(text) ?? context?.measureText(text).width ?? text.length * pixels * 0.6;
      widths.set(text, width);
      return width + 4;
    },
  };
}
