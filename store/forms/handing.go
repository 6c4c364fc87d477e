package forms

import (
	"context"
	"time"

	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	handingColumns = `
select id, token, site_id, person_id, name, shown, made_at, ended_at
from handing`
	handingByToken   = handingColumns + ` where token = $1 and ended_at = 0`
	handingsOfPerson = handingColumns + ` where person_id = $1 and site_id = $2 and ended_at = 0 order by made_at`
	handingsOfSite   = handingColumns + ` where site_id = $1`
	insertHanding    = `
insert into handing (id, token, site_id, person_id, name, shown, made_at, ended_at)
values ($1, $2, $3, $4, $5, $6, $7, 0)`
	endHanding = `update handing set ended_at = $3 where id = $1 and person_id = $2`
)

func scanHanding(row rows.Scanner) (press.Handing, error) {
	var h press.Handing
	err := row.Scan(&h.ID, &h.Token, &h.Site, &h.Person, &h.Name, &h.Shown, rows.Moment(&h.At), rows.Moment(&h.Ended))
	return h, err
}

// HandingByToken finds an invitation link that works, for whoever came by it.
func (r Reader) HandingByToken(ctx context.Context, token string) (press.Handing, error) {
	h, err := scanHanding(r.q.QueryRowContext(ctx, handingByToken, token))
	if err != nil {
		return h, rows.NotFound("find the invitation link", err)
	}
	return h, nil
}

// Handings lists the viewer's own invitation links on a site, those that work.
func (r Reader) Handings(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Handing, error) {
	if !v.Known() {
		return nil, nil
	}
	return rows.List(ctx, r.q, "list the invitation links", scanHanding, handingsOfPerson, string(v.Person), string(site))
}

// HandingsOfSite lists all invitation links of a site, ended ones too, for the
// program alone: the chain of invitations is made of them.
func (r Reader) HandingsOfSite(ctx context.Context, v press.Viewer, site press.SiteID) ([]press.Handing, error) {
	if !v.System {
		return nil, rows.Missing()
	}
	return rows.List(ctx, r.q, "list the site's invitation links", scanHanding, handingsOfSite, string(site))
}

// InsertHanding keeps a new invitation link.
func (tx Tx) InsertHanding(ctx context.Context, h press.Handing) error {
	_, err := rows.Exec(ctx, tx.tx, "keep the invitation link", insertHanding, string(h.ID), h.Token, string(h.Site), string(h.Person), h.Name, h.Shown,
		rows.Micros(h.At))
	return err
}

// EndHanding ends somebody's invitation link.
func (tx Tx) EndHanding(ctx context.Context, id press.HandingID, person press.PersonID, at time.Time) error {
	return rows.Change(ctx, tx.tx, "end the invitation link", endHanding, string(id), string(person), rows.Micros(at))
}
