-- +goose Up
-- How a site looks: what it wears (a column of site), what it wore, and what its stewards try.
alter table site add column look text not null default '{}';
update site set look = '{"colour":"' || colour || '"}';
alter table site drop column colour;
-- Apart from it, for every request reads a site: a stylesheet is long, and no JSON to take apart.
alter table site add column sheet text not null default '';
alter table site add column sheet_css text not null default '';

create table look_version (
  site_id text not null references site (id),
  number integer not null,
  look text not null,
  front text not null,
  front_revision integer not null,
  made_by text not null,
  made_at bigint not null,
  primary key (site_id, number)
);

create table look_trial (
  site_id text primary key references site (id),
  look text not null,
  front text not null,
  front_html text not null,
  front_revision integer not null,
  made_by text not null,
  made_at bigint not null
);

-- The pictures that a site wears, or tries, so that its library knows.
create table look_picture (
  site_id text not null references site (id),
  media_id text not null references media (id),
  primary key (site_id, media_id)
);
create index look_picture_of_media on look_picture (media_id);
