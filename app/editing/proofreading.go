package editing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// readFor is how long somebody who was asked may read a draft over.
const readFor = 30 * 24 * time.Hour

// Request is what a writer asks of a reader: by mail, or of the site's
// animators when Email is "".
type Request struct {
	Team     bool
	Email    string
	By       string // how the writer calls themselves; "" for somebody
	ReplyTo  string // "" for the writer's own address, if it is known
	Message  string
	Language string
}

func (r *Request) check() error {
	var c press.Checks
	r.Email, r.ReplyTo = press.FoldEmail(r.Email), press.FoldEmail(r.ReplyTo)
	r.By, r.Message = press.CleanLine(r.By), press.Clean(r.Message)
	if !r.Team {
		press.CheckEmail(&c, "reader", r.Email)
	}
	if r.ReplyTo != "" {
		press.CheckEmail(&c, "reply_to", r.ReplyTo)
	}
	press.CheckLength(&c, "by", r.By, 100)
	press.CheckLength(&c, "message", r.Message, 1000)
	return c.Err()
}

// AskToRead asks somebody to read a draft over before it is proposed: who gets
// the mail holds a secret that opens it, and needs no account.
func (ed *Editor) AskToRead(ctx context.Context, v press.Viewer, key string, r Request) error {
	if err := r.check(); err != nil {
		return err
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		d, err := open(ctx, tx.Reader, v, key)
		if err != nil {
			return err
		}
		asked, err := tx.Proofreadings(ctx, d.ID)
		if err != nil {
			return err
		}
		if len(asked) >= press.MaxProofreadings {
			return press.Problem(press.Invalid, "You have asked enough people for this text: wait for what they say.")
		}
		_, form, err := ed.home(ctx, tx.Reader, d)
		if err != nil {
			return err
		}
		now, secret := ed.Now(), token.New()
		p := press.Proofreading{
			ID: newID[press.ProofreadingID](), Draft: d.ID, Site: d.Site, Email: r.Email, By: r.By, ReplyTo: r.ReplyTo, Message: r.Message,
			Language: r.Language, AskedAt: now, EndsAt: now.Add(readFor),
		}
		if r.Team {
			p.Email = ""
		}
		if p.ReplyTo == "" {
			p.ReplyTo = v.Email
		}
		if err := tx.InsertProofreading(ctx, p, token.Hash(secret)); err != nil {
			return err
		}
		mail := press.Mail{
			Kind: press.MailProofread, To: p.Email, Language: r.Language, Site: d.Site,
			Data: map[string]string{"token": secret, "title": form.Title(d.Answers), "by": p.By, "message": p.Message},
		}
		if !r.Team {
			return ed.Post(ctx, tx, mail)
		}
		return ed.toAnimators(ctx, tx, v, d, mail)
	})
	if err != nil {
		return fmt.Errorf("ask for a proof-reading: %w", err)
	}
	return nil
}

// toAnimators sends a mail to each animator of a draft's site, but the writer.
func (ed *Editor) toAnimators(ctx context.Context, tx *store.Tx, v press.Viewer, d press.Draft, mail press.Mail) error {
	members, err := tx.Memberships(ctx, press.Itself, d.Site)
	if err != nil {
		return err
	}
	told := map[press.PersonID]bool{v.Person: true}
	for _, m := range members {
		concerned := m.Role == press.Animator && (m.Section == "" || m.Section == d.Section)
		if told[m.Person] || !concerned {
			continue
		}
		told[m.Person] = true
		mail.Person, mail.Language = m.Person, ""
		if err := ed.Post(ctx, tx, mail); err != nil {
			return err
		}
	}
	return nil
}

// Proofreadings are those of a draft that the viewer has open, with what is for
// its writer: in a working copy of one's own proposal, what the desk remarked
// too.
func (ed *Editor) Proofreadings(ctx context.Context, v press.Viewer, d press.Draft) ([]press.Proofreading, error) {
	return proofreadings(ctx, ed.Store.Reader, v, d)
}

func proofreadings(ctx context.Context, r store.Reader, v press.Viewer, d press.Draft) ([]press.Proofreading, error) {
	all, err := r.Proofreadings(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	if d.Base > 0 {
		e, err := r.Entry(ctx, press.Itself, d.Entry)
		if err != nil {
			return nil, err
		}
		if v.Owns(e) && discussed(e) {
			desk, err := r.ProofreadingsOf(ctx, v, e)
			if err != nil {
				return nil, err
			}
			all = append(all, desk...)
		}
	}
	for i, p := range all {
		all[i].Remarks = p.Given()
		for j, m := range all[i].Remarks {
			all[i].Remarks[j] = m.In(d.Answers)
		}
	}
	return all, nil
}

// EndReading takes a request back: its link opens nothing any more, what was
// said stays.
func (ed *Editor) EndReading(ctx context.Context, v press.Viewer, key string, id press.ProofreadingID) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		d, err := open(ctx, tx.Reader, v, key)
		if err != nil {
			return err
		}
		asked, err := tx.Proofreadings(ctx, d.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(asked, func(p press.Proofreading) bool { return p.ID == id })
		if at < 0 {
			return missing()
		}
		if !asked[at].EndedAt.IsZero() {
			return nil
		}
		asked[at].EndedAt = ed.Now()
		return tx.UpdateProofreading(ctx, asked[at])
	})
	if err != nil {
		return fmt.Errorf("end a proof-reading: %w", err)
	}
	return nil
}

// remarkOn finds a remark that a draft's writer has.
func remarkOn(ctx context.Context, tx *store.Tx, v press.Viewer, d press.Draft, id press.RemarkID) (press.Remark, error) {
	all, err := proofreadings(ctx, tx.Reader, v, d)
	for _, p := range all {
		for _, m := range p.Remarks {
			if m.ID == id {
				return m, err
			}
		}
	}
	if err == nil {
		err = missing()
	}
	return press.Remark{}, err
}

// Reading is what somebody who reads a text over has on the table.
type Reading struct {
	press.Proofreading // its ID is "" at the desk, before the first remark
	Form               press.Form
	As                 press.Draft          // the text, as its writer keeps it now
	Others             []press.Proofreading // at the desk
	Closed             bool                 // at the desk: it was decided on, and nothing is remarked any more
	back               string               // where its writer finds it, if they are known
	entry              press.Entry          // at the desk
}

// opening opens a reading in the transaction that changes it.
type opening func(context.Context, *store.Tx) (Reading, error)

// byLink opens the reading of whoever holds a request's secret.
func (ed *Editor) byLink(secret string) opening {
	return func(ctx context.Context, tx *store.Tx) (Reading, error) {
		return toRead(ctx, tx.Reader, ed.Now(), secret)
	}
}

// ToRead opens a draft for whoever holds the secret of a request.
func (ed *Editor) ToRead(ctx context.Context, secret string) (Reading, error) {
	r, err := toRead(ctx, ed.Store.Reader, ed.Now(), secret)
	if err != nil {
		return r, fmt.Errorf("open the proof-reading: %w", err)
	}
	return r, nil
}

func toRead(ctx context.Context, reader store.Reader, now time.Time, secret string) (r Reading, err error) {
	if r.Proofreading, err = reader.ProofreadingByToken(ctx, token.Hash(secret)); err != nil {
		return r, err
	}
	if !r.Open(now) {
		return r, press.Problem(press.Gone, "This request to read is over. Thank you for having wished to help.")
	}
	if r.As, err = reader.Draft(ctx, press.Itself, r.Draft); err != nil {
		return r, err
	}
	if r.As.Person != "" {
		r.back = string(r.As.ID)
	}
	r.As.Token, r.As.Person, r.As.Signing = "", "", press.Signing{} // whose it is, the writer says or not
	r.Form, err = reader.Form(ctx, press.Itself, r.As.Form)
	return r, err
}

// Remark is made on a passage of the draft as its writer keeps it now.
func (ed *Editor) Remark(ctx context.Context, secret string, m press.Remark) (press.Remark, error) {
	return ed.remark(ctx, ed.byLink(secret), m)
}

func (ed *Editor) remark(ctx context.Context, open opening, m press.Remark) (press.Remark, error) {
	m.ID, m.State = newID[press.RemarkID](), press.RemarkOpen
	m.Words, m.Instead = press.Clean(m.Words), press.Clean(m.Instead)
	if m.Instead == m.Passage {
		m.Instead = ""
	}
	if err := m.Check(); err != nil {
		return m, err
	}
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		r, err := open(ctx, tx)
		if err != nil {
			return err
		}
		if len(r.Remarks) >= press.MaxRemarks {
			return press.Problem(press.Invalid, "You have made many remarks: let the author read them first.")
		}
		if _, stands := press.Reword(r.As.Answers.One(m.Field), m.Passage, ""); !stands {
			return press.Problem(press.Conflict, "The author has changed this passage meanwhile: read it again below.")
		}
		if r.ID == "" {
			r.ID = newID[press.ProofreadingID]()
			if err := tx.InsertProofreading(ctx, r.Proofreading, token.Hash(token.New())); err != nil { // a secret that nobody holds
				return err
			}
		}
		m.Proofreading, m.At = r.ID, ed.Now()
		return tx.InsertRemark(ctx, m)
	})
	if err != nil {
		return m, fmt.Errorf("remark on a passage: %w", err)
	}
	return m, nil
}

// Unsay takes back a remark that its writer hasn't answered.
func (ed *Editor) Unsay(ctx context.Context, secret string, id press.RemarkID) error {
	err := ed.Store.Write(ctx, func(tx *store.Tx) error {
		r, err := toRead(ctx, tx.Reader, ed.Now(), secret)
		if err != nil {
			return err
		}
		return tx.DeleteRemark(ctx, press.Remark{ID: id, Proofreading: r.ID})
	})
	if err != nil {
		return fmt.Errorf("take a remark back: %w", err)
	}
	return nil
}

// HaveRead ends a reading: the writer learns of it. credited says whether the
// reader wishes to be named with the text.
func (ed *Editor) HaveRead(ctx context.Context, secret, name string, credited bool) error {
	name, err := readerName(name, credited)
	if err != nil {
		return err
	}
	err = ed.Store.Write(ctx, func(tx *store.Tx) error {
		r, err := toRead(ctx, tx.Reader, ed.Now(), secret)
		if err != nil {
			return err
		}
		first := r.DoneAt.IsZero()
		r.Name, r.Credited, r.DoneAt = name, credited, ed.Now()
		if err := tx.UpdateProofreading(ctx, r.Proofreading); err != nil || !first || r.ReplyTo == "" {
			return err
		}
		return ed.Post(ctx, tx, press.Mail{
			Kind: press.MailRead, To: r.ReplyTo, Language: r.Language, Site: r.Site,
			Data: map[string]string{"title": r.Form.Title(r.As.Answers), "name": name, "count": fmt.Sprint(len(r.Remarks)), "draft": r.back},
		})
	})
	if err != nil {
		return fmt.Errorf("end a reading: %w", err)
	}
	return nil
}

// readerName tidies and checks how somebody who read a text wishes to be called.
func readerName(name string, credited bool) (string, error) {
	name = press.CleanLine(name)
	var c press.Checks
	press.CheckLength(&c, "name", name, 100)
	if credited && name == "" {
		c.Fault("name", "Write your name, as you wish to be named.")
	}
	return name, c.Err()
}

// Answer says what becomes of a remark: its wording comes into the draft, or
// it is set aside, or opened again, a wording that was taken giving way to the
// former one. version is the draft's, as for Save. press.Conflict when the
// passage stands there no more: nothing is changed then.
func (ed *Editor) Answer(ctx context.Context, v press.Viewer, key string, version int, id press.RemarkID, next press.RemarkState) (press.Draft, error) {
	var d press.Draft
	err := ed.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if d, err = open(ctx, tx.Reader, v, key); err != nil {
			return err
		}
		m, err := remarkOn(ctx, tx, v, d, id)
		if err != nil || m.State == next {
			return err
		}
		from, to := "", ""
		switch {
		case next == press.RemarkTaken && m.Instead != "":
			from, to = m.Passage, m.Instead
		case m.State == press.RemarkTaken && m.Instead != "":
			from, to = m.Instead, m.Passage
		}
		if from != "" {
			if d, err = ed.reword(ctx, tx, v, d, version, m.Field, from, to); err != nil {
				return err
			}
		}
		return tx.SetRemark(ctx, id, next)
	})
	if err != nil {
		return d, fmt.Errorf("answer a remark: %w", err)
	}
	return d, nil
}

func (ed *Editor) reword(ctx context.Context, tx *store.Tx, v press.Viewer, d press.Draft, version int, field, from, to string) (press.Draft, error) {
	changed, stands := press.Reword(d.Answers.One(field), from, to)
	if !stands {
		return d, press.Problem(press.Conflict, "You have changed this passage since: put the wording in by hand, if you like it.")
	}
	content := d.Content
	content.Answers = press.Answers{}
	for key, answer := range d.Answers {
		content.Answers[key] = answer
	}
	content.Answers[field] = []string{changed}
	return ed.save(ctx, tx, v, d, version, Work{Content: content, Signing: d.Signing})
}
