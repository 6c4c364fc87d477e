package write

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// file is a picture or attachment on the writer's table.
type file struct {
	press.Media
	Field       string // of the form
	At, Of      int    // its place, from 0, among so many
	Describable bool   // by this writer; one of the library may be somebody else's
	Remembered  bool   // what is said of it was said when the same came before
	Faults      page.Faults
}

// called is what its own writer knows the file by.
func (m file) called() string { return cmp.Or(m.Label(), m.Name) }

// asked is the name of a question about the file.
func (m file) asked(question string) string { return question + "-" + string(m.ID) }

// say shows the file as it was just described.
func (m *file) say(d filing.Description) {
	m.Title, m.Alt, m.Caption, m.Transcript = d.Title, d.Alt, d.Caption, d.Transcript
	m.Maker, m.Credit, m.Origin, m.Licence = d.Maker, d.Credit, d.Origin, d.Licence
}

// frames tells whether the picture may be cropped: its whole was kept.
func (m file) frames() bool { return m.Kind() == press.PictureFile && m.Describable }

// filesOf are the files of a draft, by field.
func (f *Face) filesOf(ctx context.Context, v *page.Visit, s sheet) (map[string][]file, error) {
	d := s.desk
	all := map[string][]file{}
	for _, field := range d.Form.Fields {
		if !field.Kind.Media() || len(d.Draft.Answers[field.Key]) == 0 {
			continue
		}
		var ids []press.MediaID
		for _, id := range d.Draft.Answers[field.Key] {
			ids = append(ids, press.MediaID(id))
		}
		found, err := v.House.Reader.MediaOf(ctx, v.Viewer, ids)
		if err != nil {
			return nil, err
		}
		for i, m := range found {
			shown := file{Media: m, Field: field.Key, At: i, Of: len(found), Faults: s.Faults}
			if s.Typed != nil {
				if said, given := s.Typed.description(m); given {
					shown.say(said)
				}
			}
			if shown.Describable, err = f.describable(ctx, v, d, m); err != nil {
				return nil, err
			}
			all[field.Key] = append(all[field.Key], shown)
		}
	}
	return all, nil
}

func (f *Face) describable(ctx context.Context, v *page.Visit, d desk, m press.Media) (bool, error) {
	if d.Draft.ID != "" && m.Draft == d.Draft.ID {
		return true, nil
	}
	return f.Cabinet.MayDescribe(ctx, v.Viewer, d.Key, m)
}

const maxNames = 200 // proposed while one types

// knownNames are the public names of those who write and make pictures here.
func (f *Face) knownNames(ctx context.Context, v *page.Visit) ([]string, error) {
	names, err := v.House.Reader.MediaCredits(ctx, v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return nil, err
	}
	bylines, err := v.House.Reader.Bylines(ctx, v.Viewer, v.Site.ID, maxNames)
	if err != nil {
		return nil, err
	}
	for _, b := range bylines {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// sent is what the script learns of a file that it sent.
type sent struct {
	ID    string `json:"id,omitempty"`
	HTML  string `json:"html,omitempty"` // its place on the table
	Told  string `json:"told"`
	Retry bool   `json:"retry,omitempty"`
}

// Upload is POST /draft/{key}/file?field=…&name=…: a file by itself, as the script sends it. It belongs to the draft, and
// becomes one of its answers with the next save.
func (f *Face) Upload(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return f.notSent(v, w, "", err)
	}
	query := r.URL.Query()
	field, ok := mediaField(d.Form, query.Get("field"))
	if !ok {
		return nothing()
	}
	name := press.CleanLine(query.Get("name"))
	// What is refused is read to its end all the same: a line cut off would say nothing.
	if most := f.most(d.Form, field.Key); r.ContentLength > most {
		_, _ = io.Copy(io.Discard, r.Body)
		fault := tooHeavy(name, r.ContentLength, most)
		return answerSent(w, http.StatusRequestEntityTooLarge, sent{Told: v.Set("", v.T(fault.Message, fault.Args...))})
	}
	has := len(d.Draft.Answers[field.Key])
	m, err := f.take(r.Context(), v, d, field, has, name, r.Body)
	if err != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		return f.notSent(v, w, name, err)
	}
	names, err := f.knownNames(r.Context(), v)
	if err != nil {
		return err
	}
	var html bytes.Buffer
	shown := file{Media: m, Field: field.Key, At: has, Of: has + 1, Describable: true, Remembered: m.Alt != "" || m.Credit != "" || m.Transcript != ""}
	if err := card(v, sheet{desk: d, Names: names}, shown).Render(r.Context(), &html); err != nil {
		return err
	}
	told := v.T("%s has arrived. Describe it below.", name)
	return answerSent(w, http.StatusCreated, sent{ID: string(m.ID), HTML: html.String(), Told: v.Set("", told)})
}

func (f *Face) notSent(v *page.Visit, w http.ResponseWriter, name string, err error) error {
	kind := press.KindOf(err)
	if kind == press.Unknown {
		return err
	}
	fault := fileFault(v, name, err)
	return answerSent(w, page.Status(err), sent{
		Told: v.Set("", v.T(fault.Message, fault.Args...)), Retry: kind == press.TooMany || kind == press.Unavailable,
	})
}

func answerSent(w http.ResponseWriter, status int, s sent) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
	return nil
}
