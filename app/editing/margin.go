package editing

import (
	"context"
	"fmt"
	"strconv"

	"bourgeon/press"
	"bourgeon/store"
)

// discussed tells whether a text is between its authors and the desk: only
// then are there remarks in its margin.
func discussed(e press.Entry) bool { return e.Status == press.Proposed || e.Status == press.Returned }

// ReadOver opens a proposal for an animator who remarks on its passages.
func (ed *Editor) ReadOver(ctx context.Context, v press.Viewer, id press.EntryID) (Reading, error) {
	r, err := overRead(ctx, ed.Store.Reader, v, id)
	if err != nil {
		return r, fmt.Errorf("read %s over: %w", id, err)
	}
	return r, nil
}

func overRead(ctx context.Context, reader store.Reader, v press.Viewer, id press.EntryID) (r Reading, err error) {
	e, err := reader.Entry(ctx, v, id)
	if err != nil {
		return r, err
	}
	switch {
	case !v.May(press.Animator, e.Site, e.Section):
		return r, forbidden()
	case v.Owns(e):
		return r, press.Problem(press.Forbidden, "This text is yours: change it, rather than remark on it.")
	}
	all, err := reader.ProofreadingsOf(ctx, v, e)
	if err != nil {
		return r, err
	}
	r.Proofreading = press.Proofreading{Entry: e.ID, Reader: v.Person, Site: e.Site, Name: v.Name, Credited: v.Name != "", Language: e.Language}
	for _, p := range all {
		for i, m := range p.Remarks {
			p.Remarks[i] = m.In(e.Answers)
		}
		if p.Reader == v.Person {
			r.Proofreading = p
		} else {
			r.Others = append(r.Others, p)
		}
	}
	r.Closed = !discussed(e)
	r.entry, r.As = e, press.Draft{Site: e.Site, Form: e.Form, Content: e.Content}
	r.Form, err = reader.Form(ctx, press.Itself, e.Form)
	return r, err
}

// atDesk opens the reading of an animator, with the roles that they hold now.
func (ed *Editor) atDesk(v press.Viewer, id press.EntryID) opening {
	return func(ctx context.Context, tx *store.Tx) (Reading, error) {
		if _, err := tx.EntryToChange(ctx, id); err != nil {
			return Reading{}, err
		}
		v, err := tx.Anew(ctx, v)
		if err != nil {
			return Reading{}, err
		}
		r, err := overRead(ctx, tx.Reader, v, id)
		if err == nil && r.Closed {
			err = alreadyDecided()
		}
		if r.ID == "" {
			r.AskedAt = ed.Now()
		}
		return r, err
	}
}

// RemarkOver is made by an animator on a passage of a proposal. Its authors have
// it once they are told: by TellRemarks, or by Return.
func (ed *Editor) RemarkOver(ctx context.Context, v press.Viewer, id press.EntryID, m press.Remark) (press.Remark, error) {
	return ed.remark(ctx, ed.atDesk(v, id), m)
}

// UnsayOver takes back a remark that the authors don't have yet.
func (ed *Editor) UnsayOver(ctx context.Context, v press.Viewer, id press.EntryID, remark press.RemarkID) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		r, err := ed.atDesk(v, id)(ctx, tx)
		if err != nil {
			return err
		}
		for _, m := range r.Given() {
			if m.ID == remark {
				return press.Problem(press.Conflict, "The author has this remark already: say more in another one.")
			}
		}
		return tx.DeleteRemark(ctx, press.Remark{ID: remark, Proofreading: r.ID})
	})
	if err != nil {
		return fmt.Errorf("take a remark back: %w", err)
	}
	return nil
}

// CreditOver keeps whether an animator who remarked on a proposal wishes to be
// named with it.
func (ed *Editor) CreditOver(ctx context.Context, v press.Viewer, id press.EntryID, credited bool) error {
	return ed.haveReadOver(ctx, v, id, func(tx *store.Tx, r Reading) error {
		r.Credited = credited && r.Name != ""
		return tx.UpdateProofreading(ctx, r.Proofreading)
	})
}

// TellRemarks gives an animator's remarks to the authors of a proposal, who
// learn of them by mail. credited says whether they wish to be named with it.
func (ed *Editor) TellRemarks(ctx context.Context, v press.Viewer, id press.EntryID, name string, credited bool) error {
	name, err := readerName(name, credited)
	if err != nil {
		return err
	}
	return ed.haveReadOver(ctx, v, id, func(tx *store.Tx, r Reading) error {
		fresh := len(r.Remarks) - len(r.Given())
		r.Name, r.Credited, r.DoneAt = name, credited, ed.Now()
		if err := tx.UpdateProofreading(ctx, r.Proofreading); err != nil || fresh == 0 {
			return err
		}
		for _, person := range r.entry.Owners() {
			if err := ed.Post(ctx, tx, press.Mail{
				Kind: press.MailRead, Person: person, Site: r.Site, Entry: id, Data: map[string]string{"name": name, "count": strconv.Itoa(fresh)},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (ed *Editor) haveReadOver(ctx context.Context, v press.Viewer, id press.EntryID, f func(*store.Tx, Reading) error) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		r, err := ed.atDesk(v, id)(ctx, tx)
		if err == nil && r.ID == "" {
			err = missing()
		}
		if err != nil {
			return err
		}
		return f(tx, r)
	})
	if err != nil {
		return fmt.Errorf("end the reading of %s: %w", id, err)
	}
	return nil
}

// giveRemarks gives the authors of an entry all that the desk remarked, and
// counts what they didn't have. Somebody else tells them of it.
func (ed *Editor) giveRemarks(ctx context.Context, tx *store.Tx, e press.Entry) (int, error) {
	all, err := tx.ProofreadingsOf(ctx, press.Itself, e)
	fresh := 0
	for _, p := range all {
		n := len(p.Remarks) - len(p.Given())
		if err != nil || n == 0 {
			continue
		}
		fresh += n
		p.DoneAt = ed.Now()
		err = tx.UpdateProofreading(ctx, p)
	}
	return fresh, err
}

// creditReaders names the animators whose remarks the authors had in hand when
// they changed their text, those who wish it.
func (ed *Editor) creditReaders(ctx context.Context, tx *store.Tx, e *press.Entry) error {
	all, err := tx.ProofreadingsOf(ctx, press.Itself, *e)
	for _, p := range all {
		if err == nil && p.Credited && len(p.Given()) > 0 {
			err = ed.creditProofreader(ctx, tx, p.Reader, p.Name, e)
		}
	}
	return err
}
