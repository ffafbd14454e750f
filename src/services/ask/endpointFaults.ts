// What can go wrong between us and an endpoint, said for people.

import { Fault } from '../../shared/errors.ts';

/** Of what a server says, in characters. */
const MOST_SAID = 300;

export function addressFault(address: string): Fault {
  // A password in it would be told to everyone who sees the fault.
  const shown = address.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
  return new Fault('bad-params', `"${shown}" is no address of an endpoint.`, {
    where: 'endpoint',
    remedy: 'It begins with http:// or https://, has no password in it, and mostly ends in /v1.',
  });
}

export function emptyFault(place: string): Fault {
  return new Fault('bad-input', `${place} answered with nothing.`, { remedy: 'Ask again, or choose another model.' });
}

/** @param said by the server, in one line; empty where it said nothing */
export function statusFault(
  { status, headers }: Response,
  said: string,
  { place, model }: { readonly place: string; readonly model: string },
): Fault {
  const what = (text: string) => `${text}${said === '' ? '' : `: ${said}`}`;
  switch (status) {
    case 401:
    case 403:
      return new Fault('refused', what(`${place} refused the key (${status})`), {
        remedy: 'Run "Set Endpoint Key…", or set INSIDE_LLMS_API_KEY on the command line.',
      });
    case 404:
      return new Fault(
        'not-found',
        what(model === '' ? `${place} has no list of models (404)` : `${place} knows no model "${model}" (404)`),
        {
          remedy: 'Name a model that it has, and see that the address is that of the API: it mostly ends in /v1.',
        },
      );
    case 429: {
      const after = Number(headers.get('retry-after'));
      const wait = after > 0 ? ` It says to wait ${after} seconds.` : '';
      return new Fault('refused', what(`${place} has had too many requests, or the quota is used up (429)`), {
        remedy: `Wait a while, then ask again.${wait}`,
      });
    }
    default:
      return new Fault('bad-input', what(`${place} answered with an error (${status})`), {
        remedy:
          status >= 500 ? 'Look at the server’s log, and ask again.' : 'See whether the model takes such a prompt.',
      });
  }
}

/** @param late whether it was given up because nothing came */
export function connectionFault(error: unknown, place: string, late: boolean): Fault {
  const cause = (error as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } } | null)?.cause;
  if (late) {
    return new Fault('not-found', `${place} did not answer in time.`, {
      remedy: 'A large model may still be loading: ask again in a while.',
      cause: error,
    });
  }
  const why = String(cause?.code ?? cause?.message ?? (error as Error)?.message ?? error);
  if (/redirect/i.test(why)) {
    return new Fault('refused', `${place} sends on to another address, and was not followed there.`, {
      remedy: 'Write the right address into the setting "Inside LLMs › Ask: Endpoint".',
      cause: error,
    });
  }
  if (why === 'ECONNREFUSED' || why === 'ENOTFOUND' || why === 'EAI_AGAIN') {
    return new Fault('not-found', `Nothing answers at ${place} (${why}).`, {
      remedy: 'Start the server, or write its address into the setting "Inside LLMs › Ask: Endpoint".',
      cause: error,
    });
  }
  const closed = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(why);
  const how = closed ? 'the connection was closed' : why.slice(0, MOST_SAID);
  return new Fault('bad-input', `The answer of ${place} broke off: ${how}.`, {
    remedy: 'Ask again. If it happens each time, look at the server’s log.',
    cause: error,
  });
}

/** The message in a server's error, which is JSON or a text; nothing of a web page. */
export function saidBy(body: string): string {
  try {
    const { error, message, detail } = JSON.parse(body) as Record<string, unknown>;
    const inner = typeof error === 'object' ? (error as { readonly message?: unknown } | null)?.message : error;
    const said = inner ?? message ?? detail;
    return typeof said === 'string' ? said.slice(0, MOST_SAID) : '';
  } catch {
    return body.startsWith('<') ? '' : body.slice(0, MOST_SAID);
  }
}
