package signin_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/ratelimit"
	"bourgeon/press"
	"bourgeon/store/storetest"
	"bourgeon/web/walktest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const (
	submit  = "main form.form .acts button"
	nolwenn = "nolwenn@criee.example"
)

func ask(town *walktest.Town, query, email string) *walktest.Walker {
	return town.Walker().Go("/signin"+query).Press(submit, walktest.Fill{"email": {email}})
}

func code(c string) walktest.Fill { return walktest.Fill{"code": {c}} }

func TestByCode(t *testing.T) {
	town := walktest.NewTown(t)
	w := ask(town, "?next=/write", nolwenn).Want(200).At("/challenge/").Says(nolwenn)
	digits := town.LastMail(nolwenn).Data["code"]
	for left := 4; left >= 1; left-- {
		w.Press(submit, code(wrong(digits))).Want(422)
		if !w.Page.Has("#code-error") || !strings.Contains(w.Page.One(t, "#code-error").Text(), string(rune('0'+left))) {
			t.Fatalf("%d tries left, but: %s", left, w.Page.Texts("main"))
		}
	}
	w.Press(submit, code(digits[:3]+" "+digits[3:])).Want(200).At("/write")
	if !w.SignedIn() {
		t.Error("not signed in")
	}
}

func wrong(code string) string {
	if code == "111111" {
		return "222222"
	}
	return "111111"
}

func TestFiveWrongCodesEndIt(t *testing.T) {
	town := walktest.NewTown(t)
	w := ask(town, "", nolwenn)
	first := town.LastMail(nolwenn).Data["code"]
	for range press.MaxAttempts {
		w.Press(submit, code(wrong(first)))
	}
	w.Want(http.StatusGone)
	if w.Page.Has("#code") {
		t.Error("the code is still asked for")
	}
	w.Press("button[name=again]", nil).Want(200).At("/challenge/")
	second := town.LastMail(nolwenn).Data["code"]
	w.Press(submit, code(second)).Want(200).At("/me")
}

func TestByLink(t *testing.T) {
	town := walktest.NewTown(t)
	ask(town, "", nolwenn)
	link := "/confirm/" + town.LastMail(nolwenn).Data["token"]
	w := town.Walker().Go(link).Want(200)
	if w.SignedIn() {
		t.Fatal("opening the link already signs in: a mail scanner would use it up")
	}
	if w.Header.Get("Referrer-Policy") != "same-origin" {
		t.Error("the secret may leak by referrers")
	}
	w.Press("main form button", nil).Want(200).At("/me")
	if !w.SignedIn() {
		t.Fatal("not signed in")
	}
	town.Walker().Go(link).Want(http.StatusGone).Says("déjà servi")

	ask(town, "", nolwenn)
	late := "/confirm/" + town.LastMail(nolwenn).Data["token"]
	town.At = town.At.Add(30 * 24 * time.Hour)
	again := town.Walker().Go(late).Want(http.StatusGone)
	if !again.Page.Has(`main a[href="/la-criee/signin"]`) {
		t.Error("no way out of an old link")
	}
	town.Walker().Go("/confirm/forged").Want(http.StatusGone)
}

func TestCookie(t *testing.T) {
	for base, want := range map[string][]string{
		"http://localhost:8080":       {"Path=/;", "HttpOnly", "SameSite=Lax"},
		"https://localhost:8080/base": {"Path=/base/;", "HttpOnly", "SameSite=Lax", "Secure"},
	} {
		town := walktest.NewTown(t)
		town.House.Addresses.Base = base
		w := town.Walker()
		prefix := ""
		if strings.HasSuffix(base, "/base") {
			prefix = "/base"
		}
		w.Send(prefix+"/la-criee/signin", url.Values{"email": {nolwenn}}, false).Want(200)
		w.Cookies = nil
		w.Send(prefix+"/la-criee/confirm/"+town.LastMail(nolwenn).Data["token"], nil, false)
		if len(w.Cookies) != 1 {
			t.Fatalf("%s: cookies %q", base, w.Cookies)
		}
		for _, part := range want {
			if !strings.Contains(w.Cookies[0]+";", part) {
				t.Errorf("%s: the cookie %q lacks %q", base, w.Cookies[0], part)
			}
		}
	}
}

func TestNextStaysHere(t *testing.T) {
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/%09/evil.example", "javascript:alert(1)"} {
		town := walktest.NewTown(t)
		w := ask(town, "?next="+url.QueryEscape(next), nolwenn)
		w.Press(submit, code(town.LastMail(nolwenn).Data["code"]))
		if !strings.HasPrefix(w.Path, "/la-criee/") {
			t.Errorf("next=%s leads to %s", next, w.Path)
		}
	}
}

func TestSignOut(t *testing.T) {
	town := walktest.NewTown(t)
	v := town.Viewer(town.Person("Nolwenn"))
	here, there := town.As(v), town.As(v)
	here.Go("/me").Press(`form[action="/la-criee/signout"] button.quiet`, nil)
	if here.SignedIn() {
		t.Error("still signed in here")
	}
	there.Go("/me").Want(200).At("/me").Press("button[name=everywhere]", nil)
	third := town.As(v)
	fourth := town.As(v)
	third.Go("/me").Press("button[name=everywhere]", nil)
	fourth.Go("/me").At("/signin")
}

func TestInvitation(t *testing.T) {
	town := walktest.NewTown(t)
	steward := town.Member("Gwenola Stéphan", press.Steward, town.Site.ID, "")
	_, err := town.Door.Invite(t.Context(), steward, press.Invitation{
		Site: town.Site.ID, Role: press.Animator, Email: "loeiz@criee.example", Message: "<b>Viens</b> !",
	})
	if err != nil {
		t.Fatal(err)
	}
	w := town.Walker().Portal().Go("/invitation/"+town.LastMail("loeiz@criee.example").Data["token"]).Want(200).Says("Gwenola Stéphan", "La Criée", "<b>Viens</b> !")
	w.Press(submit, nil).Want(422)
	if !w.Page.Has("#name-error") {
		t.Error("no fault beside the name")
	}
	w.Press(submit, walktest.Fill{"name": {"Loeiz Kervella"}}).Want(200).At("/me")
	p, err := town.Store.PersonByEmail(t.Context(), press.Itself, "loeiz@criee.example")
	if err != nil || !town.Viewer(p).May(press.Animator, town.Site.ID, "") || p.InvitedBy != steward.Person {
		t.Errorf("%+v %v", p, err)
	}
	town.Walker().Portal().Go("/invitation/" + town.LastMail("loeiz@criee.example").Data["token"]).Want(http.StatusGone)
	town.Walker().Portal().Go("/invitation/forged").Want(http.StatusNotFound)
}

func TestLimits(t *testing.T) {
	town := walktest.NewTown(t)
	town.House.Limits.SignIn = ratelimit.New(ratelimit.Rate{Burst: 1, Every: time.Hour}, func() time.Time { return town.At })
	ask(town, "", nolwenn).Want(200)
	w := ask(town, "", "maryvonne@criee.example").Want(http.StatusTooManyRequests)
	if w.Header.Get("Retry-After") == "" || w.Page.One(t, "#email").Attr("value") != "maryvonne@criee.example" {
		t.Errorf("limit: %v", w.Header)
	}
	ask(walktest.NewTown(t), "", "pas une adresse").Want(422)
}
