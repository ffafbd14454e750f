// The tables of an index in PostgreSQL, each index in a schema of its own, as the steps that made them. The same tables
// as SQLite's, but that words are counted in a table (`postings`) and that each embedder has a table of vectors.

import type pg from 'pg';
import { TERMS_VERSION } from '../../../retrieval/lexical/terms.ts';
import { Fault } from '../../../shared/errors.ts';

/** Any number that nobody else locks by. */
const MIGRATION_LOCK = 0x696e4c4d;

/** `$` stands for the schema. A step that is out in the world is never changed. */
const steps: readonly string[] = [
  `
  create table $.meta (key text primary key, value text not null);
  create table $.totals (
    one int primary key check (one = 1), changes bigint not null, chunks bigint not null, terms bigint not null
  );
  insert into $.totals values (1, 0, 0, 0);
  create table $.files (
    id bigint generated always as identity primary key,
    root text collate "C" not null, path text collate "C" not null,
    size bigint not null, modified float8 not null, hash text not null,
    language text collate "C" not null, cut text not null, indexed float8 not null,
    unique (root, path)
  );
  create table $.embedded (id bigint generated always as identity primary key, hash bytea not null unique);
  create sequence $.chunk_ids;
  create table $.chunks (
    id bigint primary key, file bigint not null, kind text not null,
    start int not null, "end" int not null, start_line int not null, end_line int not null,
    names text not null, embedded bigint not null, terms int not null
  );
  create index on $.chunks (file);
  create index on $.chunks (embedded, id);
  create table $.texts (chunk bigint primary key, text bytea not null); -- text takes no NUL
  create table $.postings (
    term text collate "C" not null, chunk bigint not null,
    in_text int not null, in_names int not null, in_path int not null,
    primary key (term, chunk)
  );
  create index on $.postings (chunk);
  create table $.left_out (
    root text collate "C" not null, path text collate "C" not null, reason text not null, detail text not null
  );
  create table $.embedders (
    id bigint generated always as identity primary key, name text collate "C" not null unique, dimensions int not null
  );
  create table $.loose (embedded bigint primary key, since float8 not null);
  create table $.lease (one int primary key check (one = 1), owner text not null, until float8 not null);
  `,
];

/**
 * Makes the schema, or brings it up to date: several windows may do so at once.
 *
 * @param now milliseconds since 1970
 * @returns how the type `vector` is called, with the schema that it is in
 * @throws Fault `bad-input` (made by a newer version), `not-found` (no pgvector), or what the server says
 */
export async function prepareSchema(client: pg.PoolClient, schema: string, now: number): Promise<string> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  const vector = await prepareVector(client);
  await client.query(`create schema if not exists ${schema}`);
  await client.query(`create table if not exists ${schema}.version (version int not null, terms int not null)`);
  const { rows } = await client.query<{ version: number; terms: number }>(
    `select version, terms from ${schema}.version`,
  );
  const { version, terms } = rows[0] ?? { version: 0, terms: TERMS_VERSION };
  if (version > steps.length || terms > TERMS_VERSION) {
    throw new Fault('bad-input', `The index in the schema ${schema} was made by a newer version of Inside LLMs.`, {
      where: schema,
      remedy: 'Update Inside LLMs, or drop the schema to have the index built anew.',
    });
  }
  for (const step of steps.slice(version)) {
    await client.query(step.replaceAll('$.', `${schema}.`));
  }
  if (terms < TERMS_VERSION) {
    // Files are indexed again; vectors are kept by their texts.
    await client.query(
      `truncate ${['files', 'chunks', 'texts', 'postings'].map((table) => `${schema}.${table}`).join(', ')}`,
    );
    await client.query(`insert into ${schema}.loose select id, $1 from ${schema}.embedded on conflict do nothing`, [
      now,
    ]);
    await client.query(`update ${schema}.totals set chunks = 0, terms = 0, changes = changes + 1`);
  }
  if (version < steps.length || terms < TERMS_VERSION) {
    await client.query(`delete from ${schema}.version`);
    await client.query(`insert into ${schema}.version values ($1, $2)`, [steps.length, TERMS_VERSION]);
  }
  await client.query('commit');
  return vector;
}

async function prepareVector(client: pg.PoolClient): Promise<string> {
  const find = `select quote_ident(n.nspname) as schema from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'`;
  let found = await client.query<{ schema: string }>(find);
  if (found.rows.length === 0) {
    const available = await client.query("select 1 from pg_available_extensions where name = 'vector'");
    if (available.rows.length === 0) {
      throw new Fault('not-found', 'This PostgreSQL has no pgvector, in which vectors are kept.', {
        remedy: 'Install the extension "vector" on the server, or keep the index in SQLite.',
      });
    }
    await client.query('create extension vector');
    found = await client.query<{ schema: string }>(find);
  }
  return found.rows[0].schema;
}

/** @throws Fault `bad-input` when another version has taken the index over since it was opened */
export async function checkVersion(client: pg.PoolClient, schema: string): Promise<void> {
  const { rows } = await client.query<{ version: number; terms: number }>(
    `select version, terms from ${schema}.version`,
  );
  if (rows[0]?.version !== steps.length || rows[0].terms !== TERMS_VERSION) {
    throw new Fault('bad-input', `The index in the schema ${schema} is now kept by another version of Inside LLMs.`, {
      where: schema,
      remedy: 'Reload the windows that are open, so that all have the same version.',
    });
  }
}
