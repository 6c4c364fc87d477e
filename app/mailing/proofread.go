package mailing

// proofread asks somebody to read a draft over.
func (s *sheet) proofread() {
	by := s.Data["by"]
	if by == "" {
		by = s.T("Someone")
	}
	s.subject = s.T("%s asks you to read over: %s", by, s.title())
	s.write(s.T("%s is writing “%s” for %s, and would like you to read it over before it is proposed.", by, s.title(), s.from()))
	if s.Data["message"] != "" {
		s.write(quote(s.Data["message"]))
	}
	s.write(
		s.T("Open this page to read the text, remark on a passage or suggest another wording. You need no account:")+"\n"+s.at+"/proofread/"+s.Data["token"],
		s.T("The text isn’t public yet: keep this link for yourself. It opens the text for 30 days."),
	)
	if s.Person != "" {
		s.why = s.T("You receive this mail because you look after %s.", s.from())
		return
	}
	s.why = s.T("You receive this mail because the person who writes gave this address. If you don’t know them, do nothing.")
}

// haveRead tells a writer that their draft was read, or remarked on at the desk.
func (s *sheet) haveRead() {
	name := s.Data["name"]
	if name == "" {
		name = s.T("Someone")
	}
	s.subject = s.T("Read over: %s", s.title())
	if s.Data["count"] == "0" {
		s.write(s.T("%s has read “%s” and has nothing to add.", name, s.title()))
	} else {
		s.write(s.T("%s has read “%s”, and tells you what they think of it, beside your text.", name, s.title()))
	}
	switch {
	case s.Entry != "":
		s.write(s.T("To read it and take the wordings that you like, change your text:") + "\n" + s.at + "/me")
		s.why = s.T("You receive this mail because you contributed to this text.")
		return
	case s.Data["draft"] != "":
		s.write(s.T("To take your text up again:") + "\n" + s.at + "/draft/" + s.Data["draft"])
	default:
		s.write(s.T("To take your text up again, open the address of your draft."))
	}
	s.why = s.T("You receive this mail because you asked for a proof-reading.")
}
