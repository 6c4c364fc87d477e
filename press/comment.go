package press

import (
	"slices"
	"time"
)

// Talk says whether readers may comment on entries, and when it shows.
type Talk string

const (
	TalkOff    Talk = "off"
	TalkBefore Talk = "before" // each comment is read before it appears
	TalkAfter  Talk = "after"  // comments appear at once, newcomers' excepted: see AppearsAtOnce
)

// Talks in the order of the interface.
var Talks = []Talk{TalkOff, TalkBefore, TalkAfter}

// Known tells whether t is one of Talks.
func (t Talk) Known() bool { return slices.Contains(Talks, t) }

// TalkOn is how a site talks under the entries of a form; where nobody ever
// said, it doesn't.
func (s Site) TalkOn(f Form) Talk {
	switch {
	case f.Talk != "":
		return f.Talk
	case s.Talk != "":
		return s.Talk
	}
	return TalkOff
}

// CommentStatus is where a comment stands in its life.
type CommentStatus string

const (
	CommentDraft     CommentStatus = "draft"     // its writer's address isn't confirmed yet
	CommentWaiting   CommentStatus = "waiting"   // waits for an animator
	CommentShown     CommentStatus = "shown"     // readers see it
	CommentRefused   CommentStatus = "refused"   // it never appeared, with a reason
	CommentHidden    CommentStatus = "hidden"    // it appeared, and was taken off with a reason
	CommentWithdrawn CommentStatus = "withdrawn" // by its author
)

// commentFollowers lists, for each status, those that may come next.
var commentFollowers = map[CommentStatus][]CommentStatus{
	CommentDraft:     {CommentWaiting, CommentShown, CommentWithdrawn},
	CommentWaiting:   {CommentShown, CommentRefused, CommentWithdrawn},
	CommentShown:     {CommentHidden, CommentWithdrawn, CommentWaiting},
	CommentRefused:   {CommentShown, CommentWaiting},
	CommentHidden:    {CommentShown},
	CommentWithdrawn: {CommentShown, CommentWaiting},
}

// MayBecome tells whether next may follow s.
func (s CommentStatus) MayBecome(next CommentStatus) bool {
	return slices.Contains(commentFollowers[s], next)
}

// Comment is public talk under an entry. Threads are one level deep: what
// answers an answer stands under the same first comment.
type Comment struct {
	ID     CommentID
	Site   SiteID
	Entry  EntryID
	Parent CommentID // the comment that it answers; "" opens a thread
	Status CommentStatus
	// By is the signature, as that of an entry: its Person is never shown, and
	// its Slug is "" unless the byline has a page on the site.
	By Credit
	// ByAuthor tells that an author of the entry wrote it, under the very
	// signature of the entry: an anonymous author is never pointed out.
	ByAuthor bool
	Language string
	Text     string // Markdown
	HTML     string // rendered, sanitised
	Version  int    // raised by each change of text
	Reason   string // of the decision to refuse or hide it
	// Decider is the animator who decided last; never shown but in the journal.
	Decider   PersonID
	CreatedAt time.Time
	ShownAt   time.Time // first appearance; zero before
	EditedAt  time.Time // last change after it appeared; zero without
	ChangedAt time.Time // of its status

	// What reads attach, and writes ignore.
	Address       Address // of the entry, as its title, slug, language and section
	EntryTitle    string
	EntrySlug     string
	EntryLanguage string
	Section       SectionID
	Answers       []Comment
}

// MaxComment bounds a comment, in characters: two pages. Who has more to say
// writes a contribution.
const MaxComment = 4000

// Path is the entry's address inside its site.
func (c Comment) Path() string { return c.Address.FormSlug + "/" + c.EntrySlug }

// Anchor is the comment's identifier in pages.
func (c Comment) Anchor() string { return "comment-" + string(c.ID) }

// Wrote tells whether the comment is the viewer's.
func (v Viewer) Wrote(c Comment) bool { return v.Known() && c.By.Person == v.Person }

// MayHear tells whether the viewer may read a comment whose entry they may read.
// The store's queries apply the same rule in SQL.
func (v Viewer) MayHear(c Comment) bool {
	switch {
	case c.Status == CommentShown, v.System, v.Wrote(c):
		return true
	case c.Status == CommentDraft:
		return false
	}
	return v.May(Animator, c.Site, c.Section)
}

// Heard is what is known of somebody's comments on a site, and of their
// contributions to the network.
type Heard struct {
	Shown   int // comments that readers see
	Hidden  int // comments refused or hidden
	Entries int // published
}

// AppearsAtOnce tells whether a comment appears before anybody of the site has
// read it. Newcomers' first ones don't, unless the site is open to all; nor do
// those of someone who was hushed there.
func AppearsAtOnce(mode Talk, openness Openness, v Viewer, site SiteID, section SectionID, h Heard) bool {
	switch {
	case mode == TalkOff:
		return false
	case v.May(Animator, site, section):
		return true
	case mode == TalkBefore:
		return false
	case v.MaySomewhere(Contributor, site):
		return true
	case h.Hidden > 0 || openness == Members:
		return false
	}
	return openness == Open || h.Shown > 0 || h.Entries > 0
}

// CheckComment says what is wrong with the text of a comment.
func CheckComment(c *Checks, text string) {
	if text == "" {
		c.Fault("text", "Write your comment: a few words are enough.")
	}
	CheckLength(c, "text", text, MaxComment)
}

// Day numbers the days in UTC since 1970-01-01: thanks are told apart by day.
func Day(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// TalkState is what surrounds the comments of an entry.
type TalkState struct {
	ClosedAt time.Time // zero while one may comment
	Comments int       // that readers see
	Thanks   int
}

// Follow is how someone follows an entry's talk by mail.
type Follow struct {
	Entry  EntryID
	Person PersonID
	// Token opens the page where one leaves, from a mail. It stops mails, and
	// opens nothing else.
	Token string
	On    bool
	// Round is raised by each mail, and ToldUntil is up to when it told.
	Round     int
	ToldUntil time.Time
	MailedAt  time.Time
}
