package mailing

import (
	"encoding/json"
	"strings"

	"bourgeon/press"
)

// tellOfReport tells the team that something was reported, or that a decision
// on it is appealed against. What was said stands at the desk.
func (s *sheet) tellOfReport() {
	link := s.at + "/desk/reports/" + s.event.Data["case"]
	var ruled press.Ruled
	_ = json.Unmarshal([]byte(s.event.Data[press.RuledData]), &ruled) // a mail without reasons says enough
	urgent := false
	for _, r := range ruled.Reasons {
		urgent = urgent || r.Urgent()
	}
	switch {
	case s.event.Kind == press.ReportAppealed:
		s.subject = s.T("An appeal about: %s", s.entry.Title)
		s.write(s.T("Someone doesn’t agree with what was decided about “%s”, on %s. It is for a steward who didn’t decide it.", s.entry.Title, s.from()))
	case urgent:
		s.subject = s.T("Urgent, someone may be in danger: %s", s.entry.Title)
		s.write(
			s.T("A reader of %s reports something grave about “%s”.", s.from(), s.entry.Title),
			s.T("If a life may be at risk, call the emergency number first: 112."),
		)
	default:
		s.subject = s.T("Reported: %s", s.entry.Title)
		s.write(s.T("A reader of %s reports something about “%s”.", s.from(), s.entry.Title))
	}
	if len(ruled.Reasons) > 0 && s.event.Kind == press.ReportReceived {
		s.write(s.T("Reason given: %s.", s.reasons(ruled.Reasons)))
	}
	s.write(s.T("To see it and decide:") + "\n" + link)
	s.why = s.T("You receive this mail because you look after %s.", s.from())
}

func (s *sheet) reasons(all []press.ReportReason) string {
	words := make([]string, len(all))
	for i, r := range all {
		words[i] = s.reason(r)
	}
	return strings.Join(words, ", ")
}

// reason is why something is reported, in a few words.
func (s *sheet) reason(r press.ReportReason) string {
	switch r {
	case press.ReportDanger:
		return s.T("someone may be in danger")
	case press.ReportChild:
		return s.T("sexual violence against a child")
	case press.ReportHate:
		return s.T("hate or discrimination")
	case press.ReportIllegal:
		return s.T("against the law")
	case press.ReportPrivacy:
		return s.T("private life, without consent")
	case press.ReportRights:
		return s.T("copyright, licence or credit")
	case press.ReportFalse:
		return s.T("false or misleading")
	case press.ReportSpam:
		return s.T("advertising")
	case press.ReportCharter:
		return s.T("against the charter")
	case press.ReportAccess:
		return s.T("an obstacle to reading it")
	default:
		return s.T("something else")
	}
}

// thing names what was reported.
func (s *sheet) thing() string {
	switch press.ThingKind(s.Data["thing"]) {
	case press.ThingPicture:
		return s.T("a picture of “%s”", s.title())
	case press.ThingComment:
		return s.T("a comment under “%s”", s.title())
	default:
		return s.T("“%s”", s.title())
	}
}

// report tells one side where a report stands. page is the address of what was
// reported, or of the entry with which it stands.
func (s *sheet) report(page string) {
	if s.Data["side"] == "author" {
		s.reportToAuthor(page)
	} else {
		s.reportToReporter(page)
	}
}

// link is the page that shows where the report stands.
func (s *sheet) link() string { return s.at + "/report/" + s.Data["token"] }

func (s *sheet) reportToReporter(page string) {
	switch s.Data["as"] {
	case "received":
		s.subject = s.T("Your report is received: %s", s.title())
		s.write(
			s.T("Thank you. You reported %s, on %s:", s.thing(), s.from())+"\n"+page,
			s.T("Reason given: %s.", s.reason(press.ReportReason(s.Data["reason"]))),
		)
		if words := s.Data["words"]; words != "" {
			s.write(quote(words))
		}
		s.write(
			s.T("Somebody of the team will read it and decide; no machine does. You will be told what and why."),
			s.T("To see where it stands, at any time:")+"\n"+s.link(),
		)
	case "reopened":
		s.subject = s.T("Your report is looked at again: %s", s.title())
		s.write(
			s.T("The decision about %s is taken back, and somebody looks at it again. You will be told what and why.", s.thing()),
			s.T("To see where it stands, at any time:")+"\n"+s.link(),
		)
	case "appealed":
		s.appealed()
	default:
		s.subject = s.T("Your report, what was decided: %s", s.title())
		if s.Data["as"] == "judged" {
			s.subject = s.T("Your report, after the appeal: %s", s.title())
		}
		s.ruled()
		s.write(s.T("A person read your report and decided; no automated means were used."))
		if press.Outcome(s.Data["outcome"]) != press.TakenOff && s.Data["as"] == "decided" {
			s.write(s.T("If you don’t agree, you have six months to ask a steward who didn’t decide to look at it again:") + "\n" + s.link())
		} else {
			s.write(s.T("All that was decided stands here:") + "\n" + s.link())
		}
		s.write(s.T("You may also go to court, at any time."))
	}
	s.why = s.T("You receive this mail because this address was given with a report. If it wasn’t you, or to hear no more of it, open the link above and choose “No more mails about this”.")
}

func (s *sheet) reportToAuthor(page string) {
	switch s.Data["as"] {
	case "reopened":
		s.subject = s.T("Looked at again: %s", s.title())
		s.write(
			s.T("The decision about %s is taken back: it can be read again, and somebody looks at it once more.", s.thing()),
			page,
		)
	case "appealed":
		s.appealed()
	default:
		s.subject = s.T("A decision about: %s", s.title())
		if s.Data["as"] == "judged" {
			s.subject = s.T("After the appeal: %s", s.title())
		}
		s.ruled()
		if ground := press.Ground(s.Data["ground"]); ground == press.GroundLaw {
			s.write(s.T("This rests on the law, as the words above say."))
		} else if ground == press.GroundCharter {
			s.write(s.T("This rests on the charter of %s:", s.from()) + "\n" + s.at + "/charter")
		}
		s.write(s.T("It was reported by a reader, whose name we don’t give. A person decided; no automated means were used."))
		switch outcome := press.Outcome(s.Data["outcome"]); {
		case outcome == press.SentBack:
			s.write(s.T("To change your text and send it back:") + "\n" + s.at + "/me")
		case outcome == press.LeftAsIs:
			s.write(page)
		}
		if press.Outcome(s.Data["outcome"]).Restricts() {
			s.write(
				s.T("If you don’t agree, you have six months to ask a steward who didn’t decide to look at it again:")+"\n"+s.link(),
				s.T("You may also go to court, at any time."),
			)
		}
	}
	s.why = s.T("You receive this mail because you made what it is about.")
}

// appealed acknowledges an appeal, to either side.
func (s *sheet) appealed() {
	s.subject = s.T("Your appeal is received: %s", s.title())
	s.write(
		s.T("You ask for another look at what was decided about %s. A steward who didn’t decide it will answer you.", s.thing()),
		quote(s.Data["words"]),
		s.T("To see where it stands, at any time:")+"\n"+s.link(),
	)
}

// ruled says what was decided, why, and what was written to this side.
func (s *sheet) ruled() {
	if s.Data["as"] == "judged" {
		if s.Data["changed"] != "" {
			s.write(s.T("After an appeal, a steward changed what had been decided about %s.", s.thing()))
		} else {
			s.write(s.T("A steward looked at it again: what was decided about %s stays.", s.thing()))
		}
	}
	s.write(s.outcome())
	if public := s.Data["public"]; public != "" {
		s.write(s.T("The reason, as it stands in the public journal:") + "\n" + quote(public))
	}
	if words := s.Data["words"]; words != "" {
		s.write(words)
	}
}

// outcome says what became of the thing.
func (s *sheet) outcome() string {
	switch press.Outcome(s.Data["outcome"]) {
	case press.SentBack:
		return s.T("Decided: %s can’t be read for now. Its author is asked to change it first.", s.thing())
	case press.TakenOff:
		return s.T("Decided: %s can’t be read any more.", s.thing())
	default:
		return s.T("Decided: %s stays as it is.", s.thing())
	}
}
