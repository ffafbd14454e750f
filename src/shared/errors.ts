// Errors that reach people. Each names what is wrong, where, and what to do; each has a code that survives every hop.

/** The kinds of fault a user can meet. The code travels between processes; the message is for people. */
export type FaultCode =
  | 'bad-input' // the data or the text given is at fault
  | 'bad-params' // a program's parameters are at fault
  | 'unknown-program'
  | 'unknown-encoding'
  | 'unknown-session' // ended, or lost when its worker ended
  | 'refused' // a message that this side doesn't take, or takes in another shape
  | 'too-large' // would pass a stated limit
  | 'not-found'
  | 'model-missing' // a model has to be fetched first: `where` is its id
  | 'worker-died'
  | 'storage' // could not be kept
  | 'cancelled'
  | 'internal'; // a mistake of ours, not of the user's

/** JSON-RPC's code for an error of ours; its `data` is a {@link FaultData}. */
export const FAULT_RPC_CODE = -32050;

/** What a fault carries over the wire, beside its message. */
export interface FaultData {
  readonly code: FaultCode;
  /** Where it is: a file with its line, a parameter's name, an offset. */
  readonly where?: string;
  /** What the user can do about it, as a sentence. */
  readonly remedy?: string;
}

/**
 * An error made for people. `message` says what is wrong; `where` and `remedy` say the rest.
 *
 * Example: `new Fault('bad-params', 'bpe-train: merges must be 500 or less, and is 900.', { where: 'merges' })`
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly where: string | undefined;
  readonly remedy: string | undefined;

  constructor(code: FaultCode, message: string, more: { where?: string; remedy?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.where = more.where;
    this.remedy = more.remedy;
  }

  /** Of any bundle: what runs real models is one of its own, with a class `Fault` of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Fault' && typeof (value as Partial<Fault>).code === 'string';
  }

  get data(): FaultData {
    return { code: this.code, ...(this.where && { where: this.where }), ...(this.remedy && { remedy: this.remedy }) };
  }

  /** The message and the remedy as one text. */
  get full(): string {
    return this.remedy ? `${this.message} ${this.remedy}` : this.message;
  }
}

/**
 * The fault inside an error that came over a connection, or the error itself as a fault: `internal` for one that nobody
 * foresaw. Never throws.
 */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) {
    return error;
  }
  const { message, data, code } = (error ?? {}) as { message?: unknown; data?: Partial<FaultData>; code?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(error);
  // -32800 is JSON-RPC's own "request cancelled"; -32097 and -32099 mean that the connection closed under the call.
  if (code === -32800) {
    return new Fault('cancelled', text, { cause: error });
  }
  if (code === -32097 || code === -32099) {
    return new Fault('worker-died', text, { cause: error });
  }
  if (data !== null && typeof data === 'object' && typeof data.code === 'string') {
    return new Fault(data.code, text, { ...data, cause: error });
  }
  return new Fault('internal', text, { cause: error });
}
