package press

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Status is where an entry stands in its life.
type Status string

const (
	Drafted   Status = "draft"     // signed, its writer's address not yet confirmed
	Proposed  Status = "proposed"  // waits for an animator
	Scheduled Status = "scheduled" // accepted, appears at PublishAt
	Published Status = "published"
	Returned  Status = "returned"  // to its author, with a note
	Refused   Status = "refused"   // with a reason
	Withdrawn Status = "withdrawn" // by its author, with a reason
	Binned    Status = "binned"    // recoverable
)

// followers lists, for each status, those that may come next.
var followers = map[Status][]Status{
	Drafted:   {Proposed, Published, Binned},
	Proposed:  {Published, Scheduled, Returned, Refused, Withdrawn, Binned},
	Scheduled: {Published, Proposed, Returned, Refused, Withdrawn, Binned},
	Published: {Withdrawn, Returned, Binned, Proposed},
	Returned:  {Proposed, Published, Refused, Withdrawn, Binned},
	Refused:   {Proposed, Published, Returned, Binned},
	Withdrawn: {Proposed, Published, Binned},
	Binned:    {Drafted, Proposed, Scheduled, Published, Returned, Refused, Withdrawn},
}

// MayBecome tells whether next may follow s.
func (s Status) MayBecome(next Status) bool { return slices.Contains(followers[s], next) }

// Entry is one contribution: a form's answers with all that surrounds them.
type Entry struct {
	ID       EntryID
	Site     SiteID
	Form     FormID
	Slug     string
	Status   Status
	Binned   Status // what it was before it was binned
	Revision int    // number of the revision shown
	Content

	Title      string
	Standfirst string
	// Rendered holds the sanitised HTML of long answers, by field key.
	Rendered   map[string]string
	Provenance Provenance
	// Debut marks the first publication of one of its authors on the network.
	Debut bool

	CreatedBy   PersonID
	CreatedAt   time.Time
	UpdatedAt   time.Time // of the revision shown
	ProposedAt  time.Time
	PublishAt   time.Time // when scheduled
	PublishedAt time.Time // first publication, unless it was undone at once; zero before
	FeaturedAt  time.Time // zero when not featured on the front page

	// What reads attach, and writes ignore.
	Address  Address
	Credits  []Credit
	TagList  []Tag
	Pictures []Media
	Sharers  []PersonID // of the organisation that signs, besides its writer; never shown
	Hidden   Hidden     // the answers that aren't for everybody
	// Attachments are documents, recordings and videos, in their order.
	Attachments []Media
}

// Address is what an entry's links are made of.
type Address struct {
	SiteSlug    string
	SiteHost    string
	SiteName    string
	FormSlug    string
	SectionSlug string
	SectionName string
	Talks       bool // its site and form let readers comment
}

// Lead is the picture that illustrates the entry, if any.
func (e Entry) Lead() (Media, bool) {
	if len(e.Pictures) == 0 {
		return Media{}, false
	}
	return e.Pictures[0], true
}

// Illustrations are the lead picture, nil without one, and the others that the text doesn't show itself.
func (e Entry) Illustrations() (lead *Media, others []Media) {
	for i := range e.Pictures {
		m := e.Pictures[i]
		switch {
		case e.shows(m):
		case i == 0:
			lead = &m
		default:
			others = append(others, m)
		}
	}
	return lead, others
}

// shows tells whether a picture stands in the text.
func (e Entry) shows(m Media) bool {
	for _, answer := range e.Answers {
		for _, s := range answer {
			if strings.Contains(s, "(media:"+string(m.ID)) {
				return true
			}
		}
	}
	return false
}

// Authors are the credits that stand under the title.
func (e Entry) Authors() []Credit {
	return slices.DeleteFunc(slices.Clone(e.Credits), func(c Credit) bool { return c.Role != Author })
}

// Content is what a revision keeps and a writer may change.
type Content struct {
	Answers  Answers   `json:"answers"`
	Section  SectionID `json:"section,omitempty"`
	Tags     []string  `json:"tags,omitempty"`
	Language string    `json:"language"`
	Licence  LicenceID `json:"licence"`
}

// languageTag is a tag of BCP 47 in its usual shapes: "fr", "pt-BR", "zh-Hant-TW".
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// IsLanguage tells whether a text may be said to be in lang: the interface
// needn't speak it.
func IsLanguage(lang string) bool { return languageTag.MatchString(lang) }

// Equal tells whether two contents say the same.
func (c Content) Equal(other Content) bool {
	return c.Section == other.Section && c.Language == other.Language && c.Licence == other.Licence &&
		slices.Equal(c.Tags, other.Tags) && maps.EqualFunc(c.Answers, other.Answers, slices.Equal)
}

// Revision is a saved state of an entry, never lost.
type Revision struct {
	Entry  EntryID
	Number int
	Content
	Kind RevisionKind
	// Base is the revision that it was made from.
	Base   int
	State  RevisionState
	Note   string // what changed, in its maker's words
	MadeBy PersonID
	// Maker is the name to show: the credit under which this person stands on
	// this entry, so that an anonymous author stays so in the history.
	Maker  Credit
	MadeAt time.Time
}

// RevisionKind says why a revision was made.
type RevisionKind string

const (
	Created   RevisionKind = "created"
	Amended   RevisionKind = "amended"   // by its author
	Corrected RevisionKind = "corrected" // by an animator
	Restored  RevisionKind = "restored"  // an earlier one taken again
	Merged    RevisionKind = "merged"    // two texts made one
	Reshaped  RevisionKind = "reshaped"  // its form's questions changed
)

// RevisionState says whether a revision was ever shown.
type RevisionState string

const (
	Kept     RevisionState = "kept"     // is or was the entry's state
	Waiting  RevisionState = "waiting"  // proposed on a published entry
	Declined RevisionState = "declined" // proposed, and not taken
)

// Provenance tells where an entry comes from.
type Provenance struct {
	Kind    ProvenanceKind `json:"kind,omitempty"`
	Title   string         `json:"title,omitempty"`
	URL     string         `json:"url,omitempty"`
	Author  string         `json:"author,omitempty"`
	Licence LicenceID      `json:"licence,omitempty"`
	Entry   EntryID        `json:"entry,omitempty"` // when the source is in this network
	// Revision is the number of the source's that this was made from, where it is in this network.
	Revision int `json:"revision,omitempty"`
}

// ProvenanceKind is the link to the source; "" is an original.
type ProvenanceKind string

const (
	Original   ProvenanceKind = ""
	TakenUp    ProvenanceKind = "taken-up"
	Translated ProvenanceKind = "translated"
	Adapted    ProvenanceKind = "adapted"
)

// Link is the source's address, "" where it isn't one of the web: programs that follow it get no other.
func (p Provenance) Link() string {
	if !isWeb(p.URL) {
		return ""
	}
	return p.URL
}

func isWeb(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// check finds what must be mended in a source typed by a writer. Its fields
// are those of the signing form.
func (p Provenance) check(c *Checks) {
	switch p.Kind {
	case Original:
		return
	case TakenUp, Translated, Adapted:
	default:
		c.Fault("source_kind", "Choose where the text comes from.")
	}
	if p.Title == "" {
		c.Fault("source_title", "Write the title of the original.")
	}
	CheckLength(c, "source_title", p.Title, 300)
	CheckLength(c, "source_author", p.Author, 200)
	CheckLength(c, "source_url", p.URL, 2000)
	if p.URL != "" && !isWeb(p.URL) {
		c.Fault("source_url", "An address begins with https://.")
	}
	l, ok := LicenceByID(p.Licence)
	if p.Licence != "" && !ok {
		c.Fault("source_licence", "Choose a licence.")
	}
	if ok && !l.Adapt && (p.Kind == Translated || p.Kind == Adapted) {
		c.Fault("source_licence", "This licence doesn't let texts be translated or adapted: ask their authors first.")
	}
}

// Draft is the working copy of a writer: of an entry to be, or of the next
// revision of one. Whoever holds its secret token may write in it.
type Draft struct {
	ID    DraftID
	Token string // for those who came by it; the store keeps its hash
	Site  SiteID
	Form  FormID
	Entry EntryID // "" until signed
	Base  int     // the entry's revision that it began from
	Content
	Signing   Signing
	Person    PersonID // whose, when known
	Version   int      // raised by every save; a stale save is a conflict
	CreatedAt time.Time
	UpdatedAt time.Time
}

// DraftState is a draft as it stood before a later save.
type DraftState struct {
	Draft   DraftID
	Version int // of the draft then
	Content
	SavedAt time.Time
}

// Key is what addresses the draft: its secret for those who came by it, else
// its identifier, which only its own writer may use.
func (d Draft) Key() string {
	if d.Token != "" {
		return d.Token
	}
	return string(d.ID)
}

// Empty tells whether nothing was written yet.
func (d Draft) Empty() bool { return len(d.Answers) == 0 && len(d.Tags) == 0 }
