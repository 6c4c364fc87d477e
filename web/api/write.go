package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// content is what a program writes; on an entry that exists, absent members change nothing.
type content struct {
	Answers  map[string]answered `json:"answers"`
	Section  *string             `json:"section"` // slug; "" is none
	Tags     *[]string           `json:"tags"`
	Language *string             `json:"language"`
	Licence  *string             `json:"licence"`
}

// answered is a text, or several.
type answered []string

// UnmarshalJSON takes "text" for ["text"].
func (a *answered) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = answered{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// beginning is the body of POST /entries and POST /drafts.
type beginning struct {
	content
	Site    string   `json:"site"`
	Form    string   `json:"form"`
	Draft   string   `json:"draft"` // that pictures were sent for
	Signing *signing `json:"signing"`
}

// signing is press.Signing as programs write it. There is no address: the token's person signs.
type signing struct {
	Kind         string   `json:"kind"`
	Name         string   `json:"name"`
	Organisation string   `json:"organisation"`
	ForSomeone   bool     `json:"for_someone"`
	ScribeName   string   `json:"scribe_name"`
	CoAuthors    []string `json:"co_authors"`
	Charter      bool     `json:"charter"`
	Source       *source  `json:"source"`
}

type source struct {
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Author  string `json:"author"`
	Licence string `json:"licence"`
}

func (s *signing) signing() press.Signing {
	if s == nil {
		return press.Signing{}
	}
	all := press.Signing{
		Kind: press.SignatureKind(s.Kind), Name: s.Name, Organisation: s.Organisation, ForSomeone: s.ForSomeone,
		ScribeName: s.ScribeName, CoAuthors: strings.Join(s.CoAuthors, "\n"), Charter: s.Charter,
	}
	if s.Source != nil {
		all.Source = press.Provenance{
			Kind: press.ProvenanceKind(s.Source.Kind), Title: s.Source.Title, URL: s.Source.URL, Author: s.Source.Author,
			Licence: press.LicenceID(s.Source.Licence),
		}
	}
	return all
}

// work is where a new contribution goes, and what it says.
type work struct {
	editing.Work
	site  press.Site
	form  press.Form
	draft string
}

func (f *Face) work(c *call) (work, error) {
	var b beginning
	if err := decode(c.r, &b); err != nil {
		return work{}, err
	}
	in := work{draft: b.Draft}
	reader := c.House.Reader
	var err error
	if in.site, err = reader.SiteBySlug(c.ctx(), press.Viewer{}, b.Site); err != nil {
		return in, unknown(err, inBody.Fault("#/site", "There is no such site."))
	}
	if err := c.needs(press.ScopeWrite, in.site.ID); err != nil {
		return in, err
	}
	if in.form, err = reader.FormBySlug(c.ctx(), c.bearer, in.site.ID, b.Form); err != nil {
		return in, unknown(err, inBody.Fault("#/form", "There is no such form on this site."))
	}
	in.Signing = b.Signing.signing()
	in.Content, err = f.apply(c, in.site, in.form, press.Content{Licence: in.site.Licence}, b.content)
	return in, err
}

// apply changes what a content says by what a program sent.
func (f *Face) apply(c *call, site press.Site, form press.Form, before press.Content, sent content) (press.Content, error) {
	var checks press.Checks
	after := before
	after.Answers = maps.Clone(before.Answers)
	if after.Answers == nil {
		after.Answers = press.Answers{}
	}
	for _, key := range sortedKeys(sent.Answers) {
		if !slices.ContainsFunc(form.Fields, func(field press.Field) bool { return field.Key == key }) {
			return after, invalid(inBody.Fault("#/answers/"+key, "The form has no such field."))
		}
		after.Answers[key] = sent.Answers[key]
	}
	after.Answers = form.Tidy(after.Answers)
	if sent.Tags != nil {
		after.Tags = press.SplitTags(strings.Join(*sent.Tags, "\n"))
	}
	if sent.Language != nil {
		if after.Language = *sent.Language; !press.IsLanguage(after.Language) {
			checks.Fault("language", "Give a language as “fr” or “pt-BR”.")
		}
	}
	if sent.Licence != nil {
		after.Licence = press.LicenceID(*sent.Licence)
		if _, known := press.LicenceByID(after.Licence); !known {
			checks.Fault("licence", "Choose a licence.")
		}
	}
	if sent.Section != nil {
		after.Section = ""
		if *sent.Section != "" {
			section, err := c.House.Reader.SectionBySlug(c.ctx(), c.bearer, site.ID, *sent.Section)
			switch {
			case press.KindOf(err) == press.NotFound:
				checks.Fault("section", "There is no such section on this site.")
			case err != nil:
				return after, err
			}
			after.Section = section.ID
		}
	}
	if err := checks.Err(); err != nil {
		return after, err
	}
	return after, f.checkMedia(c, form, before, after)
}

// checkMedia refuses files that the token's person can't see, or that aren't there.
func (f *Face) checkMedia(c *call, form press.Form, before, after press.Content) error {
	for _, field := range form.Fields {
		if !field.Kind.Media() {
			continue
		}
		for i, id := range after.Answers[field.Key] {
			if slices.Contains(before.Answers[field.Key], id) {
				continue
			}
			_, err := c.House.Reader.MediaToShow(c.ctx(), c.bearer, press.MediaID(id))
			if press.KindOf(err) == press.NotFound {
				return invalid(inBody.Fault(fmt.Sprintf("#/answers/%s/%d", field.Key, i), "There is no such file, or not for you."))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Create is POST /api/v1/entries: writing and signing in one go.
func (f *Face) Create(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeWrite, func(c *call) (reply, error) {
		in, err := f.work(c)
		if err != nil {
			return reply{}, err
		}
		d, err := f.begin(c, in)
		if err != nil {
			return reply{}, f.pointed(err, in.form)
		}
		signed, err := f.Editor.Sign(c.ctx(), c.bearer, d.Key(), d.Version, in.Signing.Tidy())
		if err != nil {
			if in.draft == "" { // who sent it has it still
				_ = f.Editor.Discard(c.ctx(), c.bearer, d.Key())
			}
			return reply{}, f.pointed(err, in.form)
		}
		e, err := v.House.Reader.Entry(c.ctx(), c.bearer, signed.Entry.ID)
		if err != nil {
			return reply{}, err
		}
		return reply{
			status: http.StatusCreated, body: c.entry(e, nil, true), etag: tagOf(e), location: c.address("/entries/" + string(e.ID)),
		}, nil
	})
}

// begin keeps what was sent as a draft, or in the draft that it names.
func (f *Face) begin(c *call, in work) (press.Draft, error) {
	if in.draft == "" {
		return f.Editor.Begin(c.ctx(), c.bearer, in.site, in.form, in.Work)
	}
	d, err := f.Editor.Open(c.ctx(), c.bearer, in.draft)
	if press.KindOf(err) == press.NotFound || err == nil && (d.Site != in.site.ID || d.Form != in.form.ID || d.Base > 0) {
		return d, invalid(inBody.Fault("#/draft", "There is no such draft of this form on this site."))
	}
	if err != nil {
		return d, err
	}
	return f.Editor.Save(c.ctx(), c.bearer, in.draft, d.Version, in.Work)
}

// Draft is POST /api/v1/drafts: words to go on with later, here or on the site.
func (f *Face) Draft(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeWrite, func(c *call) (reply, error) {
		in, err := f.work(c)
		if err != nil {
			return reply{}, err
		}
		d, err := f.begin(c, in)
		if err != nil {
			return reply{}, err
		}
		return reply{status: http.StatusCreated, body: object{
			{"id", d.ID}, {"site", in.site.Slug}, {"form", in.form.Slug}, {"version", d.Version},
			{"url", c.Addresses.Site(in.site.Slug, in.site.Host) + "/draft/" + string(d.ID)}, {"answers", d.Answers},
		}}, nil
	})
}

// Amend is PATCH /api/v1/entries/{id}, under If-Match.
func (f *Face) Amend(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeWrite, func(c *call) (reply, error) {
		e, err := f.own(c)
		if err != nil {
			return reply{}, err
		}
		var sent struct {
			content
			Note string `json:"note"`
		}
		if err := decode(r, &sent); err != nil {
			return reply{}, err
		}
		site, err := v.House.Reader.Site(c.ctx(), press.Itself, e.Site)
		if err != nil {
			return reply{}, err
		}
		form, err := v.House.Reader.Form(c.ctx(), c.bearer, e.Form)
		if err != nil {
			return reply{}, err
		}
		after, err := f.apply(c, site, form, e.Content, sent.content)
		if err != nil {
			return reply{}, err
		}
		amended, err := f.Editor.AmendFrom(c.ctx(), c.bearer, e.ID, e.Revision, after, sent.Note)
		if err != nil {
			return reply{}, f.pointed(err, form)
		}
		rep, err := f.shown(c, e.ID)
		if amended.Waiting {
			rep.status = http.StatusAccepted // an animator reads it first: the entry stays as it was
		}
		return rep, err
	})
}

// Withdraw is POST /api/v1/entries/{id}/withdraw, under If-Match.
func (f *Face) Withdraw(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeWrite, func(c *call) (reply, error) {
		e, err := f.own(c)
		if err != nil {
			return reply{}, err
		}
		var sent struct {
			Reason string `json:"reason"`
		}
		if err := decode(r, &sent); err != nil {
			return reply{}, err
		}
		if err := f.Editor.Withdraw(c.ctx(), c.bearer, e.ID, sent.Reason); err != nil {
			return reply{}, err
		}
		return f.shown(c, e.ID)
	})
}

func (f *Face) shown(c *call, id press.EntryID) (reply, error) {
	e, err := c.House.Reader.Entry(c.ctx(), c.bearer, id)
	if err == nil {
		err = c.translated([]press.Entry{e})
	}
	return reply{body: c.entry(e, nil, true), etag: tagOf(e)}, err
}

// own is the entry that the path names, if it is the token's person's and stands as they read it.
func (f *Face) own(c *call) (press.Entry, error) {
	e, err := c.House.Reader.Entry(c.ctx(), c.bearer, press.EntryID(c.r.PathValue("id")))
	if err != nil {
		return e, err
	}
	if !c.bearer.Owns(e) {
		if e.Status != press.Published {
			return e, nothing()
		}
		return e, press.Problem(press.Forbidden, "This contribution isn’t yours.")
	}
	if err := c.needs(press.ScopeWrite, e.Site); err != nil {
		return e, err
	}
	header := c.r.Header.Get("If-Match")
	if header == "" {
		return e, refuse(http.StatusPreconditionRequired, press.Problem(press.Invalid, "Send the contribution’s ETag as If-Match, so that nobody’s change is overwritten."),
			inHeader.Fault("If-Match", "It is missing."))
	}
	if !matches(header, func(tag string) bool { return strings.HasPrefix(tag, `"`+tagOf(e)) }) {
		return e, refuse(http.StatusPreconditionFailed, press.Problem(press.Invalid, "Somebody changed this contribution meanwhile: read it again, then send your change."))
	}
	return e, nil
}

// tagOf begins the entity tag of an entry: what If-Match looks at. What follows is the digest of what was shown.
func tagOf(e press.Entry) string { return strconv.Itoa(e.Revision) + "." + string(e.Status) + "." }

// pointed places the faults of a verb in the body: answers under their field, the rest of the signature under signing.
func (f *Face) pointed(err error, form press.Form) error {
	if press.KindOf(err) != press.Invalid {
		return err
	}
	return placed{err, func(name string) string {
		source, ofSource := strings.CutPrefix(name, "source_")
		switch {
		case slices.ContainsFunc(form.Fields, func(field press.Field) bool { return field.Key == name }):
			return "#/answers/" + name
		case ofSource:
			return "#/signing/source/" + source
		case slices.Contains([]string{"tags", "section", "language", "licence", "note", "draft"}, name):
			return "#/" + name
		}
		return "#/signing/" + name
	}}
}

func invalid(faults ...fault) error {
	return refuse(http.StatusUnprocessableEntity, press.Problem(press.Invalid, "Some answers need mending."), faults...)
}

// decode reads a JSON body, of which every member must be known.
func decode(r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return refuse(http.StatusUnsupportedMediaType, press.Problem(press.Invalid, "Send JSON, as application/json."))
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(into)
	if err == nil && decoder.More() {
		err = errors.New("more than one value")
	}
	if err == nil {
		return nil
	}
	f := inBody.Fault("#", "This is no JSON that can be read.")
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		f = inBody.Fault("#/"+strings.ReplaceAll(wrong.Field, ".", "/"), "This is of another type than the document says.")
	} else if _, name, unknown := strings.Cut(err.Error(), "unknown field "); unknown {
		f = inBody.Fault("#", "There is no such member: %s.", strings.Trim(name, `"`))
	}
	return badRequest(f)
}

// replay is a body read already, to be read again.
type replay struct{ *bytes.Reader }

func (replay) Close() error { return nil }

var _ io.ReadCloser = replay{}
