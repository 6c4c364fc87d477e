-- +goose Up
create table draft_state (
  draft_id text not null references draft (id) on delete cascade,
  version bigint not null,
  content text not null,
  saved_at bigint not null,
  primary key (draft_id, version)
);
