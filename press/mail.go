package press

// MailKind says what a mail tells, and so which words it uses.
type MailKind string

const (
	// MailChallenge carries a link and a code that prove an address. Data:
	// "token", "code", "purpose", "title" (of the entry to confirm, if any),
	// "challenge" (its identifier).
	MailChallenge MailKind = "challenge"
	// MailDraft carries the link to a draft, to go on elsewhere. Data: "token",
	// "title".
	MailDraft MailKind = "draft"
	// MailProofread asks somebody to read a draft over. Data: "token", "title",
	// "by", "message".
	MailProofread MailKind = "proofread"
	// MailRead tells a writer that somebody has read their draft, or Entry at
	// the desk. Data: "title", "name", "count" (of remarks), "draft".
	MailRead MailKind = "read"
	// MailContact carries a reader's message to the address that Entry keeps.
	// Data: "title", "name", "email", "text".
	MailContact MailKind = "contact"
	// MailShared tells that an organisation's entries are shared. Data:
	// "organisation", "by".
	MailShared MailKind = "shared"
	// MailInvitation invites to a role. Data: "token", "role", "by", "message",
	// "section".
	MailInvitation MailKind = "invitation"
	// MailTalk tells someone who follows an entry's talk of new comments. Data:
	// "comments" (identifiers, with spaces between them), "leave" (the token of
	// the page where one leaves), "as": "author" or "participant".
	MailTalk MailKind = "talk"
	// MailWaiting tells an animator that comments wait. Data: "count".
	MailWaiting MailKind = "waiting"
	// MailEvent tells of an event to someone concerned. Event is set; Data:
	// "as": "author", "team" or, for the author of a comment, "commenter".
	MailEvent MailKind = "event"
	// MailReport tells of a report to who made it, or to the author of what it
	// is about. Data: "as" (see app/reporting), "token" of the page that shows
	// where it stands, "thing", "title", "reason", "outcome", "ground",
	// "public", "words".
	MailReport MailKind = "report"
)

// Mail is a message to write and send: a job carries it. It is composed when
// it leaves, in its reader's language.
type Mail struct {
	ID       string // of its Message-ID: a second try is the same mail
	Kind     MailKind
	To       string // address; "" when Person tells it
	Person   PersonID
	Language string // "" for the person's
	Site     SiteID // whose name it bears; "" for the network's
	Entry    EntryID
	Event    EventID
	Data     map[string]string
}
