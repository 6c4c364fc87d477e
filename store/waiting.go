package store

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// WaitingRevision is a change that an author proposed to a published entry.
type WaitingRevision struct {
	Entry  press.Entry // brief, as in lists
	Number int
	Note   string
	MadeAt time.Time
}

// decides says in SQL whether the viewer $1 animates the section of the entry.
const decides = `
  and ($1 = '*' or exists (select 1 from membership m where m.person_id = $1 and m.role in ('animator', 'steward')
    and (m.site_id is null or m.site_id = e.site_id) and (m.section_id is null or m.section_id = e.section_id)))`

const waitingRevisions = `
select r.entry_id, r.number, r.note, r.made_at
from revision r
join entry e on e.id = r.entry_id
where e.site_id = $2 and e.status = 'published' and r.state = 'waiting'` + decides + `
order by r.made_at, r.entry_id, r.number
limit $3`

// WaitingRevisions lists the changes that wait on a site's published entries,
// oldest first, for those who may decide on them.
func (r Reader) WaitingRevisions(ctx context.Context, v press.Viewer, site press.SiteID, limit int) ([]WaitingRevision, error) {
	scan := func(row rows.Scanner) (w WaitingRevision, err error) {
		err = row.Scan(&w.Entry.ID, &w.Number, &w.Note, rows.Moment(&w.MadeAt))
		return w, err
	}
	all, err := rows.List(ctx, r.q, "list the waiting revisions", scan, waitingRevisions, viewerKey(v), string(site), limit)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Entry, err = r.Entry(ctx, v, all[i].Entry.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

const countWaitingRevisions = `
select count(*)
from revision r
join entry e on e.id = r.entry_id
where e.site_id = $2 and e.status = 'published' and r.state = 'waiting'` + decides

// CountWaitingRevisions counts what WaitingRevisions lists.
func (r Reader) CountWaitingRevisions(ctx context.Context, v press.Viewer, site press.SiteID) (int, error) {
	return r.count(ctx, "count the waiting revisions", countWaitingRevisions, viewerKey(v), string(site))
}

// LastAct is the latest event of a kind on an entry.
type LastAct struct {
	At     time.Time
	By     string // "" for the program and for an author acting on their own entry
	Reason string
}

const lastActs = `
select v.entry_id, v.at, v.reason,
  case when v.actor_id is null or v.actor_id = e.created_by
    or exists (select 1 from credit k where k.entry_id = e.id and k.person_id = v.actor_id and k.role <> 'proofreader')
    then '' else coalesce(p.name, '') end
from event v
join entry e on e.id = v.entry_id
left join person p on p.id = v.actor_id
where e.site_id = $1 and e.status = $2 and v.kind = $3
order by v.at, v.id`

// LastActs tells, for the entries of a site that stand in a status, when and by
// whom they came there, for the site's people: since when what was returned
// is, who binned what.
func (r Reader) LastActs(ctx context.Context, v press.Viewer, site press.SiteID, status press.Status, kind press.EventKind) (map[press.EntryID]LastAct, error) {
	acts := map[press.EntryID]LastAct{}
	if !v.MaySomewhere(press.Contributor, site) {
		return acts, nil
	}
	_, err := rows.List(ctx, r.q, "list the last acts", func(row rows.Scanner) (none struct{}, err error) {
		var id press.EntryID
		var act LastAct
		err = row.Scan(&id, rows.Moment(&act.At), &act.Reason, &act.By)
		acts[id] = act
		return none, err
	}, lastActs, string(site), string(status), string(kind))
	return acts, err
}

// PublishedBefore counts what the writer of an entry has published besides it
// on the network, for those who decide on it. It is 0 for others.
func (r Reader) PublishedBefore(ctx context.Context, v press.Viewer, e press.Entry) (int, error) {
	if e.CreatedBy == "" || !v.May(press.Animator, e.Site, e.Section) {
		return 0, nil
	}
	return r.count(ctx, "count a writer's entries", hasPublished, string(e.CreatedBy), string(e.ID), "")
}

const sectionsEver = sectionColumns + ` where c.site_id = $1 order by c.position, c.id`

// SectionsEver lists all sections of a site, the closed ones too, in order.
func (r Reader) SectionsEver(ctx context.Context, _ press.Viewer, site press.SiteID) ([]press.Section, error) {
	return rows.List(ctx, r.q, "list all sections", scanSection, sectionsEver, string(site))
}

func (r Reader) count(ctx context.Context, what, query string, args ...any) (int, error) {
	return rows.Count(ctx, r.q, what, query, args...)
}
