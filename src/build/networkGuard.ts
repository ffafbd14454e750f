// Stops connections to anything but this machine's own listeners, and remembers each attempt. It patches Node's sockets
// and look-ups, under which http, tls and fetch all lie. It knows nothing of browsers: their pages are watched where
// they are opened.

import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

export interface NetworkGuard {
  /** Every attempt so far, as `host:port`. */
  readonly attempts: readonly string[];
  clear(): void;
}

/**
 * From now on, a connection to anything but a port that this process (or thread) itself listens on fails in the caller,
 * as does a look-up of another machine's name.
 *
 * @param onAttempt told of each, with the stack of who tried.
 */
export function guardNetwork(onAttempt: (target: string, stack: string) => void): NetworkGuard {
  const attempts: string[] = [];
  const served = new Set<number>();
  const refuse = (target: string): Error => {
    const error = new Error(`The network guard stopped a connection to ${target}: nothing here served it.`);
    attempts.push(target);
    onAttempt(target, error.stack ?? '');
    return error;
  };

  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]) {
    this.once('listening', () => {
      const address = this.address();
      if (address !== null && typeof address === 'object') {
        served.add(address.port);
      }
    });
    return Reflect.apply(listen, this, args);
  } as typeof listen;

  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const target = targetOf(args);
    if (target && !(isLoopback(target.host) && served.has(target.port))) {
      const error = refuse(`${target.host}:${target.port}`);
      process.nextTick(() => this.destroy(error));
      return this;
    }
    return Reflect.apply(connect, this, args);
  } as typeof connect;

  const lookup = dns.lookup;
  const guarded = (host: string, ...rest: unknown[]) => {
    if (!isLoopback(host)) {
      const error = refuse(`${host} (look-up)`);
      const callback = rest.at(-1);
      if (typeof callback === 'function') {
        process.nextTick(() => callback(error));
        return {};
      }
    }
    return Reflect.apply(lookup, dns, [host, ...rest]);
  };
  dns.lookup = Object.assign(guarded, lookup) as typeof lookup;

  const send = dgram.Socket.prototype.send;
  dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]) {
    const host = args.find((arg, index) => index > 0 && typeof arg === 'string') as string | undefined;
    if (host !== undefined && !isLoopback(host)) {
      throw refuse(`${host} (datagram)`);
    }
    return Reflect.apply(send, this, args);
  } as typeof send;

  return {
    attempts,
    clear: () => {
      attempts.length = 0;
    },
  };
}

/** Where a socket is asked to go; undefined for a pipe or a local socket, which stays on this machine. */
function targetOf(args: readonly unknown[]): { host: string; port: number } | undefined {
  // net.connect hands on its arguments as one normalized list.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (first !== null && typeof first === 'object') {
    const { path, host, port } = first as { path?: unknown; host?: string; port?: number | string };
    return path ? undefined : { host: host ?? 'localhost', port: Number(port) };
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) {
    return undefined;
  }
  return { host: typeof second === 'string' ? second : 'localhost', port: Number(first) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127\./.test(host);
}
