package desk

import (
	"net/url"
	"strconv"

	"bourgeon/press"
	"bourgeon/web/page"
)

// chosen is the language that the visit's links carry on, "" without.
func chosen(v *page.Visit) string {
	u, err := url.Parse(v.Link("/desk"))
	if err != nil {
		return ""
	}
	return u.Query().Get("lang")
}

func inSection(v *page.Visit, e press.Entry) string {
	if e.Address.SectionName == "" {
		return v.T(", without a section")
	}
	return ", " + v.SectionName(e)
}

func slipLink(v *page.Visit, s slip) string {
	if s.revision > 0 {
		return entryLink(v, s.Entry, "#revision-"+strconv.Itoa(s.revision))
	}
	return entryLink(v, s.Entry, "")
}

func statusName(v *page.Visit, s press.Status) string {
	switch s {
	case press.Proposed:
		return v.T("waits to be read")
	case press.Scheduled:
		return v.T("scheduled")
	case press.Published:
		return v.T("published")
	case press.Returned:
		return v.T("returned to its author")
	case press.Refused:
		return v.T("refused")
	case press.Withdrawn:
		return v.T("withdrawn by its author")
	case press.Binned:
		return v.T("in the bin")
	default:
		return v.T("not confirmed by its author yet")
	}
}

// statusClass is the colour of a status: it waits, it is out, it is back.
func statusClass(s press.Status) string {
	switch s {
	case press.Published:
		return "status out"
	case press.Proposed, press.Scheduled:
		return "status wait"
	default:
		return "status back"
	}
}

func roleName(v *page.Visit, role press.Role) string {
	switch role {
	case press.Steward:
		return v.T("Steward")
	case press.Animator:
		return v.T("Animator")
	default:
		return v.T("Contributor")
	}
}

func roleHelp(v *page.Visit, role press.Role) string {
	switch role {
	case press.Steward:
		return v.T("Everything, settings and people included.")
	case press.Animator:
		return v.T("Reads, publishes, answers, files.")
	default:
		return v.T("Writes, reads what is proposed, leaves notes.")
	}
}

func opennessName(v *page.Visit, o press.Openness) string {
	switch o {
	case press.Open:
		return v.T("Everybody, at once")
	case press.First:
		return v.T("Everybody, after a first reading")
	case press.Reviewed:
		return v.T("Everything is read before it appears")
	default:
		return v.T("Only people who were invited")
	}
}

func opennessHelp(v *page.Visit, o press.Openness) string {
	switch o {
	case press.Open:
		return v.T("As soon as the address is confirmed.")
	case press.First:
		return v.T("The first text of each person is read before; the next ones appear at once.")
	case press.Reviewed:
		return v.T("An animator publishes each text. It takes time: two or three people are not too many.")
	default:
		return v.T("Others see the texts, and may ask for an invitation.")
	}
}

func revisingName(v *page.Visit, r press.Revising) string {
	if r == press.ReviseReviewed {
		return v.T("It waits until an animator has read it")
	}
	return v.T("It appears at once")
}

func revisingHelp(v *page.Visit, r press.Revising) string {
	if r == press.ReviseReviewed {
		return v.T("The published text stays as it is meanwhile.")
	}
	return v.T("Every version is kept, and can be taken again.")
}
