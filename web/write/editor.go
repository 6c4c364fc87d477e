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

// lives are the directives of web/reader that make sense in any text.
func lives(v *page.Visit) []live {
	return []live{
		{Source: "::latest{count=5}", Label: v.T("The latest texts"), Count: true},
		{Source: "::sections{count=3}", Label: v.T("The latest of each section"), Count: true},
		{Source: "::debuts{count=5}", Label: v.T("First publications"), Count: true},
		{Source: "::tags", Label: v.T("The keywords")},
		{Source: "::writers", Label: v.T("The invitation to write")},
	}
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

// PictureFirst is POST /write/{form}/picture: the editor brings a picture before anything was kept. It begins the draft.
func (f *Face) PictureFirst(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	form, err := f.form(v, r)
	if err != nil {
		return tell(v, w, err)
	}
	if err := v.Allow(v.House.Limits.Post); err != nil {
		return tell(v, w, err)
	}
	in, err := receive(r)
	if err != nil {
		return tell(v, w, err)
	}
	defer in.close()
	d, faults, status, err := f.begin(r.Context(), v, w, form, in)
	if err != nil {
		return tell(v, w, err)
	}
	if faults != nil {
		return answer(w, status, kept{Told: v.T(faults[0].Message, faults[0].Args...)})
	}
	return f.bring(v, w, r, d, in, kept{Address: d.Link(v, ""), Version: d.Draft.Version, Told: d.saved(v)})
}

// Picture is POST /draft/{key}/picture: the editor brings a picture to place in the text.
func (f *Face) Picture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.Allow(f.Saves); err != nil {
		return tell(v, w, err)
	}
	d, err := f.open(v, w, r)
	if err != nil {
		return tell(v, w, err)
	}
	in, err := receive(r)
	if err != nil {
		return tell(v, w, err)
	}
	defer in.close()
	return f.bring(v, w, r, d, in, kept{Told: d.saved(v)})
}

// bring keeps the one picture that was sent. A draft that it began stays, even if the picture is refused.
func (f *Face) bring(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, in *received, k kept) error {
	refuse := func(status int, fault press.FieldError) error {
		k.Told = v.Set("", v.T(fault.Message, fault.Args...))
		return answer(w, status, k)
	}
	if in.broken != nil || len(in.uploads) == 0 {
		return refuse(http.StatusUnprocessableEntity, press.FieldError{Message: "The picture did not arrive: send it again."})
	}
	u := in.uploads[0]
	if u.fault.Message != "" {
		return refuse(http.StatusUnprocessableEntity, u.fault)
	}
	ctx := r.Context()
	_, err := u.file.Seek(0, 0)
	var m press.Media
	if err == nil {
		m, err = f.Cabinet.Keep(ctx, v.Viewer, v.Site.ID, d.Key, u.name, u.file)
	}
	if err != nil {
		return refuse(http.StatusUnprocessableEntity, pictureFault(v, u.name, err))
	}
	if credit := in.Line("picture-credit"); credit != "" {
		if m, err = f.Cabinet.Describe(ctx, v.Viewer, d.Key, m.ID, filing.Description{Credit: credit}); err != nil {
			return tell(v, w, err)
		}
	}
	shown := place(v, m)
	k.Picture = &shown
	return answer(w, http.StatusCreated, k)
}

// DescribePicture is POST /draft/{key}/picture/{id}: who made a picture of the text.
func (f *Face) DescribePicture(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
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
	m, err = f.Cabinet.Describe(ctx, v.Viewer, d.Key, m.ID,
		filing.Description{Alt: m.Alt, Caption: m.Caption, Credit: in.Line("credit"), Licence: m.Licence})
	if err != nil {
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
