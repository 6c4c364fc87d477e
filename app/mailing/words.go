package mailing

import (
	"slices"
	"strconv"
	"strings"

	"bourgeon/press"
)

func (s *sheet) challenge() {
	link, code := s.at+"/confirm/"+s.Data["token"], s.Data["code"]
	if press.Purpose(s.Data["purpose"]) == press.ForComment {
		s.confirmComment(link, code)
		return
	}
	if press.Purpose(s.Data["purpose"]) == press.ForConfirm {
		s.subject = s.T("Confirm “%s” (code %s)", s.title(), code)
		s.write(
			s.T("You have just written “%s” for %s. Thank you! One last gesture: confirm that this address is yours.", s.title(), s.from()),
			s.T("Type this code in the page that is waiting for you: %s", code),
			s.T("Or open this link, on this device or another:")+"\n"+link,
			s.T("Your text is kept meanwhile, and your address is never shown."),
		)
		s.why = s.T("You receive this mail because this address was given with a contribution. If it wasn’t you, do nothing: nothing will appear.")
		return
	}
	s.subject = s.T("Your code to sign in: %s", code)
	s.write(
		s.T("Type this code in the page that is waiting for you: %s", code),
		s.T("Or open this link:")+"\n"+link,
		s.T("Both work once, during two hours."),
	)
	s.why = s.T("You receive this mail because someone asked to sign in with this address. If it wasn’t you, do nothing.")
}

// title is the entry's, as known when the mail was planned, or now.
func (s *sheet) title() string {
	if t := s.Data["title"]; t != "" {
		return t
	}
	if s.entry.Title != "" {
		return s.entry.Title
	}
	return s.T("a text without title")
}

func (s *sheet) draft() {
	s.subject = s.T("Go on with your text: %s", s.title())
	s.write(
		s.T("Here is the link to your draft, to go on writing on any device:")+"\n"+s.at+"/draft/"+s.Data["token"],
		s.T("Whoever has this link can change the draft: keep it for yourself and those who write with you."),
	)
	s.why = s.T("You receive this mail because this address was given to go on with a draft.")
}

// shared tells that somebody completes an organisation's entries from now on.
func (s *sheet) shared(network string) {
	by := s.Data["by"]
	if by == "" {
		by = s.from()
	}
	s.subject = s.T("%s shares what is signed by %s with you", by, s.Data["organisation"])
	s.write(
		s.T("From now on you can complete what %s and its other people sign in the name of %s, and they what you sign in it.", by, s.Data["organisation"]),
		s.T("Sign in with this address to find it among your texts:")+"\n"+network+"/me",
	)
	s.why = s.T("You receive this mail because %s gave your address. If you don’t know them, do nothing.", by)
}

// contact is a reader's message, with the address to answer to.
func (s *sheet) contact(entry string) {
	s.subject = s.T("%s writes to you about “%s”", s.Data["name"], s.title())
	s.write(
		s.T("%s read “%s” on %s, and writes to you:", s.Data["name"], s.title(), s.from()),
		quote(s.Data["text"]),
		s.T("To answer, write to %s.", s.Data["email"]),
		entry,
	)
	s.why = s.T("You receive this mail because this address was given with “%s”. Nobody sees it there: messages come through a form.", s.title())
}

func (s *sheet) invitation(network string) {
	by := s.Data["by"]
	if by == "" {
		by = s.from()
	}
	s.subject = s.T("%s invites you to %s", by, s.from())
	switch press.Role(s.Data["role"]) {
	case press.Steward:
		s.write(s.T("%s invites you to hold the keys of %s: to describe the site, its charter and its sections, and to invite its people.", by, s.from()))
	case press.Animator:
		s.write(s.T("%s invites you to animate %s: to welcome what people propose, help them, publish.", by, s.from()))
	default:
		s.write(s.T("%s invites you to write on %s.", by, s.from()))
	}
	if section := s.Data["section"]; section != "" {
		s.write(s.T("Your part of it would be the section “%s”.", section))
	}
	if message := s.Data["message"]; message != "" {
		s.write(quote(message))
	}
	s.write(s.T("To accept, open this link within thirty days:") + "\n" + network + "/invitation/" + s.Data["token"])
	s.why = s.T("You receive this mail because %s gave your address to invite you. If you don’t wish to come, do nothing.", by)
}

// tell writes of an event, to the author or to the team; public is the
// address of the entry when it is published.
func (s *sheet) tell(public string) {
	if s.Data["as"] == "team" {
		s.tellTeam()
		return
	}
	if s.Data["as"] == "commenter" {
		s.tellCommenter()
		return
	}
	s.tellAuthor(public)
	s.why = s.T("You receive this mail because you contributed to this text.")
}

func (s *sheet) tellTeam() {
	if s.event.Kind == press.ReportReceived || s.event.Kind == press.ReportAppealed {
		s.tellOfReport()
		return
	}
	link := s.at + "/desk/entry/" + string(s.entry.ID)
	switch s.event.Kind {
	case press.RevisionProposed:
		s.subject = s.T("A change is proposed: %s", s.entry.Title)
		s.write(s.T("The author of “%s” proposes a change to this published text.", s.entry.Title))
	case press.NoteLeft:
		s.subject = s.T("A note on: %s", s.entry.Title)
		s.write(s.T("Someone of %s left a note about “%s”.", s.from(), s.entry.Title))
	default:
		s.subject = s.T("To welcome: %s", s.entry.Title)
		s.write(s.T("A contribution is waiting for you on %s: “%s”.", s.from(), s.entry.Title))
		if s.entry.Standfirst != "" {
			s.write(quote(s.entry.Standfirst))
		}
	}
	s.write(s.T("To read it and decide:") + "\n" + link)
	s.why = s.T("You receive this mail because you look after %s.", s.from())
}

// celebrate shows those who publish for the first time where their text stands, and how to share it.
func (s *sheet) celebrate(public string) {
	front := s.T("– On the front page:")
	if slices.ContainsFunc(s.entry.Authors(), func(c press.Credit) bool { return !c.Anonymous() }) {
		front = s.T("– On the front page, where those who write for the first time are named:")
	}
	places := []string{s.T("It also appears here:"), front + "\n  " + s.at + "/"}
	if section := s.entry.Address; section.SectionSlug != "" {
		places = append(places, s.T("– In the section %s:", section.SectionName)+"\n  "+s.at+"/section/"+section.SectionSlug)
	}
	places = append(places, s.T("– In the feeds that people follow, in the search, and on the page of the whole network."))
	s.write(
		strings.Join(places, "\n"),
		s.T("To share it, send its address by message or by mail, or print its page: it is laid out for paper. To show it on another site, with its credits:")+"\n"+public+"/reuse",
		s.T("And if somebody around you hesitates to write, tell them how it went."),
	)
}

func (s *sheet) tellAuthor(public string) {
	title, own := s.entry.Title, s.at+"/me"
	switch s.event.Kind {
	case press.EntryProposed:
		s.subject = s.T("Well received: %s", title)
		s.write(
			s.T("Your contribution “%s” has reached %s. Someone will read it soon, and a mail will tell you what becomes of it.", title, s.from()),
			s.T("Meanwhile you can still change it:")+"\n"+own,
		)
	case press.EntryPublished:
		s.subject = s.T("Published: %s", title)
		if s.event.Data["debut"] != "" {
			s.write(s.T("“%s” is published on %s. It is a first publication: thank you for having dared!", title, s.from()))
		} else {
			s.write(s.T("“%s” is published on %s.", title, s.from()))
		}
		s.write(
			s.T("Here is its address, to share with whoever you like:") + "\n" + public,
		)
		if s.event.Data["debut"] != "" {
			s.celebrate(public)
		}
		s.write(
			s.T("You can change it whenever you wish:") + "\n" + own,
		)
	case press.EntryScheduled:
		s.subject = s.T("Accepted: %s", title)
		s.write(s.T("“%s” is accepted. It will appear on %s.", title, s.when(s.event.Data["at"])))
	case press.EntryReturned:
		s.subject = s.T("A word about: %s", title)
		s.write(
			s.T("Someone of %s has read “%s” and writes to you:", s.from(), title),
			quote(s.event.Data["note"]),
		)
		if n, _ := strconv.Atoi(s.event.Data["remarks"]); n > 0 {
			s.write(s.l.N("%d remark stands beside a passage: you will find it while you change the text, and take the wording if you like it.",
				"%d remarks stand beside passages: you will find them while you change the text, and take the wordings that you like.", n, n))
		}
		s.write(s.T("To take your text up again and send it back, open:") + "\n" + own)
	case press.EntryRefused:
		s.subject = s.T("Not published: %s", title)
		s.write(
			s.T("“%s” will not appear on %s. Here is why:", title, s.from()),
			quote(s.event.Reason),
			s.T("Your text is kept: you can change it and propose it again, or take it elsewhere.")+"\n"+own,
		)
	case press.EntryCorrected:
		s.subject = s.T("Corrected: %s", title)
		s.write(
			s.T("Someone of %s has corrected “%s”. Every version is kept: you can compare them, and take an earlier one again.", s.from(), title),
			own,
		)
	case press.EntryWithdrawn:
		s.subject = s.T("Withdrawn: %s", title)
		s.write(
			s.T("“%s” is withdrawn from %s: its address now says so. Your text is kept.", title, s.from()),
			s.T("To propose it again:")+"\n"+own,
		)
	case press.EntryBinned:
		s.subject = s.T("Taken off: %s", title)
		s.write(s.T("The animators of %s have taken “%s” off.", s.from(), title))
		if s.event.Reason != "" {
			s.write(quote(s.event.Reason))
		}
		s.write(s.T("Nothing is destroyed: answer them if you think that they are mistaken."))
	case press.EntryRecovered:
		s.subject = s.T("Put back: %s", title)
		s.write(s.T("The animators of %s have put “%s” back.", s.from(), title), own)
	case press.RevisionAccepted:
		s.subject = s.T("Your change appears: %s", title)
		s.write(s.T("The change that you proposed to “%s” now appears.", title), public)
	case press.RevisionDeclined:
		s.subject = s.T("Your change was not taken: %s", title)
		s.write(
			s.T("The change that you proposed to “%s” was not taken. Here is why:", title),
			quote(s.event.Reason),
			s.T("It is kept in the history of your text:")+"\n"+own,
		)
	}
}
