package write

import (
	"bourgeon/press"
	"bourgeon/web/page"
)

func askedBy(v *page.Visit, p press.Proofreading) string {
	if p.By == "" {
		return v.T("Someone asks you to read this text over.")
	}
	return v.T("%s asks you to read this text over.", p.By)
}

// desk is the proposal's page at the desk.
func (p reading) desk(v *page.Visit) string { return v.Link("/desk/entry/" + string(p.Entry)) }

// rule says what becomes of remarks made at the desk.
func (p reading) rule(v *page.Visit) string {
	if p.Closed {
		return v.T("The text was decided on: its remarks are kept here, and its author sees them no more.")
	}
	return v.T("Under each passage you may remark on it, or write it otherwise. The author sees nothing of it before you tell them, or return the text; then they decide, a wording at a time.")
}

// ends tells whether there is something to end: at the desk, remarks that the author doesn't have.
func (p reading) ends() bool {
	if p.AtDesk() {
		return !p.Closed && len(p.Remarks) > len(p.Given())
	}
	return len(p.Passages) > 0
}

// asksWork is the work asked of robots before a stranger makes us write to somebody.
func asksWork(v *page.Visit) string {
	if v.Viewer.Known() {
		return ""
	}
	return v.Challenge()
}

func checked(on bool) string {
	if on {
		return "on"
	}
	return ""
}

func remarkField(v *page.Visit, p reading, part passage, typed bool) page.Field {
	q := page.Field{Name: "words-" + number(part.N), Label: v.T("Your remark"), Rows: 3, Optional: true}
	if typed {
		q.Value, q.Error = p.Typed.Words, p.Faults.On(v, "words")
	}
	return q
}

func insteadField(v *page.Visit, p reading, part passage, typed bool) page.Field {
	q := page.Field{
		Name: "instead-" + number(part.N), Label: v.T("Would you write it otherwise?"), Value: part.Text, Rows: 5, Optional: true,
		Help: v.T("Change the words here: the author will see what changes, and takes it with one press."), Language: p.As.Language,
	}
	if typed {
		q.Value, q.Error = p.Typed.Instead, p.Faults.On(v, "instead")
	}
	return q
}

func proofState(v *page.Visit, p press.Proofreading) string {
	n := len(p.Remarks)
	switch {
	case !p.DoneAt.IsZero():
		return v.T("Read on %s.", v.Date(p.DoneAt)) + " " + v.N("%d remark", "%d remarks", n, n)
	case !p.EndedAt.IsZero():
		return v.T("The request was taken back.")
	}
	return v.T("Asked on %s.", v.Date(p.AskedAt)) + " " + v.N("%d remark", "%d remarks", n, n)
}

func askFields(v *page.Visit, s sheet) []page.Field {
	by := page.Field{Name: "by", Label: v.T("Your name, for them"), Value: s.Ask.Request.By, Error: s.Ask.Faults.On(v, "by"), Optional: true, Autocomplete: "name"}
	if by.Value == "" {
		by.Value = v.Viewer.Name
	}
	if v.Viewer.Known() {
		return []page.Field{by}
	}
	return []page.Field{by, {
		Name: "reply_to", Type: "email", InputMode: "email", Autocomplete: "email", Label: v.T("Your address, to be told when it is read"),
		Help: v.T("It is shown to nobody."), Value: s.Ask.Request.ReplyTo, Error: s.Ask.Faults.On(v, "reply_to"), Optional: true,
	}}
}

func askWhom(v *page.Visit, s sheet) page.Field {
	who := s.Ask.Who
	if who == "" {
		who = "team"
	}
	person := page.Field{
		Name: "reader", Type: "email", InputMode: "email", Label: v.T("Their e-mail address"), Value: s.Ask.Request.Email,
		Error: s.Ask.Faults.On(v, "reader"),
	}
	return page.Field{Name: "who", Label: v.T("Who would read it?"), Value: who, Options: []page.Option{
		{Value: "team", Label: v.T("The people who look after %s", v.Name())},
		{Value: "person", Label: v.T("Somebody I know"), Then: page.Then(person)},
	}}
}

// readers asks who read the text over, once somebody did.
func (s signature) readers(v *page.Visit) page.Field {
	return page.Field{
		Name: "proofreaders", Label: v.T("Who read it over?"), Optional: true, Rows: 2, Help: v.T("A name a line: they will be thanked at the end of the text."),
		Value: s.Signing.Proofreaders, Error: s.Faults.On(v, "proofreaders"),
	}
}
