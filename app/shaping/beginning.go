package shaping

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/store"
)

//go:embed models
var models embed.FS

// Model is a form to start from, complete with help and examples.
type Model struct {
	Name string // "story"
	press.Form
}

// modelOrder is how models are offered: the story first.
var modelOrder = []string{
	"story", "initiative", "interview", "portrait", "testimony", "activity", "common", "tool", "resource", "need-and-offer",
	"organisation", "person", "biographical-notice", "call-for-projects",
}

// Models are the forms to start from, in order.
func Models() ([]Model, error) {
	var all []Model
	for _, name := range modelOrder {
		f, err := model(name)
		if err != nil {
			return nil, err
		}
		all = append(all, Model{name, f})
	}
	return all, nil
}

func model(name string) (press.Form, error) {
	if !slices.Contains(modelOrder, name) {
		return press.Form{}, missing()
	}
	b, err := fs.ReadFile(models, "models/"+name+".json")
	if err != nil {
		return press.Form{}, fmt.Errorf("read the model %s: %w", name, err)
	}
	file, err := press.ReadFormFile(b)
	if err != nil {
		return press.Form{}, fmt.Errorf("read the model %s: %w", name, err)
	}
	return file.Form(), nil
}

// Start says what a new form begins from: the first that is given.
type Start struct {
	Model   string // of Models
	File    []byte // a form file
	Address string // of a form, on this network or another
	Name    string // of a form made from nothing
}

// Begin makes a form, which nobody answers before it is published. It never
// takes the place of another: where its address is taken, it gets one beside it.
func (s *Shaper) Begin(ctx context.Context, v press.Viewer, site press.Site, start Start) (press.Form, error) {
	f, err := s.begun(ctx, site, start)
	if err != nil {
		return f, fmt.Errorf("begin a form: %w", err)
	}
	f.ID, f.Site, f.Version, f.Listed = newID[press.FormID](), site.ID, 0, true
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.May(press.Animator, site.ID, "") {
			return forbidden()
		}
		if f.Slug, err = free(ctx, tx, site.ID, f.Slug, f.ID); err != nil {
			return err
		}
		all, err := tx.Forms(ctx, press.Itself, site.ID)
		if err != nil {
			return err
		}
		f.Position = len(all) + 1
		if err := f.CheckShape(); err != nil {
			return err
		}
		if err := tx.InsertForm(ctx, f); err != nil {
			return err
		}
		return tx.SaveFormDraft(ctx, f, v.Person, s.Now())
	})
	if err != nil {
		return f, fmt.Errorf("begin a form: %w", err)
	}
	return f, nil
}

func (s *Shaper) begun(ctx context.Context, site press.Site, start Start) (press.Form, error) {
	switch {
	case start.Model != "":
		return model(start.Model)
	case len(start.File) > 0:
		file, err := press.ReadFormFile(start.File)
		return file.Form(), err
	case start.Address != "":
		return s.copied(ctx, start.Address)
	}
	name := press.CleanLine(start.Name)
	var c press.Checks
	if name == "" {
		c.Fault("name", "Give the form a name: “Stories of the port”.")
	}
	press.CheckLength(&c, "name", name, 100)
	lang := site.Language()
	f := press.Form{Slug: name, Name: press.Text{lang: name}, Plural: press.Text{lang: name}, FormSettings: press.FormSettings{Views: []press.View{press.ViewList, press.ViewCards}}}
	for _, field := range press.BuiltInForms()[0].Fields {
		if field.Role == press.RoleTitle || field.Role == press.RoleBody {
			f.Fields = append(f.Fields, field)
		}
	}
	return f, c.Err()
}

// FormFileName is what the file of a form is called under its address.
const FormFileName = "form.json"

// ofNetwork finds a form of this network by the address of its list.
func (s *Shaper) ofNetwork(ctx context.Context, address string) (press.Form, error) {
	sites, err := s.Store.Sites(ctx, press.Viewer{})
	if err != nil {
		return press.Form{}, err
	}
	for _, site := range sites {
		rest, ok := strings.CutPrefix(address, s.Addresses.Site(site.Slug, site.Host)+"/")
		if !ok {
			continue
		}
		f, err := s.Store.FormBySlug(ctx, press.Viewer{}, site.ID, rest)
		if err == nil && f.Version == 0 {
			err = missing()
		}
		if err != nil {
			return f, err
		}
		return f.File(address + "/").Form(), nil
	}
	return press.Form{}, missing()
}

// copied reads a form at an address: of a list of entries, or of its file.
func (s *Shaper) copied(ctx context.Context, address string) (press.Form, error) {
	var c press.Checks
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		c.Fault("address", "An address begins with https://.")
		return press.Form{}, c.Err()
	}
	u.RawQuery, u.Fragment = "", ""
	if !strings.HasSuffix(u.Path, "/"+FormFileName) {
		u.Path = strings.TrimSuffix(u.Path, "/") + "/" + FormFileName
	}
	if f, err := s.ofNetwork(ctx, strings.TrimSuffix(u.String(), "/"+FormFileName)); err == nil || press.KindOf(err) != press.NotFound {
		return f, err
	}
	b, err := s.Fetch(ctx, u.String())
	if err == nil {
		var file press.FormFile
		if file, err = press.ReadFormFile(b); err == nil {
			f := file.Form()
			f.Origin = strings.TrimSuffix(u.String(), FormFileName)
			return f, nil
		}
	}
	c.Fault("address", "No form could be read there: give the address of its list, as you see it in the browser.")
	return press.Form{}, fmt.Errorf("%w (%w)", c.Err(), err)
}
