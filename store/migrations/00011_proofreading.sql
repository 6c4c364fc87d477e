-- +goose Up
-- Who was asked to read a draft over, and what they said of its passages.
create table proofreading (
  id text primary key,
  draft_id text not null references draft (id) on delete cascade,
  site_id text not null references site (id),
  token_hash text not null unique,
  email text not null,
  name text not null,
  credited boolean not null,
  asked_by text not null,
  reply_to text not null,
  message text not null,
  language text not null,
  asked_at bigint not null,
  ends_at bigint not null,
  done_at bigint not null,
  ended_at bigint not null
);
create index proofreading_of_draft on proofreading (draft_id, asked_at);

create table remark (
  id text primary key,
  proofreading_id text not null references proofreading (id) on delete cascade,
  field text not null,
  passage text not null,
  words text not null,
  instead text not null,
  state text not null,
  made_at bigint not null
);
create index remark_of_proofreading on remark (proofreading_id, made_at);
