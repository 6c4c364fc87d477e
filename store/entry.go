package store

import (
	"context"
	"fmt"
	"strings"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// The columns of an entry with its address. Lists leave the long ones out.
const (
	entryHead = `
select e.id, e.site_id, e.form_id, coalesce(e.section_id, ''), e.slug, e.status, e.binned_status, e.revision, e.title,
  e.standfirst, e.language, e.licence, e.provenance, e.debut, coalesce(e.created_by, ''), e.created_at, e.updated_at,
  e.proposed_at, e.publish_at, e.published_at, e.featured_at,
  s.slug, coalesce(s.host, ''), s.name, f.slug, coalesce(c.slug, ''), coalesce(c.name, ''),
  coalesce(f.talk, s.talk, 'off') <> 'off', `
	countFrom = `
from entry e
join site s on s.id = e.site_id
join form f on f.id = e.form_id`
	entryFrom = countFrom + `
left join section c on c.id = e.section_id`
	wholeEntry = entryHead + `e.answers, e.rendered, f.hidden` + entryFrom
	briefEntry = entryHead + `'{}', '{}', '{}'` + entryFrom
)

func scanEntry(row rows.Scanner) (press.Entry, error) {
	var e press.Entry
	a := &e.Address
	err := row.Scan(&e.ID, &e.Site, &e.Form, &e.Section, &e.Slug, &e.Status, &e.Binned, &e.Revision, &e.Title,
		&e.Standfirst, &e.Language, &e.Licence, rows.JSON(&e.Provenance), &e.Debut, &e.CreatedBy, rows.Moment(&e.CreatedAt),
		rows.Moment(&e.UpdatedAt), rows.Moment(&e.ProposedAt), rows.Moment(&e.PublishAt), rows.Moment(&e.PublishedAt), rows.Moment(&e.FeaturedAt),
		&a.SiteSlug, &a.SiteHost, &a.SiteName, &a.FormSlug, &a.SectionSlug, &a.SectionName, &a.Talks,
		rows.JSON(&e.Answers), rows.JSON(&e.Rendered), rows.JSON(&e.Hidden))
	if len(e.Hidden) == 0 {
		e.Hidden = nil
	}
	return e, err
}

const (
	entryByID = wholeEntry + ` where e.id = $1`
	// The form is of the same site: saying so leads to it by its address.
	entryBySlug = wholeEntry + ` where e.site_id = $1 and f.site_id = $1 and f.slug = $2 and e.slug = $3`
)

// Entry finds an entry that the viewer may read.
func (r Reader) Entry(ctx context.Context, v press.Viewer, id press.EntryID) (press.Entry, error) {
	return r.entry(ctx, v, entryByID, string(id))
}

// EntryBySlug finds an entry that the viewer may read, by its address.
func (r Reader) EntryBySlug(ctx context.Context, v press.Viewer, site press.SiteID, form, slug string) (press.Entry, error) {
	return r.entry(ctx, v, entryBySlug, string(site), form, slug)
}

// EntryToChange is Entry, held until the transaction ends: two verbs on the
// same entry take turns.
func (tx *Tx) EntryToChange(ctx context.Context, id press.EntryID) (press.Entry, error) {
	return tx.entry(ctx, press.Itself, entryByID+tx.d.Held("e"), string(id))
}

func (r Reader) entry(ctx context.Context, v press.Viewer, query string, args ...any) (press.Entry, error) {
	e, err := scanEntry(r.q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return e, rows.NotFound("find the entry", err)
	}
	entries := []press.Entry{e}
	if err := r.attach(ctx, v, entries); err != nil {
		return e, err
	}
	if e = entries[0]; v.MayRead(e) {
		return e, nil
	}
	if e.Status == press.Withdrawn && !e.PublishedAt.IsZero() {
		return press.Entry{}, fmt.Errorf("find the entry: %w", press.Problem(press.Gone, "Its author has withdrawn this contribution."))
	}
	return press.Entry{}, fmt.Errorf("find the entry: %w", rows.Missing())
}

const insertEntry = `
insert into entry (slug, status, binned_status, section_id, revision, title, standfirst, language, licence, answers, rendered,
  provenance, debut, updated_at, proposed_at, publish_at, published_at, featured_at, id, source_id, site_id, form_id, created_by,
  created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`

const updateEntry = `
update entry
set slug = $1, status = $2, binned_status = $3, section_id = $4, revision = $5, title = $6, standfirst = $7, language = $8,
  licence = $9, answers = $10, rendered = $11, provenance = $12, debut = $13, updated_at = $14, proposed_at = $15,
  publish_at = $16, published_at = $17, featured_at = $18, source_id = $20
where id = $19`

func entryValues(e press.Entry) []any {
	return []any{
		e.Slug, string(e.Status), string(e.Binned), rows.Opt(e.Section), e.Revision, e.Title, e.Standfirst, e.Language,
		string(e.Licence), rows.ToJSON(e.Answers), rows.ToJSON(e.Rendered), rows.ToJSON(e.Provenance), e.Debut,
		rows.Micros(e.UpdatedAt), rows.Micros(e.ProposedAt), rows.Micros(e.PublishAt), rows.Micros(e.PublishedAt), rows.Micros(e.FeaturedAt), string(e.ID),
		rows.Opt(e.Provenance.Entry),
	}
}

// InsertEntry keeps a new entry. Credits, tags and pictures are written apart.
func (tx *Tx) InsertEntry(ctx context.Context, e press.Entry) error {
	tx.stale(e.ID)
	_, err := tx.exec(ctx, "insert the entry", insertEntry, append(entryValues(e),
		string(e.Site), string(e.Form), rows.Opt(e.CreatedBy), rows.Micros(e.CreatedAt))...)
	return err
}

// UpdateEntry keeps an entry changed.
func (tx *Tx) UpdateEntry(ctx context.Context, e press.Entry) error {
	tx.stale(e.ID)
	return tx.change(ctx, "update the entry", updateEntry, entryValues(e)...)
}

const (
	entrustEntry     = `update entry set created_by = $2 where id = $1`
	entrustRevisions = `update revision set made_by = $2 where entry_id = $1 and made_by = $3`
)

// EntrustEntry makes another person the writer of an entry that was signed
// anew before it was confirmed: of its earlier states too, so that its history
// doesn't name who gave the first address.
func (tx *Tx) EntrustEntry(ctx context.Context, e press.Entry, writer press.PersonID) error {
	tx.stale(e.ID)
	if err := tx.change(ctx, "entrust the entry", entrustEntry, string(e.ID), string(writer)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "entrust the revisions", entrustRevisions, string(e.ID), string(writer), string(e.CreatedBy))
	return err
}

const slugsLike = `
select slug from entry where site_id = $1 and form_id = $2 and id <> $3 and (slug = $4 or slug like $5)
union all
select substr(r.path, length(f.slug) + 2)
from form f
join redirect r on r.scope = $1 and (r.path = f.slug || '/' || $4 or r.path like f.slug || '/' || $5)
where f.id = $2 and r.kind = 'entry' and r.target <> $3`

// FreeSlug finds an address that no other entry of the form has, or ever had
// in public: want, else want-2, want-3 …
func (tx *Tx) FreeSlug(ctx context.Context, site press.SiteID, form press.FormID, id press.EntryID, want string) (string, error) {
	taken, err := rows.List(ctx, tx.q, "look for a free address", scanText, slugsLike, string(site), string(form), string(id), want, want+"-%")
	if err != nil {
		return "", err
	}
	return firstFree(want, taken), nil
}

func scanText(row rows.Scanner) (string, error) {
	var s string
	err := row.Scan(&s)
	return s, err
}

func firstFree(want string, taken []string) string {
	used := map[string]bool{}
	for _, s := range taken {
		used[s] = true
	}
	slug := want
	for n := 2; used[slug]; n++ {
		slug = fmt.Sprintf("%s-%d", want, n)
	}
	return slug
}

const insertRevision = `
insert into revision (entry_id, number, content, kind, base, state, note, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// InsertRevision keeps a saved state. Its number must be NextRevision's.
func (tx *Tx) InsertRevision(ctx context.Context, r press.Revision) error {
	_, err := tx.exec(ctx, "keep the revision", insertRevision, string(r.Entry), r.Number, rows.ToJSON(r.Content), string(r.Kind),
		r.Base, string(r.State), r.Note, rows.Opt(r.MadeBy), rows.Micros(r.MadeAt))
	return err
}

const nextRevision = `select coalesce(max(number), 0) + 1 from revision where entry_id = $1`

// NextRevision is the number of the entry's next revision. Hold the entry
// with EntryToChange before.
func (tx *Tx) NextRevision(ctx context.Context, id press.EntryID) (int, error) {
	var n int
	if err := tx.q.QueryRowContext(ctx, nextRevision, string(id)).Scan(&n); err != nil {
		return 0, fmt.Errorf("number the revision: %w", err)
	}
	return n, nil
}

const setRevisionState = `update revision set state = $3 where entry_id = $1 and number = $2 and state = 'waiting'`

// SettleRevision ends the waiting of a proposed revision.
func (tx *Tx) SettleRevision(ctx context.Context, id press.EntryID, number int, state press.RevisionState) error {
	return tx.change(ctx, "settle the revision", setRevisionState, string(id), number, string(state))
}

const revisionColumns = `
select r.entry_id, r.number, r.content, r.kind, r.base, r.state, r.note, coalesce(r.made_by, ''), r.made_at,
  coalesce(p.name, '')
from revision r
left join person p on p.id = r.made_by`

const (
	revisionByNumber = revisionColumns + ` where r.entry_id = $1 and r.number = $2`
	revisionsOfEntry = revisionColumns + ` where r.entry_id = $1 order by r.number desc`
)

// scanRevision reads revisions whose makers are shown under the entry's credits.
func scanRevision(credits []press.Credit) func(rows.Scanner) (press.Revision, error) {
	return func(row rows.Scanner) (press.Revision, error) {
		var r press.Revision
		var name string
		err := row.Scan(&r.Entry, &r.Number, rows.JSON(&r.Content), &r.Kind, &r.Base, &r.State, &r.Note, &r.MadeBy,
			rows.Moment(&r.MadeAt), &name)
		r.Maker = shownAs(r.MadeBy, name, credits)
		return r, err
	}
}

// shownAs is the credit under which a person's act on an entry is shown: the
// one they signed with, else their name. Who is anonymous under one credit is
// so in the whole history, even where another credit names them: nobody is
// betrayed by the date of a correction.
func shownAs(person press.PersonID, name string, credits []press.Credit) press.Credit {
	shown := press.Credit{Kind: press.SignName, Name: name, Person: person}
	found := false
	for _, c := range credits {
		switch {
		case person == "" || c.Person != person || c.Role == press.Proofreader:
		case c.Anonymous():
			return c
		case !found:
			shown, found = c, true
		}
	}
	return shown
}

// Revisions lists the saved states of an entry, newest first. Those that wait
// or were declined are for the entry's people and the site's animators; before
// publication, so are all.
func (r Reader) Revisions(ctx context.Context, v press.Viewer, id press.EntryID) ([]press.Revision, error) {
	e, err := r.Entry(ctx, v, id)
	if err != nil {
		return nil, err
	}
	all, err := rows.List(ctx, r.q, "list the revisions", scanRevision(e.Credits), revisionsOfEntry, string(id))
	for i := range all {
		v.ConcealIn(&all[i].Content, e, e.Hidden)
	}
	if err != nil || v.Owns(e) || v.May(press.Animator, e.Site, e.Section) {
		return all, err
	}
	var public []press.Revision
	for _, rev := range all {
		if rev.State == press.Kept {
			public = append(public, rev)
		}
	}
	return public, nil
}

// Revision finds one saved state that the viewer may see.
func (r Reader) Revision(ctx context.Context, v press.Viewer, id press.EntryID, number int) (press.Revision, error) {
	e, err := r.Entry(ctx, v, id)
	if err != nil {
		return press.Revision{}, err
	}
	rev, err := scanRevision(e.Credits)(r.q.QueryRowContext(ctx, revisionByNumber, string(id), number))
	if err != nil {
		return rev, rows.NotFound("find the revision", err)
	}
	if rev.State != press.Kept && !v.Owns(e) && !v.May(press.Animator, e.Site, e.Section) {
		return press.Revision{}, fmt.Errorf("find the revision: %w", rows.Missing())
	}
	v.ConcealIn(&rev.Content, e, e.Hidden)
	return rev, nil
}

// entriesOf finds entries by identifier, in no order; whole ones with their
// answers and rendered texts.
func (r Reader) entriesOf(ctx context.Context, v press.Viewer, ids []press.EntryID, whole bool) ([]press.Entry, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	columns := briefEntry
	if whole {
		columns = wholeEntry
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	entries, err := rows.List(ctx, r.q, "find entries", scanEntry, columns+" where e.id in ("+rows.Marks(1, len(ids))+")", args...)
	if err != nil {
		return nil, err
	}
	return entries, r.attach(ctx, v, entries)
}

// attach adds credits, tags and pictures to entries, in three queries, and takes off the answers that aren't for the viewer.
func (r Reader) attach(ctx context.Context, v press.Viewer, entries []press.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	at := map[press.EntryID]*press.Entry{}
	args := make([]any, 0, len(entries))
	for i := range entries {
		at[entries[i].ID] = &entries[i]
		args = append(args, string(entries[i].ID))
	}
	in := rows.Marks(1, len(args))
	if err := r.attachCredits(ctx, at, strings.Replace(creditsOfEntries, "$ids", in, 1), args); err != nil {
		return err
	}
	if err := r.attachTags(ctx, at, strings.Replace(tagsOfEntries, "$ids", in, 1), args); err != nil {
		return err
	}
	if err := r.attachPictures(ctx, at, strings.Replace(picturesOfEntries, "$ids", in, 1), args); err != nil {
		return err
	}
	for i := range entries {
		v.Conceal(&entries[i], entries[i].Hidden)
	}
	return nil
}

const tagsOfEntries = `
select entry_id, slug, label
from entry_tag
where entry_id in ($ids)
order by entry_id, position`

func (r Reader) attachTags(ctx context.Context, at map[press.EntryID]*press.Entry, query string, args []any) error {
	_, err := rows.List(ctx, r.q, "list the tags", func(row rows.Scanner) (none struct{}, err error) {
		var id press.EntryID
		var tag press.Tag
		if err := row.Scan(&id, &tag.Slug, &tag.Label); err != nil {
			return none, err
		}
		e := at[id]
		e.TagList = append(e.TagList, tag)
		e.Tags = append(e.Tags, tag.Label)
		return none, nil
	}, query, args...)
	return err
}

const (
	deleteTags = `delete from entry_tag where entry_id = $1`
	insertTag  = `
insert into entry_tag (entry_id, site_id, slug, label, position)
values ($1, $2, $3, $4, $5)
on conflict (entry_id, slug) do nothing`
)

// ReplaceTags gives an entry its tags, in order.
func (tx *Tx) ReplaceTags(ctx context.Context, e press.Entry, tags []press.Tag) error {
	tx.stale(e.ID)
	if _, err := tx.exec(ctx, "replace the tags", deleteTags, string(e.ID)); err != nil {
		return err
	}
	for i, t := range tags {
		if _, err := tx.exec(ctx, "insert a tag", insertTag, string(e.ID), string(e.Site), t.Slug, t.Label, i+1); err != nil {
			return err
		}
	}
	return nil
}
