-- Talk under entries: comments, who follows them, thanks.

-- +goose Up
-- null until somebody chose: a site without a choice doesn't talk, a form
-- without one follows its site.
alter table site add column talk text;
alter table form add column talk text;
update form set talk = 'off' where built_in = 'page';

create table comment (
  id text primary key,
  site_id text not null references site (id),
  entry_id text not null references entry (id),
  parent_id text references comment (id),
  status text not null,
  kind text not null,
  byline_id text references byline (id),
  person_id text not null references person (id),
  language text not null,
  text text not null,
  html text not null,
  version bigint not null,
  -- hash of the secret of the form that it was sent with, twice perhaps
  key_hash text not null unique,
  follow boolean not null,
  reason text not null,
  decided_by text references person (id),
  created_at bigint not null,
  shown_at bigint not null,
  edited_at bigint not null,
  changed_at bigint not null
);
create index comment_on_entry on comment (entry_id, status, created_at, id);
create index comment_answers on comment (parent_id, status, created_at, id);
create index comment_on_site on comment (site_id, status, shown_at, id);
create index comment_of_person on comment (person_id, created_at, id);

create table comment_version (
  comment_id text not null references comment (id),
  number bigint not null,
  text text not null,
  made_at bigint not null,
  primary key (comment_id, number)
);

alter table challenge add column comment_id text references comment (id);

-- What an entry's talk is besides its comments. An entry without a row has
-- none yet.
create table talk (
  entry_id text primary key references entry (id),
  closed_at bigint not null,
  thanks bigint not null
);

create table talk_follow (
  entry_id text not null references entry (id),
  person_id text not null references person (id),
  token text not null unique,
  following boolean not null,
  round bigint not null,
  told_until bigint not null,
  mailed_at bigint not null,
  primary key (entry_id, person_id)
);
create index talk_follow_of_person on talk_follow (person_id);

-- Who wants no mail about any talk.
create table talk_silence (
  person_id text primary key references person (id),
  created_at bigint not null
);

-- Who said thank you today: hashes under the day's secret. Both are deleted
-- when the day is over, and only the count in talk stays.
create table thank (
  day bigint not null,
  hash text not null,
  entry_id text not null references entry (id),
  primary key (day, hash)
);
create table thank_secret (
  day bigint primary key,
  secret text not null
);
