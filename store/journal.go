package store

import (
	"context"
	"encoding/json"
	"fmt"

	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store/rows"
)

const insertEvent = `
insert into event (id, kind, site_id, entry_id, actor_id, reason, data, public, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

// Emit records what happened in the journal, and runs what reacts to it, in
// this transaction. It gives the event its identifier.
func (tx *Tx) Emit(ctx context.Context, e press.Event) error {
	e.ID = press.EventID(ids.New())
	if e.Data == nil {
		e.Data = map[string]string{}
	}
	_, err := tx.exec(ctx, "record "+string(e.Kind), insertEvent, string(e.ID), string(e.Kind), rows.Opt(e.Site), rows.Opt(e.Entry),
		rows.Opt(e.Actor), e.Reason, rows.ToJSON(e.Data), e.Kind.Decision(), rows.Micros(e.At))
	if err != nil || tx.react == nil {
		return err
	}
	if err := tx.react(ctx, tx, e); err != nil {
		return fmt.Errorf("react to %s: %w", e.Kind, err)
	}
	return nil
}

const eventByID = `
select v.id, v.kind, coalesce(v.site_id, ''), coalesce(v.entry_id, ''), coalesce(v.actor_id, ''), v.reason, v.data, v.at
from event v
where v.id = $1`

// Event finds a line of the journal, for the program: it holds private data.
func (r Reader) Event(ctx context.Context, v press.Viewer, id press.EventID) (press.Event, error) {
	var e press.Event
	if !v.System {
		return e, fmt.Errorf("find the event: %w", rows.Missing())
	}
	err := r.q.QueryRowContext(ctx, eventByID, string(id)).Scan(
		&e.ID, &e.Kind, &e.Site, &e.Entry, &e.Actor, &e.Reason, rows.JSON(&e.Data), rows.Moment(&e.At))
	if err != nil {
		return e, rows.NotFound("find the event", err)
	}
	return e, nil
}

const decisionsOfSite = `
select v.id, v.kind, v.at, v.reason, coalesce(v.entry_id, ''),
  case when e.status = 'published' then e.title else '' end,
  case when e.status = 'published' then f.slug || '/' || e.slug else '' end,
  case when v.kind not like 'comment.%' and v.kind not like 'talk.%' and v.kind not like 'report.%'
    and (v.actor_id is null or v.actor_id = e.created_by or exists (select 1 from credit k
      where k.entry_id = e.id and k.person_id = v.actor_id and k.role <> 'proofreader'))
    then '' else coalesce(p.name, '') end,
  case when v.kind like 'report.%' then v.data else '{}' end
from event v
left join entry e on e.id = v.entry_id
left join form f on f.id = e.form_id
left join person p on p.id = v.actor_id
where v.site_id = $1 and v.public = true and (v.at, v.id) < ($2, $3)
order by v.at desc, v.id desc
limit $4`

// Decisions lists a site's public journal, newest first, and the cursor of
// what is older. Authors acting on their own entries are not named; animators
// who decide on the talk under an entry are, even under their own.
func (r Reader) Decisions(ctx context.Context, _ press.Viewer, site press.SiteID, before Cursor, limit int) ([]press.Decision, Cursor, error) {
	at, id, placed := before.place()
	if !placed {
		at, id = int64(1)<<62, ""
	}
	scan := func(row rows.Scanner) (d press.Decision, err error) {
		var data map[string]string
		err = row.Scan(&d.Event, &d.Kind, rows.Moment(&d.At), &d.Reason, &d.Entry, &d.Title, &d.Path, &d.By, rows.JSON(&data))
		if err == nil && data[press.RuledData] != "" {
			err = json.Unmarshal([]byte(data[press.RuledData]), &d.Ruled)
		}
		return d, err
	}
	all, err := rows.List(ctx, r.q, "list the decisions", scan, decisionsOfSite, string(site), at, id, limit+1)
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	all = all[:limit]
	last := all[limit-1]
	return all, cursorAt(rows.Micros(last.At), string(last.Event)), nil
}

const stepsOfEntry = `
select v.kind, v.at, v.reason, coalesce(v.actor_id, ''), coalesce(p.name, '')
from event v
left join person p on p.id = v.actor_id
where v.entry_id = $1 and v.kind <> 'note.left' and v.kind not like 'comment.%' and v.kind not like 'talk.%'
  and v.kind not like 'report.%'
order by v.at desc, v.id desc`

// Steps lists an entry's own history, newest first: who did what and when. The
// talk under it isn't in it: whoever comments signs for themselves; nor what was
// reported, which stands in the site's journal once decided.
func (r Reader) Steps(ctx context.Context, v press.Viewer, id press.EntryID) ([]press.Step, error) {
	e, err := r.Entry(ctx, v, id)
	if err != nil {
		return nil, err
	}
	scan := func(row rows.Scanner) (s press.Step, err error) {
		var actor press.PersonID
		var name string
		err = row.Scan(&s.Kind, rows.Moment(&s.At), &s.Reason, &actor, &name)
		s.By = shownAs(actor, name, e.Credits)
		return s, err
	}
	return rows.List(ctx, r.q, "list what happened", scan, stepsOfEntry, string(id))
}

const (
	insertNote = `
insert into note (id, entry_id, person_id, text, created_at)
values ($1, $2, $3, $4, $5)`
	notesOnEntry = `
select n.id, n.entry_id, n.person_id, p.name, n.text, n.created_at
from note n
join person p on p.id = n.person_id
where n.entry_id = $1
order by n.created_at, n.id`
)

// InsertNote keeps a private note about a proposal.
func (tx *Tx) InsertNote(ctx context.Context, n press.Note) error {
	_, err := tx.exec(ctx, "keep the note", insertNote, string(n.ID), string(n.Entry), string(n.Person), n.Text, rows.Micros(n.CreatedAt))
	return err
}

// Notes lists the private talk about an entry, oldest first, for the site's
// people; the entry's author isn't among them unless they are. Someone who
// signed the entry without a name has none here either.
func (r Reader) Notes(ctx context.Context, v press.Viewer, e press.Entry) ([]press.Note, error) {
	if !v.MaySomewhere(press.Contributor, e.Site) {
		return nil, nil
	}
	scan := func(row rows.Scanner) (n press.Note, err error) {
		var name string
		err = row.Scan(&n.ID, &n.Entry, &n.Person, &name, &n.Text, rows.Moment(&n.CreatedAt))
		n.Name = shownAs(n.Person, name, e.Credits).Name
		return n, err
	}
	return rows.List(ctx, r.q, "list the notes", scan, notesOnEntry, string(e.ID))
}

const lastEventData = `
select v.data
from event v
where v.entry_id = $1 and v.kind = $2
order by v.at desc, v.id desc
limit 1`

// LastData is the private data of the last event of a kind on an entry, for
// those who may see the entry's notes or own it: the note with which it was
// returned, for instance. Empty when there is none.
func (r Reader) LastData(ctx context.Context, v press.Viewer, e press.Entry, kind press.EventKind) (map[string]string, error) {
	if !v.Owns(e) && !v.MaySomewhere(press.Contributor, e.Site) {
		return nil, nil
	}
	var data map[string]string
	err := r.q.QueryRowContext(ctx, lastEventData, string(e.ID), string(kind)).Scan(rows.JSON(&data))
	if err != nil && press.KindOf(rows.NotFound("", err)) == press.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last %s: %w", kind, err)
	}
	return data, nil
}
