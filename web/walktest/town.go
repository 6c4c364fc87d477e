// Package walktest serves the tests of paths that cross several faces: a whole server over a small network, and a
// browser without JavaScript that opens pages, fills forms and follows redirects, as a newcomer would.
//
// Start with NewTown and Town.Walker.
package walktest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/gathering"
	"bourgeon/app/hosting"
	"bourgeon/app/importing"
	"bourgeon/app/joining"
	"bourgeon/app/repeating"
	"bourgeon/app/shaping"
	"bourgeon/kit/blob"
	"bourgeon/kit/fetch"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
	"bourgeon/web/api"
	"bourgeon/web/desk"
	"bourgeon/web/desk/shape"
	"bourgeon/web/page"
	"bourgeon/web/page/pagetest"
	"bourgeon/web/signin"
	"bourgeon/web/write"
)

// Town is a network with one site, La Criée, and everything that its server needs.
type Town struct {
	*storetest.World
	Editor   *editing.Editor
	Door     *joining.Door
	Shaper   *shaping.Shaper
	Importer *importing.Importer
	House    *page.House
	Config   web.Config
	Site     press.Site
	Mails    []press.Mail // that left
	At       time.Time    // what the clock shows; each look is a second later
	t        testing.TB
	mu       sync.Mutex // a browser asks for several things at once
	handler  http.Handler
}

// NewTown opens a town; with changes its site before it is kept.
func NewTown(t testing.TB, with ...func(*press.Site)) *Town {
	t.Helper()
	w := storetest.NewWorld(t, storetest.SQLite(t))
	town := &Town{World: w, t: t, At: storetest.Epoch.Add(24 * time.Hour)}
	town.Site = w.Site("la-criee", append([]func(*press.Site){func(s *press.Site) {
		s.Name, s.Languages = "La Criée", []string{"fr"}
	}}, with...)...)
	now := func() time.Time {
		town.mu.Lock()
		defer town.mu.Unlock()
		town.At = town.At.Add(time.Second)
		return town.At
	}
	post := func(_ context.Context, _ *store.Tx, m press.Mail) error {
		town.mu.Lock()
		defer town.mu.Unlock()
		town.Mails = append(town.Mails, m)
		return nil
	}
	town.Door = &joining.Door{Store: w.Store, Now: now, Post: post}
	house := pagetest.NewHouse(t, w.Store.Reader)
	house.Now, house.Sessions = now, town.Door
	town.House = house
	town.Editor = &editing.Editor{Store: w.Store, Now: now, Challenge: town.Door.Challenge, Post: post, Addresses: house.Addresses}
	files := blob.Disk{Dir: t.TempDir()}
	cabinet := &filing.Cabinet{Store: w.Store, Now: now, Files: files, Reshow: town.Editor.Reshow}
	gatherer := &gathering.Gatherer{Store: w.Store, Now: now, Rendered: town.Editor.RenderedText, Holder: town.Editor.Holder, Post: post}
	town.Shaper = &shaping.Shaper{
		Store: w.Store, Now: now, Reshape: town.Editor.Reshape, Addresses: house.Addresses, Fetch: fetch.Client{Private: true}.Get,
	}
	town.Importer = &importing.Importer{
		Store: w.Store, Now: now, Bring: town.Editor.Bring, TakeBack: town.Editor.TakeBack, Picture: cabinet.Keep, Fetch: fetch.Client{Private: true}.Get,
	}
	town.Config = web.Config{
		House: house, Blobs: files,
		SignIn: &signin.Face{Door: town.Door, Confirm: town.Editor.Confirm},
		Write:  &write.Face{Editor: town.Editor, Door: town.Door, Cabinet: cabinet, Gatherer: gatherer},
		API:    &api.Face{Editor: town.Editor, Door: town.Door, Cabinet: cabinet, Ledger: &repeating.Ledger{Store: w.Store, Now: now}},
		Desk: &desk.Face{
			Reader: w.Store.Reader, Editor: town.Editor, Room: &discussing.Room{Store: w.Store, Now: now}, Door: town.Door,
			Host:    &hosting.Host{Store: w.Store, Now: now, Addresses: house.Addresses, Render: town.Editor.Rendered},
			Cabinet: cabinet,
		},
	}
	town.Config.Shape = &shape.Face{Reader: w.Store.Reader, Desk: town.Config.Desk, Shaper: town.Shaper, Gatherer: gatherer, Importer: town.Importer}
	return town
}

// Handler is the town's server, made when first asked for: change Config and House before.
func (town *Town) Handler() http.Handler {
	town.mu.Lock()
	defer town.mu.Unlock()
	if town.handler == nil {
		handler, err := web.New(town.Config)
		if err != nil {
			town.t.Fatal(err)
		}
		town.handler = handler
	}
	return town.handler
}

// LastMail is the last mail that left to an address.
func (town *Town) LastMail(to string) press.Mail {
	town.t.Helper()
	for i := len(town.Mails) - 1; i >= 0; i-- {
		if town.Mails[i].To == to {
			return town.Mails[i]
		}
	}
	town.t.Fatalf("no mail left to %s", to)
	return press.Mail{}
}

// Walker is a new visitor, in French, at the site's front.
func (town *Town) Walker() *Walker {
	return &Walker{T: town.t, town: town, Accept: "fr", cookies: map[string]string{}, root: "/" + town.Site.Slug}
}

// As is a new visitor who is signed in.
func (town *Town) As(v press.Viewer) *Walker {
	town.t.Helper()
	s, err := town.Door.Open(town.t.Context(), v.Person)
	if err != nil {
		town.t.Fatal(err)
	}
	w := town.Walker()
	w.cookies["bourgeon_session"] = s.Token
	return w
}

// Log writes the server's log to out.
func (town *Town) Log(out io.Writer) { town.House.Log = slog.New(slog.NewTextHandler(out, nil)) }

func trimRoot(root, path string) string {
	if !strings.HasPrefix(path, root+"/") {
		return path
	}
	return strings.TrimPrefix(path, root)
}
