package store

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const caseColumns = `
select c.id, c.site_id, c.kind, c.thing_id, c.entry_id, coalesce(c.person_id, ''), c.title, c.excerpt, c.revision, c.state,
  c.urgent, c.opened_at, c.outcome, c.ground, c.reason, c.to_reporters, c.to_author, coalesce(c.decided_by, ''),
  coalesce(p.name, ''), c.decided_at, c.acted
from report_case c
left join person p on p.id = c.decided_by`

// rulable says in SQL whether the viewer $1 may read the cases of the site $2: press.Viewer.MayRule.
const rulable = `
join entry e on e.id = c.entry_id
where c.site_id = $2` + decides + `
  and (c.person_id is null or c.person_id <> $1)
  and (c.kind = 'comment' or ((e.created_by is null or e.created_by <> $1) and not exists (select 1 from credit k
    where k.entry_id = e.id and k.person_id = $1 and k.role not in ('proofreader', 'photographer'))))`

const (
	caseByID      = caseColumns + ` where c.id = $1`
	caseWaiting   = caseColumns + ` where c.thing_id = $1 and c.kind = $2 and c.state = 'waiting'`
	casesThatWait = caseColumns + rulable + ` and c.state <> 'decided'
order by c.urgent desc, c.opened_at, c.id
limit $3`
	casesDecided = caseColumns + rulable + ` and c.state = 'decided' and (c.decided_at, c.id) < ($3, $4)
order by c.decided_at desc, c.id desc
limit $5`
	countCases = `select count(*) from report_case c` + rulable + ` and c.state <> 'decided'`
)

func scanCase(row rows.Scanner) (c press.Case, err error) {
	err = row.Scan(&c.ID, &c.Site, &c.Kind, &c.Thing.ID, &c.Entry, &c.Person, &c.Title, &c.Excerpt, &c.Revision, &c.State,
		&c.Urgent, rows.Moment(&c.OpenedAt), &c.Outcome, &c.Ground, &c.Reason, &c.ToReporters, &c.ToAuthor, &c.By, &c.ByName,
		rows.Moment(&c.At), &c.Acted)
	return c, err
}

// Case finds what was reported of a thing, for those who may decide on it; addresses are for the program alone.
func (r Reader) Case(ctx context.Context, v press.Viewer, id press.CaseID) (press.Case, error) {
	return r.reportCase(ctx, v, caseByID, string(id))
}

// WaitingCase finds the case of a thing that waits.
func (tx *Tx) WaitingCase(ctx context.Context, t press.Thing) (press.Case, error) {
	return tx.reportCase(ctx, press.Itself, caseWaiting+tx.d.Held("c"), t.ID, string(t.Kind))
}

// CaseToChange is Case, held until the transaction ends: decisions take turns.
func (tx *Tx) CaseToChange(ctx context.Context, id press.CaseID) (press.Case, error) {
	return tx.reportCase(ctx, press.Itself, caseByID+tx.d.Held("c"), string(id))
}

func (r Reader) reportCase(ctx context.Context, v press.Viewer, query string, args ...any) (press.Case, error) {
	c, err := scanCase(r.q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return c, rows.NotFound("find the report", err)
	}
	e, err := r.Entry(ctx, press.Itself, c.Entry)
	if err != nil {
		return press.Case{}, err
	}
	if !v.MayRule(e, c) {
		return press.Case{}, fmt.Errorf("find the report: %w", rows.Missing())
	}
	return r.attachReports(ctx, v, c)
}

const (
	reportsOfCase = `
select id, case_id, reason, words, name, email, language, quiet, created_at
from report
where case_id = $1
order by created_at, id`
	appealsOfCase = `
select id, case_id, coalesce(report_id, ''), coalesce(person_id, ''), words, created_at, coalesce(judged_by, ''), judged_at,
  changed, answer
from report_appeal
where case_id = $1
order by created_at, id`
)

func scanReport(row rows.Scanner) (r press.Report, err error) {
	err = row.Scan(&r.ID, &r.Case, &r.Reason, &r.Words, &r.Name, &r.Email, &r.Language, &r.Quiet, rows.Moment(&r.At))
	return r, err
}

func (r Reader) attachReports(ctx context.Context, v press.Viewer, c press.Case) (_ press.Case, err error) {
	if c.Reports, err = rows.List(ctx, r.q, "list the reports", scanReport, reportsOfCase, string(c.ID)); err != nil {
		return c, err
	}
	for i := 0; i < len(c.Reports) && !v.System; i++ {
		c.Reports[i].Email = ""
	}
	c.Appeals, err = rows.List(ctx, r.q, "list the appeals", func(row rows.Scanner) (a press.Appeal, err error) {
		err = row.Scan(&a.ID, &a.Case, &a.Report, &a.Person, &a.Words, rows.Moment(&a.At), &a.JudgedBy, rows.Moment(&a.JudgedAt), &a.Changed, &a.Answer)
		return a, err
	}, appealsOfCase, string(c.ID))
	return c, err
}

func (r Reader) cases(ctx context.Context, v press.Viewer, query string, args ...any) ([]press.Case, error) {
	all, err := rows.List(ctx, r.q, "list what was reported", scanCase, query, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i], err = r.attachReports(ctx, v, all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Cases lists what waits, appeals too, for those who may decide on it: the urgent first, then the oldest.
func (r Reader) Cases(ctx context.Context, v press.Viewer, site press.SiteID, limit int) ([]press.Case, error) {
	return r.cases(ctx, v, casesThatWait, viewerKey(v), string(site), limit)
}

// CountCases counts what Cases would list without a limit.
func (r Reader) CountCases(ctx context.Context, v press.Viewer, site press.SiteID) (int, error) {
	return r.count(ctx, "count what was reported", countCases, viewerKey(v), string(site))
}

// DecidedCases lists what was decided, the latest first; the cursor is of what is older.
func (r Reader) DecidedCases(ctx context.Context, v press.Viewer, site press.SiteID, before Cursor, limit int) ([]press.Case, Cursor, error) {
	at, id, placed := before.place()
	if !placed {
		at, id = int64(1)<<62, ""
	}
	all, err := r.cases(ctx, v, casesDecided, viewerKey(v), string(site), at, id, limit+1)
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	last := all[limit-1]
	return all[:limit], cursorAt(rows.Micros(last.At), string(last.ID)), nil
}

const (
	insertCase = `
insert into report_case (title, excerpt, revision, state, urgent, outcome, ground, reason, to_reporters, to_author, decided_by,
  decided_at, acted, id, site_id, kind, thing_id, entry_id, person_id, opened_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
	updateCase = `
update report_case
set title = $1, excerpt = $2, revision = $3, state = $4, urgent = $5, outcome = $6, ground = $7, reason = $8,
  to_reporters = $9, to_author = $10, decided_by = $11, decided_at = $12, acted = $13
where id = $14`
)

func caseValues(c press.Case) []any {
	return []any{
		c.Title, c.Excerpt, c.Revision, string(c.State), c.Urgent, string(c.Outcome), string(c.Ground), c.Reason, c.ToReporters,
		c.ToAuthor, rows.Opt(c.By), rows.Micros(c.At), c.Acted, string(c.ID),
	}
}

// InsertCase opens a case. Of those that wait, a thing has one.
func (tx *Tx) InsertCase(ctx context.Context, c press.Case) error {
	_, err := tx.exec(ctx, "open a report", insertCase, append(caseValues(c),
		string(c.Site), string(c.Kind), c.Thing.ID, string(c.Entry), rows.Opt(c.Person), rows.Micros(c.OpenedAt))...)
	return err
}

// UpdateCase keeps a case changed: its state and its ruling.
func (tx *Tx) UpdateCase(ctx context.Context, c press.Case) error {
	return tx.change(ctx, "keep the report", updateCase, caseValues(c)...)
}

const (
	insertReport = `
insert into report (id, case_id, reason, words, name, email, language, quiet, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	silenceReport = `update report set quiet = true where id = $1`
	reportsSince  = `select count(*) from report where email = $1 and created_at > $2`
	insertAppeal  = `
insert into report_appeal (id, case_id, report_id, person_id, words, created_at, judged_by, judged_at, changed, answer)
values ($1, $2, $3, $4, $5, $6, null, 0, false, '')`
	judgeAppeal = `
update report_appeal
set judged_by = $2, judged_at = $3, changed = $4, answer = $5
where id = $1 and judged_at = 0`
)

// InsertReport adds what someone says to a case.
func (tx *Tx) InsertReport(ctx context.Context, r press.Report) error {
	_, err := tx.exec(ctx, "keep the report", insertReport, string(r.ID), string(r.Case), string(r.Reason), r.Words, r.Name,
		r.Email, r.Language, r.Quiet, rows.Micros(r.At))
	return err
}

// SilenceReport notes that who reported wants no further mail.
func (tx *Tx) SilenceReport(ctx context.Context, id press.ReportID) error {
	return tx.change(ctx, "silence the report", silenceReport, string(id))
}

// ReportsSince counts those made with an address after a time.
func (tx *Tx) ReportsSince(ctx context.Context, email string, after time.Time) (int, error) {
	return tx.count(ctx, "count the reports", reportsSince, email, rows.Micros(after))
}

// InsertAppeal adds an appeal to a case.
func (tx *Tx) InsertAppeal(ctx context.Context, a press.Appeal) error {
	_, err := tx.exec(ctx, "keep the appeal", insertAppeal, string(a.ID), string(a.Case), rows.Opt(a.Report), rows.Opt(a.Person), a.Words,
		rows.Micros(a.At))
	return err
}

// JudgeAppeal ends an appeal that waits.
func (tx *Tx) JudgeAppeal(ctx context.Context, a press.Appeal) error {
	return tx.change(ctx, "judge the appeal", judgeAppeal, string(a.ID), rows.Opt(a.JudgedBy), rows.Micros(a.JudgedAt), a.Changed, a.Answer)
}

const (
	insertKey = `insert into report_key (token_hash, case_id, report_id, person_id) values ($1, $2, $3, $4)`
	keyByHash = `select case_id, coalesce(report_id, ''), coalesce(person_id, '') from report_key where token_hash = $1`
)

// InsertKey keeps what a secret link opens, under the hash of its secret.
func (tx *Tx) InsertKey(ctx context.Context, k press.Key, hash string) error {
	_, err := tx.exec(ctx, "keep the link", insertKey, hash, string(k.Case), rows.Opt(k.Report), rows.Opt(k.Person))
	return err
}

// Key finds what a secret link opens.
func (r Reader) Key(ctx context.Context, hash string) (press.Key, error) {
	var k press.Key
	if err := r.q.QueryRowContext(ctx, keyByHash, hash).Scan(&k.Case, &k.Report, &k.Person); err != nil {
		return k, rows.NotFound("find the report", err)
	}
	return k, nil
}

// The end of a case is its last decision, or the last on an appeal.
const endedBefore = `
  select c.id from report_case c
  where c.state = 'decided' and c.decided_at < $1
    and not exists (select 1 from report_appeal a where a.case_id = c.id and a.judged_at >= $1)`

const (
	forgetReporters = `
update report
set name = '', email = '', words = ''
where (email <> '' or name <> '' or words <> '') and case_id in (` + endedBefore + `)`
	forgetAppeals = `update report_appeal set words = '' where words <> '' and case_id in (` + endedBefore + `)`
	forgetKeys    = `delete from report_key where case_id in (` + endedBefore + `)`
)

// ForgetReporters removes who reported, their words and links from cases that ended before a time. Decisions stay.
func (tx *Tx) ForgetReporters(ctx context.Context, before time.Time) error {
	for _, statement := range []string{forgetReporters, forgetAppeals, forgetKeys} {
		if _, err := tx.exec(ctx, "forget who reported", statement, rows.Micros(before)); err != nil {
			return err
		}
	}
	return nil
}

const casesOfSite = caseColumns + ` where c.site_id = $1`

// ReportFigures is what public figures are made of: kinds, moments and outcomes, nothing of what was said or by whom.
func (r Reader) ReportFigures(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Case, error) {
	all, err := r.cases(ctx, v, casesOfSite, string(site))
	for i, c := range all {
		for j, p := range c.Reports {
			c.Reports[j] = press.Report{Reason: p.Reason, At: p.At}
		}
		for j, a := range c.Appeals {
			c.Appeals[j] = press.Appeal{At: a.At, JudgedAt: a.JudgedAt, Changed: a.Changed}
		}
		c.Title, c.Excerpt, c.Ruling = "", "", press.Ruling{Outcome: c.Outcome, At: c.At}
		all[i] = c
	}
	return all, err
}
