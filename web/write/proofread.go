package write

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bourgeon/app/editing"
	"bourgeon/kit/markdown"
	"bourgeon/kit/textdiff"
	"bourgeon/press"
	"bourgeon/web/page"
)

// asking is the form by which a writer asks somebody to read over.
type asking struct {
	Who     string // "team" or "person"
	Request editing.Request
	Faults  page.Faults
}

// AskToRead is POST /draft/{key}/proofreading: somebody is asked to read the draft over.
func (f *Face) AskToRead(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	a := asking{Who: in.Line("who"), Request: editing.Request{
		Team: in.Line("who") == "team", Email: in.Line("reader"), By: in.Line("by"), ReplyTo: in.Line("reply_to"), Message: in.Text("message"),
		Language: v.L.Lang(),
	}}
	if err := firstOf(
		func() error { return admit(v, in) },
		func() error { return f.Editor.AskToRead(r.Context(), v.Viewer, d.Key, a.Request) },
	); err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		a.Faults = faults
		return f.show(v, w, r, sheet{desk: d, Ask: a}, status)
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "asked")+"#ask")
}

// EndReading is POST /draft/{key}/proofreading/{id}: the writer takes a request back.
func (f *Face) EndReading(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if err := f.Editor.EndReading(r.Context(), v.Viewer, d.Key, press.ProofreadingID(r.PathValue("id"))); err != nil {
		return err
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "unasked")+"#ask")
}

// answered are the buttons of a remark, and what becomes of it.
var answered = map[string]press.RemarkState{"take": press.RemarkTaken, "set": press.RemarkSet, "reopen": press.RemarkOpen}

// answer says what becomes of a remark, once the text is kept.
func (f *Face) answer(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, act, id string) error {
	saved, err := f.Editor.Answer(r.Context(), v.Viewer, d.Key, d.Draft.Version, press.RemarkID(id), answered[act])
	if faults, status, ok := refused(w, err); ok {
		return f.show(v, w, r, sheet{desk: d, Faults: faults}, status)
	}
	if err != nil {
		return err
	}
	d.Draft = saved
	return page.Redirect(w, r, done(d.Link(v, ""), "remark-"+act)+"#remark-"+id)
}

// refused is page.Refused, and what the page says of a passage that has changed meanwhile.
func refused(w http.ResponseWriter, err error) (page.Faults, int, bool) {
	var e *press.Error
	switch {
	case err == nil:
		return nil, 0, false
	case press.KindOf(err) == press.Conflict && errors.As(err, &e):
		return page.Faults{{Message: e.Message, Args: e.Args}}, http.StatusConflict, true
	}
	return page.Refused(w, err)
}

// margin is a remark beside the text that it is about.
type margin struct {
	press.Remark
	By   string        // "" to the one who made it
	Ops  []textdiff.Op // of its wording; nil without one
	Back bool          // the one who made it may take it back
}

// margins are the remarks of all who read, in the order of the text; those on passages that are gone come last.
func margins(v *page.Visit, form press.Form, said press.Content, all []press.Proofreading) []margin {
	var left, found []margin
	for _, p := range all {
		for _, r := range p.Remarks {
			m := margin{Remark: r, By: readerName(v, p)}
			if r.Instead != "" {
				m.Ops = textdiff.Words(v.Set(said.Language, r.Passage), v.Set(said.Language, r.Instead))
			}
			left = append(left, m)
		}
	}
	for _, part := range form.Passages(said.Answers) {
		of, rest := beside(part, left)
		found, left = append(found, of...), rest
	}
	return append(found, left...)
}

// beside parts the remarks on a passage, as it stood or as it was reworded, from the others.
func beside(part press.Passage, all []margin) (of, rest []margin) {
	for _, m := range all {
		if m.Field == part.Field && (m.Passage == part.Text || m.State == press.RemarkTaken && m.Instead == part.Text) {
			of = append(of, m)
		} else {
			rest = append(rest, m)
		}
	}
	return of, rest
}

// openRemarks counts those that wait for an answer.
func openRemarks(all []margin) (n int) {
	for _, m := range all {
		if m.State == press.RemarkOpen {
			n++
		}
	}
	return n
}

// readerName is how somebody who was asked is called to the writer.
func readerName(v *page.Visit, p press.Proofreading) string {
	switch {
	case p.Name != "":
		return p.Name
	case p.Email != "":
		return p.Email
	}
	return v.T("The people of %s", v.Name())
}

// creditedReaders are the names of those who read a draft over and wish to be named, a line each.
func (f *Face) creditedReaders(ctx context.Context, v *page.Visit, d desk) (string, error) {
	all, err := f.Editor.Proofreadings(ctx, v.Viewer, d.Draft)
	var names []string
	for _, p := range all {
		if p.Credited {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "\n"), err
}

// reading is the page of somebody who reads a text over, asked by a link or at the desk.
type reading struct {
	editing.Reading
	Link     string // the page's
	Passages []passage
	Gone     []margin     // on passages that stand in the text no more
	Typed    press.Remark // that could not be kept
	Name     string
	Credited bool
	Faults   page.Faults
}

// passage is a part of the text with what its readers said of it.
type passage struct {
	press.Passage
	N       int
	HTML    string
	Title   bool
	Remarks []margin
}

// AtDesk tells whether an animator reads a proposal.
func (p reading) AtDesk() bool { return p.Entry != "" }

// typedOn tells whether what could not be kept is about this passage.
func (p reading) typedOn(part passage) bool {
	return len(p.Faults) > 0 && p.Typed.Field == part.Field && p.Typed.Passage == part.Text
}

// astray tells whether what could not be kept is about a passage that stands there no more.
func (p reading) astray() bool {
	return p.Typed.Passage != "" && !slices.ContainsFunc(p.Passages, p.typedOn)
}

// ToRead is GET /proofread/{secret}: a draft, for whoever was asked to read it over.
func (f *Face) ToRead(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.toRead(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, proofreading(v, p))
}

func (f *Face) toRead(v *page.Visit, w http.ResponseWriter, r *http.Request) (reading, error) {
	page.KeepPrivate(w)
	secret := r.PathValue("secret")
	open, err := f.Editor.ToRead(r.Context(), secret)
	if err == nil && open.Site != v.Site.ID {
		err = nothing()
	}
	if err != nil {
		return reading{}, err
	}
	p := reading{Reading: open, Link: v.Link("/proofread/" + secret), Name: open.Name, Credited: open.Credited || open.DoneAt.IsZero()}
	if p.Name == "" {
		p.Name = v.Viewer.Name
	}
	p.lay(v)
	return p, nil
}

// ReadOver is GET /desk/entry/{id}/margin: a proposal, for an animator who remarks on its passages.
func (f *Face) ReadOver(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.readOver(v, w, r)
	if err != nil {
		return err
	}
	return page.Render(w, r, proofreading(v, p))
}

func (f *Face) readOver(v *page.Visit, w http.ResponseWriter, r *http.Request) (reading, error) {
	page.KeepPrivate(w)
	id := press.EntryID(r.PathValue("id"))
	open, err := f.Editor.ReadOver(r.Context(), v.Viewer, id)
	if err == nil && open.Site != v.Site.ID {
		err = nothing()
	}
	if err != nil {
		return reading{}, err
	}
	p := reading{Reading: open, Link: v.Link("/desk/entry/" + string(id) + "/margin"), Name: open.Name, Credited: open.Credited}
	p.lay(v)
	return p, nil
}

// lay puts each remark beside its passage.
func (p *reading) lay(v *page.Visit) {
	title, _ := p.Form.Field(press.RoleTitle)
	all := margins(v, p.Form, p.As.Content, []press.Proofreading{p.Proofreading})
	for i, m := range all {
		given := p.AtDesk() && !m.At.After(p.DoneAt)
		all[i].By, all[i].Back = "", m.State == press.RemarkOpen && !given && !p.Closed
	}
	all = append(all, margins(v, p.Form, p.As.Content, p.Others)...)
	for i, part := range p.Form.Passages(p.As.Answers) {
		one := passage{Passage: part, N: i, Title: part.Field == title.Key, HTML: markdown.Render(alone(v, part.Text), markdown.Options{
			French: p.As.Language == "fr", IDPrefix: "p" + strconv.Itoa(i) + "-",
		})}
		one.Remarks, all = beside(part, all)
		p.Passages = append(p.Passages, one)
	}
	p.Gone = all
}

var (
	noteText = regexp.MustCompile(`^\[\^([^\]\s]+)\]:\s*`)
	noteMark = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
)

// alone is a passage as it can be read without the rest: a footnote and what calls it say so in words.
func alone(v *page.Visit, text string) string {
	if m := noteText.FindStringSubmatch(text); m != nil {
		text = v.T("Note %s:", m[1]) + " " + text[len(m[0]):]
	}
	return noteMark.ReplaceAllStringFunc(text, func(mark string) string {
		return " (" + v.T("note %s", noteMark.FindStringSubmatch(mark)[1]) + ")"
	})
}

// saying is what a reader may do, by the link of a request or at the desk.
type saying struct {
	remark func(press.Remark) error
	unsay  func(press.RemarkID) error
	done   func(name string, credited bool) error
	code   string // of the notice that a remark is kept
}

// Remark is POST /proofread/{secret}: a remark, one taken back, or the end of the reading, as the button says.
func (f *Face) Remark(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.toRead(v, w, r)
	if err != nil {
		return err
	}
	ctx, secret := r.Context(), r.PathValue("secret")
	return f.say(v, w, r, p, saying{
		remark: func(m press.Remark) error { _, err := f.Editor.Remark(ctx, secret, m); return err },
		unsay:  func(id press.RemarkID) error { return f.Editor.Unsay(ctx, secret, id) },
		done:   func(name string, credited bool) error { return f.Editor.HaveRead(ctx, secret, name, credited) },
		code:   "remarked",
	})
}

// RemarkOver is POST /desk/entry/{id}/margin: the same, on a proposal.
func (f *Face) RemarkOver(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	p, err := f.readOver(v, w, r)
	if err != nil {
		return err
	}
	ctx, id := r.Context(), p.Entry
	return f.say(v, w, r, p, saying{
		remark: func(m press.Remark) error { _, err := f.Editor.RemarkOver(ctx, v.Viewer, id, m); return err },
		unsay:  func(remark press.RemarkID) error { return f.Editor.UnsayOver(ctx, v.Viewer, id, remark) },
		done:   func(name string, credited bool) error { return f.Editor.TellRemarks(ctx, v.Viewer, id, name, credited) },
		code:   "remarked-over",
	})
}

func (f *Face) say(v *page.Visit, w http.ResponseWriter, r *http.Request, p reading, do saying) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	if err := v.Allow(f.Saves); err != nil {
		return err
	}
	n := in.Line("n")
	at, code := "#passage-"+n, do.code
	act, id, _ := strings.Cut(in.Line("do"), ":")
	switch act {
	case "unsay":
		code, err = "unsaid", do.unsay(press.RemarkID(id))
	case "done":
		p.Name, p.Credited = in.Line("name"), in.Has("credited")
		code, at, err = "read", "", do.done(p.Name, p.Credited)
	default:
		p.Typed = press.Remark{
			Field: in.Line("field"), Passage: strings.ReplaceAll(in.Text("passage"), "\r\n", "\n"), Words: in.Text("words-" + n), Instead: in.Text("instead-" + n),
		}
		err = do.remark(p.Typed)
	}
	if faults, status, ok := refused(w, err); ok {
		p.Faults = faults
		return page.RenderStatus(w, r, status, proofreading(v, p))
	}
	if err != nil {
		return err
	}
	return page.Redirect(w, r, done(p.Link, code)+at)
}
