// Package hosting opens sites and keeps them alive: the network and its sites
// are founded, described, moved and closed here; so are their sections. For
// whoever runs the machine it also checks an installation (Diagnose) and makes
// and takes back copies of it (Backup, Restore).
//
// People's roles are not its business. Nothing is ever deleted: a site or a
// section is closed, and what was public keeps its address.
//
// Start with Host.OpenSite; for the machine, with Installation.
package hosting

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
)

// Host does the verbs of the network and its sites. All fields are needed.
type Host struct {
	Store     *store.Store
	Now       func() time.Time
	Addresses press.Addresses
	// Render renders the long answers of an entry, by field key.
	Render func(press.Form, press.Content, []press.Media) map[string]string
	// Rewrite gives an entry another text, if it is still at the revision that the text began from, and tells the
	// revision that it has then: editing.Editor.Rewrite.
	Rewrite func(context.Context, *store.Tx, press.Viewer, press.EntryID, int, string) (int, error)
}

func forbidden() error {
	return press.Problem(press.Forbidden, "Only the stewards may do this.")
}

func missing() error {
	return press.Problem(press.NotFound, "There is nothing at this address, or not for you.")
}

func newID[T ~string]() T { return T(ids.New()) }

// rendered is the HTML of a description in a language.
func (h *Host) rendered(text, language string) string {
	return markdown.Render(text, markdown.Options{HeadingBase: 2, French: language == "fr", LinkBase: h.Addresses.Base})
}

// Found founds the network if it isn't yet; otherwise it changes nothing. The
// result is the network as it stands.
func (h *Host) Found(ctx context.Context, n press.Network) (press.Network, error) {
	var out press.Network
	err := h.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if out, err = tx.Network(ctx, press.Itself); press.KindOf(err) != press.NotFound {
			return err
		}
		if n, err = h.network(n); err != nil {
			return err
		}
		n.CreatedAt = h.Now()
		if err := tx.SaveNetwork(ctx, n); err != nil {
			return err
		}
		out, err = tx.Network(ctx, press.Itself)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("found the network: %w", err)
	}
	return out, nil
}

// DescribeNetwork gives the network another name, tagline, language and
// description; the other fields of n are not looked at.
func (h *Host) DescribeNetwork(ctx context.Context, v press.Viewer, n press.Network) error {
	err := h.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.May(press.Steward, "", "") {
			return forbidden()
		}
		was, err := tx.Network(ctx, press.Itself)
		if err != nil {
			return err
		}
		if n, err = h.network(n); err != nil {
			return err
		}
		n.CreatedAt = was.CreatedAt
		if err := tx.SaveNetwork(ctx, n); err != nil {
			return err
		}
		sites, err := tx.Sites(ctx, press.Itself)
		if err != nil {
			return err
		}
		for _, s := range sites { // the network's name stands on each page of each
			if err := tx.Touch(ctx, s.ID); err != nil {
				return err
			}
		}
		// Without a site, the event is the network's.
		return tx.Emit(ctx, press.Event{Kind: press.SiteChanged, Actor: v.Person, At: h.Now()})
	})
	if err != nil {
		return fmt.Errorf("describe the network: %w", err)
	}
	return nil
}

const maxTagline = 200 // characters

// network tidies and checks what people typed.
func (h *Host) network(n press.Network) (press.Network, error) {
	n.Name, n.Tagline, n.About = press.CleanLine(n.Name), press.CleanLine(n.Tagline), press.Clean(n.About)
	if n.Language == "" {
		n.Language = press.Languages[0]
	}
	var c press.Checks
	checkName(&c, n.Name, "Give the network a name.")
	checkTexts(&c, "tagline", n.Tagline, "about", n.About)
	if !press.KnownLanguage(n.Language) {
		c.Fault("language", "Choose among the languages offered.")
	}
	n.Maps = n.Maps.Check(&c)
	n.AboutHTML = h.rendered(n.About, n.Language)
	return n, c.Err()
}

func checkName(c *press.Checks, name, absent string) {
	if name == "" {
		c.Fault("name", absent)
	}
	checkLength(c, "name", name)
}

func checkLength(c *press.Checks, field, name string) {
	if len([]rune(name)) > 100 {
		c.Fault(field, "Make the name shorter: 100 characters at most.")
	}
}

func checkTexts(c *press.Checks, line, tagline, field, text string) {
	press.CheckLength(c, line, tagline, maxTagline)
	if len(text) > press.MaxText {
		c.Fault(field, "This text is too long for one page.")
	}
}

// faults adds the faults of err to c, and returns any other error.
func faults(c *press.Checks, err error) error {
	if err == nil {
		return nil
	}
	p, ok := err.(*press.Error)
	if !ok || p.Kind != press.Invalid {
		return err
	}
	for _, f := range p.Fields {
		c.Fault(f.Field, f.Message, f.Args...)
	}
	return nil
}

// changed lists the names of what differs, for the journal.
func changed(pairs ...[3]string) string {
	var names []string
	for _, p := range pairs {
		if p[1] != p[2] {
			names = append(names, p[0])
		}
	}
	return strings.Join(names, ",")
}
