package crash

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/joining"
	"bourgeon/app/mailing"
	"bourgeon/app/working"
	"bourgeon/kit/blob"
	"bourgeon/kit/post"
	"bourgeon/press"
	"bourgeon/store"
)

// What the parent tells the child, in its environment.
const (
	envRound    = "CRASH_ROUND"
	envDatabase = "CRASH_DATABASE"
	envData     = "CRASH_DATA"
)

const (
	siteSlug     = "mag"
	publications = 200 // at the same time, in each round
	writers      = 20
)

// house is what a publication passes through, wired as the program does it.
type house struct {
	store   *store.Store
	editor  *editing.Editor
	cabinet *filing.Cabinet
	crew    *working.Crew
	outbox  string
}

func open(ctx context.Context, database, data string, now func() time.Time) (*house, error) {
	memory, err := store.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	texts, err := mailing.LoadCatalogue()
	if err != nil {
		return nil, err
	}
	outbox := filepath.Join(data, "outbox")
	addresses := press.Addresses{Base: "https://reseau.example"}
	postman := &mailing.Postman{
		Store: memory, Now: now, Sender: &post.Outbox{Dir: outbox, Now: now}, From: "bourgeon@reseau.example",
		Addresses: addresses, Catalogue: texts,
	}
	door := &joining.Door{Store: memory, Now: now, Post: postman.Post}
	crew := &working.Crew{
		Store: memory, Now: now, Log: slog.New(slog.DiscardHandler),
		Handlers: map[string]working.Handler{mailing.Job: postman.Deliver},
	}
	memory.Wake(crew.Wake)
	memory.React(postman.Concern)
	return &house{
		store: memory,
		editor: &editing.Editor{
			Store: memory, Now: now, Challenge: door.Challenge, Post: postman.Post, Addresses: addresses,
		},
		cabinet: &filing.Cabinet{Store: memory, Now: now, Files: pictures(data)},
		crew:    crew, outbox: outbox,
	}, nil
}

func pictures(data string) blob.Disk { return blob.Disk{Dir: filepath.Join(data, "media")} }

// child publishes until it is killed. A line on its standard output says that
// a verb has returned: from then on, what it did must outlive everything.
func child(round string) error {
	ctx := context.Background()
	h, err := open(ctx, os.Getenv(envDatabase), os.Getenv(envData), time.Now)
	if err != nil {
		return err
	}
	site, err := h.store.SiteBySlug(ctx, press.Itself, siteSlug)
	if err != nil {
		return err
	}
	members, err := h.store.Memberships(ctx, press.Itself, site.ID)
	if err != nil {
		return err
	}
	go h.crew.Run(ctx) // mails leave meanwhile
	var all sync.WaitGroup
	failures := make(chan error, publications)
	for n := range publications {
		all.Go(func() {
			if err := h.publish(ctx, site, members[n%len(members)].Person, sample(round, n)); err != nil {
				failures <- fmt.Errorf("publication %d: %w", n, err)
			}
		})
	}
	all.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	acknowledge("end")
	select {} // the parent kills, always
}

func (h *house) publish(ctx context.Context, site press.Site, person press.PersonID, s contribution) error {
	writer, err := h.store.Viewer(ctx, person)
	if err != nil {
		return err
	}
	form, err := h.store.FormBySlug(ctx, press.Itself, site.ID, "article")
	if err != nil {
		return err
	}
	work := editing.Work{Content: press.Content{
		Answers: press.Answers{"title": {s.title}, "text": {s.text}}, Tags: s.tags, Language: "fr",
	}}
	d, err := h.editor.Begin(ctx, writer, site, form, work)
	if err != nil {
		return err
	}
	acknowledge("draft", s.name, string(d.ID))
	if s.picture != nil {
		m, err := h.cabinet.Keep(ctx, writer, site.ID, d.Key(), s.name+".jpg", bytes.NewReader(s.picture))
		if err != nil {
			return err
		}
		work.Answers["pictures"] = []string{string(m.ID)}
		if d, err = h.editor.Save(ctx, writer, d.Key(), d.Version, work); err != nil {
			return err
		}
	}
	signed, err := h.editor.Sign(ctx, writer, d.Key(), d.Version, s.signing)
	if err != nil {
		return err
	}
	if signed.Entry.Status != press.Published {
		return fmt.Errorf("it is %s", signed.Entry.Status)
	}
	acknowledge("entry", s.name, string(signed.Entry.ID))
	return nil
}

var stdout sync.Mutex

// acknowledge writes one line in one call, so that a killed process leaves no
// line that it did not mean.
func acknowledge(words ...string) {
	stdout.Lock()
	defer stdout.Unlock()
	_, _ = os.Stdout.WriteString(strings.Join(words, " ") + "\n")
}

// contribution is what publication n of a round writes: both processes know it.
type contribution struct {
	name    string // round-number
	title   string
	text    string
	tags    []string
	signing press.Signing
	picture []byte
	authors int
	credits int
}

func sample(round string, n int) contribution {
	name := round + "-" + strconv.Itoa(n)
	s := contribution{
		name: name, title: "Contribution " + name, authors: 1, credits: 1,
		text: strings.Repeat("Au marché de Kerbalan, une **phrase** de la contribution "+name+".\n\n", 5+n%40) + "Fin de " + name + ".",
		tags: []string{"marché", "essai " + strconv.Itoa(n%3)},
		signing: press.Signing{
			Kind: press.SignName, Name: "Autrice " + strconv.Itoa(n%writers), Charter: true,
		},
	}
	if n%5 == 0 {
		s.signing.CoAuthors = "Coautrice " + name
		s.authors++
		s.credits++
	}
	if n%7 == 0 {
		s.signing.ForSomeone, s.signing.ScribeName = true, "Scribe "+strconv.Itoa(n%writers)
		s.credits++
	}
	if n%4 == 0 {
		s.picture = drawing(round, n)
	}
	return s
}

// drawing is a small picture, another one for each publication.
func drawing(round string, n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			m.Set(x, y, color.RGBA{uint8(x*4 + n), uint8(y*5 + len(round)), uint8(n), 255})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return file.Bytes()
}
