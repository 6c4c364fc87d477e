package bench

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/app/hosting"
	"bourgeon/kit/fold"
	"bourgeon/kit/ids"
	"bourgeon/kit/pgtemp"
	"bourgeon/kit/slug"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web"
	"bourgeon/web/api"
	"bourgeon/web/page"
)

const (
	entries  = 10_000
	siteSlug = "mag"
	base     = "http://reseau.example"
)

// network is a site of 10,000 entries on one engine.
type network struct {
	database, data string
	store          *store.Store
	editor         *editing.Editor
	site           press.Site
	form           press.Form
	writer         press.Viewer
	slugs          []string
	built          time.Duration
}

// networks are built once, for all benchmarks of the process.
var (
	temporary string // set by TestMain
	server    *pgtemp.Cluster
	onSQLite  = sync.OnceValues(func() (*network, error) {
		data := filepath.Join(temporary, "data")
		return build(filepath.Join(data, "bourgeon.db"), data)
	})
	onPostgreSQL = sync.OnceValues(func() (*network, error) {
		var err error
		if server, err = pgtemp.Start(context.Background()); err != nil {
			return nil, err
		}
		if err := server.CreateDatabase(context.Background(), "bench", ""); err != nil {
			return nil, err
		}
		return build(server.URL("bench"), filepath.Join(temporary, "pg-data"))
	})
)

// engines runs a benchmark on each engine that this machine has.
func engines(b *testing.B, f func(b *testing.B, n *network)) {
	for _, engine := range []struct {
		name string
		make func() (*network, error)
	}{{"sqlite", onSQLite}, {"postgres", onPostgreSQL}} {
		b.Run(engine.name, func(b *testing.B) {
			n, err := engine.make()
			if err != nil {
				b.Skip(err)
			}
			f(b, n)
		})
	}
}

func build(database, data string) (*network, error) {
	begun, ctx := time.Now(), context.Background()
	n, host, err := found(ctx, database, data)
	if err != nil {
		return nil, err
	}
	f := &filler{network: n, random: rand.New(rand.NewPCG(1, 2))}
	if err := f.fill(ctx, host); err != nil {
		return nil, err
	}
	if err := analyse(ctx, n.store.Engine(), database); err != nil {
		return nil, err
	}
	n.writer, err = n.store.Viewer(ctx, f.people[0].ID)
	n.built = time.Since(begun)
	return n, err
}

// found opens the site, without an entry.
func found(ctx context.Context, database, data string) (*network, *hosting.Host, error) {
	if err := os.MkdirAll(data, 0o750); err != nil {
		return nil, nil, err
	}
	s, err := store.Open(ctx, database)
	if err != nil {
		return nil, nil, err
	}
	n := &network{database: database, data: data, store: s}
	addresses := press.Addresses{Base: base}
	n.editor = &editing.Editor{
		Store: s, Now: time.Now, Addresses: addresses,
		Post: func(context.Context, *store.Tx, press.Mail) error { return nil },
	}
	host := &hosting.Host{Store: s, Now: time.Now, Addresses: addresses, Render: n.editor.Rendered}
	if _, err := host.Found(ctx, press.Network{Name: "Le pays", Language: "fr"}); err != nil {
		return nil, nil, err
	}
	n.site, err = host.OpenSite(ctx, press.Itself, hosting.SiteDraft{Slug: siteSlug, Description: hosting.Description{
		Name: "Le magazine", Tagline: "Ce qui se passe ici s’écrit ici.", Languages: []string{"fr"}, Timezone: "Europe/Paris",
		Charter: "Soyons justes.", Openness: press.First, Revising: press.ReviseAtOnce, Licence: "CC-BY-SA-4.0",
	}})
	if err != nil {
		return nil, nil, err
	}
	if n.form, err = s.FormBySlug(ctx, press.Itself, n.site.ID, "article"); err != nil {
		return nil, nil, err
	}
	return n, host, nil
}

// analyse lets PostgreSQL know what was brought in at once, as its autovacuum
// does within a minute.
func analyse(ctx context.Context, engine, database string) error {
	if engine != "postgres" {
		return nil
	}
	db, err := sql.Open("pgx", database) // store registers the driver
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `analyze`)
	return err
}

// handler is the whole server, with or without a cache of pages.
func (n *network) handler(b *testing.B) http.Handler {
	b.Helper()
	texts, err := page.LoadCatalogue()
	if err != nil {
		b.Fatal(err)
	}
	files, err := page.LoadFiles()
	if err != nil {
		b.Fatal(err)
	}
	h, err := web.New(web.Config{House: &page.House{
		Reader: n.store.Reader, Addresses: press.Addresses{Base: base}, Catalogue: texts, Files: files,
		Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}, API: &api.Face{}})
	if err != nil {
		b.Fatal(err)
	}
	return h
}

// filler writes entries in bulk, past the verbs: ten thousand durable
// publications one by one would take minutes.
type filler struct {
	*network
	random   *rand.Rand
	people   []press.Person
	bylines  []press.Byline
	sections []press.Section
	texts    []text
	pictures []press.MediaID
}

// text is rendered once and used by many entries.
type text struct {
	source   string
	rendered map[string]string
}

const (
	peopleCount = 60
	textCount   = 100
	perCommit   = 1000
	years       = 3
)

func (f *filler) fill(ctx context.Context, host *hosting.Host) error {
	for i := range 8 {
		c, err := host.SaveSection(ctx, press.Itself, f.site.ID, hosting.SectionDraft{
			Slug: fmt.Sprintf("rubrique-%d", i), Name: fmt.Sprintf("Rubrique %d", i), Description: "Ce qui se passe par là.",
		})
		if err != nil {
			return err
		}
		f.sections = append(f.sections, c)
	}
	for range textCount {
		source := article(f.random)
		content := press.Content{Answers: press.Answers{"text": {source}}, Language: "fr"}
		f.texts = append(f.texts, text{source, f.editor.Rendered(f.form, content, nil)})
	}
	if err := f.store.Write(ctx, func(tx *store.Tx) error { return f.meet(ctx, tx) }); err != nil {
		return err
	}
	for from := 0; from < entries; from += perCommit {
		err := f.store.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < from+perCommit; i++ {
				if err := f.write(ctx, tx, i); err != nil {
					return err
				}
			}
			return tx.Touch(ctx, f.site.ID)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) meet(ctx context.Context, tx *store.Tx) error {
	now := time.Now()
	for i := range peopleCount {
		p := press.Person{
			ID: press.PersonID(ids.New()), Name: fmt.Sprintf("Personne %d", i), Email: fmt.Sprintf("p%d@example.org", i),
			Language: "fr", ConfirmedAt: now, CreatedAt: now,
		}
		if err := tx.SavePerson(ctx, p); err != nil {
			return err
		}
		m := press.Membership{
			ID: press.MembershipID(ids.New()), Person: p.ID, Site: f.site.ID, Role: press.Contributor, CreatedAt: now,
		}
		if err := tx.SaveMembership(ctx, m); err != nil {
			return err
		}
		b, err := tx.BylineOf(ctx, press.Byline{
			ID: press.BylineID(ids.New()), Slug: slug.Make(p.Name, 60), Kind: press.SignName, Name: p.Name,
		}, fold.Text(p.Name), p.ID)
		if err != nil {
			return err
		}
		f.people, f.bylines = append(f.people, p), append(f.bylines, b)

		picture := press.Media{
			ID: press.MediaID(ids.New()), Site: f.site.ID, Type: "image/webp", Bytes: 90_000, Width: 1600, Height: 1066,
			Colour: "#336699", Name: "photo.jpg", Alt: "Le port au matin, des caisses bleues sur le quai", Credit: p.Name,
			Licence: "CC-BY-SA-4.0", UploadedBy: p.ID, CreatedAt: now,
		}
		for _, width := range []int{480, 960, 1600} {
			picture.Hash = fmt.Sprintf("%064x", i*10_000+width)
			picture.Variants = append(picture.Variants, press.Variant{
				Hash: picture.Hash, Width: width, Height: width * 2 / 3, Bytes: int64(width * 50), Type: "image/webp",
			})
		}
		if err := tx.SaveMedia(ctx, picture); err != nil {
			return err
		}
		f.pictures = append(f.pictures, picture.ID)
	}
	return nil
}

// write keeps published entry i, with all that surrounds one.
func (f *filler) write(ctx context.Context, tx *store.Tx, i int) error {
	author := f.random.IntN(peopleCount)
	at := time.Now().AddDate(-years, 0, 0).Add(time.Duration(i) * years * 365 * 24 * time.Hour / entries).UTC()
	title := fmt.Sprintf("Ce que le port nous raconte, épisode %d", i)
	e := press.Entry{
		ID: press.EntryID(ids.New()), Site: f.site.ID, Form: f.form.ID, Slug: slug.Make(title, 60), Status: press.Published,
		Revision: 1, Title: title, CreatedBy: f.people[author].ID,
		CreatedAt: at, UpdatedAt: at, ProposedAt: at, PublishedAt: at,
		Content: press.Content{
			Section: f.sections[f.random.IntN(len(f.sections))].ID, Language: "fr", Licence: "CC-BY-SA-4.0",
			Tags: []string{fmt.Sprintf("mot %d", f.random.IntN(40)), fmt.Sprintf("mot %d", 40+f.random.IntN(40))},
			Answers: press.Answers{
				"title": {title}, "standfirst": {"Au bout du quai, quelqu’un raconte. On l’a écouté, puis on a écrit."},
			},
		},
	}
	e.Standfirst, e.Debut = e.Answers.One("standfirst"), i%100 == 0
	var pictures []press.MediaID
	if i%2 == 0 {
		pictures = []press.MediaID{f.pictures[f.random.IntN(len(f.pictures))]}
		e.Answers["pictures"] = []string{string(pictures[0])}
	}
	text := f.texts[f.random.IntN(len(f.texts))]
	e.Answers["text"], e.Rendered = []string{text.source}, text.rendered
	f.slugs = append(f.slugs, e.Slug)
	if err := tx.InsertEntry(ctx, e); err != nil {
		return err
	}
	err := tx.InsertRevision(ctx, press.Revision{
		Entry: e.ID, Number: 1, Content: e.Content, Kind: press.Created, State: press.Kept, MadeBy: e.CreatedBy, MadeAt: at,
	})
	if err != nil {
		return err
	}
	credits := []press.Credit{{
		ID: press.CreditID(ids.New()), Role: press.Author, Kind: press.SignName, Byline: f.bylines[author].ID, Person: e.CreatedBy,
	}}
	if err := tx.ReplaceCredits(ctx, e.ID, credits); err != nil {
		return err
	}
	var tags []press.Tag
	for _, label := range e.Tags {
		tags = append(tags, press.Tag{Slug: slug.Make(label, 60), Label: label})
	}
	if err := tx.ReplaceTags(ctx, e, tags); err != nil {
		return err
	}
	if err := tx.PlaceMedia(ctx, e.ID, store.Placing{Pictures: pictures}); err != nil {
		return err
	}
	return tx.Emit(ctx, press.Event{Kind: press.EntryPublished, Site: e.Site, Entry: e.ID, Actor: e.CreatedBy, At: at})
}

var sentences = []string{
	"Le matin, les caisses bleues attendent encore sur le quai. ",
	"On a compté **quarante-deux** personnes à la dernière réunion, et trois chiens. ",
	"Personne n’avait prévu la pluie, mais tout le monde est resté sous le préau. ",
	"Il faut dire que la [clef du local](/mag/article/ce-que-le-port-nous-raconte-episode-12) change souvent de poche. ",
	"« On ne savait pas faire, alors on a appris en faisant », dit-elle en riant. ",
	"La prochaine fois, il y aura du café, et une rallonge assez longue. ",
	"Le tram s’arrête à deux pas, le vélo se gare contre le mur. ",
	"Ceux qui passent lisent l’affiche, hésitent, puis poussent la porte. ",
}

// article is a text of some 2,500 characters, the length of most.
func article(r *rand.Rand) string {
	var b strings.Builder
	for part := range 3 {
		fmt.Fprintf(&b, "## Partie %d\n\n", part+1)
		for range 3 {
			for range 5 {
				b.WriteString(sentences[r.IntN(len(sentences))])
			}
			b.WriteString("\n\n")
		}
	}
	b.WriteString("- un seau\n- une corde\n- de la patience\n")
	return b.String()
}
