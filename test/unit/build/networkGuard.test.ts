// The network guard itself: what leaves the machine is stopped and remembered, however it is tried; what a test serves
// is left alone. 192.0.2.0/24 is set aside for documentation and belongs to nobody.

import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { guard } from '../support/networkGuard.ts';

/** What was tried since the last look; looking clears it, so that these tests don't fail as intended. */
function taken(): string[] {
  const attempts = [...guard.attempts];
  guard.clear();
  return attempts;
}

function failure(emitter: NodeJS.EventEmitter): Promise<Error> {
  return new Promise((resolve) => emitter.once('error', resolve));
}

describe('stopped and remembered:', () => {
  afterEach(() => expect(taken(), 'the test looked at all of it').toEqual([]));

  test('fetch', async () => {
    await expect(fetch('http://192.0.2.1:81/a')).rejects.toThrow('fetch failed');
    expect(taken()).toEqual(['192.0.2.1:81']);
  });

  test('http.get', async () => {
    const error = await failure(http.get('http://192.0.2.1/a'));
    expect(error.message).toContain('192.0.2.1:80');
    expect(taken()).toEqual(['192.0.2.1:80']);
  });

  test('a plain and a secure socket', async () => {
    await failure(net.connect(443, '192.0.2.1'));
    await failure(tls.connect({ host: '192.0.2.2', port: 443 }));
    expect(taken()).toEqual(['192.0.2.1:443', '192.0.2.2:443']);
  });

  test('a look-up of a name', async () => {
    await new Promise<void>((resolve) => dns.lookup('models.example', () => resolve()));
    expect(taken()).toEqual(['models.example (look-up)']);
  });

  test('fetch by name, though the code under test swallows the error', async () => {
    await fetch('https://models.example/').catch(() => undefined);
    expect(taken().join()).toContain('models.example');
  });

  test('a datagram', () => {
    const socket = dgram.createSocket('udp4');
    expect(() => socket.send('x', 53, '192.0.2.1')).toThrow('192.0.2.1');
    socket.close();
    expect(taken()).toEqual(['192.0.2.1 (datagram)']);
  });

  test('a port of this machine on which nothing of the test listens', async () => {
    await failure(net.connect(9, '127.0.0.1'));
    expect(taken()).toEqual(['127.0.0.1:9']);
  });
});

test('what the test serves is reached', async () => {
  const server = http.createServer((_, response) => response.end('served'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('served');
  server.closeAllConnections();
  server.close();
  expect(guard.attempts).toEqual([]);
});
