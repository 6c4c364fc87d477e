package press

import (
	"slices"
	"strings"
	"time"
)

// EventKind names what happened.
type EventKind string

const (
	EntryProposed       EventKind = "entry.proposed"
	EntryPublished      EventKind = "entry.published"
	EntryScheduled      EventKind = "entry.scheduled"
	EntryReturned       EventKind = "entry.returned"
	EntryRefused        EventKind = "entry.refused"
	EntryCorrected      EventKind = "entry.corrected" // by an animator
	EntryAmended        EventKind = "entry.amended"   // by its author
	EntryRestored       EventKind = "entry.restored"
	EntryFiled          EventKind = "entry.filed" // section, tags or address changed
	EntryFeatured       EventKind = "entry.featured"
	EntryUnfeatured     EventKind = "entry.unfeatured"
	EntryWithdrawn      EventKind = "entry.withdrawn"
	EntryBinned         EventKind = "entry.binned"
	EntryRecovered      EventKind = "entry.recovered"
	EntryReopened       EventKind = "entry.reopened" // a decision taken back: it waits again
	RevisionProposed    EventKind = "revision.proposed"
	RevisionDeclined    EventKind = "revision.declined"
	RevisionAccepted    EventKind = "revision.accepted"
	NoteLeft            EventKind = "note.left"
	CommentPosted       EventKind = "comment.posted"   // by its author, and readers see it
	CommentProposed     EventKind = "comment.proposed" // by its author, and it waits
	CommentWasEdited    EventKind = "comment.changed"
	CommentWasWithdrawn EventKind = "comment.withdrawn"
	CommentWasPublished EventKind = "comment.published" // by an animator, as those below
	CommentWasRefused   EventKind = "comment.refused"
	CommentWasHidden    EventKind = "comment.hidden"
	CommentWasRestored  EventKind = "comment.restored"
	CommentWasReopened  EventKind = "comment.reopened" // a decision taken back: it waits again
	TalkClosed          EventKind = "talk.closed"
	TalkReopened        EventKind = "talk.reopened"
	ReportReceived      EventKind = "report.received"
	ReportDecided       EventKind = "report.decided"
	ReportReopened      EventKind = "report.reopened" // the decision taken back: it waits again
	ReportAppealed      EventKind = "report.appealed"
	ReportJudged        EventKind = "report.judged" // the appeal
	PersonConfirmed     EventKind = "person.confirmed"
	MemberInvited       EventKind = "member.invited"
	MemberJoined        EventKind = "member.joined"
	MemberChanged       EventKind = "member.changed"
	MemberLeft          EventKind = "member.left"
	SiteOpened          EventKind = "site.opened"
	SiteChanged         EventKind = "site.changed"
	SectionChanged      EventKind = "section.changed"
	FormPublished       EventKind = "form.published"
	FormBinned          EventKind = "form.binned"
	FormRecovered       EventKind = "form.recovered"
	DossierPublished    EventKind = "dossier.published"
	DossierChanged      EventKind = "dossier.changed"
	EntriesImported     EventKind = "form.imported"
	ImportTakenBack     EventKind = "form.import-undone"
	TokenMade           EventKind = "token.made"
	TokenRevoked        EventKind = "token.revoked"
)

// Event is a line of the journal: what happened, recorded in the transaction
// in which it happened. The journal is the audit trail, the public log of
// decisions and the source of reactions.
type Event struct {
	ID    EventID
	Kind  EventKind
	Site  SiteID
	Entry EntryID
	Actor PersonID // "" for the program
	// Reason is public: it stands in the site's journal.
	Reason string
	// Data is private to the program: a note to the author, a revision number.
	Data map[string]string
	At   time.Time
}

// Decisions are the kinds that the public journal of a site shows: acts of
// moderation, and withdrawals.
var Decisions = []EventKind{
	EntryPublished, EntryScheduled, EntryReturned, EntryRefused, EntryCorrected, EntryFiled, EntryFeatured,
	EntryUnfeatured, EntryWithdrawn, EntryBinned, EntryRecovered, EntryReopened, EntryRestored, RevisionAccepted, RevisionDeclined,
	CommentWasPublished, CommentWasRefused, CommentWasHidden, CommentWasRestored, CommentWasReopened, TalkClosed, TalkReopened,
	ReportDecided, ReportReopened, ReportAppealed, ReportJudged,
}

// OfTalk tells whether k is about the talk under an entry, rather than about
// the entry. The comment, if any, is in Data["comment"].
func (k EventKind) OfTalk() bool {
	return strings.HasPrefix(string(k), "comment.") || strings.HasPrefix(string(k), "talk.")
}

// Decision tells whether k is shown in the public journal.
func (k EventKind) Decision() bool { return slices.Contains(Decisions, k) }

// Decision is a line of a site's public journal. It holds no private data: no
// address, no note to an author, and the title of an entry only while the
// entry is public.
type Decision struct {
	Event EventID
	Kind  EventKind
	At    time.Time
	// By is the name of the animator who decided; "" for the program, and for
	// an author acting on their own entry.
	By     string
	Reason string
	Entry  EntryID
	Title  string // "" when the entry isn't public
	Path   string // form slug "/" entry slug; "" when not public
	// Ruled tells of a report, for the kinds that begin with "report.".
	Ruled Ruled
}

// ByReport marks, in an event's data, what a decision on a report did: the
// decision tells people, so that the event doesn't.
const ByReport = "report"

// RuledData is the key of an event's data under which a Ruled is kept, as JSON.
const RuledData = "ruled"

// Ruled is what the public journal says of a report: what was reported for
// which reasons, and what became of it; nothing of who reported.
type Ruled struct {
	Kind    ThingKind      `json:"kind,omitempty"`
	Reasons []ReportReason `json:"reasons,omitempty"`
	Outcome Outcome        `json:"outcome,omitempty"`
	Ground  Ground         `json:"ground,omitempty"`
	// Changed tells that an appeal changed the decision.
	Changed bool `json:"changed,omitempty"`
}

// Step is a line of an entry's own history: who did what and when.
type Step struct {
	Kind EventKind
	At   time.Time
	// By is the credit to show, anonymous where its maker signed so.
	By     Credit
	Reason string
}
