// Takes from the global scope what learners' code has no business with: the process, the network, ways to load more.

const TAKEN = [
  'process',
  'require',
  'module',
  'exports',
  'Buffer',
  'global',
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'navigator',
  'Request',
  'Response',
  'Headers',
  'FormData',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'Worker',
  'localStorage',
  'sessionStorage',
] as const;

/** Call when all that needs them is loaded. Nothing is handed to learners' code through which they could be had again. */
export function takeAway(): void {
  for (const name of TAKEN) {
    Reflect.deleteProperty(globalThis, name);
  }
}
