package press

import (
	"slices"
	"testing"
)

var allStatuses = []Status{Drafted, Proposed, Scheduled, Published, Returned, Refused, Withdrawn, Binned}

func TestMayBecome(t *testing.T) {
	allowed := map[Status]string{ // a letter a status, in the order of allStatuses
		Drafted:   ".p.P...b",
		Proposed:  "..sPrfwb",
		Scheduled: ".p.Prfwb",
		Published: ".p..r.wb",
		Returned:  ".p.P.fwb",
		Refused:   ".p.Pr..b",
		Withdrawn: ".p.P...b",
		Binned:    "dpsPrfw.",
	}
	for from, row := range allowed {
		for i, to := range allStatuses {
			if want := row[i] != '.'; from.MayBecome(to) != want {
				t.Errorf("%s → %s: %t, want %t", from, to, !want, want)
			}
		}
	}
	if Status("").MayBecome(Published) || Published.MayBecome("") || Status("lost").MayBecome(Drafted) {
		t.Error("an unknown status leads somewhere, or is led to")
	}
}

func TestEveryStatusHasAWayOut(t *testing.T) {
	for _, s := range allStatuses {
		if !slices.ContainsFunc(allStatuses, func(next Status) bool { return s.MayBecome(next) }) {
			t.Errorf("%s is a dead end", s)
		}
		if s != Binned && !s.MayBecome(Binned) {
			t.Errorf("%s can't be binned", s)
		}
		if s != Binned && !Binned.MayBecome(s) {
			t.Errorf("%s can't be recovered", s)
		}
	}
}

func TestEntryParts(t *testing.T) {
	e := Entry{
		Credits:  []Credit{{Role: Scribe, Name: "b"}, {Role: Author, Name: "a"}, {Role: Author, Name: "c"}},
		Pictures: []Media{{ID: "1"}, {ID: "2"}},
	}
	authors := e.Authors()
	if len(authors) != 2 || authors[0].Name != "a" || authors[1].Name != "c" || e.Credits[0].Name != "b" || len(e.Credits) != 3 {
		t.Errorf("authors %+v of %+v", authors, e.Credits)
	}
	if lead, ok := e.Lead(); !ok || lead.ID != "1" {
		t.Errorf("lead %+v", lead)
	}
	if _, ok := (Entry{}).Lead(); ok {
		t.Error("an entry without pictures has a lead one")
	}
	if !(Draft{}).Empty() || (Draft{Content: Content{Answers: Answers{"a": {"b"}}}}).Empty() || (Draft{Content: Content{Tags: []string{"a"}}}).Empty() {
		t.Error("a draft is empty when nothing was written, and only then")
	}
}
