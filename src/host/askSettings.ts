// What the settings say about who answers, and how far a prompt would go. Knows nothing of vscode.

import {
  ASK_ENDPOINT,
  ASK_THRESHOLD,
  ASK_WINDOW,
  type AskGenerator,
  type GeneratorKind,
} from '../shared/askMessages.ts';

export interface AskSettings {
  readonly generator: GeneratorKind;
  readonly endpoint: string;
  /** Empty for the first that is offered. */
  readonly model: string;
  readonly threshold: number;
  /** Tokens of the endpoint's model. */
  readonly window: number;
}

const KINDS: readonly GeneratorKind[] = ['none', 'local', 'endpoint', 'editor'];
const LEAST_WINDOW = 256;

/** @param get a setting by its full name; what makes no sense there is as if it were absent */
export function askSettingsOf(get: (key: string) => unknown): AskSettings {
  const threshold = get('insideLlms.ask.threshold');
  const window = get('insideLlms.ask.contextWindow');
  return {
    generator: KINDS.find((kind) => kind === get('insideLlms.ask.generator')) ?? 'none',
    endpoint: text(get('insideLlms.ask.endpoint')) || ASK_ENDPOINT,
    model: text(get('insideLlms.ask.model')),
    threshold: typeof threshold === 'number' && threshold >= -1 && threshold <= 1 ? threshold : ASK_THRESHOLD,
    window: typeof window === 'number' && window >= LEAST_WINDOW ? Math.floor(window) : ASK_WINDOW,
  };
}

const ADDRESS = /^(https?):\/\/(\[[\da-f:.]+\]|[^/@:?#\s[\]]+)(:\d{1,5})?(?:[/?#]\S*)?$/i;

/** Where an endpoint is; not `valid` where its address is none, or holds a password. */
export function reachOf(endpoint: string): Pick<AskGenerator, 'address' | 'reach'> & { readonly valid: boolean } {
  const [, scheme, host, port = ''] = ADDRESS.exec(endpoint) ?? [];
  if (scheme === undefined || host === undefined) {
    return { address: '', reach: 'nowhere', valid: false };
  }
  const near = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(host);
  return {
    address: `${scheme}://${host}${port}`.toLowerCase(),
    reach: near ? 'machine' : scheme.toLowerCase() === 'https' ? 'outside' : 'clear',
    valid: true,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
