// The contract of stores over PostgreSQL with pgvector: a real one, compiled to WebAssembly, over its real protocol.

import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { afterAll } from 'vitest';
import { PostgresStore } from '../../../src/services/search/store/postgres.ts';
import type { Clock } from '../../../src/shared/environment.ts';
import { storeContract } from './storeContract.ts';

const db = await PGlite.create({ extensions: { vector } });
const socket = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 20 });
await socket.start();
// One connection a store: this server keeps one session for all, and mixes up what several ask of it at the same time.
const at = `postgres://postgres:secret@${socket.getServerConn()}/postgres`;
const opened: PostgresStore[] = [];
const names = new Map<unknown, string>();

async function open(name: string, clock: Clock): Promise<PostgresStore> {
  const store = await PostgresStore.open(at, { clock, name, connections: 1 });
  opened.push(store);
  names.set(store, name);
  return store;
}

storeContract('the store in PostgreSQL', {
  open: (clock) => open(`test_${names.size}`, clock),
  openAgain: (store, clock) => open(names.get(store) as string, clock),
  clear: async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  },
});

afterAll(async () => {
  await socket.stop();
  await db.close();
});
