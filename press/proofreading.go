package press

import (
	"strings"
	"time"
)

// Proofreading is a writer's request that somebody read a draft before it is
// proposed, and what that person says of it; or what an animator says, at the
// desk, of a proposal.
type Proofreading struct {
	ID     ProofreadingID
	Draft  DraftID  // "" at the desk
	Entry  EntryID  // at the desk
	Reader PersonID // at the desk: the animator
	Site   SiteID
	// Email is whom it was sent to, for the writer alone; "" when the site's
	// animators were asked.
	Email    string
	Name     string // how the reader is called, as they say; "" before they did
	Credited bool   // they wish to be named with the text
	By       string // how the writer calls themselves in the request
	ReplyTo  string // where the writer learns of the end; "" nowhere
	Message  string
	Language string // of its mails
	AskedAt  time.Time
	EndsAt   time.Time
	DoneAt   time.Time // when the writer was last told of it; zero before
	EndedAt  time.Time // when the writer took the request back; zero otherwise
	Remarks  []Remark  // attached by reads, in the order in which they came
}

// Open tells whether remarks may still be made.
func (p Proofreading) Open(now time.Time) bool {
	return p.EndedAt.IsZero() && now.Before(p.EndsAt)
}

// Given are the remarks that the writer has: those of the desk come to them
// together, when they are told.
func (p Proofreading) Given() []Remark {
	if p.Entry == "" {
		return p.Remarks
	}
	var given []Remark
	for _, r := range p.Remarks {
		if !r.At.After(p.DoneAt) {
			given = append(given, r)
		}
	}
	return given
}

// RemarkState is what became of a remark.
type RemarkState string

const (
	RemarkOpen  RemarkState = "open"
	RemarkTaken RemarkState = "taken" // its wording stands in the text
	RemarkSet   RemarkState = "set"   // set aside: seen, and left
)

// Remark is what a reader says of a passage, in the margin.
type Remark struct {
	ID           RemarkID
	Proofreading ProofreadingID
	Field        string // of the form
	Passage      string // as it stood, in Markdown
	Words        string
	Instead      string // another wording of the passage, in Markdown; "" for none
	State        RemarkState
	At           time.Time
}

// In is a remark as it stands in answers: its wording isn't taken any more
// where the former one stands again, as in a copy that was thrown away.
func (r Remark) In(a Answers) Remark {
	stands := func(wording string) bool {
		_, found := Reword(a.One(r.Field), wording, "")
		return found
	}
	if r.State == RemarkTaken && r.Instead != "" && !stands(r.Instead) && stands(r.Passage) {
		r.State = RemarkOpen
	}
	return r
}

// Bounds of a proof-reading.
const (
	MaxProofreadings = 6    // of one draft
	MaxRemarks       = 200  // of one proof-reading
	MaxRemark        = 2000 // characters
)

// Check says what must be mended in a remark.
func (r Remark) Check() error {
	var c Checks
	if r.Words == "" && r.Instead == "" {
		c.Fault("words", "Write a remark, or another wording.")
	}
	CheckLength(&c, "words", r.Words, MaxRemark)
	CheckLength(&c, "instead", r.Instead, MaxText)
	return c.Err()
}

// Passage is a part of an answer that can be spoken of: a paragraph, a heading,
// a whole short answer.
type Passage struct {
	Field string
	Text  string // Markdown
}

// Passages parts the written answers to a form, in its order.
func (f Form) Passages(a Answers) []Passage {
	var all []Passage
	for _, field := range f.Fields {
		switch {
		case field.Kind == LongText:
			for _, text := range paragraphs(a.One(field.Key)) {
				all = append(all, Passage{field.Key, text})
			}
		case field.Kind == ShortText && a.One(field.Key) != "":
			all = append(all, Passage{field.Key, a.One(field.Key)})
		}
	}
	return all
}

// paragraphs parts a text at its empty lines, but for those within a fence of
// code (CommonMark, section 4.5).
func paragraphs(text string) []string {
	var all []string
	var block strings.Builder
	end := func() {
		if s := strings.Trim(block.String(), "\n"); strings.TrimSpace(s) != "" {
			all = append(all, s)
		}
		block.Reset()
	}
	fence := ""
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		bare := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(bare, fence) {
				fence = ""
			}
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			fence = bare[:3]
		case bare == "":
			end()
			continue
		}
		block.WriteString(line)
	}
	end()
	return all
}

// Reword puts a wording in the place of a passage, the first one that is
// exactly it. It tells false when the passage stands no more in the answer.
func Reword(answer, passage, instead string) (string, bool) {
	answer = strings.ReplaceAll(answer, "\r\n", "\n")
	if answer == passage {
		return instead, true
	}
	from := 0
	for _, text := range paragraphs(answer) {
		at := strings.Index(answer[from:], text) + from
		if text == passage {
			return answer[:at] + instead + answer[at+len(text):], true
		}
		from = at + len(text)
	}
	return answer, false
}
