package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

// The author of a comment has a page to lead to once something of theirs is
// published on the site. An author of the entry is pointed out only where both
// signatures are the same, which no anonymous one is.
const commentColumns = `
select c.id, c.site_id, c.entry_id, coalesce(c.parent_id, ''), c.status, c.kind, coalesce(c.byline_id, ''),
  case when exists (select 1 from credit k join entry o on o.id = k.entry_id
    where k.byline_id = c.byline_id and o.site_id = c.site_id and o.status = 'published') then b.slug else '' end,
  coalesce(b.name, ''), coalesce(b.organisation, ''), c.person_id,
  exists (select 1 from credit k where k.entry_id = c.entry_id and k.byline_id = c.byline_id and k.person_id = c.person_id
    and k.role in ('author', 'scribe')),
  c.language, c.text, c.html, c.version, c.reason, coalesce(c.decided_by, ''), c.created_at, c.shown_at, c.edited_at, c.changed_at,
  s.slug, coalesce(s.host, ''), s.name, f.slug, coalesce(n.slug, ''), coalesce(n.name, ''), e.title, e.slug, e.language,
  coalesce(e.section_id, '')` + commentFrom

const commentFrom = `
from comment c
join entry e on e.id = c.entry_id
join site s on s.id = c.site_id
join form f on f.id = e.form_id
left join section n on n.id = e.section_id
left join byline b on b.id = c.byline_id`

func scanComment(row rows.Scanner) (press.Comment, error) {
	var c press.Comment
	a := &c.Address
	err := row.Scan(&c.ID, &c.Site, &c.Entry, &c.Parent, &c.Status, &c.By.Kind, &c.By.Byline, &c.By.Slug, &c.By.Name,
		&c.By.Organisation, &c.By.Person, &c.ByAuthor, &c.Language, &c.Text, &c.HTML, &c.Version, &c.Reason, &c.Decider,
		rows.Moment(&c.CreatedAt), rows.Moment(&c.ShownAt), rows.Moment(&c.EditedAt), rows.Moment(&c.ChangedAt),
		&a.SiteSlug, &a.SiteHost, &a.SiteName, &a.FormSlug, &a.SectionSlug, &a.SectionName, &c.EntryTitle, &c.EntrySlug,
		&c.EntryLanguage, &c.Section)
	c.By.Role = press.Author
	return c, err
}

// seenBy is a comment as a viewer gets it: whose it is, only its author learns.
func seenBy(v press.Viewer, c press.Comment) press.Comment {
	if !v.System && !v.Wrote(c) {
		c.By.Person, c.Decider = "", ""
	}
	return c
}

// talked are the conditions under which the talk of an entry is public.
const talked = `
  and e.status = 'published' and coalesce(f.talk, s.talk, 'off') <> 'off'`

const (
	commentByID = commentColumns + `
where c.id = $1`
	commentByKey = commentColumns + `
where c.key_hash = $1`
)

// Comment finds a comment that the viewer may read under an entry that they
// may read.
func (r Reader) Comment(ctx context.Context, v press.Viewer, id press.CommentID) (press.Comment, error) {
	c, err := scanComment(r.q.QueryRowContext(ctx, commentByID, string(id)))
	if err != nil {
		return c, rows.NotFound("find the comment", err)
	}
	if _, err := r.Entry(ctx, v, c.Entry); err != nil && !v.Wrote(c) {
		return press.Comment{}, err
	}
	if !v.MayHear(c) {
		return press.Comment{}, fmt.Errorf("find the comment: %w", rows.Missing())
	}
	return seenBy(v, c), nil
}

// CommentByKey finds a comment by the hash of the secret of the form that it
// came by: whoever holds the secret wrote it.
func (r Reader) CommentByKey(ctx context.Context, hash string) (press.Comment, error) {
	c, err := scanComment(r.q.QueryRowContext(ctx, commentByKey, hash))
	if err != nil {
		return c, rows.NotFound("find the comment", err)
	}
	return c, nil
}

// CommentToChange is Comment for a verb, held until the transaction ends.
func (tx *Tx) CommentToChange(ctx context.Context, id press.CommentID) (press.Comment, error) {
	c, err := scanComment(tx.q.QueryRowContext(ctx, commentByID+tx.d.Held("c"), string(id)))
	if err != nil {
		return c, rows.NotFound("find the comment", err)
	}
	return c, nil
}

// Thread is a page of an entry's talk: first comments in the order in which
// they came, each with all its answers.
type Thread struct {
	Comments []press.Comment
	Earlier  Cursor // give it as Before
	Later    Cursor // give it as After
}

// heard says which comments stand in a thread: those that readers see, the
// viewer's own that wait, and, without their words, those that were answered.
const heard = `
  and (c.status = 'shown' or c.status = 'waiting' and c.person_id = $1
    or exists (select 1 from comment a where a.parent_id = c.id and a.status = 'shown'))`

const answersTo = commentColumns + `
where $1 = $1` + heard + `
  and c.parent_id in (%s)
order by c.created_at, c.id`

// Talk lists a page of the talk under a published entry, as its pages show it.
// It is empty where the site doesn't talk.
func (r Reader) Talk(ctx context.Context, v press.Viewer, entry press.EntryID, before, after Cursor, limit int) (Thread, error) {
	at, id, backwards := before.place()
	sign, direction := ">", "asc"
	if backwards {
		sign, direction = "<", "desc"
	} else if a, i, placed := after.place(); placed {
		at, id = a, i
	}
	query := commentColumns + `
where $1 = $1` + heard + talked + `
  and c.entry_id = $2 and c.parent_id is null and (c.created_at, c.id) ` + sign + ` ($3, $4)
order by c.created_at ` + direction + `, c.id ` + direction + `
limit $5`
	all, err := rows.List(ctx, r.q, "list the comments", scanComment, query, string(v.Person), string(entry), at, id, limit+1)
	if err != nil {
		return Thread{}, err
	}
	more := len(all) > limit
	if more {
		all = all[:limit]
	}
	if backwards {
		slices.Reverse(all)
	}
	t := Thread{Comments: all}
	if n := len(all); n > 0 {
		first, last := all[0], all[n-1]
		if backwards && more || !backwards && after != "" {
			t.Earlier = cursorAt(rows.Micros(first.CreatedAt), string(first.ID))
		}
		if !backwards && more || backwards {
			t.Later = cursorAt(rows.Micros(last.CreatedAt), string(last.ID))
		}
	}
	return t, r.answers(ctx, v, t.Comments)
}

// answers gives each comment of a thread what was answered to it.
func (r Reader) answers(ctx context.Context, v press.Viewer, all []press.Comment) error {
	if len(all) == 0 {
		return nil
	}
	at := map[press.CommentID]int{}
	args := []any{string(v.Person)}
	for i, c := range all {
		at[c.ID] = i
		args = append(args, string(c.ID))
		all[i] = inThread(v, c)
	}
	found, err := rows.List(ctx, r.q, "list the answers", scanComment, fmt.Sprintf(answersTo, rows.Marks(2, len(all))), args...)
	if err != nil {
		return err
	}
	for _, c := range found {
		top := &all[at[c.Parent]]
		top.Answers = append(top.Answers, inThread(v, c))
	}
	return nil
}

// inThread leaves of a comment that nobody may read there only its place.
func inThread(v press.Viewer, c press.Comment) press.Comment {
	if c.Status == press.CommentShown || c.Status == press.CommentWaiting && v.Wrote(c) {
		return seenBy(v, c)
	}
	return press.Comment{ID: c.ID, Site: c.Site, Entry: c.Entry, Parent: c.Parent, Status: c.Status, CreatedAt: c.CreatedAt}
}

// ThreadOf is a first comment that readers see, with its answers.
func (r Reader) ThreadOf(ctx context.Context, v press.Viewer, id press.CommentID) (press.Comment, error) {
	c, err := r.Comment(ctx, v, id)
	if err != nil {
		return c, err
	}
	if c.Parent != "" {
		return r.ThreadOf(ctx, v, c.Parent)
	}
	all := []press.Comment{c}
	err = r.answers(ctx, v, all)
	return all[0], err
}

const latestComments = commentColumns + `
where c.status = 'shown' and (c.site_id = $1 or $1 = '' and s.closed_at = 0) and (c.entry_id = $2 or $2 = '')` + talked + `
  and (c.shown_at, c.id) < ($3, $4)
order by c.shown_at desc, c.id desc
limit $5`

// LatestComments lists the comments that readers see, the latest first: of a
// site, or of the network where it is "", or of one entry. The cursor is where
// older ones begin, "" at the end.
func (r Reader) LatestComments(ctx context.Context, v press.Viewer, site press.SiteID, entry press.EntryID, before Cursor, limit int) ([]press.Comment, Cursor, error) {
	return r.comments(ctx, v, before, limit, func(c press.Comment) time.Time { return c.ShownAt },
		latestComments, string(site), string(entry))
}

// comments runs a query that lists comments downwards from a place, its last
// three arguments, and tells the next one.
func (r Reader) comments(ctx context.Context, v press.Viewer, before Cursor, limit int, by func(press.Comment) time.Time, query string, args ...any) ([]press.Comment, Cursor, error) {
	at, id, placed := before.place()
	if !placed {
		at, id = int64(1)<<62, ""
	}
	all, err := rows.List(ctx, r.q, "list the comments", scanComment, query, append(args, at, id, limit+1)...)
	for i := range all {
		all[i] = seenBy(v, all[i])
	}
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	all = all[:limit]
	last := all[limit-1]
	return all, cursorAt(rows.Micros(by(last)), string(last.ID)), nil
}

const ownComments = commentColumns + `
where c.person_id = $1 and (c.created_at, c.id) < ($2, $3)
order by c.created_at desc, c.id desc
limit $4`

// OwnComments lists what the viewer commented on the whole network, the latest
// first, whatever became of it. Where the entry is no longer for them, its
// title and address are left out.
func (r Reader) OwnComments(ctx context.Context, v press.Viewer, before Cursor, limit int) ([]press.Comment, Cursor, error) {
	if !v.Known() {
		return nil, "", nil
	}
	all, older, err := r.comments(ctx, v, before, limit, func(c press.Comment) time.Time { return c.CreatedAt },
		ownComments, string(v.Person))
	if err != nil {
		return nil, "", err
	}
	for i, c := range all {
		switch _, err := r.Entry(ctx, v, c.Entry); press.KindOf(err) {
		case press.NotFound, press.Gone:
			all[i].EntryTitle, all[i].EntrySlug = "", ""
		default:
			if err != nil {
				return nil, "", err
			}
		}
	}
	return all, older, nil
}

const (
	commentsToDecide = commentColumns + `
where c.site_id = $2 and c.status = $3` + decides + `
  and (c.changed_at, c.id) < ($4, $5)
order by c.changed_at desc, c.id desc
limit $6`
	commentsWaiting = commentColumns + `
where c.site_id = $2 and c.status = 'waiting'` + decides + `
order by c.changed_at, c.id
limit $3`
	countCommentsWaiting = `
select count(*)` + commentFrom + `
where c.site_id = $2 and c.status = 'waiting'` + decides
)

// CommentsToDecide lists a site's comments in a status for those who may decide
// on them, the last changed first.
func (r Reader) CommentsToDecide(ctx context.Context, v press.Viewer, site press.SiteID, status press.CommentStatus, before Cursor, limit int) ([]press.Comment, Cursor, error) {
	if status == press.CommentDraft {
		return nil, "", nil
	}
	return r.comments(ctx, v, before, limit, func(c press.Comment) time.Time { return c.ChangedAt },
		commentsToDecide, viewerKey(v), string(site), string(status))
}

// CommentsWaiting lists the comments that wait on a site, oldest first, for
// those who may decide on them.
func (r Reader) CommentsWaiting(ctx context.Context, v press.Viewer, site press.SiteID, limit int) ([]press.Comment, error) {
	all, err := rows.List(ctx, r.q, "list the comments that wait", scanComment, commentsWaiting, viewerKey(v), string(site), limit)
	for i := range all {
		all[i] = seenBy(v, all[i])
	}
	return all, err
}

// CountCommentsWaiting counts what CommentsWaiting lists.
func (r Reader) CountCommentsWaiting(ctx context.Context, v press.Viewer, site press.SiteID) (int, error) {
	return r.count(ctx, "count the comments that wait", countCommentsWaiting, viewerKey(v), string(site))
}

const commentVersions = `
select o.text, o.made_at
from comment_version o
where o.comment_id = $1
order by o.number desc`

// Wording is an earlier text of a comment.
type Wording struct {
	Text   string
	MadeAt time.Time
}

// Wordings lists the earlier texts of a comment, the latest first, for its
// author and those who may decide on it.
func (r Reader) Wordings(ctx context.Context, v press.Viewer, c press.Comment) ([]Wording, error) {
	if !v.Wrote(c) && !v.May(press.Animator, c.Site, c.Section) {
		return nil, nil
	}
	return rows.List(ctx, r.q, "list the earlier texts", func(row rows.Scanner) (o Wording, err error) {
		err = row.Scan(&o.Text, rows.Moment(&o.MadeAt))
		return o, err
	}, commentVersions, string(c.ID))
}

const heardOf = `
select coalesce(sum(case when c.status = 'shown' then 1 else 0 end), 0),
  coalesce(sum(case when c.status in ('hidden', 'refused') then 1 else 0 end), 0)
from comment c
where c.person_id = $1 and c.site_id = $2`

// HeardOf counts what somebody said on a site, and published on the network:
// trust grows with it.
func (tx *Tx) HeardOf(ctx context.Context, person press.PersonID, site press.SiteID) (h press.Heard, err error) {
	if err := tx.q.QueryRowContext(ctx, heardOf, string(person), string(site)).Scan(&h.Shown, &h.Hidden); err != nil {
		return h, fmt.Errorf("count a person's comments: %w", err)
	}
	h.Entries, err = tx.PublishedBy(ctx, person, "", "")
	return h, err
}

const (
	insertComment = `
insert into comment (id, site_id, entry_id, parent_id, status, kind, byline_id, person_id, language, text, html, version,
  key_hash, follow, reason, decided_by, created_at, shown_at, edited_at, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
	updateComment = `
update comment
set status = $2, kind = $3, byline_id = $4, person_id = $5, language = $6, text = $7, html = $8, version = $9, reason = $10,
  decided_by = $11, created_at = $12, shown_at = $13, edited_at = $14, changed_at = $15
where id = $1`
	setWantsMail  = `update comment set follow = $2 where id = $1`
	wantsMail     = `select follow from comment where id = $1`
	insertWording = `
insert into comment_version (comment_id, number, text, made_at)
values ($1, $2, $3, $4)`
)

// anonymously leaves no byline to an anonymous signature, even if it is given one.
func anonymously(c press.Credit) press.BylineID {
	if c.Kind == press.SignAnonymous {
		return ""
	}
	return c.Byline
}

// InsertComment keeps a new comment, under the hash of the secret of its form;
// follow is whether its author wants mails, once it is confirmed.
func (tx *Tx) InsertComment(ctx context.Context, c press.Comment, keyHash string, follow bool) error {
	_, err := tx.exec(ctx, "insert the comment", insertComment, string(c.ID), string(c.Site), string(c.Entry), rows.Opt(c.Parent),
		string(c.Status), string(c.By.Kind), rows.Opt(anonymously(c.By)), string(c.By.Person), c.Language, c.Text, c.HTML, c.Version,
		keyHash, follow, c.Reason, rows.Opt(c.Decider), rows.Micros(c.CreatedAt), rows.Micros(c.ShownAt), rows.Micros(c.EditedAt), rows.Micros(c.ChangedAt))
	return err
}

// UpdateComment keeps a comment changed.
func (tx *Tx) UpdateComment(ctx context.Context, c press.Comment) error {
	return tx.change(ctx, "update the comment", updateComment, string(c.ID), string(c.Status), string(c.By.Kind),
		rows.Opt(anonymously(c.By)), string(c.By.Person), c.Language, c.Text, c.HTML, c.Version, c.Reason, rows.Opt(c.Decider),
		rows.Micros(c.CreatedAt), rows.Micros(c.ShownAt), rows.Micros(c.EditedAt), rows.Micros(c.ChangedAt))
}

// SetWantsMail keeps whether the author of a comment not yet confirmed wants mails.
func (tx *Tx) SetWantsMail(ctx context.Context, id press.CommentID, follow bool) error {
	return tx.change(ctx, "keep who wants mails", setWantsMail, string(id), follow)
}

// WantsMail is what SetWantsMail kept.
func (tx *Tx) WantsMail(ctx context.Context, id press.CommentID) (follow bool, err error) {
	if err := tx.q.QueryRowContext(ctx, wantsMail, string(id)).Scan(&follow); err != nil {
		return false, rows.NotFound("find the comment", err)
	}
	return follow, nil
}

// KeepWording keeps the text that a comment had, before it is changed.
func (tx *Tx) KeepWording(ctx context.Context, c press.Comment, at time.Time) error {
	_, err := tx.exec(ctx, "keep the earlier text", insertWording, string(c.ID), c.Version, c.Text, rows.Micros(at))
	return err
}

const commentsSince = commentColumns + `
where c.entry_id = $1 and c.status = 'shown' and c.person_id <> $2 and c.shown_at > $3` + talked + `
order by c.shown_at, c.id
limit $4`

// CommentsSince lists the comments of others that appeared under an entry after
// a time, for the program to tell somebody of.
func (r Reader) CommentsSince(ctx context.Context, entry press.EntryID, except press.PersonID, after time.Time, limit int) ([]press.Comment, error) {
	return rows.List(ctx, r.q, "list the new comments", scanComment, commentsSince, string(entry), string(except), rows.Micros(after), limit)
}

const commentsByID = commentColumns + `
where c.id in (%s) and c.status = 'shown'` + talked + `
order by c.shown_at, c.id`

// ShownComments finds those of some comments that readers still see.
func (r Reader) ShownComments(ctx context.Context, v press.Viewer, ids []press.CommentID) ([]press.Comment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	all, err := rows.List(ctx, r.q, "find the comments", scanComment, fmt.Sprintf(commentsByID, rows.Marks(1, len(ids))), args...)
	for i := range all {
		all[i] = seenBy(v, all[i])
	}
	return all, err
}

const threadsUpTo = `
select count(*)` + commentFrom + `
where c.entry_id = $1 and c.parent_id is null and c.created_at <= $2
  and (c.status = 'shown' or exists (select 1 from comment a where a.parent_id = c.id and a.status = 'shown'))`

// PlaceOf tells where a comment stands in pages of so many threads: "" on the
// first one, else the cursor after which its thread begins.
func (r Reader) PlaceOf(ctx context.Context, c press.Comment, threads int) (Cursor, error) {
	top := c
	if c.Parent != "" {
		var err error
		if top, err = r.Comment(ctx, press.Itself, c.Parent); err != nil {
			return "", err
		}
	}
	n, err := r.count(ctx, "place the comment", threadsUpTo, string(c.Entry), rows.Micros(top.CreatedAt))
	if err != nil || n <= threads {
		return "", err
	}
	return cursorAt(rows.Micros(top.CreatedAt)-1, ""), nil
}
