package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// Change says that a public entry changed, or that an entry which was public
// isn't any more.
type Change struct {
	Entry  press.EntryID
	Site   press.SiteID
	Slug   string // the site's
	Public bool   // false: it was withdrawn, taken back or binned, or its site closed
	At     Cursor // give it to Changes for what came after
}

// changed is what a transaction wrote, besides the entries marked for the index
// of search, that readers see of entries: see settleChanges.
type changed struct {
	sites    []press.SiteID
	pictures []press.MediaID
}

const (
	// What a reader sees of an entry: its rows, its site's address, its pictures.
	concerned = `(e.id in ($entries) or e.site_id in ($sites)
    or e.id in (select l.entry_id from entry_media l where l.media_id in ($media)))`
	countConcerned = `
select count(*)
from entry e
where (e.status = 'published' or exists (select 1 from entry_change c where c.entry_id = e.id))
  and ` + concerned
	nextChange  = `update network set changes = changes + 1 where id = 'network' returning changes`
	moveChanges = `
update entry_change
set seq = $1
where entry_id in (select e.id from entry e where ` + concerned + `)`
	firstChanges = `
insert into entry_change (entry_id, site_id, seq)
select e.id, e.site_id, $1
from entry e
where e.status = 'published' and not exists (select 1 from entry_change c where c.entry_id = e.id)
  and ` + concerned
)

// settleChanges is the last thing that a transaction does: it moves the public
// entries that it changed to the end of the order of changes. The counter's row
// is held from here to the commit, so numbers become visible in their order:
// whoever has seen one has seen all before it.
func (tx *Tx) settleChanges(ctx context.Context) error {
	c := tx.changed
	lists := [][]any{anys(slices.Sorted(maps.Keys(tx.marked))), anys(c.sites), anys(c.pictures)}
	all := slices.Concat(lists...)
	if len(all) == 0 {
		return nil
	}
	n, err := tx.count(ctx, "count the public changes", in(countConcerned, 0, lists), all...)
	if err != nil || n == 0 {
		return err
	}
	var seq int64
	if err := tx.q.QueryRowContext(ctx, nextChange).Scan(&seq); err != nil {
		return rows.NotFound("number the public changes", err)
	}
	args := append([]any{seq}, all...)
	if _, err := tx.exec(ctx, "order the public changes", in(moveChanges, 1, lists), args...); err != nil {
		return err
	}
	_, err = tx.exec(ctx, "order the first changes", in(firstChanges, 1, lists), args...)
	return err
}

// in fills the lists of concerned, whose parameters follow before others.
func in(query string, before int, lists [][]any) string {
	names := []string{"$entries", "$sites", "$media"}
	for i, list := range lists {
		if len(list) == 0 {
			query = strings.Replace(query, names[i], "''", 1) // no identifier is empty
		}
		query = strings.Replace(query, names[i], rows.Marks(before+1, len(list)), 1)
		before += len(list)
	}
	return query
}

const changesAfter = `
select c.seq, c.entry_id, c.site_id, s.slug, case when e.status = 'published' and s.closed_at = 0 then 1 else 0 end
from entry_change c
join entry e on e.id = c.entry_id
join site s on s.id = c.site_id
where ($1 = '' or c.site_id = $1) and (c.seq, c.entry_id) > ($2, $3)
order by c.seq, c.entry_id
limit $4`

// Changes lists what became public, changed, or ceased to be public after a
// place in the order of changes ("" is the beginning), on a site or on the
// whole network. Each entry stands once, at its last change: whoever goes on
// from the last place seen until nothing follows has seen every entry's last
// state, however many write meanwhile.
func (r Reader) Changes(ctx context.Context, _ press.Viewer, site press.SiteID, after Cursor, limit int) ([]Change, error) {
	seq, id, _ := after.place()
	scan := func(row rows.Scanner) (c Change, err error) {
		var seq int64
		err = row.Scan(&seq, &c.Entry, &c.Site, &c.Slug, &c.Public)
		c.At = cursorAt(seq, string(c.Entry))
		return c, err
	}
	return rows.List(ctx, r.q, "list the changes", scan, changesAfter, string(site), seq, id, limit)
}
