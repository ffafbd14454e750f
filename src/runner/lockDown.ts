// Before learners' code is loaded: takes from the global scope all but the language and a few helpers, and makes what is
// left read-only. Code that patches Array.prototype or Math would otherwise spoil the check that judges it, and the next.

/** Beside the language itself. Node's own are reached through none of these. */
const HELPERS = [
  'console',
  'performance',
  'queueMicrotask',
  'setTimeout',
  'clearTimeout',
  'structuredClone',
  'TextEncoder',
  'TextDecoder',
] as const;

const LANGUAGE = [
  ...['AggregateError', 'Array', 'ArrayBuffer', 'AsyncDisposableStack', 'Atomics', 'BigInt', 'BigInt64Array'],
  ...['BigUint64Array', 'Boolean', 'DataView', 'Date', 'DisposableStack', 'Error', 'EvalError', 'FinalizationRegistry'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'Function', 'Infinity', 'Int16Array', 'Int32Array', 'Int8Array'],
  ...['Intl', 'Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError'],
  ...['ReferenceError', 'Reflect', 'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'SuppressedError', 'Symbol'],
  ...['SyntaxError', 'Temporal', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'WeakMap', 'WeakRef', 'WeakSet', 'WebAssembly', 'decodeURI', 'decodeURIComponent'],
  ...['encodeURI', 'encodeURIComponent', 'escape', 'eval', 'globalThis', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
  ...['undefined', 'unescape'],
];

/** Objects of the language that no global names, by an example of each. */
const NAMELESS: readonly object[] = [
  function* () {},
  async () => {},
  async function* () {},
  (function* () {})(),
  (async function* () {})(),
  [][Symbol.iterator](),
  ''[Symbol.iterator](),
  ''.matchAll(/a/gu),
  new Map().entries(),
  new Set().values(),
].map((example) => Object.getPrototypeOf(example) as object);

/** What plain assignment to an object of one's own must still reach: `error.name = 'Odd'`. */
const OVERRIDDEN: readonly object[] = [
  Object.prototype,
  Function.prototype,
  ...[Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    (Class) => Class.prototype,
  ),
];

/**
 * Call when all that needs the rest is loaded.
 *
 * @param helpers take the place of the globals of these names
 * @param ours objects that learners' code is handed: made read-only too, with what they name
 */
export function lockDown(helpers: Readonly<Record<string, unknown>>, ours: readonly object[]): void {
  for (const [name, value] of Object.entries(helpers)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const kept = new Set<PropertyKey>([...LANGUAGE, ...HELPERS]);
  for (const name of Reflect.ownKeys(globalThis)) {
    if (!kept.has(name)) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
  OVERRIDDEN.forEach(allowOverride);
  const frozen = new Set<object>();
  const waiting: unknown[] = [...Object.values(Object.getOwnPropertyDescriptors(globalThis)), ...NAMELESS, ...ours];
  for (const value of waiting) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) {
      continue;
    }
    frozen.add(value);
    waiting.push(Object.getPrototypeOf(value));
    for (const { value: inner, get, set } of Object.values(Object.getOwnPropertyDescriptors(value))) {
      waiting.push(inner, get, set);
    }
    // A module's namespace can't be frozen, and can't be changed either.
    if (Object.prototype.toString.call(value) !== '[object Module]') {
      Object.freeze(value);
    }
  }
  Object.freeze(globalThis);
}

/** With a read-only property inherited, an assignment would throw in place of making the object's own. */
function allowOverride(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const { value, configurable, enumerable = false } = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
    if (configurable && value !== undefined) {
      Object.defineProperty(prototype, key, {
        get: () => value as unknown,
        set(this: object, next: unknown) {
          if (this === prototype) {
            throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
          }
          Object.defineProperty(this, key, { value: next, writable: true, enumerable: true, configurable: true });
        },
        enumerable,
        configurable: true,
      });
    }
  }
}
