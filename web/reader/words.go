package reader

import (
	"time"

	"bourgeon/press"
	"bourgeon/web/page"
)

// brief tells whether an entry is a few lines, shown small in lists.
func brief(e press.Entry) bool { return e.Address.FormSlug == "brief" }

func briefly(s page.Show, e press.Entry) page.Show {
	s.Brief = s.Brief || brief(e)
	return s
}

// welcome says what happens to a text on this site, for the invitation.
func welcome(v *page.Visit) string {
	switch {
	case v.AtPortal():
		return v.T("Begin with the text: you choose the site that suits it.")
	case v.Site.Openness == press.Open:
		return v.T("No account is needed, nor to be good at writing. Your text appears as soon as you have confirmed your address.")
	case v.Site.Openness == press.Members:
		return v.T("The people of this site write here. Ask its animators to join them.")
	default:
		return v.T("No account is needed, nor to be good at writing. Someone of the team reads it with you before it appears.")
	}
}

// revised says why a revision was made.
func revised(v *page.Visit, kind press.RevisionKind) string {
	switch kind {
	case press.Created:
		return v.T("First version")
	case press.Amended:
		return v.Happened(press.EntryAmended)
	case press.Corrected:
		return v.Happened(press.EntryCorrected)
	case press.Restored:
		return v.Happened(press.EntryRestored)
	case press.Reshaped:
		return v.T("The form’s questions changed")
	case press.Merged:
		return v.T("Two texts made one")
	}
	return ""
}

// unread says why an entry isn't public, to those who see it nevertheless;
// "" when it is.
func unread(v *page.Visit, e press.Entry) (heading, text string) {
	switch e.Status {
	case press.Published:
		return "", ""
	case press.Proposed:
		return v.T("This text waits to be read."), v.T("It isn’t public yet: only its authors and the people of this site see this page.")
	case press.Scheduled:
		return v.T("This text will appear on %s.", v.DateTime(e.PublishAt)), v.T("It isn’t public yet: only its authors and the people of this site see this page.")
	case press.Returned:
		return v.T("This text went back to its author."), v.T("It isn’t public: only its authors and the people of this site see this page.")
	case press.Refused:
		return v.T("This text was refused."), v.T("It isn’t public: only its authors and the animators of this site see this page.")
	case press.Withdrawn:
		return v.T("This text is withdrawn."), v.T("It isn’t public: only its authors and the animators of this site see this page.")
	case press.Binned:
		return v.T("This text is in the bin."), v.T("It isn’t public: only its authors and the animators of this site see this page.")
	default:
		return v.T("This text isn’t confirmed yet."), v.T("Follow the link in the mail that you were sent: only you see this page.")
	}
}

// origin says where a text comes from, before the name of its source.
func origin(v *page.Visit, kind press.ProvenanceKind) string {
	switch kind {
	case press.TakenUp:
		return v.T("Taken up from")
	case press.Translated:
		return v.T("Translated from")
	case press.Adapted:
		return v.T("Adapted from")
	}
	return v.T("First published here.")
}

// offspring says what another entry made of this one.
func offspring(v *page.Visit, kind press.ProvenanceKind) string {
	switch kind {
	case press.Translated:
		return v.T("Translated:")
	case press.Adapted:
		return v.T("Adapted:")
	}
	return v.T("Taken up:")
}

// by ends a sentence with who did it; "" says nobody.
func by(v *page.Visit, name string) string {
	if name == "" {
		return ""
	}
	return ", " + v.T("by %s", name)
}

// sourceTitle names the source of a text that came from elsewhere.
func sourceTitle(p press.Provenance) string {
	if p.Title != "" {
		return p.Title
	}
	return p.URL
}

// sourceRest is what follows the name of a source: its author and licence.
func sourceRest(p press.Provenance) string {
	rest := ""
	if p.Author != "" {
		rest += ", " + p.Author
	}
	if licence, ok := press.LicenceByID(p.Licence); ok {
		rest += " (" + licence.Name + ")"
	}
	return rest + "."
}

// ruled says what was reported, why, and what became of it.
func ruled(v *page.Visit, r press.Ruled) string {
	words := v.T("%s, reported for: %s.", v.ThingName(r.Kind), v.ReasonNames(r.Reasons))
	if r.Outcome != press.Undecided {
		words += " " + v.OutcomeName(r.Outcome) + "."
	}
	if r.Outcome.Restricts() {
		words += " " + v.T("It rests on: %s", v.GroundName(r.Ground)) + "."
	}
	return v.Set("", words)
}

// reportSentence sums a year's reports up.
func reportSentence(v *page.Visit, y press.ReportYear) string {
	words := v.N("%d report", "%d reports", y.Reports, y.Reports) + ". "
	if y.Median > 0 {
		words += v.T("Half of the decisions took less than %s.", span(v, y.Median)) + " "
	}
	return words + v.N("%d appeal", "%d appeals", y.Appeals, y.Appeals) + ", " +
		v.N("%d decision changed", "%d decisions changed", y.Changed, y.Changed) + "."
}

// span is a length of time, in days or hours, rounded up.
func span(v *page.Visit, d time.Duration) string {
	const day = 24 * time.Hour
	if d >= 2*day {
		n := int((d + day - 1) / day)
		return v.N("%d day", "%d days", n, n)
	}
	n := int((d + time.Hour - 1) / time.Hour)
	return v.N("%d hour", "%d hours", n, n)
}
