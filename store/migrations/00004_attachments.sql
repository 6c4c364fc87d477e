-- +goose Up

-- What is said of a file beside its alternative text, what the library searches, whether an entry ever showed it, its bin.
alter table media add column title text not null default '';
alter table media add column maker text not null default '';
alter table media add column origin text not null default '';
alter table media add column transcript text not null default '';
alter table media add column folded text not null default '';
alter table media add column placed boolean not null default false;
alter table media add column binned_at bigint not null default 0;
alter table media add column binned_by text references person (id);
create index media_of_hash on media (site_id, hash);
create index media_of_draft on media (draft_id);
update media set folded = ' ' || lower(alt || ' ' || caption || ' ' || credit);
update media set placed = true where id in (select l.media_id from entry_media l);

-- How an entry shows a file: 'picture', 'file' for an attachment, 'text' for a picture placed in a text.
alter table entry_media add column place text not null default 'picture';
create index entry_media_of on entry_media (media_id);

-- Articles of the sites there are take attachments too.
update form
set fields = substr(fields, 1, length(fields) - 1) || ',{"key":"files","kind":"files","role":"files","label":{"br":"Un teuliad, un enrolladenn, ur video da stagañ ?","en":"A document, a recording, a video to attach?","fr":"Un document, un enregistrement, une vidéo à joindre ?"},"help":{"br":"Lennet ha selaouet e vint dindan ho testenn.","en":"People will read and hear them below your text.","fr":"On les lira et on les écoutera sous votre texte."},"max":6}]', version = version + 1
where built_in = 'article' and fields like '%]' and fields not like '%"kind":"files"%';
