package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bourgeon/kit/terms"
	"bourgeon/kit/wordindex"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// What entries have in common, in points. Visits count for nothing: what is
// read much would be read still more.
const (
	tagPoints     = 4
	wordPoints    = 2
	sectionPoints = 1
	// kin is how many entries, the latest ones, each tag, word or section may
	// bring: a word that stands everywhere says little, and must cost little.
	kin = 100
	// kinTags and kinWords bound what an entry is compared by.
	kinTags, kinWords = 5, 4
)

// Related lists the published entries of the same site that have most in
// common with one: tags, words of its title and standfirst in theirs, section.
// Among equals the newest come first.
func (r Reader) Related(ctx context.Context, v press.Viewer, e press.Entry, limit int) ([]press.Entry, error) {
	args := []any{string(e.Site), string(e.ID)}
	var kinds []string
	add := func(points int, query string, value any) {
		args = append(args, value)
		query = strings.Replace(query, "?", fmt.Sprintf("$%d", len(args)), 1)
		kinds = append(kinds, fmt.Sprintf("select * from (%s limit %d) k%d", fmt.Sprintf(query, points), kin, len(args)))
	}
	for _, t := range e.TagList[:min(kinTags, len(e.TagList))] {
		add(tagPoints, `select t.entry_id as id, %d as points from entry_tag t where t.site_id = $1 and t.slug = ? order by t.entry_id desc`, t.Slug)
	}
	for _, word := range terms.Telling(e.Language, kinWords, e.Title, e.Standfirst) {
		holds := r.d.words.Holds(wordindex.Head, [][]terms.Match{{{Terms: []string{word}}}})
		add(wordPoints, `select i.id, %d as points from entry_index i where i.site_id = $1 and i.status = 'published' and `+
			holds.SQL+` order by i.doc desc`, holds.Value)
	}
	if e.Section != "" {
		add(sectionPoints, `select i.id, %d as points from entry_index i
where i.site_id = $1 and i.status = 'published' and i.section_id = ? order by i.published_at desc`, string(e.Section))
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	query := `
select i.id
from (` + strings.Join(kinds, "\nunion all\n") + `) k
join entry_index i on i.id = k.id
join form f on f.id = i.form_id
where i.status = 'published' and i.site_id = $1 and i.id <> $2 and f.listed = true
group by i.id, i.published_at
order by sum(k.points) desc, i.published_at desc, i.id desc
limit ` + fmt.Sprint(limit)
	ids, err := rows.List(ctx, r.q, "find related entries", scanID, query, args...)
	if err != nil {
		return nil, err
	}
	entries, err := r.inOrder(ctx, v, ids, false)
	return slices.DeleteFunc(entries, func(e press.Entry) bool { return !v.MayRead(e) }), err
}
