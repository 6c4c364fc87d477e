package mailing_test

import (
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

func TestMailsOfReportsInFrench(t *testing.T) {
	o := open(t, storetest.SQLite(t))
	e := o.Entry(o.site, "Le vélo d’Odile", press.Published, storetest.By(o.author))
	for name, data := range map[string]map[string]string{
		"report-received":  {"as": "received", "reason": "privacy", "words": "Mon adresse y est."},
		"report-left":      {"as": "decided", "outcome": "left", "public": "Rien de privé.", "words": "Nous avons relu."},
		"report-off":       {"as": "decided", "outcome": "off", "public": "Une adresse.", "words": "C’est retiré.", "thing": "comment"},
		"report-reopened":  {"as": "reopened"},
		"report-appealed":  {"as": "appealed", "words": "C’est bien mon adresse."},
		"report-judged":    {"as": "judged", "outcome": "off", "public": "Une adresse.", "words": "Vous avez raison.", "changed": "yes"},
		"report-statement": {"as": "decided", "side": "author", "outcome": "returned", "ground": "charter", "public": "Une adresse.", "words": "Ôtez l’adresse."},
		"report-put-back":  {"as": "judged", "side": "author", "outcome": "left", "public": "Un atelier.", "words": "C’est remis.", "changed": "yes", "thing": "picture"},
	} {
		t.Run(name, func(t *testing.T) {
			m := press.Mail{Kind: press.MailReport, To: "x@example.org", Site: o.site.ID, Entry: e.ID, Language: "fr", Data: data}
			m.Data["token"], m.Data["title"] = "SECRET", e.Title
			message, err := o.postman.Compose(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, message)
		})
	}
}

func TestReportsReachSomebodyWhoIsNotConcerned(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		o := open(t, s)
		e := o.Entry(o.site, "Le vélo d’Odile", press.Published, storetest.By(o.author))
		o.Role(o.author, press.Animator, o.site.ID, "")
		network := o.Member("Loeiz", press.Steward, "", "")
		received := press.Event{
			Kind: press.ReportReceived, Site: o.site.ID, Entry: e.ID,
			Data: map[string]string{"case": "CASE", press.RuledData: `{"kind":"entry","reasons":["danger"]}`},
		}
		told := o.emit(t, received)
		if len(told) != 1 || !strings.Contains(told[network.Email].Subject, "Urgent") {
			t.Errorf("with its author alone on the site: %v", told)
		}
		steward := o.Member("Nolwenn", press.Steward, o.site.ID, "")
		if told = o.emit(t, received); len(told) != 1 || told[steward.Email].Text == "" {
			t.Errorf("with a steward besides: %v", told)
		}
		animator := o.Member("Sterenn", press.Animator, o.site.ID, "")
		told = o.emit(t, received)
		if len(told) != 1 || told[animator.Email].Text == "" {
			t.Errorf("with an animator besides: %v", told)
		}
		golden(t, "report-team", told[animator.Email])

		// A comment under one's own page is for its animators, but not its author's.
		received.Data["person"] = string(animator.Person)
		if told = o.emit(t, received); len(told) != 1 || told[o.author.Email].Text == "" {
			t.Errorf("a comment: %v", told)
		}
		appealed := press.Event{Kind: press.ReportAppealed, Site: o.site.ID, Entry: e.ID, Data: map[string]string{"case": "CASE", "decider": string(steward.Person)}}
		told = o.emit(t, appealed)
		if len(told) != 1 || told[network.Email].Text == "" {
			t.Errorf("an appeal against the only steward's decision: %v", told)
		}
		golden(t, "report-appeal-team", told[network.Email])
		if told = o.emit(t, press.Event{Kind: press.EntryBinned, Site: o.site.ID, Entry: e.ID, Data: map[string]string{press.ByReport: "yes"}}); len(told) != 0 {
			t.Errorf("what a decision on a report did is told twice: %v", told)
		}
	})
}
