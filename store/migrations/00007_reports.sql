-- Reports of what readers find wrong, a case a thing, and what was decided.
-- A comment has no foreign key here: what was decided on it outlives it.

-- +goose Up
create table report_case (
  id text primary key,
  site_id text not null references site (id),
  kind text not null,
  thing_id text not null,
  entry_id text not null references entry (id),
  person_id text references person (id),
  title text not null,
  excerpt text not null,
  revision bigint not null,
  state text not null,
  urgent boolean not null,
  opened_at bigint not null,
  outcome text not null,
  ground text not null,
  reason text not null,
  to_reporters text not null,
  to_author text not null,
  decided_by text references person (id),
  decided_at bigint not null,
  acted boolean not null
);
create index report_case_on_site on report_case (site_id, state, opened_at);
-- What waits is one case a thing.
create unique index report_case_waiting on report_case (thing_id) where state = 'waiting';

create table report (
  id text primary key,
  case_id text not null references report_case (id),
  reason text not null,
  words text not null,
  name text not null,
  email text not null,
  language text not null,
  quiet boolean not null,
  created_at bigint not null
);
create index report_of_case on report (case_id, created_at);
create index report_of_email on report (email, created_at);

create table report_appeal (
  id text primary key,
  case_id text not null references report_case (id),
  report_id text references report (id),
  person_id text references person (id),
  words text not null,
  created_at bigint not null,
  judged_by text references person (id),
  judged_at bigint not null,
  changed boolean not null,
  answer text not null
);
create index report_appeal_of_case on report_appeal (case_id, created_at);

create table report_key (
  token_hash text primary key,
  case_id text not null references report_case (id),
  report_id text references report (id),
  person_id text references person (id)
);
create index report_key_of_case on report_key (case_id);

-- Files of pictures that a decision took off: nobody is sent them, unless a
-- picture that is shown has the same.
create table hidden_file (
  hash text not null,
  media_id text not null references media (id),
  primary key (hash, media_id)
);
create index hidden_file_of_media on hidden_file (media_id);
