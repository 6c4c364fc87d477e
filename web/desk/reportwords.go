package desk

import (
	"bourgeon/press"
	"bourgeon/web/page"
)

// clause says what a reason is about, to end a sentence with.
func clause(v *page.Visit, r press.ReportReason) string {
	switch r {
	case press.ReportDanger:
		return v.T("it puts someone in danger")
	case press.ReportChild:
		return v.T("it shows or excuses violence against a child")
	case press.ReportHate:
		return v.T("it attacks people for what they are")
	case press.ReportPrivacy:
		return v.T("it shows something private of a person who hasn’t agreed")
	case press.ReportIllegal:
		return v.T("it contains something that the law forbids")
	case press.ReportRights:
		return v.T("it uses the work of somebody who hasn’t agreed, or isn’t credited")
	case press.ReportFalse:
		return v.T("it says something false or misleading")
	case press.ReportSpam:
		return v.T("it is advertising")
	case press.ReportAccess:
		return v.T("part of it can’t be read or heard by everybody")
	default:
		return v.T("it goes against the charter of the site")
	}
}

// readyRuling is a decision in words to start from, by what was reported first.
func readyRuling(v *page.Visit, c press.Case, o press.Outcome) press.Ruling {
	reason := press.ReportOther
	if len(c.Reports) > 0 {
		reason = c.Reports[0].Reason
	}
	why := clause(v, reason)
	r := press.Ruling{Outcome: o, Ground: reason.Usual()}
	thanks := v.T("Hello,") + "\n\n" + v.T("Thank you for your report.") + " "
	hello := v.T("Hello,") + "\n\n"
	switch o {
	case press.LeftAsIs:
		r.Reason = v.T("Read again: nothing in it goes against the law or the charter.")
		r.ToReporters = thanks + v.T("We read it again with care. We found nothing in it that goes against the law or the charter, so it stays.")
	case press.SentBack:
		r.Reason = v.T("Its author is asked to change it: %s.", why)
		r.ToReporters = thanks + v.T("You are right, %s. We ask its author to change it; nobody can read it meanwhile.", why)
		r.ToAuthor = hello + v.T("A reader pointed out that %s. Could you change this passage, and send your text back? It will appear again as soon as we have read it.", why)
	case press.TakenOff:
		r.Reason = v.T("Taken off: %s.", why)
		r.ToReporters = thanks + v.T("You are right, %s. We have taken it off.", why)
		r.ToAuthor = hello + v.T("We have taken off what you published: %s. The passage is this one: “…”. Nothing is destroyed; write to us if you would like to change it.", why)
	}
	return r
}

// typedOrReady is what stands in a field of a gesture.
func typedOrReady(p file, field string, o press.Outcome, ready string) string {
	if text, ok := p.typed[field+"-"+string(o)]; ok {
		return text
	}
	return ready
}

func gestureName(v *page.Visit, o press.Outcome) (icon, words string) {
	switch o {
	case press.LeftAsIs:
		return "check", v.T("Leave it in place")
	case press.SentBack:
		return "back", v.T("Ask its author to change it")
	default:
		return "cross", v.T("Take it off")
	}
}

func gestureButton(v *page.Visit, o press.Outcome) string {
	switch o {
	case press.LeftAsIs:
		return v.T("Leave it, and answer")
	case press.SentBack:
		return v.T("Send it back, and answer")
	default:
		return v.T("Take it off, and answer")
	}
}

// buttonClass makes what takes something off look grave.
func buttonClass(o press.Outcome) string {
	if o == press.TakenOff {
		return "button grave"
	}
	return "button"
}

func grounds(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: string(press.GroundCharter), Label: v.Set("", v.GroundName(press.GroundCharter))},
		{Value: string(press.GroundLaw), Label: v.Set("", v.GroundName(press.GroundLaw))},
	}
}

// caseStatus is where a case stands, in words and as a colour.
func caseStatus(v *page.Visit, c press.Case) (class, words string) {
	switch {
	case c.State == press.CaseAppealed:
		return "status wait", v.T("appeal")
	case c.State == press.CaseWaiting && c.Urgent:
		return "status back", v.T("urgent")
	case c.State == press.CaseWaiting:
		return "status wait", v.T("waits")
	case c.Outcome.Restricts():
		return "status back", v.Set("", v.OutcomeName(c.Outcome))
	default:
		return "status out", v.Set("", v.OutcomeName(c.Outcome))
	}
}

// appellant says who appeals.
func appellant(v *page.Visit, a press.Appeal) string {
	if a.Report == "" {
		return v.T("The author appeals")
	}
	return v.T("Who reported appeals")
}

// who is the name that someone gave with their report.
func who(v *page.Visit, r press.Report) string {
	if r.Name == "" {
		return v.T("Somebody, without a name")
	}
	return r.Name
}

// verdictName is what answering an appeal with an outcome does.
func verdictName(v *page.Visit, p file, o press.Outcome) (icon, words string) {
	if o == p.Outcome {
		return "check", v.T("The decision stays")
	}
	switch o {
	case press.LeftAsIs:
		return "history", v.T("Put it back")
	case press.SentBack:
		return "back", v.T("Ask its author to change it")
	default:
		return "cross", v.T("Take it off")
	}
}
