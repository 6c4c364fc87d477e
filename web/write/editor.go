package write

import (
	"context"
	"encoding/json"
	"net/http"
	"unicode/utf8"

	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// placed is a picture as the editor shows it in the text.
type placed struct {
	ID     press.MediaID `json:"id"`
	Src    string        `json:"src"`
	Width  int           `json:"width"`
	Height int           `json:"height"`
	Alt    string        `json:"alt"`
	Credit string        `json:"credit"`
}

func place(v *page.Visit, m press.Media) placed {
	p := v.Picture(m, 960)
	return placed{ID: m.ID, Src: p.Src, Width: p.Width, Height: p.Height, Alt: m.Alt, Credit: m.Credit}
}

// live is a part that the page fills when it is read, as the editor offers it.
type live struct {
	Source string `json:"source"`
	Label  string `json:"label"`
	Count  bool   `json:"count,omitempty"`
}

// lives are the directives of web/reader that make sense in any text, and the lists of the site's own forms.
func (s sheet) lives(v *page.Visit) []live {
	all := []live{
		{Source: "::latest{count=5}", Label: v.T("The latest texts"), Count: true},
		{Source: "::sections{count=3}", Label: v.T("The latest of each section"), Count: true},
		{Source: "::debuts{count=5}", Label: v.T("First publications"), Count: true},
		{Source: "::tags", Label: v.T("The keywords")},
		{Source: "::writers", Label: v.T("The invitation to write")},
	}
	for _, form := range s.Lists {
		view := form.Offered()[0]
		all = append(all, live{Source: "::form{slug=" + form.Slug + " view=" + string(view) + "}", Label: form.Plural.In(v.L.Lang()) + " (" + v.ViewName(view) + ")"})
	}
	return all
}

// texts are the pictures placed in a draft's texts, and those that come with it.
func (f *Face) texts(ctx context.Context, v *page.Visit, d desk) ([]press.Media, error) {
	ids := append(d.Form.Pictures(d.Draft.Answers), editing.Mentioned(d.Form, d.Draft.Answers)...)
	return v.House.Reader.MediaOf(ctx, v.Viewer, ids)
}

func (s sheet) placed(v *page.Visit) string {
	all := []placed{}
	for _, m := range s.InText {
		all = append(all, place(v, m))
	}
	return asJSON(all)
}

func asJSON(what any) string {
	text, err := json.Marshal(what)
	if err != nil {
		panic("write: texts failed to encode: " + err.Error())
	}
	return string(text)
}

// Place is POST /draft/{key}/placed: the editor brings a picture to place in the text.
func (f *Face) Place(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.Allow(f.Saves); err != nil {
		return tell(v, w, err)
	}
	d, err := f.open(v, w, r)
	if err != nil {
		return tell(v, w, err)
	}
	in, err := f.receive(r, d.Form)
	if err != nil {
		return tell(v, w, err)
	}
	defer in.close()
	refuse := func(fault press.FieldError) error {
		return answer(w, http.StatusUnprocessableEntity, kept{Told: v.Set("", v.T(fault.Message, fault.Args...))})
	}
	if in.broken != nil || len(in.uploads) == 0 {
		return refuse(press.FieldError{Message: "The picture did not arrive: send it again."})
	}
	u := in.uploads[0]
	if u.fault.Message != "" {
		return refuse(u.fault)
	}
	ctx := r.Context()
	_, err = u.file.Seek(0, 0)
	var m press.Media
	if err == nil {
		m, err = f.Cabinet.Keep(ctx, v.Viewer, v.Site.ID, d.Key, u.name, u.file)
	}
	if err != nil {
		return refuse(fileFault(v, u.name, err))
	}
	if credit := in.Line("picture-credit"); credit != "" {
		if m, err = f.credit(ctx, v, d, m, credit); err != nil {
			return tell(v, w, err)
		}
	}
	shown := place(v, m)
	return answer(w, http.StatusCreated, kept{Told: d.saved(v), Picture: &shown})
}

// credit says who made a picture.
func (f *Face) credit(ctx context.Context, v *page.Visit, d desk, m press.Media, name string) (press.Media, error) {
	said := filing.DescriptionOf(m)
	said.Maker, said.Credit = press.MakerOther, name
	if name == "" {
		said.Maker = press.MakerUnsaid
	}
	return f.Cabinet.Describe(ctx, v.Viewer, d.Key, m.ID, said)
}

// DescribePlaced is POST /draft/{key}/placed/{id}: who made a picture of the text.
func (f *Face) DescribePlaced(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.Allow(f.Saves); err != nil {
		return tell(v, w, err)
	}
	d, err := f.open(v, w, r)
	if err != nil {
		return tell(v, w, err)
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return tell(v, w, err)
	}
	ctx := r.Context()
	m, err := v.House.Reader.Media(ctx, v.Viewer, press.MediaID(r.PathValue("id")))
	if err != nil {
		return tell(v, w, err)
	}
	if m, err = f.credit(ctx, v, d, m, in.Line("credit")); err != nil {
		return tell(v, w, err)
	}
	shown := place(v, m)
	return answer(w, http.StatusOK, kept{Told: d.saved(v), Picture: &shown})
}

const maxHits = 8

// hit is a contribution that a link may lead to.
type hit struct {
	Title   string `json:"title"`
	Address string `json:"address"`
	Where   string `json:"where"` // its site
}

// Links is GET /write/{form}/links?q=: the network's published contributions that the words find, best first; the last
// word may be only begun.
func (f *Face) Links(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	if err := v.Allow(v.House.Limits.Search); err != nil {
		return tell(v, w, err)
	}
	query := press.CleanLine(r.FormValue("q"))
	if utf8.RuneCountInString(query) > terms.MaxQuery {
		query = string([]rune(query)[:terms.MaxQuery])
	}
	hits := []hit{}
	if words := terms.Parse(query).Typing(); !words.Empty() {
		found, err := v.House.Reader.Entries(r.Context(), v.Viewer,
			store.Selection{Query: words, Order: store.Relevance, Limit: maxHits})
		if err != nil {
			return err
		}
		for _, e := range found.Entries {
			hits = append(hits, hit{
				Title: v.Set(e.Language, e.Title), Address: v.Addresses.Entry(e), Where: e.Address.SiteName,
			})
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write([]byte(asJSON(hits)))
	return err
}
