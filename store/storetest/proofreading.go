package storetest

import (
	"testing"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

var proofreadings = []behaviour{
	{"proofreading/from the request to its end", testProofreading},
	{"proofreading/at the desk", testDeskReading},
}

func testProofreading(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	d := press.Draft{
		ID: ID[press.DraftID](), Site: site.ID, Form: w.Form(site, "article").ID, Content: press.Content{Answers: press.Answers{"title": {"Le banc"}}, Language: "fr"},
		Version: 1, CreatedAt: w.Now(), UpdatedAt: w.Now(),
	}
	p := press.Proofreading{
		ID: ID[press.ProofreadingID](), Draft: d.ID, Site: site.ID, Email: "n@example.org", By: "Odile", ReplyTo: "o@example.org", Message: "Clair ?",
		Language: "fr", AskedAt: w.Now(), EndsAt: w.Now().Add(time.Hour),
	}
	first := press.Remark{ID: ID[press.RemarkID](), Proofreading: p.ID, Field: "text", Passage: "Un\nbanc.", Words: "Quel banc ?", State: press.RemarkOpen, At: w.Now()}
	second := press.Remark{ID: ID[press.RemarkID](), Proofreading: p.ID, Field: "title", Passage: "Le banc", Instead: "Le banc bleu", State: press.RemarkOpen, At: w.Now()}
	w.Write(func(tx *store.Tx) error {
		for _, f := range []func() error{
			func() error { return tx.InsertDraft(ctx, d, "draft") },
			func() error { return tx.InsertProofreading(ctx, p, "hash") },
			func() error { return tx.InsertRemark(ctx, first) },
			func() error { return tx.InsertRemark(ctx, second) },
			func() error { return tx.SetRemark(ctx, second.ID, press.RemarkTaken) },
		} {
			if err := f(); err != nil {
				return err
			}
		}
		return nil
	})
	second.State = press.RemarkTaken
	p.Remarks = []press.Remark{first, second}
	same(t, "by its secret", must(w.Store.ProofreadingByToken(ctx, "hash"))(t), p)
	same(t, "of its draft", must(w.Store.Proofreadings(ctx, d.ID))(t), []press.Proofreading{p})
	_, err := w.Store.ProofreadingByToken(ctx, "other")
	fails(t, "by a wrong secret", err, press.NotFound)

	unsay := func(r press.Remark) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteRemark(ctx, r) })
	}
	fails(t, "a remark that was answered is taken back", unsay(second), press.NotFound)
	fails(t, "a remark is taken back from elsewhere", unsay(press.Remark{ID: first.ID, Proofreading: ID[press.ProofreadingID]()}), press.NotFound)
	if err := unsay(first); err != nil {
		t.Error(err)
	}
	p.Remarks, p.Name, p.Credited, p.DoneAt, p.EndedAt = p.Remarks[1:], "Nolwenn", true, w.Now(), w.Now()
	w.Write(func(tx *store.Tx) error { return tx.UpdateProofreading(ctx, p) })
	same(t, "at its end", must(w.Store.ProofreadingByToken(ctx, "hash"))(t), p)

	w.Write(func(tx *store.Tx) error { return tx.ForgetProofreadings(ctx, p.EndsAt.Add(time.Second)) })
	if kept := must(w.Store.ProofreadingByToken(ctx, "hash"))(t); kept.Email != "" || kept.ReplyTo != "" || kept.Name != "Nolwenn" {
		t.Errorf("after its end, the addresses stay: %+v", kept)
	}
	w.Write(func(tx *store.Tx) error { return tx.DeleteDraft(ctx, d.ID) })
	_, err = w.Store.ProofreadingByToken(ctx, "hash")
	fails(t, "when the draft is gone", err, press.NotFound)
}

func testDeskReading(t *testing.T, w *World) {
	ctx := t.Context()
	site := w.Site("mag")
	author, animator := w.Person("Odile"), w.Member("Sterenn", press.Animator, site.ID, "")
	elsewhere := w.Member("Soraya", press.Animator, site.ID, w.Section(site, "Ailleurs").ID)
	e := w.Entry(site, "Le banc", press.Proposed, By(author))
	p := press.Proofreading{
		ID: ID[press.ProofreadingID](), Entry: e.ID, Reader: animator.Person, Site: site.ID, Name: "Sterenn", Credited: true, Language: "fr", AskedAt: w.Now(),
	}
	said := press.Remark{ID: ID[press.RemarkID](), Proofreading: p.ID, Field: "title", Passage: "Le banc", Words: "Quel banc ?", State: press.RemarkOpen, At: w.Now()}
	insert := func(p press.Proofreading, hash string) error {
		return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.InsertProofreading(ctx, p, hash) })
	}
	if err := insert(p, "hash"); err != nil {
		t.Fatal(err)
	}
	twice := p
	twice.ID = ID[press.ProofreadingID]()
	if insert(twice, "other") == nil {
		t.Error("an animator reads an entry twice")
	}
	w.Write(func(tx *store.Tx) error { return tx.InsertRemark(ctx, said) })
	of := func(v press.Viewer) []press.Proofreading {
		t.Helper()
		return must(w.Store.ProofreadingsOf(ctx, v, e))(t)
	}
	silent, whole := p, p
	whole.Remarks = []press.Remark{said}
	same(t, "for an animator", of(animator), []press.Proofreading{whole})
	same(t, "for its author, untold", of(w.Viewer(author)), []press.Proofreading{silent})
	for who, v := range map[string]press.Viewer{
		"nobody": {}, "somebody": w.Viewer(w.Person("Loïc")), "another section's": elsewhere, "a contributor": w.Member("Anna", press.Contributor, site.ID, ""),
	} {
		if all := of(v); len(all) != 0 {
			t.Errorf("for %s: %+v", who, all)
		}
	}
	whole.DoneAt = w.Now()
	w.Write(func(tx *store.Tx) error { return tx.UpdateProofreading(ctx, whole) })
	same(t, "for its author, told", of(w.Viewer(author)), []press.Proofreading{whole})
}
