// Package demo fills an empty network with an invented territory: four sites,
// some fifty people and nearly ninety contributions over three years, written,
// welcomed and corrected through the same verbs as anybody's.
//
// The texts are data, under content/; the pictures are drawn by papercut.
// Start with Seed.
package demo

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/gathering"
	"bourgeon/app/hosting"
	"bourgeon/app/importing"
	"bourgeon/app/joining"
	"bourgeon/app/reporting"
	"bourgeon/app/shaping"
	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store"
)

// Clock tells the time, or a moment of the past while the past is written.
type Clock struct{ past atomic.Int64 }

// Now is the moment set, a little later at each call, or the present.
func (c *Clock) Now() time.Time {
	if c.past.Load() == 0 {
		return time.Now()
	}
	return time.UnixMicro(c.past.Add(int64(time.Second / time.Microsecond))).UTC()
}

func (c *Clock) set(t time.Time) { c.past.Store(t.UnixMicro()) }

func (c *Clock) release() { c.past.Store(0) }

// Builder seeds a network. All fields are needed; the verbs must tell the time
// by Clock.
type Builder struct {
	Store      *store.Store
	Host       *hosting.Host
	Door       *joining.Door
	Editor     *editing.Editor
	Cabinet    *filing.Cabinet
	Discussion *discussing.Room
	Clerk      *reporting.Clerk
	Shaper     *shaping.Shaper
	Gatherer   *gathering.Gatherer
	Importer   *importing.Importer
	Clock      *Clock
	// Progress is told after each contribution.
	Progress func(done, total int)

	now    time.Time
	people map[string]person
	ids    map[string]press.PersonID
	sites  map[string]press.Site
	texts  map[string]press.EntryID // by file
}

// Guests are the people that one may be in the demonstration.
type Guests struct{ Steward, Animator, Contributor press.PersonID }

const (
	guestSteward     = "nolwenn-kerlaouen"
	guestAnimator    = "sterenn-lagadec"
	guestContributor = "odile-trebern"
)

// Seed fills the network, unless it holds sites already.
func (b *Builder) Seed(ctx context.Context) (Guests, error) {
	b.now = b.Clock.Now()
	defer b.Clock.release()
	b.people, b.ids = map[string]person{}, map[string]press.PersonID{}
	b.sites, b.texts = map[string]press.Site{}, map[string]press.EntryID{}
	if err := b.seed(ctx); err != nil {
		return Guests{}, fmt.Errorf("seed the demonstration: %w", err)
	}
	return Guests{b.ids[guestSteward], b.ids[guestAnimator], b.ids[guestContributor]}, nil
}

func (b *Builder) seed(ctx context.Context) error {
	people, err := readPeople()
	if err != nil {
		return err
	}
	sites, err := readSites()
	if err != nil {
		return err
	}
	known, err := b.Store.Sites(ctx, press.Itself)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		return b.recognise(ctx, people)
	}
	b.Clock.set(b.now.AddDate(-3, -1, 0))
	if _, err := b.Host.Found(ctx, press.Network{
		Name: "Porzh-Avel s’écrit", Language: "fr",
		Tagline: "Les sites du pays de Porzh-Avel, écrits par celles et ceux qui y vivent.",
		About: "Quatre sites, une même idée : ce qui se passe ici s’écrit ici. Chacun peut raconter, chaque texte est accueilli par quelqu’un, " +
			"tout est sous licence libre.\n\nCe territoire est inventé : villes, personnes et associations n’existent que pour la démonstration.",
	}); err != nil {
		return err
	}
	if err := b.meet(ctx, people); err != nil {
		return err
	}
	for _, s := range sites {
		if err := b.open(ctx, s); err != nil {
			return fmt.Errorf("open %s: %w", s.slug, err)
		}
	}
	if err := b.appoint(ctx, people); err != nil {
		return err
	}
	if err := b.writeAll(ctx, sites); err != nil {
		return err
	}
	if err := b.collect(ctx); err != nil {
		return err
	}
	if err := b.dress(ctx); err != nil {
		return err
	}
	if err := b.talk(ctx); err != nil {
		return err
	}
	if err := b.readOver(ctx); err != nil {
		return err
	}
	return b.reportAll(ctx)
}

// recognise finds the guests of a demonstration seeded before.
func (b *Builder) recognise(ctx context.Context, people []person) error {
	for _, p := range people {
		kept, err := b.Store.PersonByEmail(ctx, press.Itself, p.email)
		if press.KindOf(err) == press.NotFound {
			return errors.New("this folder holds another network: choose an empty one")
		}
		if err != nil {
			return fmt.Errorf("find %s: %w", p.key, err)
		}
		b.ids[p.key] = kept.ID
	}
	return nil
}

func (b *Builder) meet(ctx context.Context, people []person) error {
	return b.Store.Write(ctx, func(tx *store.Tx) error {
		for _, p := range people {
			at := b.Clock.Now()
			b.people[p.key] = p
			b.ids[p.key] = press.PersonID(ids.New())
			if err := tx.SavePerson(ctx, press.Person{
				ID: b.ids[p.key], Email: p.email, Name: p.name, Language: "fr", InvitedBy: b.inviter(p), ConfirmedAt: at, CreatedAt: at,
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// inviter is who brought someone: the steward, but herself.
func (b *Builder) inviter(p person) press.PersonID {
	if p.key == guestSteward {
		return ""
	}
	return b.ids[guestSteward]
}

func (b *Builder) appoint(ctx context.Context, people []person) error {
	for _, p := range people {
		for _, role := range p.roles {
			name, place, placed := strings.Cut(role, ":")
			if !placed {
				continue
			}
			m := press.Membership{Role: press.Role(name)}
			if place != "*" {
				m.Site = b.sites[place].ID
			}
			if _, err := b.Door.Appoint(ctx, press.Itself, p.email, p.name, m); err != nil {
				return fmt.Errorf("appoint %s: %w", p.key, err)
			}
		}
	}
	return nil
}

func (b *Builder) open(ctx context.Context, s site) error {
	opened, err := b.Host.OpenSite(ctx, press.Itself, hosting.SiteDraft{
		Slug: s.slug,
		Description: hosting.Description{
			Name: s.name, Tagline: s.tagline, Languages: s.languages, Timezone: "Europe/Paris", Charter: s.charter,
			Openness: s.openness, Revising: press.ReviseAtOnce, Licence: s.licence,
			Words: s.words,
		},
		Look: s.look,
	})
	if err != nil {
		return err
	}
	b.sites[s.slug] = opened
	for _, c := range s.sections {
		if _, err := b.Host.SaveSection(ctx, press.Itself, opened.ID, hosting.SectionDraft{
			Slug: c.slug, Name: c.name, Description: c.description, Words: c.words,
		}); err != nil {
			return fmt.Errorf("section %s: %w", c.slug, err)
		}
	}
	return b.front(ctx, opened, s.front)
}

// front puts the site's own words on top of its front page.
func (b *Builder) front(ctx context.Context, s press.Site, words string) error {
	steward, err := b.Store.Viewer(ctx, b.ids[guestSteward])
	if err != nil {
		return err
	}
	steward.System = true // she has her role only once the sites are open
	d, err := b.Editor.Revise(ctx, steward, s.Front)
	if err != nil {
		return err
	}
	d.Answers["text"] = []string{words + "\n\n" + d.Answers.One("text")}
	if d, err = b.Editor.Save(ctx, steward, d.Key(), d.Version, editing.Work{Content: d.Content, Signing: d.Signing}); err != nil {
		return err
	}
	_, err = b.Editor.Amend(ctx, steward, d.Key(), d.Version, "")
	return err
}

// task is a text to write, with its site.
type task struct {
	site site
	text
}

// writeAll writes the texts in the order in which they were, but a
// translation after its original.
func (b *Builder) writeAll(ctx context.Context, sites []site) error {
	var tasks []task
	for _, s := range sites {
		for _, t := range s.texts {
			tasks = append(tasks, task{s, t})
		}
	}
	slices.SortStableFunc(tasks, func(x, y task) int {
		return cmp.Or(cmp.Compare(x.rank(), y.rank()), cmp.Compare(y.ago, x.ago))
	})
	ctx, cancel := context.WithCancel(ctx)
	drawings, wait := b.drawAll(ctx, tasks)
	defer wait()
	defer cancel()
	strict := false
	for i, t := range tasks {
		if t.waits() && !strict {
			strict = true
			if err := b.welcomeBy(ctx, sites, press.Reviewed); err != nil {
				return err
			}
		}
		if err := b.write(ctx, t, drawings[i], i); err != nil {
			return fmt.Errorf("%s: %w", t.file, err)
		}
		if b.Progress != nil {
			b.Progress(i+1, len(tasks))
		}
	}
	if err := b.spare(ctx); err != nil {
		return err
	}
	return b.welcomeBy(ctx, sites, "")
}

// waits tells whether the text is still at the desk.
func (t text) waits() bool { return t.status == press.Proposed || t.status == press.Returned }

// rank orders what is written: originals, translations, and last what waits.
func (t text) rank() int {
	switch {
	case t.waits():
		return 2
	case t.translationOf != "":
		return 1
	default:
		return 0
	}
}

// welcomeBy sets how open the sites are; "" gives each back its own rule. What
// still waits in the demonstration was written by people who are trusted by
// now, so that it needs stricter sites for a moment.
func (b *Builder) welcomeBy(ctx context.Context, sites []site, rule press.Openness) error {
	for _, s := range sites {
		d := hosting.DescriptionOf(b.sites[s.slug])
		if d.Openness = s.openness; rule != "" {
			d.Openness = rule
		}
		if err := b.Host.DescribeSite(ctx, press.Itself, b.sites[s.slug].ID, d); err != nil {
			return err
		}
	}
	return nil
}

// write takes one text through its life.
func (b *Builder) write(ctx context.Context, t task, drawn *drawing, n int) error {
	site := b.sites[t.site.slug]
	// Everybody writes at their own hour of the day.
	written := b.now.AddDate(0, 0, -t.ago).Truncate(24 * time.Hour).Add(time.Duration(6+n*7%14) * time.Hour).Add(time.Duration(n*13%60) * time.Minute)
	if written.After(b.now) {
		written = b.now.Add(-time.Hour)
	}
	b.Clock.set(written)
	writerKey := t.authors[0]
	if t.scribe != "" {
		writerKey = t.scribe
	}
	writer, err := b.Store.Viewer(ctx, b.ids[writerKey])
	if err != nil {
		return err
	}
	form, err := b.Store.FormBySlug(ctx, press.Itself, site.ID, t.form)
	if err != nil {
		return err
	}
	work, err := b.work(ctx, t, site, form)
	if err != nil {
		return err
	}
	d, err := b.Editor.Begin(ctx, writer, site, form, work)
	if err != nil {
		return err
	}
	if drawn != nil || len(t.extras) > 0 {
		files, err := b.attach(ctx, writer, site, d, t)
		if err != nil {
			return err
		}
		work.Answers["pictures"], work.Answers["files"] = files["pictures"], files["files"]
		if drawn != nil {
			m, err := b.picture(ctx, writer, site, d, drawn)
			if err != nil {
				return err
			}
			work.Answers["pictures"] = append([]string{string(m.ID)}, work.Answers["pictures"]...)
		}
		if d, err = b.Editor.Save(ctx, writer, d.Key(), d.Version, work); err != nil {
			return err
		}
	}
	signed, err := b.Editor.Sign(ctx, writer, d.Key(), d.Version, work.Signing)
	if err != nil {
		return err
	}
	b.texts[t.file] = signed.Entry.ID
	return b.welcome(ctx, t, writer, signed.Entry, n)
}

func (b *Builder) work(ctx context.Context, t task, site press.Site, form press.Form) (editing.Work, error) {
	w := editing.Work{Content: press.Content{
		Answers:  press.Answers{"title": {t.title}, "standfirst": {t.standfirst}, "text": {t.body}},
		Tags:     t.tags,
		Language: t.language, Licence: t.licence,
	}}
	if t.section != "" {
		section, err := b.Store.SectionBySlug(ctx, press.Itself, site.ID, t.section)
		if err != nil {
			return w, err
		}
		w.Section = section.ID
	}
	source, err := b.source(ctx, t)
	w.Signing = b.signing(t)
	w.Signing.Source = source
	return w, err
}

func (b *Builder) signing(t task) press.Signing {
	author := b.people[t.authors[0]]
	s := press.Signing{Kind: press.SignatureKind(t.signature), Name: author.name, Charter: true}
	if author.organisation != "-" && author.organisation != author.name {
		s.Organisation = author.organisation
	}
	switch s.Kind {
	case press.SignOrganisation:
		s.Organisation = cmp.Or(s.Organisation, author.name)
	case press.SignPseudonym:
		s.Name, s.Organisation = t.pseudonym, ""
	case press.SignAnonymous:
		s.Name, s.Organisation = "", ""
	}
	if t.scribe != "" {
		s.ForSomeone, s.ScribeName = true, b.people[t.scribe].name
	}
	var others []string
	for _, key := range t.authors[1:] {
		others = append(others, b.people[key].name+" <"+b.people[key].email+">")
	}
	s.CoAuthors = strings.Join(others, "\n")
	return s
}

func (b *Builder) source(ctx context.Context, t task) (press.Provenance, error) {
	id, ok := b.texts[t.translationOf]
	if !ok {
		return t.takenFrom, nil
	}
	e, err := b.Store.Entry(ctx, press.Itself, id)
	if err != nil {
		return press.Provenance{}, err
	}
	return press.Provenance{
		Kind: press.Translated, Title: e.Title, URL: b.Editor.Addresses.Entry(e), Licence: e.Licence, Entry: e.ID, Revision: e.Revision,
	}, nil
}

func (b *Builder) picture(ctx context.Context, v press.Viewer, site press.Site, d press.Draft, drawn *drawing) (press.Media, error) {
	if <-drawn.done; drawn.err != nil {
		return press.Media{}, drawn.err
	}
	t := drawn.task
	m, err := b.Cabinet.Keep(ctx, v, site.ID, d.Key(), t.motif+".jpg", bytes.NewReader(drawn.file))
	drawn.file = nil
	if err != nil {
		return m, err
	}
	credit := "Papiers découpés de la démonstration"
	if t.photographer != "" {
		credit = b.people[t.photographer].name
	}
	return b.Cabinet.Describe(ctx, v, d.Key(), m.ID, filing.Description{
		Alt: t.alt, Caption: t.caption, Credit: credit, Licence: "CC-BY-SA-4.0",
	})
}
