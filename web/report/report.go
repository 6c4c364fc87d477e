// Package report is how anybody tells that something is wrong: the form, and
// the page behind a secret link where each side sees what was decided and why,
// and may appeal. No account is needed, no cookie is set.
//
// The page shows one side nothing of the other: authors don't learn who
// reported, and who reported learns no name that the entry doesn't give.
//
// Start with ask.go, then follow.go. Deciding is web/desk's.
package report

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"slices"

	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Face answers the requests. Clerk is needed.
type Face struct {
	Clerk *reporting.Clerk
}

func nothing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// told is a report being made: what it is about, and what was typed.
type told struct {
	reporting.Notice
	entry   press.Entry
	comment string        // what a comment says; its report is about nothing else
	files   []press.Media // that the entry shows, when one of them may be meant
	faults  page.Faults
}

// Ask is GET /report?entry=…: what is wrong?
func (f *Face) Ask(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	query := r.URL.Query()
	t, err := f.about(r.Context(), v, query.Get("entry"), query.Get("comment"))
	if err != nil {
		return err
	}
	if id := press.MediaID(query.Get("picture")); t.shows(id) {
		t.Thing = press.Thing{Kind: press.ThingPicture, ID: string(id), Entry: t.entry.ID}
	}
	t.Name, t.Email = v.Viewer.Name, v.Viewer.Email
	return page.Render(w, r, askPage(v, t))
}

// about finds the entry that is reported, or the one under which a comment stands.
func (f *Face) about(ctx context.Context, v *page.Visit, entry, comment string) (told, error) {
	var t told
	var err error
	if t.entry, err = v.House.Reader.Entry(ctx, v.Viewer, press.EntryID(entry)); err != nil {
		return t, err
	}
	if t.entry.Site != v.Site.ID || t.entry.Status != press.Published {
		return t, nothing()
	}
	t.Thing = press.Thing{Kind: press.ThingEntry, ID: entry, Entry: t.entry.ID}
	if comment == "" {
		if t.files, err = filesOf(ctx, v, t.entry); err != nil {
			return t, err
		}
	}
	if comment != "" {
		t.Thing = press.Thing{Kind: press.ThingComment, ID: comment, Entry: t.entry.ID}
		acts, ok := f.Clerk.Acts[press.ThingComment]
		if !ok {
			return t, nothing()
		}
		t.comment, _, err = acts.See(ctx, v.House.Reader, v.Viewer, t.Thing)
	}
	return t, err
}

// Send is POST /report.
func (f *Face) Send(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	t, err := f.about(r.Context(), v, in.Line("entry"), in.Line("comment"))
	if err != nil {
		return err
	}
	if id := press.MediaID(in.Line("thing")); t.shows(id) {
		t.Thing = press.Thing{Kind: press.ThingPicture, ID: string(id), Entry: t.entry.ID}
	}
	t.Reason, t.Words = press.ReportReason(in.Line("reason")), in.Text("words")
	t.Name, t.Email, t.Language, t.GoodFaith = in.Line("name"), in.Line("email"), v.L.Lang(), in.Has("faith")
	if err = v.Welcome(in); err == nil {
		err = v.Allow(v.House.Limits.SignIn)
	}
	var received reporting.Received
	if err == nil {
		received, err = f.Clerk.Report(r.Context(), v.Viewer, v.Site.ID, t.Notice)
	}
	if err == nil {
		return v.Done(w, r, "/report/"+received.Token, "reported")
	}
	faults, status, ok := page.Refused(w, err)
	if !ok {
		return err
	}
	t.faults = faults
	return page.RenderStatus(w, r, status, askPage(v, t))
}

// placed finds the pictures that stand in a text.
var placed = regexp.MustCompile(`\(media:([0-9a-f-]{36})`)

// filesOf are the pictures and attachments of an entry, those in its texts too.
func filesOf(ctx context.Context, v *page.Visit, e press.Entry) ([]press.Media, error) {
	var inText []press.MediaID
	for _, answer := range e.Answers {
		for _, text := range answer {
			for _, found := range placed.FindAllStringSubmatch(text, -1) {
				inText = append(inText, press.MediaID(found[1]))
			}
		}
	}
	pictures, err := v.House.Reader.MediaOf(ctx, v.Viewer, inText)
	if err != nil {
		return nil, err
	}
	var all []press.Media
	for _, m := range slices.Concat(e.Pictures, pictures, e.Attachments) {
		if !slices.ContainsFunc(all, func(other press.Media) bool { return other.ID == m.ID }) {
			all = append(all, m)
		}
	}
	return all, nil
}

// shows tells whether a file stands in the entry.
func (t told) shows(id press.MediaID) bool {
	return slices.ContainsFunc(t.files, func(m press.Media) bool { return m.ID == id })
}

// whole names the entry among what may be wrong.
func (t told) whole(v *page.Visit) string {
	return v.Set("", v.T("The text, or the whole page: “%s”", t.entry.Title))
}

func fileName(v *page.Visit, m press.Media) string {
	words := cmp.Or(m.Title, m.Caption, m.Alt)
	switch kind := m.Kind(); {
	case kind == press.PictureFile && words == "":
		return v.T("A picture")
	case kind == press.PictureFile:
		return v.T("The picture: %s", words)
	case words == "":
		return v.T("A file attached")
	default:
		return v.T("The file attached: %s", words)
	}
}

// questions of the page.

func (t told) reason(v *page.Visit) page.Field {
	f := page.Field{Name: "reason", Label: v.T("What is wrong?"), Value: string(t.Reason), Error: t.faults.On(v, "reason")}
	for _, r := range press.ReportReasons {
		o := page.Option{Value: string(r), Label: v.Set("", v.ReasonName(r))}
		if r == press.ReportDanger {
			o.Help = v.Set("", v.T("If a life may be at risk now, call the emergency number first, 112: this page is not read at once."))
		}
		f.Options = append(f.Options, o)
	}
	return f
}

func (t told) words(v *page.Visit) page.Field {
	return page.Field{
		Name: "words", Label: v.T("Say what, where it stands, and why"), Rows: 5, Value: t.Words, Error: t.faults.On(v, "words"),
		Help: v.Set("", v.T("The passage, what is against the law or the charter, how you know. Whoever decides reads this; the author doesn’t.")),
	}
}

func (t told) email(v *page.Visit) page.Field {
	return page.Field{
		Name: "email", Type: "email", Label: v.T("Your e-mail address"), Optional: true, Value: t.Email, Autocomplete: "email",
		InputMode: "email", Error: t.faults.On(v, "email"),
		Help: v.Set("", v.T("To acknowledge your report and tell you what is decided. Nobody is shown it, and it is forgotten a year after the decision. Without it, keep the address of the next page.")),
	}
}

func (t told) name(v *page.Visit) page.Field {
	return page.Field{
		Name: "name", Label: v.T("Your name"), Optional: true, Value: t.Name, Autocomplete: "name", Error: t.faults.On(v, "name"),
		Help: v.Set("", v.T("Only those who decide see it, never the author. It helps where rights are at stake.")),
	}
}

func (t told) faith(v *page.Visit) page.Field {
	value := ""
	if t.GoodFaith {
		value = "1"
	}
	return page.Field{
		Name: "faith", Label: v.T("What I write here is accurate and complete, as far as I know."), Value: value, Error: t.faults.On(v, "faith"),
	}
}
