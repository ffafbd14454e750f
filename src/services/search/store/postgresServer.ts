// A connection to PostgreSQL, and its errors as faults for people. The connection string's password stands in no message.

import pg from 'pg';
import { Fault } from '../../../shared/errors.ts';

export interface Server {
  readonly pool: pg.Pool;
  /** Where it is, for people: without the password. */
  readonly place: string;
  /** An error of the server, the network or ours as a fault without secrets. */
  fault(error: unknown): Fault;
}

/** Milliseconds. */
const CONNECTING = 10_000;
const ANSWERING = 120_000;
const MOST_CONNECTIONS = 4;
const INT8 = 20;

/** Connects when it is first asked something. @throws Fault `bad-params` for what is no connection string */
export function server(connectionString: string, connections = MOST_CONNECTIONS): Server {
  const { place, secrets } = placeOf(connectionString);
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: CONNECTING,
    query_timeout: ANSWERING,
    keepAlive: true,
    application_name: 'inside-llms',
    allowExitOnIdle: true,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as never },
  });
  // A connection that ends is replaced when one is needed again; whoever is using it is told by what was asked of it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { pool, place, fault: (error) => serverFault(error, place, secrets) };
}

function placeOf(connectionString: string): { place: string; secrets: string[] } {
  let url: URL;
  try {
    url = new URL(connectionString);
  } catch {
    throw notAString();
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw notAString();
  }
  const secrets = [url.password, decoded(url.password), url.searchParams.get('password') ?? ''];
  const user = url.username === '' ? '' : `${decoded(url.username)}@`;
  const place = `postgres://${user}${url.host}${decoded(url.pathname)}`;
  return { place, secrets: secrets.filter((secret) => secret !== '') };
}

function notAString(): Fault {
  return new Fault('bad-params', 'This is no connection string of PostgreSQL.', {
    remedy: 'Write it as postgres://user:password@host:5432/database.',
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** No `cause`: what drivers throw may carry the connection string. */
function serverFault(error: unknown, place: string, secrets: readonly string[]): Fault {
  if (error instanceof Fault) {
    return error;
  }
  let message = error instanceof Error ? error.message : String(error);
  for (const secret of secrets) {
    message = message.replaceAll(secret, '***');
  }
  const [what, remedy] = explain((error as { code?: unknown } | null)?.code, message);
  return new Fault('storage', `PostgreSQL at ${place} ${what}`, { where: place, remedy });
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
function explain(code: unknown, message: string): readonly [string, string] {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
      return ['does not answer.', 'See whether the server runs, and whether its host and port are right.'];
    case '28P01':
    case '28000':
      return ['does not take this user and password.', 'Enter the connection string again.'];
    case '3D000':
      return ['has no such database.', 'Create it, or name another one in the connection string.'];
    case '25006':
      return ['is read-only.', 'Name the primary server in the connection string, and not a copy of it.'];
    case '42501':
      return [`does not let this user do that: ${message}.`, 'Give the user CREATE on the database.'];
    case '53100':
      return ['has no room on its disk.', 'Make room there; what was kept before is still there.'];
    case '53300':
      return ['has too many connections.', 'Close some, or raise its max_connections.'];
    case '57P03':
      return ['is starting or stopping.', 'Try again in a moment.'];
  }
  if (/timeout|terminated|ended by|ECONNRESET|EPIPE/i.test(`${message} ${String(code)}`)) {
    return ['stopped answering.', 'It is tried again with the next change.'];
  }
  return [`failed: ${message}.`, 'See the log of the server.'];
}

/** The connection had ended before anything was asked. */
export function isLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    code === 'ECONNRESET' || code === 'EPIPE' || code === '57P01' || /terminated|not queryable/.test(String(message))
  );
}
