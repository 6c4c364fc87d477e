-- +goose Up
-- A proof-reading is of a draft, or by an animator of a proposal: tables made anew, since one engine can't let go of "not null".
create table proofreading_anew (
  id text primary key,
  draft_id text references draft (id) on delete cascade,
  entry_id text references entry (id) on delete cascade,
  person_id text references person (id),
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
insert into proofreading_anew
select id, draft_id, null, null, site_id, token_hash, email, name, credited, asked_by, reply_to, message, language, asked_at, ends_at,
  done_at, ended_at
from proofreading;

create table remark_anew (
  id text primary key,
  proofreading_id text not null references proofreading_anew (id) on delete cascade,
  field text not null,
  passage text not null,
  words text not null,
  instead text not null,
  state text not null,
  made_at bigint not null
);
insert into remark_anew
select id, proofreading_id, field, passage, words, instead, state, made_at
from remark;

drop table remark;
drop table proofreading;
alter table proofreading_anew rename to proofreading;
alter table remark_anew rename to remark;
create index proofreading_of_draft on proofreading (draft_id, asked_at);
create unique index proofreading_of_entry on proofreading (entry_id, person_id);
create index remark_of_proofreading on remark (proofreading_id, made_at);
