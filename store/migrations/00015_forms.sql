-- +goose Up
alter table form add column settings text not null default '{}';
-- The keys of answers that not everybody may see, and who may; derived from fields.
alter table form add column hidden text not null default '{}';
alter table form add column binned_at bigint not null default 0;

create table form_version (
  form_id text not null references form (id),
  number bigint not null,
  form text not null,
  made_by text references person (id),
  made_at bigint not null,
  primary key (form_id, number)
);

-- A form as an animator goes on changing it, not yet for writers.
create table form_draft (
  form_id text primary key references form (id) on delete cascade,
  form text not null,
  version bigint not null,
  made_by text references person (id),
  updated_at bigint not null
);

-- What lists are narrowed, counted and sorted by: public answers alone. The
-- field '' is the title. doc is the row of entry_index.
create table entry_value (
  doc bigint not null,
  form_id text not null,
  field text not null,
  value text not null,
  shown boolean not null
);
create index entry_value_of_form on entry_value (form_id, field, value, shown, doc);
create index entry_value_of_doc on entry_value (doc, field, value);

create table entry_place (
  doc bigint not null,
  form_id text not null,
  field text not null,
  lat double precision not null,
  lon double precision not null,
  shown boolean not null
);
create index entry_place_of_form on entry_place (form_id, field, shown, lat, lon, doc);
create index entry_place_of_doc on entry_place (doc);

-- Personal links by which contributors bring others.
create table handing (
  id text primary key,
  token text not null unique,
  site_id text not null references site (id),
  person_id text not null references person (id),
  name text not null,
  shown boolean not null,
  made_at bigint not null,
  ended_at bigint not null
);
create index handing_of_person on handing (person_id, site_id);

-- Passages that animators gather under a word, after the fact.
create table quotation (
  id text primary key,
  site_id text not null references site (id),
  form_id text not null references form (id),
  entry_id text not null references entry (id) on delete cascade,
  field text not null,
  words text not null,
  vocabulary_id text not null references vocabulary (id) on delete cascade,
  term text not null,
  made_by text references person (id),
  made_at bigint not null
);
create index quotation_of_entry on quotation (entry_id);
create index quotation_of_form on quotation (form_id, vocabulary_id, term);

create table dossier (
  id text primary key,
  site_id text not null references site (id),
  slug text not null,
  title text not null,
  introduction text not null,
  rendered text not null,
  language text not null,
  published_at bigint not null,
  binned_at bigint not null,
  made_by text references person (id),
  made_at bigint not null,
  updated_at bigint not null,
  unique (site_id, slug)
);

create table dossier_entry (
  dossier_id text not null references dossier (id) on delete cascade,
  entry_id text not null references entry (id) on delete cascade,
  position bigint not null,
  primary key (dossier_id, entry_id)
);

create table form_import (
  id text primary key,
  form_id text not null references form (id),
  site_id text not null references site (id),
  name text not null,
  content text not null,
  state text not null,
  done bigint not null,
  made_by text references person (id),
  made_at bigint not null,
  updated_at bigint not null
);
create index form_import_of_form on form_import (form_id, made_at);

create table import_line (
  import_id text not null references form_import (id) on delete cascade,
  line bigint not null,
  entry_id text not null,
  before bigint not null,
  primary key (import_id, line)
);

create table import_key (
  form_id text not null references form (id),
  folded text not null,
  entry_id text not null,
  primary key (form_id, folded)
);

-- What a network or a site shows maps with, and finds addresses by.
alter table network add column maps text not null default '{}';

-- The people of an organisation, who share what they sign in its name.
create table crew (
  id text not null,
  byline_id text not null references byline (id),
  person_id text not null references person (id),
  since bigint not null,
  primary key (byline_id, person_id)
);
create index crew_of_id on crew (id);
