// What a key does in the step view: where it goes, or that it plays and pauses.

import type { FrameId } from '../../../src/shared/trace.ts';
import { type Outline, rootBeside } from './outline.ts';

/** The frame to go to, `toggle` to play or pause, undefined where the key is somebody else's. */
export function playerAction(event: KeyboardEvent, outline: Outline, at: FrameId, last: FrameId) {
  const path = event.composedPath().filter((node): node is Element => node instanceof Element);
  const typing = path[0]?.matches('input:not([type="range"]), textarea, select') === true;
  const inList = path.some(({ localName }) => localName === 'vscode-dropdown');
  if (typing || inList || event.altKey || event.ctrlKey || event.metaKey) {
    return undefined;
  }
  switch (event.key) {
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowRight':
      return at + 1;
    case 'PageUp':
      return rootBeside(outline, at, -1, last);
    case 'PageDown':
      return rootBeside(outline, at, 1, last);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case ' ':
      return path.some(takesSpace) ? undefined : 'toggle';
    default:
      return undefined;
  }
}

/** Space presses what is pressed, opens what is opened, and scrolls what scrolls. */
function takesSpace(element: Element): boolean {
  return /^(vscode-)?(button|checkbox)$|^summary$/.test(element.localName) || element.classList.contains('scroll');
}
