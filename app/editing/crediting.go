package editing

import (
	"context"
	"slices"

	"bourgeon/kit/fold"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
)

// credits names who did what, from what the writer answered when signing.
func (ed *Editor) credits(ctx context.Context, tx *store.Tx, s press.Signing, writer press.PersonID, language string) ([]press.Credit, error) {
	author := s.Author(writer)
	var wanted []press.Credit
	if s.ForSomeone {
		author.Person = "" // who told it is not who writes
		wanted = append(wanted, author, press.Credit{Role: press.Scribe, Kind: press.SignName, Name: s.ScribeName, Person: writer})
	} else {
		wanted = append(wanted, author)
	}
	for _, co := range s.WithCoAuthors() {
		c := press.Credit{Role: press.Author, Kind: press.SignName, Name: co.Name}
		// An address given by somebody else lets its holder find and revise the
		// entry once they prove it; until then it is neither written to (see
		// mailing.Compose) nor shown, only the name is.
		if co.Email != "" {
			p, err := ed.Holder(ctx, tx, co.Email, co.Name, language)
			if err != nil {
				return nil, err
			}
			c.Person = p.ID
		}
		wanted = append(wanted, c)
	}
	for _, name := range s.ReadOverBy() {
		wanted = append(wanted, press.Credit{Role: press.Proofreader, Kind: press.SignName, Name: name})
	}
	for i, c := range wanted {
		credited, err := ed.Credited(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		wanted[i] = credited
	}
	if s.Source.Kind == press.Translated && s.Source.Entry != "" {
		return ofTranslation(ctx, tx, s.Source, wanted)
	}
	return wanted, nil
}

// Credited gives a credit its public identity; an anonymous one has none.
func (ed *Editor) Credited(ctx context.Context, tx *store.Tx, c press.Credit) (press.Credit, error) {
	c.ID = newID[press.CreditID]()
	if c.Kind == press.SignAnonymous {
		c.Name, c.Organisation = "", ""
		return c, nil
	}
	address := slug.Make(c.Name, slugLength)
	if address == "" {
		address = "auteur"
	}
	b, err := tx.BylineOf(ctx, press.Byline{
		ID: newID[press.BylineID](), Slug: address, Kind: c.Kind, Name: c.Name, Organisation: c.Organisation,
	}, fold.Text(c.Name), c.Person)
	c.Byline, c.Slug = b.ID, b.Slug
	return c, err
}

// creditMedia names who made the files that came with a draft and of which its
// writer said that they made them: nobody, where they sign without a name. A
// file that came otherwise stays as it is: naming it here could tell who signed
// something else.
func creditMedia(ctx context.Context, tx *store.Tx, form press.Form, d press.Draft, name string) error {
	files, err := tx.MediaOf(ctx, press.Itself, slices.Concat(form.Pictures(d.Answers), form.Files(d.Answers), Mentioned(form, d.Answers)))
	if err != nil {
		return err
	}
	for _, m := range files {
		if m.Draft != d.ID || m.Maker != press.MakerSelf || m.Credit == name {
			continue
		}
		m.Credit = name
		if err := tx.SaveMedia(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// nameOf is the name under which a person stands among credits, "" for none.
func nameOf(person press.PersonID, credits []press.Credit) string {
	for _, c := range credits {
		if c.Person == person && !c.Anonymous() {
			return c.Name
		}
	}
	return ""
}

// introduce keeps the name of a writer's first signature as theirs: what they
// sign next begins with it, and mails greet by it. Only a name that they gave
// as their own counts, never a pseudonym or that of an organisation.
func introduce(ctx context.Context, tx *store.Tx, e press.Entry) error {
	at := slices.IndexFunc(e.Credits, func(c press.Credit) bool {
		return c.Person == e.CreatedBy && c.Kind == press.SignName && c.Name != "" && c.Role != press.Proofreader
	})
	if e.CreatedBy == "" || at < 0 {
		return nil
	}
	writer, err := tx.Person(ctx, press.Itself, e.CreatedBy)
	if err != nil || writer.Name != "" {
		return err
	}
	writer.Name = e.Credits[at].Name
	if err := tx.SavePerson(ctx, writer); err != nil {
		return err
	}
	v, err := tx.Viewer(ctx, writer.ID)
	for _, m := range v.Memberships { // the sites that they keep name them
		if err == nil {
			err = tx.Touch(ctx, m.Site)
		}
	}
	return err
}

// creditProofreader names the animator who corrected an entry or read it over,
// once.
func (ed *Editor) creditProofreader(ctx context.Context, tx *store.Tx, person press.PersonID, name string, e *press.Entry) error {
	credited := slices.ContainsFunc(e.Credits, func(c press.Credit) bool { return c.Person == person })
	if credited || name == "" {
		return nil
	}
	credit, err := ed.Credited(ctx, tx, press.Credit{Role: press.Proofreader, Kind: press.SignName, Name: name, Person: person})
	if err != nil {
		return err
	}
	e.Credits = append(e.Credits, credit)
	return tx.ReplaceCredits(ctx, e.ID, e.Credits)
}

// creditActors names those who did what is told, where the form asks who they
// are: they follow the answer.
func (ed *Editor) creditActors(ctx context.Context, tx *store.Tx, form press.Form, e *press.Entry) error {
	field, asked := form.Field(press.RoleActor)
	if !asked {
		return nil
	}
	var wanted, named []string
	if field.Public() && !field.Gone {
		wanted = e.Answers[field.Key]
	}
	var others []press.Credit
	for _, c := range e.Credits {
		if c.Role == press.Actor && c.Person == "" {
			named = append(named, c.Name)
		} else {
			others = append(others, c)
		}
	}
	if slices.Equal(wanted, named) {
		return nil
	}
	e.Credits = others
	for _, name := range wanted {
		credit, err := ed.Credited(ctx, tx, press.Credit{Role: press.Actor, Kind: press.SignName, Name: name})
		if err != nil {
			return err
		}
		e.Credits = append(e.Credits, credit)
	}
	return tx.ReplaceCredits(ctx, e.ID, e.Credits)
}

// debut tells whether one of the authors is published for the first time.
// Nobody anonymous is counted: it would say something of them.
func debut(ctx context.Context, tx *store.Tx, e press.Entry) (bool, error) {
	for _, c := range e.Authors() {
		if c.Person == "" || c.Anonymous() {
			continue
		}
		before, err := tx.PublishedBy(ctx, c.Person, e.ID, "")
		if err != nil || before == 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// welcome makes a published writer a contributor of the site: they read what
// is proposed there, and leave notes. Whoever signed without their name stays
// outside: it would appear among the site's people just when the text does, and
// tell who wrote it.
func (ed *Editor) welcome(ctx context.Context, tx *store.Tx, e press.Entry, actor press.PersonID) error {
	if e.CreatedBy == "" {
		return nil
	}
	writer, err := tx.Viewer(ctx, e.CreatedBy)
	if err != nil || writer.MaySomewhere(press.Contributor, e.Site) {
		return err
	}
	for _, c := range e.Credits {
		hidden := c.Anonymous() || c.Kind == press.SignPseudonym && c.Name != writer.Name
		if c.Person == e.CreatedBy && hidden {
			return nil
		}
	}
	return tx.SaveMembership(ctx, press.Membership{
		ID: newID[press.MembershipID](), Person: e.CreatedBy, Site: e.Site, Role: press.Contributor, GivenBy: actor, CreatedAt: ed.Now(),
	})
}
