-- Full-text search, where the engines differ: see docs/decisions/0008.

-- +goose Up
-- What search looks into beside the words: the columns that it filters and
-- counts by, so that it never reads the long rows of entry. doc names an entry in
-- the words; digest is that of the texts that were analysed, version that of the
-- chain that did it.
create table entry_index (
  doc integer primary key,
  id text not null unique references entry (id),
  site_id text not null,
  form_id text not null,
  section_id text,
  status text not null,
  language text not null,
  licence text not null,
  debut boolean not null,
  created_by text,
  proposed_at bigint not null,
  updated_at bigint not null,
  published_at bigint not null,
  featured_at bigint not null,
  digest text not null,
  version bigint not null
);
create index entry_index_on_site on entry_index (site_id, status, published_at, id);
create index entry_index_on_network on entry_index (status, published_at, id);
create index entry_index_version on entry_index (version);

-- The words of published entries, folded, each once for the whole network, to
-- guess what a slip was meant to be. reversed is the word backwards: who slips
-- in one half of a word types the other one right.
create table word (
  folded text primary key,
  reversed text not null,
  shown text not null
);
create index word_reversed on word (reversed);

-- Terms come analysed, with a space between them.
create virtual table entry_words using fts5 (
  title, facts, body, content = '', contentless_delete = 1, tokenize = "ascii", prefix = '2 3'
);

alter table entry drop column folded;
