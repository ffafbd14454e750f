// The tables of an index in SQLite, as the steps that made them: a new file goes through all of them, an older one
// through those that it lacks. A step that is out in the world is never changed; what is new is a step more.

/** Written into the file's header: `inLM`. By it the file is known to be ours. */
export const APPLICATION_ID = 0x696e4c4d;

/**
 * Step by step. Words are kept by FTS5 without their texts; it is given our own terms, joined by spaces, and told to take
 * them as they are (`ascii`: every character above ASCII belongs to a word). Not `contentless_delete`: with it BM25 goes on
 * counting rows that are gone. So a row leaves by its own terms, made again from the chunk's text.
 */
export const steps: readonly string[] = [
  `
  create table meta (key text primary key, value text not null) without rowid;
  create table totals (
    one integer primary key check (one = 1),
    changes integer not null, -- how often the index was changed
    chunks integer not null,
    terms integer not null
  );
  insert into totals values (1, 0, 0, 0);
  create table files (
    id integer primary key autoincrement,
    root text not null, path text not null,
    size integer not null, modified real not null, hash text not null,
    language text not null, cut text not null, indexed real not null,
    unique (root, path)
  );
  create table embedded (id integer primary key autoincrement, hash blob not null unique);
  create table chunks (
    id integer primary key autoincrement,
    file integer not null, kind text not null,
    start integer not null, "end" integer not null, start_line integer not null, end_line integer not null,
    names text not null, -- JSON
    embedded integer not null,
    terms integer not null -- how many
  );
  create index chunks_file on chunks (file);
  create index chunks_embedded on chunks (embedded);
  create table texts (chunk integer primary key, text text not null);
  create virtual table words using fts5(text, names, path, content='', tokenize='ascii');
  create virtual table vocabulary using fts5vocab(words, row);
  create table left_out (root text not null, path text not null, reason text not null, detail text not null);
  `,
  // Vectors: an id is embedder * 2^32 + embedded. `added` is totals.changes when it came; `loose` holds texts that
  // no chunk may use any more.
  `
  create table embedders (id integer primary key autoincrement, name text not null unique, dimensions integer not null);
  alter table totals add column removed integer not null default 0; -- how often vectors were deleted
  create table forgotten (embedder integer primary key);
  create table vectors (id integer primary key, added integer not null, scale real not null, row blob not null);
  create index vectors_added on vectors (added);
  create table exact_vectors (id integer primary key, row blob not null);
  create table loose (embedded integer primary key, since real not null);
  `,
  `
  create table lease (one integer primary key check (one = 1), owner text not null, until real not null);
  `,
];

/** The newest version that is known here; `pragma user_version`. */
export const SCHEMA_VERSION = steps.length;
