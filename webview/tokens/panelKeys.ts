// The panel's own keys, wherever in it the focus is: F or Ctrl+F finds, N and P go through the differences.

/** What a key asks for; undefined where it is meant for a field, or for VS Code. */
export function panelKey(event: KeyboardEvent): 'find' | 'next' | 'previous' | undefined {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = event.key.toLowerCase();
  if ((ctrlKey || metaKey) && !shiftKey && !altKey) {
    // The panel's own: VS Code's finds no token by its id, and none off the screen.
    return key === 'f' ? 'find' : undefined;
  }
  const typing = event
    .composedPath()
    .some((node) => node instanceof Element && node.matches('input, textarea, vscode-dropdown'));
  if (typing || ctrlKey || metaKey || altKey) {
    return undefined;
  }
  return key === 'f' ? 'find' : key === 'n' ? 'next' : key === 'p' ? 'previous' : undefined;
}
