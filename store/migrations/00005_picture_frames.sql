-- +goose Up

-- A picture's kept source, how it is framed, its WebP, and what its variants were made from.
alter table media add column source text not null default '{}';
alter table media add column crop text not null default '{}';
alter table media add column focus text not null default '{}';
alter table media add column modern text not null default '[]';
alter table media add column made text not null default '';
