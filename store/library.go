package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// Shelf says which files of a site's library to list, last come first. Zero fields don't restrict.
type Shelf struct {
	Site     press.SiteID // needed
	Kind     press.FileKind
	Attached bool // no pictures
	Licence  press.LicenceID
	Words    []string // folded; each must begin a word of what is said of the file
	Unused   bool     // no entry shows them
	Silent   bool     // pictures without alternative text
	Binned   bool     // those in the bin, and no others
	ID       press.MediaID

	Limit  int
	Before Cursor // the page after this place
	After  Cursor // the page that ends just before it
}

// MediaPage is one page of a library.
type MediaPage struct {
	Media []press.Media
	Uses  map[press.MediaID]int // entries that the viewer may see and that show it
	Newer Cursor                // give it as After
	Older Cursor                // give it as Before
}

// shelved is what of a library a viewer may see ($1 is viewerKey, $2 whether they animate the site): what an entry shows
// that they may read, what they brought themselves, and, for animators, what an entry showed once. What came with a draft
// and was taken off it before anybody read it stays its writer's. What a decision took off stands in its report alone.
const shelved = `
  and ($1 = '*' or $1 <> '' and d.uploaded_by = $1
    or exists (select 1 from entry_media l join entry e on e.id = l.entry_id where l.media_id = d.id` + visible + `)
    or $2 = 'yes' and (d.placed = true or d.draft_id is null)
      and not exists (select 1 from entry_media l where l.media_id = d.id))`

// literal takes away what signs mean in a pattern of like.
var literal = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

const unused = `not exists (select 1 from entry_media l where l.media_id = d.id)
  and not exists (select 1 from look_picture p where p.media_id = d.id)`

func (s Shelf) where(v press.Viewer) (string, []any) {
	animates := "no"
	if v.MaySomewhere(press.Animator, s.Site) {
		animates = "yes"
	}
	args := []any{viewerKey(v), animates, string(s.Site)}
	var b strings.Builder
	b.WriteString("\nwhere d.site_id = $3")
	and := func(condition string, value ...any) {
		for _, value := range value {
			args = append(args, value)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		b.WriteString("\n  and " + condition)
	}
	switch s.Kind {
	case press.PictureFile:
		and("d.type like 'image/%'")
	case press.DocumentFile:
		and("d.type like 'application/%'")
	case press.AudioFile, press.VideoFile:
		and("d.type like ?", string(s.Kind)+"/%")
	}
	if s.Attached {
		and("d.type not like 'image/%'")
	}
	if s.Licence != "" {
		and("d.licence = ?", string(s.Licence))
	}
	for _, word := range s.Words {
		and(`d.folded like ? escape '!'`, "% "+literal.Replace(word)+"%")
	}
	if s.Unused {
		and(unused)
	}
	if s.Silent {
		and("d.type like 'image/%' and d.alt = ''")
	}
	if s.Binned {
		and("d.binned_at > 0")
	} else if s.ID == "" {
		and("d.binned_at = 0")
	}
	if s.ID != "" {
		and("d.id = ?", string(s.ID))
	}
	b.WriteString(shownMedia + shelved)
	return b.String(), args
}

// Library lists a page of a site's files that the viewer may see.
func (r Reader) Library(ctx context.Context, v press.Viewer, s Shelf) (MediaPage, error) {
	if s.Limit <= 0 {
		s.Limit = defaultLimit
	}
	where, args := s.where(v)
	at, id, backwards := s.After.place()
	placed := backwards
	if !placed {
		at, id, placed = s.Before.place()
	}
	sign, direction := "<", "desc"
	if backwards {
		sign, direction = ">", "asc"
	}
	if placed {
		where += fmt.Sprintf("\n  and (d.created_at, d.id) %s ($%d, $%d)", sign, len(args)+1, len(args)+2)
		args = append(args, at, id)
	}
	query := mediaColumns + "\nfrom media d" + where +
		fmt.Sprintf("\norder by d.created_at %s, d.id %s\nlimit $%d", direction, direction, len(args)+1)
	all, err := rows.List(ctx, r.q, "list the library", scanMedia, query, append(args, s.Limit+1)...)
	if err != nil {
		return MediaPage{}, err
	}
	more := len(all) > s.Limit
	if more {
		all = all[:s.Limit]
	}
	if backwards {
		slices.Reverse(all)
	}
	p := MediaPage{Media: all}
	if more && backwards || placed && !backwards {
		p.Newer = s.Before
		if len(all) > 0 {
			p.Newer = cursorAt(rows.Micros(all[0].CreatedAt), string(all[0].ID))
		}
	}
	if more && !backwards || backwards {
		p.Older = s.After
		if len(all) > 0 {
			last := all[len(all)-1]
			p.Older = cursorAt(rows.Micros(last.CreatedAt), string(last.ID))
		}
	}
	p.Uses, err = r.uses(ctx, v, all)
	return p, err
}

func scanMedia(row rows.Scanner) (m press.Media, err error) {
	err = row.Scan(mediaTargets(&m)...)
	return m, err
}

const usesOfMedia = `
select l.media_id, count(*)
from entry_media l
join entry e on e.id = l.entry_id
where l.media_id in ($ids)` + visible + `
group by l.media_id`

func (r Reader) uses(ctx context.Context, v press.Viewer, all []press.Media) (map[press.MediaID]int, error) {
	uses := map[press.MediaID]int{}
	if len(all) == 0 {
		return uses, nil
	}
	args := []any{viewerKey(v)}
	for _, m := range all {
		args = append(args, string(m.ID))
	}
	_, err := rows.List(ctx, r.q, "count the uses", func(row rows.Scanner) (none struct{}, err error) {
		var id press.MediaID
		var n int
		err = row.Scan(&id, &n)
		uses[id] = n
		return none, err
	}, strings.Replace(usesOfMedia, "$ids", rows.Marks(2, len(all)), 1), args...)
	return uses, err
}

// CountMedia counts the files of a shelf that the viewer may see.
func (r Reader) CountMedia(ctx context.Context, v press.Viewer, s Shelf) (int, error) {
	where, args := s.where(v)
	var n int
	if err := r.q.QueryRowContext(ctx, "select count(*) from media d"+where, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the library: %w", err)
	}
	return n, nil
}

// OnShelf finds a file of a site's library that the viewer may see there, in the bin or not.
func (r Reader) OnShelf(ctx context.Context, v press.Viewer, site press.SiteID, id press.MediaID) (press.Media, error) {
	page, err := r.Library(ctx, v, Shelf{Site: site, ID: id, Limit: 1})
	if err != nil {
		return press.Media{}, err
	}
	if len(page.Media) == 0 {
		return press.Media{}, fmt.Errorf("find the file: %w", rows.Missing())
	}
	return page.Media[0], nil
}

const entriesShowing = briefEntry + `
where e.id in (select l.entry_id from entry_media l where l.media_id = $2)` + visible + `
order by e.published_at desc, e.id desc
limit 100`

// EntriesShowing lists the entries that show a file and that the viewer may read, at most 100.
func (r Reader) EntriesShowing(ctx context.Context, v press.Viewer, id press.MediaID) ([]press.Entry, error) {
	entries, err := rows.List(ctx, r.q, "list the entries that show a file", scanEntry, entriesShowing, viewerKey(v), string(id))
	if err != nil {
		return nil, err
	}
	return entries, r.attach(ctx, v, entries)
}

const describedTwin = mediaColumns + `
from media d
where d.site_id = $2 and d.id <> $5 and (d.hash = $3 or d.source like $4) and (d.alt <> '' or d.caption <> '' or d.credit <> '' or d.transcript <> '')
  and ($1 <> '' and d.uploaded_by = $1 or exists (select 1 from entry_media l join entry e on e.id = l.entry_id
    where l.media_id = d.id and e.status = 'published'))
order by d.created_at desc, d.id desc
limit 1`

// DescribedTwin finds what was said last of the same content on a file's site: on a published page, or by the viewer.
func (r Reader) DescribedTwin(ctx context.Context, v press.Viewer, m press.Media) (press.Media, error) {
	source := "none"
	if m.Source.Hash != "" {
		source = `{"hash":"` + m.Source.Hash + `"%` // as press.Variant is written
	}
	m, err := scanMedia(r.q.QueryRowContext(ctx, describedTwin, viewerKey(v), string(m.Site), m.Hash, source, string(m.ID)))
	if err != nil {
		return m, rows.NotFound("find a described twin", err)
	}
	return m, nil
}

const creditsOfMedia = `
select distinct d.credit
from media d
join entry_media l on l.media_id = d.id
join entry e on e.id = l.entry_id
where d.site_id = $1 and d.credit <> '' and e.status = 'published'
order by d.credit
limit $2`

// MediaCredits lists the names of those who made what a site's published pages show.
func (r Reader) MediaCredits(ctx context.Context, _ press.Viewer, site press.SiteID, limit int) ([]string, error) {
	return rows.List(ctx, r.q, "list who made pictures", scanText, creditsOfMedia, string(site), limit)
}

const mediaOfDraft = `select count(*) from media where draft_id = $1`

// CountMediaOf counts the files that came with a draft, whether it shows them or not.
func (r Reader) CountMediaOf(ctx context.Context, _ press.Viewer, id press.DraftID) (int, error) {
	var n int
	if err := r.q.QueryRowContext(ctx, mediaOfDraft, string(id)).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the files of a draft: %w", err)
	}
	return n, nil
}

const mediaInUse = `
select count(*)
from media d
where d.id = $1 and (
  exists (select 1 from entry_media l where l.media_id = d.id)
  or exists (select 1 from look_picture p where p.media_id = d.id)
  or exists (select 1 from entry e where e.site_id = d.site_id and e.answers like $2)
  or exists (select 1 from draft w where w.site_id = d.site_id and w.content like $2))`

// MediaInUse tells whether an entry, a site's look or somebody's draft shows a file, in its text too.
func (tx *Tx) MediaInUse(ctx context.Context, id press.MediaID) (bool, error) {
	var n int
	if err := tx.q.QueryRowContext(ctx, mediaInUse, string(id), "%"+string(id)+"%").Scan(&n); err != nil {
		return false, fmt.Errorf("look for uses: %w", err)
	}
	return n > 0, nil
}
