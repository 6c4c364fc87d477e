package editing_test

import (
	"fmt"
	"strings"
	"testing"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// TestTheDeskRemarksOnAProposal goes from a remark to the credit: the author takes a wording, and sends the text back.
func TestTheDeskRemarksOnAProposal(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s)
		writer := r.Viewer(r.Person("Odile"))
		sterenn, soraya := r.Member("Sterenn", press.Animator, r.site.ID, ""), r.Member("Soraya", press.Animator, r.site.ID, "")
		e := r.write(writer, "Le vélo", "Il roule encor.\n\nOn l’a trouvé dans une cave.", signing(press.SignAnonymous, "", ""))
		if e.Status != press.Proposed {
			t.Fatalf("status %s", e.Status)
		}
		r.mails = nil
		read := must(r.ReadOver(ctx, sterenn, e.ID))(t)
		if read.ID != "" || !read.Credited || read.Name != "Sterenn" || read.As.Answers.One("title") != "Le vélo" {
			t.Errorf("the animator has %+v", read)
		}
		if shown := fmt.Sprintf("%+v", read.Proofreading) + fmt.Sprintf("%+v", read.As); strings.Contains(shown, writer.Email) || strings.Contains(shown, string(writer.Person)) {
			t.Errorf("it tells who wrote: %s", shown)
		}
		over := func(v press.Viewer, m press.Remark) press.Remark {
			t.Helper()
			m.Field = "text"
			return must(r.RemarkOver(ctx, v, e.ID, m))(t)
		}
		better := over(sterenn, press.Remark{Passage: "Il roule encor.", Words: "Un e manque.", Instead: "Il roule encore."})
		wrong := over(sterenn, press.Remark{Passage: "Il roule encor.", Words: "Non, rien."})
		where := over(soraya, press.Remark{Passage: "On l’a trouvé dans une cave.", Words: "Laquelle ?"})
		if err := r.UnsayOver(ctx, soraya, e.ID, wrong.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("somebody else takes a remark back: %v", err)
		}
		if err := r.UnsayOver(ctx, sterenn, e.ID, wrong.ID); err != nil {
			t.Fatal(err)
		}
		d := must(r.Revise(ctx, writer, e.ID))(t)
		if all := r.remarks(writer, d); len(all) != 0 {
			t.Errorf("the author reads over a shoulder: %+v", all)
		}
		if _, err := r.Answer(ctx, writer, string(d.ID), d.Version, better.ID, press.RemarkTaken); press.KindOf(err) != press.NotFound {
			t.Errorf("the author answers what they don't have: %v", err)
		}
		if len(r.mails) != 0 {
			t.Errorf("a mail left too early: %+v", r.mails)
		}

		if err := r.TellRemarks(ctx, soraya, e.ID, "Soraya", false); err != nil {
			t.Fatal(err)
		}
		if len(r.mails) != 1 || r.mails[0].Kind != press.MailRead || r.mails[0].Person != writer.Person || r.mails[0].Data["name"] != "Soraya" || r.mails[0].Data["count"] != "1" {
			t.Errorf("told: %+v", r.mails)
		}
		if all := r.remarks(writer, d); len(all) != 1 || all[0].ID != where.ID {
			t.Errorf("the author has %+v", all)
		}
		if err := r.UnsayOver(ctx, soraya, e.ID, where.ID); press.KindOf(err) != press.Conflict {
			t.Errorf("a remark is taken from the author: %v", err)
		}
		if err := r.Return(ctx, sterenn, e.ID, "Encore un effort !"); err != nil {
			t.Fatal(err)
		}
		data := must(s.LastData(ctx, sterenn, r.entry(e.ID), press.EntryReturned))(t)
		if data["remarks"] != "1" || len(data) != 2 {
			t.Errorf("the event says %v", data)
		}
		journal, _, err := s.Decisions(ctx, press.Viewer{}, r.site.ID, "", 20)
		if err != nil || len(journal) == 0 {
			t.Fatalf("the journal: %v, %v", journal, err)
		}
		for _, decision := range journal {
			if said := fmt.Sprintf("%+v", decision); strings.Contains(said, "manque") || strings.Contains(said, "cave") || strings.Contains(said, "effort") {
				t.Errorf("the journal says %s", said)
			}
		}

		d = must(r.Answer(ctx, writer, string(d.ID), d.Version, better.ID, press.RemarkTaken))(t)
		if got := d.Answers.One("text"); !strings.HasPrefix(got, "Il roule encore.\n") {
			t.Errorf("the wording taken gives %q", got)
		}
		if err := r.Discard(ctx, writer, string(d.ID)); err != nil {
			t.Fatal(err)
		}
		d = must(r.Revise(ctx, writer, e.ID))(t)
		for _, m := range r.remarks(writer, d) {
			if m.State != press.RemarkOpen {
				t.Errorf("in another copy, %+v", m)
			}
		}
		d = must(r.Answer(ctx, writer, string(d.ID), d.Version, better.ID, press.RemarkTaken))(t)
		d = must(r.Answer(ctx, writer, string(d.ID), d.Version, where.ID, press.RemarkSet))(t)
		must(r.Amend(ctx, writer, string(d.ID), d.Version, ""))(t)
		now := r.entry(e.ID)
		if n := len(now.Credits); n != 2 || now.Credits[1].Role != press.Proofreader || now.Credits[1].Name != "Sterenn" || !now.Credits[0].Anonymous() {
			t.Errorf("the credits: %+v", now.Credits)
		}
		if read := must(r.ReadOver(ctx, sterenn, e.ID))(t); read.Remarks[0].State != press.RemarkTaken || read.Others[0].Remarks[0].State != press.RemarkSet || read.Closed {
			t.Errorf("the desk sees %+v and %+v", read.Remarks, read.Others)
		}
		if err := r.Publish(ctx, sterenn, e.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := r.RemarkOver(ctx, sterenn, e.ID, press.Remark{Field: "title", Passage: "Le vélo", Words: "Lequel ?"}); press.KindOf(err) != press.Conflict {
			t.Errorf("a remark on what is published: %v", err)
		}
		if all := r.remarks(writer, must(r.Revise(ctx, writer, e.ID))(t)); len(all) != 0 {
			t.Errorf("once it is published, there are %+v", all)
		}
	})
}

func TestWhoMayRemarkOnAProposal(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	writer := r.Viewer(r.Person("Odile"))
	port := r.Section(r.site, "Vie du port")
	e := r.write(writer, "Le vélo", "Il roule.", signing(press.SignName, "Odile", ""))
	m := press.Remark{Field: "text", Passage: "Il roule.", Words: "Vite ?"}
	for who, tt := range map[string]struct {
		v    press.Viewer
		want press.Kind
	}{
		"nobody":               {press.Viewer{}, press.NotFound},
		"somebody":             {r.Viewer(r.Person("Loïc")), press.NotFound},
		"a contributor":        {r.Member("Anna", press.Contributor, r.site.ID, ""), press.Forbidden},
		"another section's":    {r.Member("Soraya", press.Animator, r.site.ID, port.ID), press.Forbidden},
		"its author":           {writer, press.Forbidden},
		"an author who cares":  {r.Member("Yann", press.Animator, r.site.ID, ""), press.Forbidden},
		"another site's":       {r.Member("Paul", press.Animator, r.Site("ailleurs").ID, ""), press.NotFound},
		"an animator, of late": {r.Member("Sterenn", press.Animator, r.site.ID, ""), press.NotFound},
	} {
		t.Run(who, func(t *testing.T) {
			e := e
			switch who {
			case "an author who cares":
				e = r.Entry(r.site, "De lui", press.Proposed, func(e *press.Entry) { e.CreatedBy = tt.v.Person })
			case "an animator, of late":
				r.Write(func(tx *store.Tx) error {
					for _, m := range tt.v.Memberships {
						if err := tx.DeleteMembership(ctx, m.ID); err != nil {
							return err
						}
					}
					return nil
				})
			}
			if _, err := r.RemarkOver(ctx, tt.v, e.ID, m); press.KindOf(err) != tt.want {
				t.Errorf("a remark: %v", err)
			}
			if err := r.TellRemarks(ctx, tt.v, e.ID, "X", false); press.KindOf(err) != tt.want {
				t.Errorf("telling: %v", err)
			}
			if who == "an animator, of late" {
				return // they have a page from before
			}
			if _, err := r.ReadOver(ctx, tt.v, e.ID); press.KindOf(err) != tt.want {
				t.Errorf("reading: %v", err)
			}
		})
	}

	animator := r.Member("Nolwenn", press.Animator, r.site.ID, "")
	if err := r.TellRemarks(ctx, animator, e.ID, "Nolwenn", true); press.KindOf(err) != press.NotFound {
		t.Errorf("nothing is told: %v", err)
	}
	if _, err := r.RemarkOver(ctx, animator, e.ID, press.Remark{Field: "text", Passage: "Elle roule.", Words: "Vite ?"}); press.KindOf(err) != press.Conflict {
		t.Errorf("a passage that isn't there: %v", err)
	}
	must(r.RemarkOver(ctx, animator, e.ID, m))(t)
	if err := r.CreditOver(ctx, animator, e.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := r.Return(ctx, animator, e.ID, "Dites-en plus."); err != nil {
		t.Fatal(err)
	}
	d := must(r.Revise(ctx, writer, e.ID))(t)
	asked := must(r.Proofreadings(ctx, writer, d))(t)
	if err := r.EndReading(ctx, writer, string(d.ID), asked[0].ID); press.KindOf(err) != press.NotFound {
		t.Errorf("the author ends the desk's reading: %v", err)
	}
	correcting := must(r.Revise(ctx, animator, e.ID))(t)
	if all := r.remarks(animator, correcting); len(all) != 0 {
		t.Errorf("who corrects answers in the author's place: %+v", all)
	}
	must(r.Amend(ctx, writer, string(d.ID), d.Version, ""))(t)
	if credits := r.entry(e.ID).Credits; len(credits) != 1 {
		t.Errorf("who didn't wish it is credited: %+v", credits)
	}
}
