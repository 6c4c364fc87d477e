package crash

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bourgeon/app/joining"
	"bourgeon/e2e/program"
	"bourgeon/press"
	"bourgeon/store"
)

// signIn gives each writer of the site a session.
func signIn(t *testing.T, database string) (secrets []string) {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	site, err := s.SiteBySlug(t.Context(), press.Itself, siteSlug)
	if err != nil {
		t.Fatal(err)
	}
	members, err := s.Memberships(t.Context(), press.Itself, site.ID)
	if err != nil {
		t.Fatal(err)
	}
	door := &joining.Door{Store: s, Now: time.Now}
	for _, m := range members {
		session, err := door.Open(t.Context(), m.Person)
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, session.Token)
	}
	return secrets
}

// publishAndKill lets all publish at once, kills the program when some
// publications are acknowledged, and returns how many were until it was dead.
// Errors that come of the killing are expected.
func publishAndKill(t *testing.T, s *program.Server, sessions []string, round string, after int, known acknowledgements) (acknowledged int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // should it hang
	defer cancel()
	transport := &http.Transport{MaxIdleConnsPerHost: publications}
	defer transport.CloseIdleConnections()
	var mu sync.Mutex
	var all sync.WaitGroup
	killed := false
	for n := range publications {
		all.Go(func() {
			text := sample(round, n)
			b := browser{transport: transport, base: s.Base + "/" + siteSlug, session: sessions[n%len(sessions)], number: n}
			err := b.publish(ctx, text, func(draft string) {
				mu.Lock()
				defer mu.Unlock()
				known.drafts[text.name] = press.DraftID(draft)
			})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				known.entries[text.name] = true
				if acknowledged++; acknowledged == after {
					killed = true
					all.Go(s.Kill)
				}
			case !killed:
				t.Errorf("publication %d: %v", n, err)
			}
		})
	}
	all.Wait()
	return acknowledged
}

// browser is what somebody who is signed in writes with.
type browser struct {
	transport *http.Transport
	base      string // of the site
	session   string
	number    int // tells its address apart
}

var drawnVersion = regexp.MustCompile(`name="version" value="(\d+)"`)

func (b browser) publish(ctx context.Context, s contribution, kept func(draft string)) error {
	fields := url.Values{"title": {s.title}, "text": {s.text}, "tags": {strings.Join(s.tags, ", ")}, "do": {"sign"}}
	where, _, err := b.send(ctx, "/write/article", fields, s.picture)
	if err != nil {
		return err
	}
	key := path.Base(path.Dir(where)) // /mag/draft/KEY/sign
	kept(key)
	_, page, err := b.do(ctx, http.MethodGet, "/draft/"+key+"/sign", "", nil)
	if err != nil {
		return err
	}
	version := drawnVersion.FindStringSubmatch(page)
	if version == nil {
		return fmt.Errorf("no version on the page to sign:\n%.2000s", page)
	}
	signing := url.Values{
		"version": {version[1]}, "kind": {string(s.signing.Kind)}, "name": {s.signing.Name}, "co_authors": {s.signing.CoAuthors},
		"charter": {"on"},
	}
	if s.signing.ForSomeone {
		signing["scribe"], signing["scribe_name"] = []string{"other"}, []string{s.signing.ScribeName}
	}
	_, _, err = b.send(ctx, "/draft/"+key+"/sign", signing, nil)
	return err
}

// send posts a form, and wants to be led on.
func (b browser) send(ctx context.Context, to string, fields url.Values, picture []byte) (where, page string, err error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, value := range values {
			if err := form.WriteField(name, value); err != nil {
				return "", "", err
			}
		}
	}
	if picture != nil {
		file, err := form.CreateFormFile("pictures-new", "photo.jpg")
		if err == nil {
			_, err = file.Write(picture)
		}
		if err != nil {
			return "", "", err
		}
	}
	if err := form.Close(); err != nil {
		return "", "", err
	}
	where, page, err = b.do(ctx, http.MethodPost, to, form.FormDataContentType(), &body)
	if err == nil && where == "" {
		err = fmt.Errorf("POST %s leads nowhere:\n%.3000s", to, page)
	}
	return where, page, err
}

func (b browser) do(ctx context.Context, method, to, kind string, body io.Reader) (where, page string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, b.base+to, body)
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept-Language", "fr")
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", b.number)) // limits are for each
	r.AddCookie(&http.Cookie{Name: "bourgeon_session", Value: b.session})
	answer, err := b.transport.RoundTrip(r)
	if err != nil {
		return "", "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	switch {
	case answer.StatusCode == http.StatusSeeOther: // acknowledged, even if the rest is lost
		return answer.Header.Get("Location"), string(text), nil
	case err != nil:
		return "", "", err
	case answer.StatusCode != http.StatusOK:
		return "", "", errors.New(method + " " + to + ": " + answer.Status + "\n" + string(text[:min(len(text), 3000)]))
	}
	return "", string(text), nil
}
