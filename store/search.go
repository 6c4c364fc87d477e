package store

import (
	"context"
	"fmt"
	"strings"

	"bourgeon/kit/terms"
	"bourgeon/kit/wordindex"
	"bourgeon/press"
	"bourgeon/store/rows"
)

// indexFrom is countFrom on what the index knows of entries. Where words are
// looked for, they must lead to the rows.
func (r Reader) indexFrom(q terms.Query) string {
	lead := ""
	if len(q.Wanted()) > 0 {
		lead = r.d.words.Lead
	}
	return `
from entry_index e` + lead + `
join site s on s.id = e.site_id
join form f on f.id = e.form_id`
}

// How many years more recent an entry counts for being found by its title, or
// by title, standfirst, names, tags and section together.
const (
	titleYears = 10
	headYears  = 3
)

const microsOfYear = 365 * 24 * 3600 * 1_000_000

// score is the place of an entry among those found: the day it appeared, ten
// years later if all that is looked for stands in its title, three if it stands
// in the title, standfirst, names, tags and section together. So titles come
// first, what is recent comes before what is old, and what a very old title
// says does not hide all that was written since. Counting how often words occur
// would favour long texts, and no two engines count alike.
func (r Reader) score(q terms.Query, args []any) (string, []any) {
	wanted := q.Wanted()
	if len(wanted) == 0 {
		return "e.published_at", args
	}
	holds := func(in wordindex.Part) string {
		c := r.d.words.Holds(in, wanted)
		args = append(args, c.Value)
		return strings.Replace(strings.ReplaceAll(c.SQL, "i.", "e."), "?", fmt.Sprintf("$%d", len(args)), 1)
	}
	score := fmt.Sprintf("e.published_at + case when %s then %d when %s then %d else 0 end",
		holds(wordindex.Title), int64(titleYears*microsOfYear), holds(wordindex.Head), int64(headYears*microsOfYear))
	return score, args
}

// ranked is Entries in order of relevance: places are found in the index, then
// the entries of one page are read.
func (r Reader) ranked(ctx context.Context, v press.Viewer, s Selection) (Page, error) {
	type row struct {
		id    press.EntryID
		score int64
	}
	where, args := r.where(v, s, true)
	score, args := r.score(s.Query, args)
	order, args := s.cut("r.score", "r.id", true, args)
	query := "select r.id, r.score from (select e.id, " + score + " as score" + r.indexFrom(s.Query) + where + ") r where 1 = 1" + order
	found, err := rows.List(ctx, r.q, "search", func(of rows.Scanner) (at row, err error) {
		err = of.Scan(&at.id, &at.score)
		return at, err
	}, query, args...)
	if err != nil {
		return Page{}, err
	}
	found, newer, older := around(s, found, func(at row) Cursor { return cursorAt(at.score, string(at.id)) })
	ids := make([]press.EntryID, len(found))
	for i, at := range found {
		ids[i] = at.id
	}
	entries, err := r.inOrder(ctx, v, ids, s.Body)
	return Page{entries, newer, older}, err
}

// inOrder finds entries by identifier, in the order given.
func (r Reader) inOrder(ctx context.Context, v press.Viewer, ids []press.EntryID, whole bool) ([]press.Entry, error) {
	found, err := r.entriesOf(ctx, v, ids, whole)
	if err != nil {
		return nil, err
	}
	at := map[press.EntryID]press.Entry{}
	for _, e := range found {
		at[e.ID] = e
	}
	entries := make([]press.Entry, 0, len(found))
	for _, id := range ids {
		if e, ok := at[id]; ok {
			entries = append(entries, e)
		}
	}
	return entries, nil
}
