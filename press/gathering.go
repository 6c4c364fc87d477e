package press

import (
	"slices"
	"time"
)

// FormVersion is a form as it was from a moment on.
type FormVersion struct {
	Form
	By string // name of who made it, "" for the program
	At time.Time
}

// Quotation is a passage of an answer that an animator gathered under a word
// of a vocabulary.
type Quotation struct {
	ID         QuotationID
	Form       FormID
	Entry      EntryID
	Field      string
	Words      string
	Vocabulary string // slug
	Term       string // slug
	At         time.Time
}

// Options are a vocabulary's terms as the options of a field. Those that the
// field had and the vocabulary no longer has stay, no longer offered.
func (v Vocabulary) Options(had []Option) []Option {
	var all []Option
	for _, t := range v.Terms {
		all = append(all, Option{Key: t.Slug, Label: t.Label})
	}
	for _, o := range had {
		if !slices.ContainsFunc(all, func(other Option) bool { return other.Key == o.Key }) {
			o.Gone = true
			all = append(all, o)
		}
	}
	return all
}

// Handing is a personal link by which a contributor brings others: what they
// write names who brought them.
type Handing struct {
	ID     HandingID
	Token  string
	Site   SiteID
	Person PersonID // never shown
	Name   string   // as it greets, and stands in answers
	Shown  bool     // they agree to be named in the chain of invitations
	At     time.Time
	Ended  time.Time // zero while it works
}

// Dossier is a selection of entries with an introduction and an order.
type Dossier struct {
	ID           DossierID
	Site         SiteID
	Slug         string
	Title        string
	Introduction string // Markdown
	Rendered     string // the introduction as sanitised HTML
	Language     string
	Entries      []EntryID // in their order
	PublishedAt  time.Time // zero while it is prepared
	BinnedAt     time.Time // zero while it stands
	MadeBy       PersonID
	MadeAt       time.Time
	UpdatedAt    time.Time
}

// Crew are the people of an organisation, who complete what each of them signs
// in its name.
type Crew struct {
	ID     CrewID // "" where the viewer shares it with nobody yet
	Byline BylineID
	Name   string // the organisation's
	People []Person
}
