// What becomes of an index in PostgreSQL when the server is not what it should be; and that no message tells the password.

import { type AddressInfo, createServer, type Server } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll, afterEach, expect, it } from 'vitest';
import { PostgresStore } from '../../../src/services/search/store/postgres.ts';
import { Fault } from '../../../src/shared/errors.ts';
import { sampleChunks, sampleFile } from './storeSamples.ts';

const PASSWORD = 'pä$$/word';
const clock = { now: () => 1_000_000, elapsed: () => 0 };
const db = await PGlite.create({ extensions: { vector } });
let socket = await serve(0);
const at = addressOf(Number(socket.getServerConn().split(':')[1]));
const opened: PostgresStore[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  for (const server of servers.splice(0)) {
    server.close();
  }
});
afterAll(async () => {
  await socket.stop();
  await db.close();
});

async function serve(port: number, pglite: PGlite = db): Promise<PGLiteSocketServer> {
  const server = new PGLiteSocketServer({ db: pglite, host: '127.0.0.1', port, maxConnections: 20 });
  await server.start();
  return server;
}

function addressOf(port: number): string {
  return `postgres://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/data?application_name=x`;
}

async function open(address = at, name = 'index'): Promise<PostgresStore> {
  const store = await PostgresStore.open(address, { clock, name, connections: 1 });
  opened.push(store);
  return store;
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const fault = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(Fault);
  const told = [(fault as Fault).full, (fault as Fault).stack, JSON.stringify((fault as Fault).data)].join(' ');
  expect(told).not.toContain(PASSWORD);
  expect(told).not.toContain(encodeURIComponent(PASSWORD));
  expect((fault as Fault).cause).toBeUndefined();
  return fault as Fault;
}

/** A server that answers everyone who says hello with one error. */
async function refusing(code: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  const server = createServer((client) => {
    client.once('data', () => client.end(Buffer.concat([head, fields])));
    client.on('error', () => {});
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return addressOf((server.address() as AddressInfo).port);
}

it.each([
  ['28P01', 'password authentication failed', 'does not take this user and password'],
  ['3D000', 'database "data" does not exist', 'has no such database'],
  ['53300', 'too many clients', 'too many connections'],
  ['57P03', 'the database system is starting up', 'starting or stopping'],
  ['XX000', `odd: ${PASSWORD}`, 'failed: odd: ***'],
])('says what the server says (%s)', async (code, message, told) => {
  const fault = await faultOf(open(await refusing(code, message)));
  expect(fault).toMatchObject({ code: 'storage', message: expect.stringContaining(told) });
  expect(fault.where).toMatch(/^postgres:\/\/me@127\.0\.0\.1:\d+\/data$/);
});

it('says when no server is there, and goes on when it is back', async () => {
  const store = await open();
  await store.apply({ write: [{ file: sampleFile('a.ts'), chunks: sampleChunks('hello') }] });
  const port = Number(socket.getServerConn().split(':')[1]);
  await socket.stop();
  expect(await faultOf(store.files())).toMatchObject({ code: 'storage' });
  expect(await faultOf(store.files())).toMatchObject({ message: expect.stringContaining('does not answer') });
  expect(await faultOf(open())).toMatchObject({ message: expect.stringContaining('does not answer') });
  socket = await serve(port);
  expect(await store.lexical(['hello'], 5)).toHaveLength(1);
  await socket.stop();
  socket = await serve(port);
  // The connection was cut while it was idle: neither reading nor writing has to know.
  await store.setMeta('a', 'b');
  expect(await store.meta('a')).toBe('b');
  expect(store.place).toBe(`postgres://me@127.0.0.1:${port}/data (inside_llms_index)`);
});

it('says when there is no pgvector', { timeout: 90_000 }, async () => {
  const plain = await PGlite.create();
  const without = await serve(0, plain);
  const fault = await faultOf(open(addressOf(Number(without.getServerConn().split(':')[1]))));
  expect(fault).toMatchObject({ code: 'not-found', message: expect.stringContaining('no pgvector') });
  await without.stop();
  await plain.close();
});

it('says when the server is read-only', async () => {
  const store = await open();
  await db.exec('set default_transaction_read_only = on');
  const fault = await faultOf(store.apply({}));
  await db.exec('set default_transaction_read_only = off');
  expect(fault).toMatchObject({ code: 'storage', message: expect.stringContaining('read-only') });
  await store.apply({});
});

it.each(['nonsense', `mysql://me:${PASSWORD}@host/db`, `postgres://me:${PASSWORD}@[bad/db`])(
  'takes no connection string that is none',
  async (text) => {
    expect(await faultOf(open(text))).toMatchObject({ code: 'bad-params' });
  },
);

it('takes no name that would not be one on the server', async () => {
  expect(await faultOf(open(at, 'x; drop table a'))).toMatchObject({ code: 'bad-params' });
});

it('leaves a newer index alone, and stops writing when another window has been updated', async () => {
  const store = await open(at, 'newer');
  await db.exec('update inside_llms_newer.version set version = 900');
  expect(await faultOf(open(at, 'newer'))).toMatchObject({ code: 'bad-input' });
  expect(await faultOf(store.apply({}))).toMatchObject({
    code: 'bad-input',
    remedy: expect.stringContaining('Reload'),
  });
});

it('has files indexed anew when terms are cut otherwise, and keeps vectors', async () => {
  const write = [{ file: sampleFile('a.ts'), chunks: sampleChunks('hello') }];
  const before = await open(at, 'older');
  await before.apply({ write });
  const [chunk] = await before.chunkPage(0, 10);
  await before.putVectors('m', 2, new Map([[chunk.id, new Float32Array([1, 0])]]));
  await before.close();
  await db.exec('update inside_llms_older.version set terms = 0');
  const after = await open(at, 'older');
  expect(await after.files()).toEqual([]);
  await after.apply({ write });
  expect(await after.withoutVectors('m', 5)).toEqual([]);
});

it('keeps indexes of other names apart', async () => {
  const [a, b] = [await open(at, 'a'), await open(at, 'b')];
  await a.apply({ write: [{ file: sampleFile('a.ts'), chunks: sampleChunks('hello') }] });
  expect(await b.files()).toEqual([]);
});
