package crash

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
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

const (
	siteSlug     = "mag"
	publications = 200 // at the same time, in each round
	writers      = 20
)

// house is what does the jobs that a dead process left, wired as the program
// does it.
type house struct {
	store  *store.Store
	crew   *working.Crew
	outbox string
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
	editor := &editing.Editor{
		Store: memory, Now: now, Challenge: door.Challenge, Post: postman.Post, Addresses: addresses,
	}
	cabinet := &filing.Cabinet{Store: memory, Now: now, Files: pictures(data), Reshow: editor.Reshow}
	crew := &working.Crew{
		Store: memory, Now: now, Log: slog.New(slog.DiscardHandler),
		Handlers: map[string]working.Handler{mailing.Job: postman.Deliver, filing.JobVariants: cabinet.Make},
	}
	memory.Wake(crew.Wake)
	memory.React(postman.Concern)
	return &house{store: memory, crew: crew, outbox: outbox}, nil
}

func pictures(data string) blob.Disk { return blob.Disk{Dir: filepath.Join(data, "media")} }

// contribution is what publication n of a round writes.
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
