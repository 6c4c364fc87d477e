-- What programs need: the order of public changes, personal tokens, and the
-- answers that a repeated request gets again.

-- +goose Up
alter table network add column changes bigint not null default 0;

create table entry_change (
  entry_id text primary key references entry (id),
  site_id text not null references site (id),
  seq bigint not null
);
create index entry_change_in_order on entry_change (seq, entry_id);
create index entry_change_on_site on entry_change (site_id, seq, entry_id);

insert into entry_change (entry_id, site_id, seq)
select e.id, e.site_id, 1
from entry e
where e.status = 'published';
update network set changes = 1;

create table access_token (
  id text primary key,
  token_hash text not null unique,
  person_id text not null references person (id),
  name text not null,
  scopes text not null,
  site_id text references site (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint not null,
  revoked_at bigint not null
);
create index access_token_of_person on access_token (person_id, id);

create table repeat (
  token_id text not null references access_token (id),
  key text not null,
  request text not null,
  status bigint not null,
  header text not null,
  body text not null,
  created_at bigint not null,
  primary key (token_id, key)
);
create index repeat_since on repeat (created_at);
