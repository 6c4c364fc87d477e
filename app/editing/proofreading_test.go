package editing_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
)

// secret is that of the last mail of a kind.
func (r *room) secret(kind press.MailKind) string {
	r.t.Helper()
	for i := len(r.mails) - 1; i >= 0; i-- {
		if r.mails[i].Kind == kind {
			return r.mails[i].Data["token"]
		}
	}
	r.t.Fatalf("no mail %s left", kind)
	return ""
}

// remarks are those made of a draft so far, for who writes it.
func (r *room) remarks(v press.Viewer, d press.Draft) []press.Remark {
	r.t.Helper()
	var all []press.Remark
	for _, p := range must(r.Proofreadings(r.t.Context(), v, d))(r.t) {
		all = append(all, p.Remarks...)
	}
	return all
}

func TestSomebodyReadsADraftOver(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		r := enter(t, s)
		writer := r.Viewer(r.Person("Odile"))
		d := must(r.Begin(ctx, writer, r.site, r.form, r.work("Le vélo", "Il roule encor.\n\nOn l’a trouvé dans une cave.")))(t)
		ask := editing.Request{Email: "Nolwenn@example.org", By: "Odile", Message: "Est-ce clair ?", Language: "fr"}
		if err := r.AskToRead(ctx, writer, d.Token, ask); err != nil {
			t.Fatal(err)
		}
		mail := r.mails[len(r.mails)-1]
		if mail.To != "nolwenn@example.org" || mail.Data["by"] != "Odile" || mail.Data["title"] != "Le vélo" || mail.Data["message"] != "Est-ce clair ?" {
			t.Errorf("the mail: %+v", mail)
		}
		secret := r.secret(press.MailProofread)
		reading := must(r.ToRead(ctx, secret))(t)
		if reading.As.Person != "" || reading.As.Token != "" || reading.As.Answers.One("title") != "Le vélo" {
			t.Errorf("the reader has %+v", reading.As)
		}

		better := must(r.Remark(ctx, secret, press.Remark{Field: "text", Passage: "Il roule encor.", Words: "Un e manque.", Instead: "Il roule encore."}))(t)
		praise := must(r.Remark(ctx, secret, press.Remark{Field: "title", Passage: "Le vélo", Words: "Quel vélo ?", Instead: "Le vélo"}))(t)
		if praise.Instead != "" {
			t.Error("a wording that changes nothing is one")
		}
		gone := must(r.Remark(ctx, secret, press.Remark{Field: "text", Passage: "Il roule encor.", Words: "Non, rien."}))(t)
		if err := r.Unsay(ctx, secret, gone.ID); err != nil {
			t.Fatal(err)
		}
		if err := r.HaveRead(ctx, secret, "Nolwenn Le Gall", true); err != nil {
			t.Fatal(err)
		}
		told := r.mails[len(r.mails)-1]
		if told.Kind != press.MailRead || told.To != writer.Email || told.Data["name"] != "Nolwenn Le Gall" || told.Data["count"] != "2" || told.Data["draft"] != string(d.ID) {
			t.Errorf("the writer is told %+v", told)
		}
		if err := r.HaveRead(ctx, secret, "Nolwenn Le Gall", true); err != nil || r.mails[len(r.mails)-1].ID != told.ID || len(r.mails) != 2 {
			t.Errorf("told twice: %d mails, %v", len(r.mails), err)
		}

		d = must(r.Answer(ctx, writer, d.Token, d.Version, better.ID, press.RemarkTaken))(t)
		if got := d.Answers.One("text"); got != "Il roule encore.\n\nOn l’a trouvé dans une cave." {
			t.Errorf("the wording taken gives %q", got)
		}
		if all := r.remarks(writer, d); len(all) != 2 || all[0].State != press.RemarkTaken || all[1].State != press.RemarkOpen {
			t.Errorf("the remarks: %+v", all)
		}
		if err := r.Unsay(ctx, secret, better.ID); press.KindOf(err) != press.NotFound {
			t.Errorf("a remark that was answered is taken back: %v", err)
		}
		d = must(r.Answer(ctx, writer, d.Token, d.Version, better.ID, press.RemarkOpen))(t)
		if got := d.Answers.One("text"); !strings.HasPrefix(got, "Il roule encor.\n") {
			t.Errorf("put back, it is %q", got)
		}
		d = must(r.Answer(ctx, writer, d.Token, d.Version, praise.ID, press.RemarkSet))(t)

		stale := d.Version - 1
		if _, err := r.Answer(ctx, writer, d.Token, stale, better.ID, press.RemarkTaken); press.KindOf(err) != press.Conflict {
			t.Errorf("a stale page takes a wording: %v", err)
		}
		d = must(r.Save(ctx, writer, d.Token, d.Version, r.work("Le vélo", "Tout autre chose.")))(t)
		if _, err := r.Answer(ctx, writer, d.Token, d.Version, better.ID, press.RemarkTaken); press.KindOf(err) != press.Conflict {
			t.Errorf("a passage that is gone is reworded: %v", err)
		}
		if now := must(r.Open(ctx, writer, d.Token))(t); now.Version != d.Version || now.Answers.One("text") != "Tout autre chose." {
			t.Errorf("what was refused changed the text: %+v", now.Answers)
		}
		if _, err := r.Remark(ctx, secret, press.Remark{Field: "text", Passage: "Il roule encor.", Words: "Oui."}); press.KindOf(err) != press.Conflict {
			t.Errorf("a remark on a passage that is gone: %v", err)
		}

		signed := signing(press.SignName, "Odile", "")
		signed.Proofreaders = "Nolwenn Le Gall\nNolwenn Le Gall"
		e := r.entry(must(r.Sign(ctx, writer, d.Token, d.Version, signed))(t).Entry.ID)
		if n := len(e.Credits); n != 2 || e.Credits[1].Role != press.Proofreader || e.Credits[1].Name != "Nolwenn Le Gall" || e.Credits[1].Slug == "" {
			t.Errorf("the credits: %+v", e.Credits)
		}
		if _, err := r.ToRead(ctx, secret); press.KindOf(err) != press.NotFound {
			t.Errorf("the link still opens what was proposed: %v", err)
		}
	})
}

func TestWhoMayReadADraftOver(t *testing.T) {
	ctx := t.Context()
	r := enter(t, storetest.SQLite(t))
	writer, other := r.Viewer(r.Person("Odile")), r.Viewer(r.Person("Loïc"))
	d := must(r.Begin(ctx, writer, r.site, r.form, r.work("Le vélo", "Il roule.")))(t)
	key := string(d.ID)
	if err := r.AskToRead(ctx, other, key, editing.Request{Email: "x@example.org"}); press.KindOf(err) != press.NotFound {
		t.Errorf("somebody else asks for it: %v", err)
	}
	for field, ask := range map[string]editing.Request{
		"reader": {Email: "nolwenn"}, "reply_to": {Email: "n@example.org", ReplyTo: "odile"}, "message": {Email: "n@example.org", Message: strings.Repeat("a", 1001)},
	} {
		var e *press.Error
		if err := r.AskToRead(ctx, writer, key, ask); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := r.AskToRead(ctx, writer, key, editing.Request{Email: "n@example.org"}); err != nil {
		t.Fatal(err)
	}
	secret := r.secret(press.MailProofread)
	if _, err := r.ToRead(ctx, "another"); press.KindOf(err) != press.NotFound {
		t.Errorf("a wrong secret: %v", err)
	}
	if err := r.HaveRead(ctx, secret, "", true); press.KindOf(err) != press.Invalid {
		t.Errorf("credited without a name: %v", err)
	}
	m := must(r.Remark(ctx, secret, press.Remark{Field: "text", Passage: "Il roule.", Words: "Vite ?"}))(t)
	if _, err := r.Answer(ctx, other, key, d.Version, m.ID, press.RemarkSet); press.KindOf(err) != press.NotFound {
		t.Errorf("somebody else answers: %v", err)
	}
	elsewhere := must(r.Begin(ctx, other, r.site, r.form, r.work("Un autre", "Texte.")))(t)
	if _, err := r.Answer(ctx, other, string(elsewhere.ID), 1, m.ID, press.RemarkSet); press.KindOf(err) != press.NotFound {
		t.Errorf("a remark is answered from another draft: %v", err)
	}
	asked := must(r.Proofreadings(ctx, writer, d))(t)[0]
	if err := r.EndReading(ctx, other, key, asked.ID); press.KindOf(err) != press.NotFound {
		t.Errorf("somebody else ends it: %v", err)
	}
	if err := r.EndReading(ctx, writer, key, asked.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := r.ToRead(ctx, secret); press.KindOf(err) != press.Gone {
		t.Errorf("a request taken back opens: %v", err)
	}
	if len(r.remarks(writer, d)) != 1 {
		t.Error("what was said is lost with the request")
	}

	r.Member("Sterenn", press.Animator, r.site.ID, "")
	r.Member("Soraya", press.Animator, r.site.ID, r.Section(r.site, "Ailleurs").ID)
	before := len(r.mails)
	if err := r.AskToRead(ctx, writer, key, editing.Request{Team: true}); err != nil {
		t.Fatal(err)
	}
	if n := len(r.mails) - before; n != 1 {
		t.Errorf("%d animators are asked, want the one of this text", n)
	}
	secret = r.secret(press.MailProofread)
	r.now = r.now.Add(31 * 24 * time.Hour)
	if _, err := r.ToRead(ctx, secret); press.KindOf(err) != press.Gone {
		t.Errorf("a month later it opens: %v", err)
	}
	for range press.MaxProofreadings - 2 {
		if err := r.AskToRead(ctx, writer, key, editing.Request{Email: "n@example.org"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.AskToRead(ctx, writer, key, editing.Request{Email: "n@example.org"}); press.KindOf(err) != press.Invalid {
		t.Errorf("mails without end: %v", err)
	}
}
