package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bourgeon/press"
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

// changed gathers what a transaction wrote that readers may see, so that its
// end can give it a place in the order of changes: see settleChanges.
type changed struct {
	entries  map[press.EntryID]bool
	sites    map[press.SiteID]bool
	sections map[press.SectionID]bool
	media    map[press.MediaID]bool
}

func (tx *Tx) markEntry(id press.EntryID)     { mark(&tx.changed.entries, id) }
func (tx *Tx) markSite(id press.SiteID)       { mark(&tx.changed.sites, id) }
func (tx *Tx) markSection(id press.SectionID) { mark(&tx.changed.sections, id) }
func (tx *Tx) markMedia(id press.MediaID)     { mark(&tx.changed.media, id) }

func mark[K comparable](m *map[K]bool, k K) {
	if *m == nil {
		*m = map[K]bool{}
	}
	(*m)[k] = true
}

const (
	// What a reader sees of an entry: its own rows, its site's address and
	// name, its section's, its pictures' descriptions.
	concerned = `(e.id in ($entries) or e.site_id in ($sites) or e.section_id in ($sections)
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
	if len(c.entries)+len(c.sites)+len(c.sections)+len(c.media) == 0 {
		return nil
	}
	var n int64
	if err := tx.q.QueryRowContext(ctx, c.in(countConcerned, 0), c.args()...).Scan(&n); err != nil {
		return fmt.Errorf("count the public changes: %w", err)
	}
	if n == 0 {
		return nil
	}
	var seq int64
	if err := tx.q.QueryRowContext(ctx, nextChange).Scan(&seq); err != nil {
		return notFound("number the public changes", err)
	}
	args := append([]any{seq}, c.args()...)
	if _, err := tx.exec(ctx, "order the public changes", c.in(moveChanges, 1), args...); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "order the first changes", c.in(firstChanges, 1), args...)
	return err
}

// in fills the lists of concerned, whose parameters follow before others.
func (c changed) in(query string, before int) string {
	list := func(n int) string {
		if n == 0 {
			return "''" // no identifier is empty
		}
		before += n
		return marks(before-n+1, n)
	}
	entries, sites := list(len(c.entries)), list(len(c.sites))
	sections, media := list(len(c.sections)), list(len(c.media))
	return strings.NewReplacer("$entries", entries, "$sites", sites, "$sections", sections, "$media", media).Replace(query)
}

func (c changed) args() []any {
	return slices.Concat(texts(c.entries), texts(c.sites), texts(c.sections), texts(c.media))
}

func texts[K ~string](m map[K]bool) []any {
	var all []any
	for _, k := range slices.Sorted(maps.Keys(m)) {
		all = append(all, string(k))
	}
	return all
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
	scan := func(row scanner) (c Change, err error) {
		var seq int64
		err = row.Scan(&seq, &c.Entry, &c.Site, &c.Slug, &c.Public)
		c.At = cursorAt(seq, string(c.Entry))
		return c, err
	}
	return list(ctx, r.q, "list the changes", scan, changesAfter, string(site), seq, id, limit)
}
