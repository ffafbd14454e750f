-- An index as version 1 of the tables had it, with two files. Never changed: files like it may still be about.
create table meta (key text primary key, value text not null) without rowid;
create table totals (one integer primary key check (one = 1), changes integer not null, chunks integer not null, terms integer not null);
create table files (
  id integer primary key autoincrement, root text not null, path text not null, size integer not null,
  modified real not null, hash text not null, language text not null, cut text not null, indexed real not null,
  unique (root, path)
);
create table embedded (id integer primary key autoincrement, hash blob not null unique);
create table chunks (
  id integer primary key autoincrement, file integer not null, kind text not null,
  start integer not null, "end" integer not null, start_line integer not null, end_line integer not null,
  names text not null, embedded integer not null, terms integer not null
);
create index chunks_file on chunks (file);
create index chunks_embedded on chunks (embedded);
create table texts (chunk integer primary key, text text not null);
create virtual table words using fts5(text, names, path, content='', tokenize='ascii');
create virtual table vocabulary using fts5vocab(words, row);
create table left_out (root text not null, path text not null, reason text not null, detail text not null);

insert into totals values (1, 5, 2, 8);
insert into meta values ('terms version', '0'), ('model', 'minilm');
insert into files values (1, 'r', 'a.ts', 10, 1.5, 'h1', 'typescript', 'lines', 7), (2, 'r', 'b.md', 20, 2.5, 'h2', 'markdown', 'lines', 8);
insert into embedded values (1, x'00112233445566778899aabbccddeeff'), (2, x'ffeeddccbbaa99887766554433221100');
insert into chunks values (1, 1, 'lines', 0, 10, 1, 1, '["Outer"]', 1, 4), (2, 2, 'section', 0, 12, 1, 2, '[]', 2, 4);
insert into texts values (1, 'fooBar baz'), (2, 'second thing');
-- These terms were made otherwise than today's.
insert into words (rowid, text, names, path) values (1, 'foobar baz', 'outer', 'a ts'), (2, 'second thing', '', 'b md');
insert into left_out values ('r', '.env', 'secret', '.env');
pragma application_id = 0x696e4c4d;
pragma user_version = 1;
