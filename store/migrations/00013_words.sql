-- +goose Up
-- What a site and its sections say of themselves in the site's further languages.
alter table site add column words text not null default '{}';
alter table section add column words text not null default '{}';
