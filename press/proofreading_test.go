package press

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPassages(t *testing.T) {
	f := Form{Fields: []Field{{Key: "title", Kind: ShortText}, {Key: "text", Kind: LongText}, {Key: "pictures", Kind: Pictures}}}
	got := f.Passages(Answers{
		"title": {"Le lavoir"}, "text": {"Un.\nSuite.\n\n## Deux\r\n\r\n```\na\n\nb\n```\n\n\n- x\n- y\n"}, "pictures": {"1"},
	})
	want := []Passage{{"title", "Le lavoir"}, {"text", "Un.\nSuite."}, {"text", "## Deux"}, {"text", "```\na\n\nb\n```"}, {"text", "- x\n- y"}}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReword(t *testing.T) {
	for _, c := range []struct {
		answer, passage, instead, want string
		ok                             bool
	}{
		{"Le titre", "Le titre", "Un titre", "Un titre", true},
		{"Un.\n\nDeux.\n\nTrois.", "Deux.", "2.", "Un.\n\n2.\n\nTrois.", true},
		{"Un.\r\n\r\nDeux.", "Deux.", "2.", "Un.\n\n2.", true},
		{"Deux.\n\nDeux.", "Deux.", "2.", "2.\n\nDeux.", true},
		{"Un deux.\n\ndeux.", "deux.", "2.", "Un deux.\n\n2.", true},
		{"Un.\n\nDeux et demi.", "Deux.", "2.", "Un.\n\nDeux et demi.", false},
		{"", "Deux.", "2.", "", false},
	} {
		if got, ok := Reword(c.answer, c.passage, c.instead); got != c.want || ok != c.ok {
			t.Errorf("%q, %q: %q, %v", c.answer, c.passage, got, ok)
		}
	}
}

// FuzzReword: each passage can be reworded where it stands, and put back.
func FuzzReword(f *testing.F) {
	f.Add("Un.\n\nDeux.\n\n```\na\n\nb\n```\n\nUn.")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		const other = "une autre façon de le dire, que personne n’écrit"
		for _, p := range paragraphs(text) {
			changed, ok := Reword(text, p, other)
			if !ok || strings.Count(changed, other) != strings.Count(text, other)+1 {
				t.Fatalf("%q in %q: %v, %q", p, text, ok, changed)
			}
		}
	})
}

func TestProofreadingEnds(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p := Proofreading{EndsAt: now.Add(time.Hour)}
	if !p.Open(now) || p.Open(now.Add(2*time.Hour)) {
		t.Error("a request lasts until its end")
	}
	if p.EndedAt = now; p.Open(now) {
		t.Error("a request taken back goes on")
	}
	if (Remark{}).Check() == nil || (Remark{Words: "Bravo"}).Check() != nil || (Remark{Instead: "Mieux"}).Check() != nil {
		t.Error("a remark has words, or a wording")
	}
}

func TestRemarksOfTheDeskAreGivenTogether(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p := Proofreading{Remarks: []Remark{{ID: "a", At: at}, {ID: "b", At: at.Add(time.Minute)}}}
	if n := len(p.Given()); n != 2 {
		t.Errorf("who was asked gives %d of 2 as they come", n)
	}
	p.Entry = "e"
	for told, want := range map[time.Time]int{{}: 0, at: 1, at.Add(time.Hour): 2} {
		p.DoneAt = told
		if n := len(p.Given()); n != want {
			t.Errorf("told at %v, the author has %d, want %d", told, n, want)
		}
	}
}

func TestARemarkInATextThatWasThrownAway(t *testing.T) {
	m := Remark{Field: "text", Passage: "Un.", Instead: "Deux.", State: RemarkTaken}
	for text, want := range map[string]RemarkState{"Deux.\n\nTrois.": RemarkTaken, "Un.\n\nTrois.": RemarkOpen, "Quatre.": RemarkTaken} {
		if got := m.In(Answers{"text": {text}}).State; got != want {
			t.Errorf("in %q it is %s, want %s", text, got, want)
		}
	}
}
