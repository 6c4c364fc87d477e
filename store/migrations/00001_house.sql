-- One text for SQLite and PostgreSQL: text, bigint, boolean and nothing else.
-- Times are Unix microseconds, 0 for none. Identifiers are UUIDv7 made in Go.
-- JSON is kept as text. Optional references are null.

-- +goose Up
create table network (
  id text primary key,
  name text not null,
  tagline text not null,
  language text not null,
  about text not null,
  about_html text not null,
  version bigint not null,
  created_at bigint not null
);

create table person (
  id text primary key,
  email text not null unique,
  name text not null,
  language text not null,
  invited_by text references person (id),
  confirmed_at bigint not null,
  created_at bigint not null
);

create table site (
  id text primary key,
  slug text not null unique,
  host text unique,
  name text not null,
  tagline text not null,
  languages text not null,
  timezone text not null,
  charter text not null,
  charter_html text not null,
  openness text not null,
  revising text not null,
  licence text not null,
  colour text not null,
  front_entry_id text,
  version bigint not null,
  created_at bigint not null,
  closed_at bigint not null
);

create table form (
  id text primary key,
  site_id text not null references site (id),
  slug text not null,
  built_in text not null,
  name text not null,
  plural text not null,
  pitch text not null,
  fields text not null,
  openness text not null,
  position bigint not null,
  listed boolean not null,
  version bigint not null,
  unique (site_id, slug)
);

create table section (
  id text primary key,
  site_id text not null references site (id),
  slug text not null,
  name text not null,
  description text not null,
  position bigint not null,
  closed_at bigint not null,
  unique (site_id, slug)
);

create table vocabulary (
  id text primary key,
  site_id text not null references site (id),
  slug text not null,
  name text not null,
  unique (site_id, slug)
);

create table term (
  id text primary key,
  vocabulary_id text not null references vocabulary (id) on delete cascade,
  slug text not null,
  label text not null,
  position bigint not null,
  unique (vocabulary_id, slug)
);

create table byline (
  id text primary key,
  slug text not null unique,
  kind text not null,
  name text not null,
  organisation text not null,
  folded text not null,
  person_id text references person (id)
);
create index byline_folded on byline (folded, kind);

create table entry (
  id text primary key,
  site_id text not null references site (id),
  form_id text not null references form (id),
  section_id text references section (id),
  slug text not null,
  status text not null,
  binned_status text not null,
  revision bigint not null,
  title text not null,
  standfirst text not null,
  language text not null,
  licence text not null,
  answers text not null,
  rendered text not null,
  provenance text not null,
  source_id text,
  debut boolean not null,
  folded text not null,
  created_by text references person (id),
  created_at bigint not null,
  updated_at bigint not null,
  proposed_at bigint not null,
  publish_at bigint not null,
  published_at bigint not null,
  featured_at bigint not null,
  unique (site_id, form_id, slug)
);
-- What follows the identifier spares counts the row, which is long. Without
-- statistics, SQLite takes the index of which it knows the most columns: the
-- narrower a list, the more columns lead its index.
create index entry_on_site on entry (site_id, status, published_at, id, form_id);
create index entry_on_network on entry (status, published_at, id, site_id, form_id);
create index entry_in_section on entry (section_id, site_id, status, published_at, id, form_id);
create index entry_waiting on entry (site_id, status, proposed_at, id);
create index entry_featured on entry (site_id, featured_at);
create index entry_by_maker on entry (created_by, id);
create index entry_from_source on entry (source_id, status, published_at, id);
create index entry_debut on entry (site_id, status, published_at, id) where debut = true;

create table revision (
  entry_id text not null references entry (id),
  number bigint not null,
  content text not null,
  kind text not null,
  base bigint not null,
  state text not null,
  note text not null,
  made_by text references person (id),
  made_at bigint not null,
  primary key (entry_id, number)
);

create table credit (
  id text primary key,
  entry_id text not null references entry (id),
  role text not null,
  kind text not null,
  byline_id text references byline (id),
  person_id text references person (id),
  position bigint not null
);
create index credit_of_entry on credit (entry_id, role, person_id, byline_id);
create index credit_of_byline on credit (byline_id, entry_id);
create index credit_of_person on credit (person_id, entry_id);

create table entry_tag (
  entry_id text not null references entry (id),
  site_id text not null references site (id),
  slug text not null,
  label text not null,
  position bigint not null,
  primary key (entry_id, slug)
);
create index entry_tag_on_site on entry_tag (site_id, slug, entry_id);

create table media (
  id text primary key,
  site_id text not null references site (id),
  hash text not null,
  type text not null,
  bytes bigint not null,
  width bigint not null,
  height bigint not null,
  variants text not null,
  colour text not null,
  name text not null,
  alt text not null,
  caption text not null,
  credit text not null,
  licence text not null,
  uploaded_by text references person (id),
  draft_id text,
  created_at bigint not null
);
create index media_on_site on media (site_id, created_at);

create table entry_media (
  entry_id text not null references entry (id),
  media_id text not null references media (id),
  position bigint not null,
  primary key (entry_id, media_id)
);

create table draft (
  id text primary key,
  token_hash text not null unique,
  site_id text not null references site (id),
  form_id text not null references form (id),
  entry_id text references entry (id),
  base bigint not null,
  content text not null,
  signing text not null,
  person_id text references person (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index draft_of_person on draft (person_id, updated_at);
create index draft_of_entry on draft (entry_id);

create table membership (
  id text primary key,
  person_id text not null references person (id),
  site_id text references site (id),
  section_id text references section (id),
  role text not null,
  given_by text references person (id),
  created_at bigint not null
);
create index membership_of_person on membership (person_id);
create index membership_on_site on membership (site_id);

create table invitation (
  id text primary key,
  token_hash text not null unique,
  site_id text references site (id),
  section_id text references section (id),
  role text not null,
  email text not null,
  name text not null,
  message text not null,
  invited_by text references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  accepted_at bigint not null,
  accepted_by text references person (id),
  cancelled_at bigint not null
);
create index invitation_on_site on invitation (site_id, created_at);

create table session (
  token_hash text primary key,
  person_id text not null references person (id),
  created_at bigint not null,
  expires_at bigint not null
);
create index session_of_person on session (person_id);

create table challenge (
  id text primary key,
  token_hash text not null unique,
  code_hash text not null,
  purpose text not null,
  email text not null,
  person_id text references person (id),
  entry_id text references entry (id),
  site_id text references site (id),
  next text not null,
  attempts bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint not null
);
create index challenge_of_email on challenge (email, created_at);

create table note (
  id text primary key,
  entry_id text not null references entry (id),
  person_id text not null references person (id),
  text text not null,
  created_at bigint not null
);
create index note_on_entry on note (entry_id, created_at);

create table event (
  id text primary key,
  kind text not null,
  site_id text references site (id),
  entry_id text references entry (id),
  actor_id text references person (id),
  reason text not null,
  data text not null,
  public boolean not null,
  at bigint not null
);
create index event_on_site on event (site_id, public, at, id);
create index event_on_entry on event (entry_id, at);

create table redirect (
  scope text not null,
  path text not null,
  kind text not null,
  target text not null,
  created_at bigint not null,
  primary key (scope, path)
);

create table job (
  id text primary key,
  kind text not null,
  payload text not null,
  unique_key text unique,
  state text not null,
  run_at bigint not null,
  attempts bigint not null,
  last_error text not null,
  created_at bigint not null,
  ended_at bigint not null
);
create index job_due on job (state, run_at);

