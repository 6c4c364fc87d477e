package discussing

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestNote(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		w := storetest.NewWorld(t, s)
		site, other := w.Site("mag"), w.Site("autre")
		author := w.Person("Autrice")
		e := w.Entry(site, "Le four à pain", press.Proposed, storetest.By(author))
		contributor := w.Member("Contributrice", press.Contributor, site.ID, "")
		room := &Room{Store: s, Now: w.Now}

		var events []press.Event
		s.React(func(_ context.Context, _ *store.Tx, e press.Event) error { events = append(events, e); return nil })
		tests := []struct {
			name   string
			viewer press.Viewer
			entry  press.EntryID
			text   string
			want   press.Kind
		}{
			{"anonymous", press.Viewer{}, e.ID, "Bonjour", press.SignIn},
			{"the program has no name", press.Itself, e.ID, "Bonjour", press.SignIn},
			{"the author alone", w.Viewer(author), e.ID, "Bonjour", press.Forbidden},
			{"someone", w.Viewer(w.Person("Quelqu’un")), e.ID, "Bonjour", press.NotFound},
			{"another site's animator", w.Member("A", press.Animator, other.ID, ""), e.ID, "Bonjour", press.NotFound},
			{"no such entry", contributor, "nothing", "Bonjour", press.NotFound},
			{"empty", contributor, e.ID, " \n\x00 ", press.Invalid},
			{"too long", contributor, e.ID, strings.Repeat("é", maxNote+1), press.Invalid},
		}
		for _, tt := range tests {
			if _, err := room.Note(t.Context(), tt.viewer, tt.entry, tt.text); press.KindOf(err) != tt.want || err == nil {
				t.Errorf("%s: %v, want kind %d", tt.name, err, tt.want)
			}
		}
		if len(events) != 0 {
			t.Errorf("refused notes left %d events", len(events))
		}

		n, err := room.Note(t.Context(), contributor, e.ID, " Un beau sujet !\r\n\r\nIl manque la date. ")
		if err != nil {
			t.Fatal(err)
		}
		notes, err := s.Notes(t.Context(), contributor, e)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]press.Note{n}, notes); diff != "" {
			t.Errorf("notes (-want +got):\n%s", diff)
		}
		if n.Text != "Un beau sujet !\n\nIl manque la date." {
			t.Errorf("text %q", n.Text)
		}
		if len(events) != 1 || events[0].Kind != press.NoteLeft || events[0].Data["note"] != string(n.ID) || events[0].Actor != contributor.Person {
			t.Errorf("events %+v", events)
		}
	})
}
