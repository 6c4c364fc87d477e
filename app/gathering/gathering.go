// Package gathering holds the verbs by which contributions are brought
// together after the fact, and people before it: words of vocabularies,
// passages gathered under them, dossiers, personal invitation links.
//
// Animators gather; whoever contributes hands links on. Start with words.go,
// dossier.go and handing.go.
package gathering

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/slug"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Gatherer does the verbs. All fields are needed.
type Gatherer struct {
	Store *store.Store
	Now   func() time.Time
	// Rendered renders a Markdown text: sanitised HTML.
	Rendered func(text, language string) string
	// Holder finds the holder of an address, or keeps them as unconfirmed: editing.Editor.Holder.
	Holder func(ctx context.Context, tx *store.Tx, email, name, language string) (press.Person, error)
	// Post sends a mail once the transaction is kept.
	Post func(ctx context.Context, tx *store.Tx, m press.Mail) error
}

func newID[T ~string]() T { return T(ids.New()) }

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

// animating runs a verb of the site's animators.
func (g *Gatherer) animating(ctx context.Context, v press.Viewer, site press.SiteID, what string, f func(*store.Tx) error) error {
	err := g.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.May(press.Animator, site, "") {
			return press.Problem(press.Forbidden, "Only the site's animators may do this.")
		}
		return f(tx)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

const (
	maxSlug  = 60
	maxName  = 100 // characters
	maxTerms = 300
	maxQuote = 2000 // characters
)

func freed(want string, taken map[string]bool) string {
	want = slug.Make(want, maxSlug)
	if want == "" {
		want = "mot"
	}
	at := want
	for n := 2; taken[at]; n++ {
		at = fmt.Sprintf("%s-%d", want, n)
	}
	return at
}

// Hand makes a personal invitation link for a contributor of the site, under
// the name by which it greets; shown tells that they agree to be named in the
// chain of invitations.
func (g *Gatherer) Hand(ctx context.Context, v press.Viewer, site press.SiteID, name string, shown bool) (press.Handing, error) {
	h := press.Handing{ID: newID[press.HandingID](), Token: token.New(), Site: site, Person: v.Person, Name: press.CleanLine(name), Shown: shown, At: g.Now()}
	var c press.Checks
	if h.Name == "" {
		c.Fault("name", "Write the name by which you invite.")
	}
	press.CheckLength(&c, "name", h.Name, maxName)
	err := c.Err()
	if err == nil {
		err = g.Store.Write(ctx, func(tx *store.Tx) error {
			if !v.Known() {
				return press.Problem(press.Forbidden, "Sign in to invite in your name.")
			}
			before, err := tx.Handings(ctx, v, site)
			if err != nil {
				return err
			}
			for _, old := range before { // one link at a time: the former one goes on, unless it is ended
				if old.Name == h.Name && old.Shown == h.Shown {
					h = old
					return nil
				}
			}
			return tx.InsertHanding(ctx, h)
		})
	}
	if err != nil {
		return h, fmt.Errorf("hand on an invitation link: %w", err)
	}
	return h, nil
}

// EndHanding ends the viewer's own link: who comes by it writes all the same, named by nobody.
func (g *Gatherer) EndHanding(ctx context.Context, v press.Viewer, id press.HandingID) error {
	err := g.Store.Write(ctx, func(tx *store.Tx) error { return tx.EndHanding(ctx, id, v.Person, g.Now()) })
	if err != nil {
		return fmt.Errorf("end the invitation link: %w", err)
	}
	return nil
}
