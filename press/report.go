package press

import (
	"slices"
	"time"
)

// ThingKind is a kind of what can be reported.
type ThingKind string

const (
	ThingEntry   ThingKind = "entry"
	ThingPicture ThingKind = "picture"
	ThingComment ThingKind = "comment"
)

// Thing is what a report is about, and the entry with which it stands.
type Thing struct {
	Kind  ThingKind
	ID    string // of the entry, the picture or the comment
	Entry EntryID
}

// ReportReason is why something is reported.
type ReportReason string

const (
	ReportDanger  ReportReason = "danger"  // threats, calls to violence, someone at risk
	ReportChild   ReportReason = "child"   // sexual abuse of a child
	ReportHate    ReportReason = "hate"    // of people for what they are
	ReportIllegal ReportReason = "illegal" // anything else that the law forbids
	ReportPrivacy ReportReason = "privacy" // someone's data or picture without their consent
	ReportRights  ReportReason = "rights"  // copyright, licence, a credit that is missing
	ReportFalse   ReportReason = "false"
	ReportSpam    ReportReason = "spam"
	ReportCharter ReportReason = "charter"
	ReportAccess  ReportReason = "access" // can't be read or heard by all
	ReportOther   ReportReason = "other"
)

// ReportReasons in the order of the interface: the gravest first.
var ReportReasons = []ReportReason{
	ReportDanger, ReportChild, ReportHate, ReportPrivacy, ReportIllegal, ReportRights, ReportFalse, ReportCharter, ReportSpam,
	ReportAccess, ReportOther,
}

// Known tells whether r is one of ReportReasons.
func (r ReportReason) Known() bool { return slices.Contains(ReportReasons, r) }

// Urgent tells of reasons for which somebody may be in danger now.
func (r ReportReason) Urgent() bool { return r == ReportDanger || r == ReportChild }

// NeedsWords tells of reasons that nobody can judge without an explanation:
// Regulation (EU) 2022/2065, article 16(2)(a), asks for one.
func (r ReportReason) NeedsWords() bool { return !r.Urgent() && r != ReportSpam }

// Usual is the ground on which such a report is most often decided.
func (r ReportReason) Usual() Ground {
	switch r {
	case ReportDanger, ReportChild, ReportHate, ReportIllegal, ReportPrivacy, ReportRights:
		return GroundLaw
	}
	return GroundCharter
}

// Report is what someone says of a thing.
type Report struct {
	ID     ReportID
	Case   CaseID
	Reason ReportReason
	Words  string
	// Name and Email are theirs, "" when not given: shown to nobody but the
	// name to those who decide, and forgotten a year after the end.
	Name     string
	Email    string
	Language string
	// Quiet asks for no further mail.
	Quiet bool
	At    time.Time
}

// CaseState says for whom a case waits.
type CaseState string

const (
	CaseWaiting  CaseState = "waiting"  // for an animator
	CaseDecided  CaseState = "decided"  // for nobody
	CaseAppealed CaseState = "appealed" // for a steward who didn't decide
)

// Outcome is what is decided on a thing that was reported.
type Outcome string

const (
	LeftAsIs  Outcome = "left"     // nothing against it
	SentBack  Outcome = "returned" // an entry only: its author is asked to change it first
	TakenOff  Outcome = "off"
	Undecided Outcome = ""
)

// Restricts tells of outcomes of which the author must be given the reasons:
// Regulation (EU) 2022/2065, article 17.
func (o Outcome) Restricts() bool { return o == SentBack || o == TakenOff }

// Outcomes are those that a kind of thing may have.
func (k ThingKind) Outcomes() []Outcome {
	if k == ThingEntry {
		return []Outcome{LeftAsIs, SentBack, TakenOff}
	}
	return []Outcome{LeftAsIs, TakenOff}
}

// Ground is what a restriction rests on: Regulation (EU) 2022/2065, article
// 17(3)(d) and (e).
type Ground string

const (
	GroundLaw     Ground = "law"
	GroundCharter Ground = "charter"
)

// Ruling is a decision on a case.
type Ruling struct {
	Outcome Outcome
	Ground  Ground // of a restriction
	Reason  string // public: it stands in the journal
	// ToReporters and ToAuthor are the words for each side.
	ToReporters string
	ToAuthor    string
	By          PersonID
	ByName      string // attached by reads
	At          time.Time
}

// Case is all that is said of one thing until it is decided, and the decision.
type Case struct {
	ID   CaseID
	Site SiteID
	Thing
	// Person is who made a comment; the people of an entry are its own.
	Person PersonID
	// Title and Excerpt are of the entry and the thing, Revision the number of
	// the entry's, when it was first reported.
	Title    string
	Excerpt  string
	Revision int
	State    CaseState
	Urgent   bool
	OpenedAt time.Time
	Ruling
	// Acted tells that the decision took something off, which may be put back.
	Acted   bool
	Reports []Report // attached by reads, oldest first
	Appeals []Appeal // attached by reads, oldest first
}

// Reasons are those of the case's reports, each once.
func (c Case) Reasons() []ReportReason {
	var all []ReportReason
	for _, r := range c.Reports {
		if !slices.Contains(all, r.Reason) {
			all = append(all, r.Reason)
		}
	}
	return all
}

// Pending is the appeal that waits, if any.
func (c Case) Pending() (Appeal, bool) {
	for _, a := range c.Appeals {
		if a.JudgedAt.IsZero() {
			return a, true
		}
	}
	return Appeal{}, false
}

// Appeal asks for another look at a decision, by somebody else.
type Appeal struct {
	ID   AppealID
	Case CaseID
	// Report is whose who reported; "" for the author's.
	Report   ReportID
	Person   PersonID // the author who appeals
	Words    string
	At       time.Time
	JudgedBy PersonID
	JudgedAt time.Time // zero while it waits
	Changed  bool      // the decision was changed
	Answer   string    // to who appealed
}

// AppealMonths is how long after a decision one may appeal: Regulation (EU)
// 2022/2065, article 20(1).
const AppealMonths = 6

// AppealUntil is when the time to appeal against what holds ends.
func (c Case) AppealUntil() time.Time {
	from := c.At
	for _, a := range c.Appeals {
		if a.Changed && a.JudgedAt.After(from) {
			from = a.JudgedAt
		}
	}
	return from.AddDate(0, AppealMonths, 0)
}

// Key is what a secret link to a case opens: it shows the case as who
// reported, or as an author of what was.
type Key struct {
	Case   CaseID
	Report ReportID
	Person PersonID // of the author; "" for who reported
}

// Contests tells whether whoever holds the key has something against the
// decision, and hasn't appealed yet.
func (c Case) Contests(k Key, now time.Time) bool {
	if c.State != CaseDecided || now.After(c.AppealUntil()) {
		return false
	}
	for _, a := range c.Appeals {
		if k.Report != "" && a.Report == k.Report || k.Report == "" && a.Report == "" {
			return false
		}
	}
	if k.Report != "" {
		return c.Outcome != TakenOff
	}
	return c.Outcome.Restricts()
}

// MayRule tells whether the viewer may read a case and decide on it, given the
// entry with which the thing stands: animators, but not on what is their own.
func (v Viewer) MayRule(e Entry, c Case) bool {
	return v.May(Animator, e.Site, e.Section) && !v.concerned(e, c)
}

// MayJudge tells whether the viewer may decide on the appeal that waits on a
// case: stewards who didn't decide on it before.
func (v Viewer) MayJudge(e Entry, c Case) bool {
	_, pending := c.Pending()
	if !pending || !v.May(Steward, e.Site, "") || v.concerned(e, c) || v.Known() && v.Person == c.By {
		return false
	}
	return !slices.ContainsFunc(c.Appeals, func(a Appeal) bool { return v.Known() && a.JudgedBy == v.Person })
}

func (v Viewer) concerned(e Entry, c Case) bool {
	if c.Kind == ThingComment {
		return v.Known() && v.Person == c.Person
	}
	return v.Owns(e)
}
