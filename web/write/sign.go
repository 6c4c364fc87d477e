package write

import (
	"net/http"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// signature is the page that asks how to sign.
type signature struct {
	desk
	Signing press.Signing
	Licence press.LicenceID
	Faults  page.Faults
}

// Signing is GET /draft/{key}/sign: how to sign; for a working copy, what changed.
func (f *Face) Signing(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if d.Form.CheckContent(d.Draft.Content) != nil {
		return page.Redirect(w, r, mend(d.Link(v, "")))
	}
	if d.Revising() {
		return page.Render(w, r, amending(v, d, nil))
	}
	s := signature{desk: d, Signing: d.Draft.Signing, Licence: d.Draft.Licence}
	if s.Signing.Kind == "" {
		s.Signing.Kind = press.SignName
		s.Signing.Name = v.Viewer.Name
	}
	if s.Signing.Proofreaders == "" {
		if s.Signing.Proofreaders, err = f.creditedReaders(r.Context(), v, d); err != nil {
			return err
		}
	}
	return page.Render(w, r, signing(v, s))
}

// Sign is POST /draft/{key}/sign: from a draft to a contribution.
func (f *Face) Sign(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	received := received{Form: in}
	if d.Revising() {
		if received.version() != d.Draft.Version {
			return page.Redirect(w, r, d.Link(v, "/preview"))
		}
		return f.amend(v, w, r, d, in.Text("note"))
	}
	s := signature{desk: d, Signing: readSigning(in), Licence: press.LicenceID(in.Line("licence"))}
	if from := d.Draft.Signing.Source; from.Entry != "" { // the form doesn't ask what is known
		s.Signing.Source = from
	}
	if _, ok := press.LicenceByID(s.Licence); !ok {
		s.Licence = d.Draft.Licence
	}
	ctx := r.Context()
	content := d.Draft.Content
	content.Licence = s.Licence
	// The answers are kept before anything is asked of them.
	saved, err := f.Editor.Save(ctx, v.Viewer, d.Key, received.version(), editing.Work{Content: content, Signing: s.Signing})
	if press.KindOf(err) == press.Conflict {
		s.Faults = page.Faults{{Message: "The text was changed elsewhere meanwhile: read it over once more, then sign."}}
		return page.RenderStatus(w, r, http.StatusConflict, signing(v, s))
	}
	if err != nil {
		return err
	}
	s.Draft = saved
	var signed editing.Signed
	err = firstOf(
		func() error { return s.Signing.Check(v.Viewer.Known()) },
		func() error { return admit(v, in) },
		func() (err error) {
			signed, err = f.Editor.Sign(ctx, v.Viewer, d.Key, s.Draft.Version, s.Signing)
			return err
		},
	)
	if err != nil {
		if fresh, openErr := f.Editor.Open(ctx, v.Viewer, d.Key); openErr == nil {
			s.Draft = fresh // signing saved it once more
		}
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		s.Faults = s.placed(d.Form, faults)
		return page.RenderStatus(w, r, status, signing(v, s))
	}
	if signed.Challenge.ID != "" {
		// Where to come back to, should the address have been mistyped.
		back := "/draft/" + d.Key + "/sign"
		return page.Redirect(w, r, page.WithParam(v.Link("/challenge/"+string(signed.Challenge.ID)), "back", back))
	}
	return page.Redirect(w, r, v.Link("/me/thanks?entry="+string(signed.Entry.ID)))
}

// admit keeps robots, and those who ask for too many mails, from signing; people who are signed in get none.
func admit(v *page.Visit, in page.Form) error {
	if v.Viewer.Known() {
		return nil
	}
	if err := v.Welcome(in); err != nil {
		return err
	}
	return v.Allow(v.House.Limits.SignIn)
}

func readSigning(in page.Form) press.Signing {
	s := press.Signing{
		Kind: press.SignatureKind(in.Line("kind")), Name: in.Line("name"), Organisation: in.Line("organisation"),
		ForSomeone: in.Line("scribe") == "other", ScribeName: in.Line("scribe_name"), CoAuthors: in.Text("co_authors"), Proofreaders: in.Text("proofreaders"),
		Email: in.Line("email"), Charter: in.Has("charter"),
	}
	if kind := press.ProvenanceKind(in.Line("source_kind")); kind != press.Original && kind != "original" {
		s.Source = press.Provenance{
			Kind: kind, Title: in.Line("source_title"), URL: in.Line("source_url"), Author: in.Line("source_author"),
			Licence: press.LicenceID(in.Line("source_licence")),
		}
	}
	if s.Kind == press.SignPseudonym {
		s.Name = in.Line("pseudonym")
	}
	return s.Tidy()
}

// placed puts faults where the page asks: the verbs know of one name, the page of two places to write it. Faults of the
// text itself lead back to it.
func (s signature) placed(form press.Form, faults page.Faults) page.Faults {
	asked := map[string]bool{
		"name": true, "pseudonym": true, "organisation": true, "kind": true, "scribe_name": true, "co_authors": true, "proofreaders": true,
		"email": true, "charter": true, "licence": true, "source_kind": true, "source_title": true, "source_url": true,
		"source_licence": true,
	}
	var all page.Faults
	for _, fault := range faults {
		if fault.Field == "name" && s.Signing.Kind == press.SignPseudonym {
			fault.Field = "pseudonym"
		}
		if !asked[fault.Field] {
			fault.Field = ""
		}
		all = append(all, fault)
	}
	return all
}

// questions of the page.

func (s signature) kinds(v *page.Visit) page.Field {
	name := page.Field{Name: "name", Label: v.T("First name and surname"), Autocomplete: "name", Error: s.Faults.On(v, "name")}
	pseudonym := page.Field{Name: "pseudonym", Label: v.T("Which one?"), Error: s.Faults.On(v, "pseudonym")}
	if s.Signing.Kind == press.SignPseudonym {
		pseudonym.Value = s.Signing.Name
	} else {
		name.Value = s.Signing.Name
	}
	organisation := page.Field{
		Name: "organisation", Label: v.T("Which organisation?"), Value: s.Signing.Organisation, Autocomplete: "organization",
		Error: s.Faults.On(v, "organisation"),
	}
	return page.Field{
		Name: "kind", Label: v.T("Under which name will your text appear?"), Value: string(s.Signing.Kind),
		Error: s.Faults.On(v, "kind"), Options: []page.Option{
			{Value: string(press.SignName), Label: v.T("My name"), Help: v.T("That is what most people do here."), Then: page.Then(name)},
			{Value: string(press.SignOrganisation), Label: v.T("The name of an association or a service"), Then: page.Then(organisation)},
			{Value: string(press.SignPseudonym), Label: v.T("A pseudonym"), Help: v.T("Nobody will read your name."), Then: page.Then(pseudonym)},
			{Value: string(press.SignAnonymous), Label: v.T("No name"), Help: v.T("Your name will appear nowhere: not on the page, nor in its history, nor in exports.")},
		},
	}
}

func (s signature) scribe(v *page.Visit) page.Field {
	value := "me"
	if s.Signing.ForSomeone {
		value = "other"
	}
	own := page.Field{
		Name: "scribe_name", Label: v.T("Your own name"), Value: s.Signing.ScribeName, Error: s.Faults.On(v, "scribe_name"),
	}
	return page.Field{
		Name: "scribe", Label: v.T("Is it your own voice?"), Value: value, Options: []page.Option{
			{Value: "me", Label: v.T("Yes, I am the one who tells")},
			{
				Value: "other", Label: v.T("I wrote it down for somebody"),
				Help: v.T("The name above is then theirs: they sign, and you are credited for having written it down."),
				Then: page.Then(own),
			},
		},
	}
}

func (s signature) coAuthors(v *page.Visit) page.Field {
	return page.Field{
		Name: "co_authors", Label: v.T("Did you write it with others?"), Optional: true, Rows: 3,
		Help:    v.T("A name a line. With an address after it, they will be able to change the text too; it is never shown."),
		Example: v.T("Youenn Bescond <youenn@example.org>"), Value: s.Signing.CoAuthors, Error: s.Faults.On(v, "co_authors"),
	}
}

// source asks where the text comes from; the rest of the question is asked along with it.
func (s signature) source(v *page.Visit) page.Field {
	value := string(s.Signing.Source.Kind)
	if s.Signing.Source.Kind == press.Original {
		value = "original"
	}
	return page.Field{
		Name: "source_kind", Label: v.T("Is it an original text?"), Value: value, Error: s.Faults.On(v, "source_kind"),
		Options: []page.Option{
			{Value: "original", Label: v.T("Yes, it was written for here")},
			{Value: string(press.TakenUp), Label: v.T("It appeared elsewhere, and is taken up here")},
			{Value: string(press.Translated), Label: v.T("It is a translation")},
			{Value: string(press.Adapted), Label: v.T("It is adapted from another text")},
		},
	}
}

// sourceFields tell of the original, when there is one.
func (s signature) sourceFields(v *page.Visit) []page.Field {
	source := s.Signing.Source
	return []page.Field{
		{Name: "source_title", Label: v.T("Title of the original"), Value: source.Title, Error: s.Faults.On(v, "source_title")},
		{Name: "source_author", Label: v.T("Its author"), Value: source.Author},
		{Name: "source_url", Label: v.T("Its address on the web"), Type: "url", Value: source.URL, Error: s.Faults.On(v, "source_url")},
	}
}

func (s signature) sourceLicence(v *page.Visit) page.Field {
	return page.Field{
		Name: "source_licence", Label: v.T("Its licence"), Value: string(s.Signing.Source.Licence), Error: s.Faults.On(v, "source_licence"),
		Options: append([]page.Option{{Label: v.T("I don’t know")}}, licences(v)...),
	}
}

func (s signature) email(v *page.Visit) page.Field {
	return page.Field{
		Name: "email", Type: "email", Label: v.T("At which address may we write to you?"), Autocomplete: "email", InputMode: "email",
		Help:  v.T("It is never shown. It serves to confirm that it is you, and to answer you."),
		Value: s.Signing.Email, Error: s.Faults.On(v, "email"), Required: true,
	}
}

func (s signature) charter(v *page.Visit) page.Field {
	value := ""
	if s.Signing.Charter {
		value = "1"
	}
	return page.Field{
		Name: "charter", Linked: charterWords(v), Value: value, Error: s.Faults.On(v, "charter"),
		Help: v.T("One respects people, publishes only what is one’s own, and accepts being read over."),
	}
}

// licenceField offers the site's licence first, the others that are free, and the rest under a fold.
func (s signature) licenceField(v *page.Visit) (asked page.Field, rest []page.Option) {
	asked = page.Field{
		Name: "licence", Label: v.T("What may others do with your text?"), Value: string(s.Licence), Error: s.Faults.On(v, "licence"),
	}
	option := func(l press.Licence) page.Option {
		help := l.Name + "."
		if l.URL == "" {
			help = ""
		}
		if l.ID == v.Site.Licence {
			help = v.T("%s, the choice of this site.", l.Name)
		}
		return page.Option{Value: string(l.ID), Label: v.Set("", l.Plain.In(v.L.Lang())), Help: help}
	}
	for _, l := range press.Licences {
		switch {
		case l.ID == v.Site.Licence:
			asked.Options = append([]page.Option{option(l)}, asked.Options...)
		case len(asked.Options) < 2 && l.Free || l.ID == s.Licence:
			asked.Options = append(asked.Options, option(l))
		default:
			rest = append(rest, option(l))
		}
	}
	return asked, rest
}

// act is what the button will do, in words.
func (s signature) act(v *page.Visit) string {
	switch {
	case !v.Viewer.Known():
		return v.T("Sign, and receive the mail that confirms")
	case s.opens(v):
		return v.T("Sign and publish")
	default:
		return v.T("Sign and propose")
	}
}

// opens tells whether what is signed surely appears at once.
func (s signature) opens(v *page.Visit) bool {
	openness := v.Site.Openness
	if s.Form.Openness != "" {
		openness = s.Form.Openness
	}
	member := v.Contributes()
	return openness == press.Open || member && openness != press.Reviewed || v.Viewer.May(press.Animator, v.Site.ID, s.Draft.Section)
}
