// Messages between Node and the page. VS Code carries ArrayBuffers to a webview; the browser's remote protocol carries
// JSON, so buffers travel as text and are made again on the other side.

/** Replaces every ArrayBuffer by a marked base64 text. */
export function packBuffers(value: unknown): unknown {
  if (value instanceof ArrayBuffer) {
    return { $buffer: Buffer.from(value).toString('base64') };
  }
  if (Array.isArray(value)) {
    return value.map(packBuffers);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, packBuffers(inner)]));
  }
  return value;
}

/** Runs in the page: hands a packed message to the window, as VS Code's frame does. */
export function deliver(packed: unknown): void {
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(unpack);
    }
    if (value !== null && typeof value === 'object') {
      const text = (value as { $buffer?: unknown }).$buffer;
      return typeof text === 'string'
        ? Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
    }
    return value;
  };
  window.postMessage(unpack(packed), '*');
}
