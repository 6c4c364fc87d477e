package demo

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bourgeon/kit/typocheck"
)

// skipped are addresses that lead to no page of ours in French, or that would go on for ever.
var skipped = regexp.MustCompile(`[?&](?:lang|reading|look|before|after|done|at)=|/(?:static|media|api|demo|oembed)(?:/|$)|\.(?:atom|rss|json|xml|md|ics|opml|txt|css)(?:$|\?)|/signout|/picture/(?:whole|preview)`)

// checkFrench reads all pages that lead to each other, as nobody and as each of the guests, and the mails, as a
// proof-reader does.
func checkFrench(t *testing.T, printed, base string) {
	doors := map[string]string{"nobody": base + "/"}
	for _, link := range demoLink.FindAllStringSubmatch(printed, -1) {
		doors[link[1]] = link[2]
	}
	read, faults := map[string]bool{}, map[typocheck.Fault]bool{}
	for who, door := range doors {
		jar, _ := cookiejar.New(nil) // never fails
		reader := &http.Client{Jar: jar}
		pages := 0
		waiting, met := []string{door, base + "/", base + "/outbox", base + "/la-criee/desk", base + "/la-criee/write/article"}, map[string]bool{}
		for len(waiting) > 0 && pages < 900 {
			address := waiting[0]
			if waiting = waiting[1:]; met[address] {
				continue
			}
			met[address] = true
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Accept-Language", "fr")
			answer, err := reader.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
				continue
			}
			pages++
			page := string(body)
			if !strings.Contains(page, `<html lang="fr"`) {
				continue
			}
			found, err := typocheck.Page(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if !faults[f] {
					faults[f] = true
					t.Errorf("%s, as %s: %s: %s", answer.Request.URL.Path, who, f.Rule, f.Excerpt)
				}
			}
			read[answer.Request.URL.Path] = true
			for _, link := range href.FindAllStringSubmatch(page, -1) {
				u, err := answer.Request.URL.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
				if err != nil || u.Scheme+"://"+u.Host != base || skipped.MatchString(u.RequestURI()) {
					continue
				}
				u.Fragment = ""
				if known := u.String(); !met[known] && (who == "nobody" || private(u)) {
					waiting = append(waiting, known)
				}
			}
		}
	}
	t.Logf("%d pages read over, %d faults", len(read), len(faults))
	if len(read) < 300 {
		t.Errorf("only %d pages were read", len(read))
	}
}

// private tells of the pages that only those who are signed in see, on one site and at the portal: the others have the same.
func private(u *url.URL) bool {
	for _, other := range []string{"/bord-a-bord/", "/estran/", "/fil-commun/"} {
		if strings.HasPrefix(u.Path, other) {
			return false
		}
	}
	for _, part := range []string{"/desk", "/me", "/write", "/edit", "/draft", "/sign", "/outbox", "/withdraw", "/translate"} {
		if strings.Contains(u.Path, part) {
			return true
		}
	}
	return false
}
