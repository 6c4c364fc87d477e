package talk

import (
	"net/http"

	"bourgeon/app/discussing"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/web/page"
)

// sheet is the page on which a comment is signed.
type sheet struct {
	Entry   press.Entry
	Mode    press.Talk
	Parent  press.Comment // what is answered; zero for a new thread
	Key     string
	Text    string
	Signing press.Signing
	Follow  bool
	Faults  page.Faults
}

// Reply is GET /talk/comment/{id}/reply: the page where one answers.
func (f *Face) Reply(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	c, err := comment(v, r)
	if err != nil {
		return err
	}
	s, err := f.sheet(v, r, c.Entry)
	if err != nil {
		return err
	}
	if c.Status != press.CommentShown {
		return nothing()
	}
	s.Parent = c
	return page.Render(w, r, signing(v, s))
}

// Draft is GET /talk/draft/{key}: a comment that waits for its writer's
// address, to mend the address.
func (f *Face) Draft(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	key := r.PathValue("key")
	c, err := v.House.Reader.CommentByKey(r.Context(), token.Hash(key))
	if err != nil {
		return err
	}
	if c.Site != v.Site.ID {
		return nothing()
	}
	if c.Status != press.CommentDraft {
		return page.Redirect(w, r, v.CommentLink(c, ""))
	}
	s, err := f.sheet(v, r, c.Entry)
	if err != nil {
		return err
	}
	s.Key, s.Text = key, c.Text
	s.Signing = press.Signing{Kind: c.By.Kind, Name: c.By.Name, Organisation: c.By.Organisation}
	if c.By.Kind == press.SignOrganisation {
		s.Signing.Name, s.Signing.Organisation = "", c.By.Name
	}
	if c.Parent != "" {
		s.Parent, err = v.House.Reader.Comment(r.Context(), v.Viewer, c.Parent)
		if err != nil && press.KindOf(err) != press.NotFound { // it may have been hidden meanwhile
			return err
		}
	}
	return page.Render(w, r, signing(v, s))
}

// sheet begins an empty sheet under an entry where one may comment.
func (f *Face) sheet(v *page.Visit, r *http.Request, id press.EntryID) (sheet, error) {
	e, err := v.House.Reader.Entry(r.Context(), v.Viewer, id)
	if err != nil {
		return sheet{}, err
	}
	form, err := v.House.Reader.Form(r.Context(), v.Viewer, e.Form)
	if err != nil {
		return sheet{}, err
	}
	state, err := v.House.Reader.TalkState(r.Context(), v.Viewer, id)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{Entry: e, Mode: v.Site.TalkOn(form), Key: token.New(), Signing: v.SignatureFor(e)}
	switch {
	case e.Status != press.Published || e.Site != v.Site.ID || s.Mode == press.TalkOff:
		return s, nothing()
	case !state.ClosedAt.IsZero():
		return s, press.Problem(press.Forbidden, "This conversation is closed: it can be read, and nothing is added to it any more.")
	}
	return s, nil
}

// Say is POST /talk/{form}/{slug}: the words typed under a text lead to the
// page that asks for a signature; with one, they are said.
func (f *Face) Say(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	e, _, err := entry(v, r)
	if err != nil {
		return err
	}
	s, err := f.sheet(v, r, e.ID)
	if err != nil {
		return lost(v, w, r, in, e, err)
	}
	if parent := in.Line("parent"); parent != "" {
		if s.Parent, err = v.House.Reader.Comment(r.Context(), v.Viewer, press.CommentID(parent)); err != nil {
			return lost(v, w, r, in, e, err)
		}
	}
	s.Text = in.Text("text")
	if key := in.Line("key"); key != "" {
		s.Key = key
	}
	if in.Line("kind") != "" {
		s.Signing, s.Follow = readSigning(in), in.Has("follow")
	}
	if in.Line("do") != "post" {
		return page.Render(w, r, signing(v, s))
	}
	said, err := f.say(v, r, in, s)
	if err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		s.Faults = s.placed(faults)
		return page.RenderStatus(w, r, status, signing(v, s))
	}
	if said.Challenge.ID != "" {
		link := v.Link("/challenge/" + string(said.Challenge.ID))
		return page.Redirect(w, r, page.WithParam(link, "back", "/talk/draft/"+s.Key))
	}
	return page.Redirect(w, r, page.WithParam(v.CommentLink(said.Comment, ""), "done", "1"))
}

// say keeps robots out, and those who ask for too many mails; people who are
// signed in get none.
func (f *Face) say(v *page.Visit, r *http.Request, in page.Form, s sheet) (discussing.Said, error) {
	if !v.Viewer.Known() {
		var c press.Checks
		press.CheckComment(&c, s.Text)
		if err := c.With(s.Signing.Check(false)); err != nil {
			return discussing.Said{}, err // nothing is counted yet
		}
		if err := v.Welcome(in); err != nil {
			return discussing.Said{}, err
		}
		if err := v.Allow(v.House.Limits.SignIn); err != nil {
			return discussing.Said{}, err
		}
	}
	return f.Room.Comment(r.Context(), v.Viewer, s.Entry.ID, discussing.Saying{
		Key: s.Key, Parent: s.Parent.ID, Text: s.Text, Language: v.L.Lang(), Signing: s.Signing, Follow: s.Follow,
	})
}

// lost shows what was typed to somebody who may not say it any more, so that
// they can take it elsewhere.
func lost(v *page.Visit, w http.ResponseWriter, r *http.Request, in page.Form, e press.Entry, err error) error {
	faults, status, ok := page.Refused(w, err)
	if !ok || in.Text("text") == "" {
		return err
	}
	return page.RenderStatus(w, r, status, kept(v, e, in.Text("text"), v.Set("", v.T(faults[0].Message, faults[0].Args...))))
}

// readSigning reads a signature. Whoever sends a comment accepts the charter:
// the page says so beside the button.
func readSigning(in page.Form) press.Signing {
	s := press.Signing{
		Kind: press.SignatureKind(in.Line("kind")), Name: in.Line("name"), Organisation: in.Line("organisation"),
		Email: in.Line("email"), Charter: true,
	}
	if s.Kind == press.SignPseudonym {
		s.Name = in.Line("pseudonym")
	}
	return s.Tidy()
}

// placed puts faults where the page asks: the verbs know of one name, the page
// of two places to write it.
func (s sheet) placed(faults page.Faults) page.Faults {
	for i := range faults {
		if faults[i].Field == "name" && s.Signing.Kind == press.SignPseudonym {
			faults[i].Field = "pseudonym"
		}
	}
	return faults
}

func (s sheet) kinds(v *page.Visit) page.Field {
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
		Name: "kind", Label: v.T("Under which name will it appear?"), Value: string(s.Signing.Kind), Error: s.Faults.On(v, "kind"),
		Options: []page.Option{
			{Value: string(press.SignName), Label: v.T("My name"), Help: v.T("That is what most people do here."), Then: page.Then(name)},
			{Value: string(press.SignOrganisation), Label: v.T("The name of an association or a service"), Then: page.Then(organisation)},
			{Value: string(press.SignPseudonym), Label: v.T("A pseudonym"), Help: v.T("Nobody will read your name."), Then: page.Then(pseudonym)},
			{Value: string(press.SignAnonymous), Label: v.T("No name"), Help: v.T("Your name will appear nowhere.")},
		},
	}
}

func (s sheet) words(v *page.Visit) page.Field {
	return page.Field{
		Name: "text", Label: v.T("What would you like to say?"), Rows: 6, Value: s.Text, Error: s.Faults.On(v, "text"), Required: true,
		Help: v.T("An empty line separates two paragraphs. *Emphasis*, > quotation, - list, and addresses become links."),
	}
}

func (s sheet) email(v *page.Visit) page.Field {
	return page.Field{
		Name: "email", Type: "email", Label: v.T("At which address may we write to you?"), Autocomplete: "email", InputMode: "email",
		Help: v.T("It is never shown. It serves to confirm that it is you."), Value: s.Signing.Email, Error: s.Faults.On(v, "email"), Required: true,
	}
}

func (s sheet) follow(v *page.Visit) page.Field {
	f := page.Field{
		Name: "follow", Label: v.T("Write to me when somebody says something here"),
		Help: v.T("A mail at most every half hour, which you can end with one click."),
	}
	if s.Follow {
		f.Value = "1"
	}
	return f
}
