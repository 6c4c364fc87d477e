package desk

import (
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

func publishable(e press.Entry) bool {
	return e.Status != press.Drafted && e.Status != press.Binned && e.Status.MayBecome(press.Published)
}

func returnable(e press.Entry) bool {
	return e.Status != press.Binned && e.Status.MayBecome(press.Returned)
}

func schedulable(e press.Entry) bool {
	return e.Status == press.Scheduled || e.Status == press.Proposed
}

func refusable(e press.Entry) bool {
	return e.Status != press.Binned && e.Status.MayBecome(press.Refused)
}

// discussed tells of texts in whose margin one may remark.
func discussed(e press.Entry) bool { return e.Status == press.Proposed || e.Status == press.Returned }

// reads is what the viewer remarked on passages.
func (s sheet) reads(v *page.Visit) (press.Proofreading, bool) {
	for _, p := range s.readings {
		if p.Reader == v.Viewer.Person && len(p.Remarks) > 0 {
			return p, discussed(s.Entry)
		}
	}
	return press.Proofreading{}, false
}

// fresh counts the remarks that the authors don't have yet.
func (s sheet) fresh() (n int) {
	for _, p := range s.readings {
		n += len(p.Remarks) - len(p.Given())
	}
	return n
}

// readingWords say who remarked, and what became of it.
func readingWords(v *page.Visit, e press.Entry, p press.Proofreading) string {
	taken, fresh := 0, len(p.Remarks)-len(p.Given())
	for _, m := range p.Remarks {
		if m.In(e.Answers).State == press.RemarkTaken {
			taken++
		}
	}
	name := p.Name
	if name == "" {
		name = v.T("Someone without a name")
	}
	said := []string{v.N("%d remark", "%d remarks", len(p.Remarks), len(p.Remarks))}
	if taken > 0 {
		said = append(said, v.N("%d wording taken up", "%d wordings taken up", taken, taken))
	}
	if fresh > 0 {
		said = append(said, v.N("%d that the author does not have yet", "%d that the author does not have yet", fresh, fresh))
	}
	return v.T("%s: %s", name, strings.Join(said, ", "))
}

func credited(p press.Proofreading) string {
	if p.Credited {
		return "on"
	}
	return ""
}

// reopenable tells of decisions that stand: what was only binned is recovered instead.
func reopenable(e press.Entry) bool {
	switch e.Status {
	case press.Published, press.Scheduled, press.Returned, press.Refused:
		return true
	}
	return false
}

func proposedWords(v *page.Visit, s sheet) string {
	if s.Status == press.Scheduled {
		return v.T("appears on %s", v.DateTime(s.PublishAt))
	}
	if s.Status == press.Published && !s.PublishedAt.IsZero() {
		return v.DateTime(s.PublishedAt)
	}
	at := s.ProposedAt
	if at.IsZero() {
		at = s.CreatedAt
	}
	return v.T("proposed %s", v.Relative(at))
}

// beforeWords say what the writer has published besides, for anonymous ones too: a number names nobody.
func beforeWords(v *page.Visit, s sheet) string {
	if s.before == 0 {
		return v.T("first text")
	}
	return v.N("%d text published before", "%d texts published before", s.before, s.before)
}

func noteName(v *page.Visit, n press.Note) string {
	if n.Name == "" {
		return v.T("Someone without a name")
	}
	return n.Name
}

func readyField(v *page.Visit, s sheet) page.Field {
	f := page.Field{Name: "ready", Label: v.T("Start from a ready-made note"), Value: s.typed["ready"]}
	for _, n := range s.ready {
		f.Options = append(f.Options, page.Option{Value: n.key, Label: n.name})
	}
	return f
}

func scheduleValue(v *page.Visit, s sheet) string {
	if typed, ok := s.typed["at"]; ok {
		return typed
	}
	if !s.PublishAt.IsZero() {
		return s.PublishAt.In(v.Zone()).Format("2006-01-02T15:04")
	}
	tomorrow := v.Now.In(v.Zone()).AddDate(0, 0, 1)
	return tomorrow.Format("2006-01-02") + "T08:00"
}

func typedOr(s sheet, name, kept string) string {
	if typed, ok := s.typed[name]; ok {
		return typed
	}
	return kept
}

func featureWords(v *page.Visit, s sheet) string {
	if s.FeaturedAt.IsZero() {
		return v.T("Put on the front page")
	}
	return v.T("On the front page")
}

// stepSentence tells a line of an entry's history.
func stepSentence(v *page.Visit, step press.Step) string {
	what := v.Happened(step.Kind)
	by := actor(v, step.By)
	sentence := v.T("%s: %s, %s", v.DateTime(step.At), what, by)
	if step.Reason != "" {
		sentence += ". " + v.T("Reason: %s", step.Reason)
	}
	return v.Set("", sentence)
}

// actor names who did something on an entry: as they signed it, or the program.
func actor(v *page.Visit, c press.Credit) string {
	switch {
	case !c.Anonymous():
		return c.Name
	case c.Kind == press.SignName && c.Person == "":
		return v.T("the program")
	case c.Kind == press.SignName:
		return v.T("Someone without a name")
	default:
		return v.Named(c)
	}
}
