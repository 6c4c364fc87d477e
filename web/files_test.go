package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"bourgeon/kit/blob"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/storetest"
	"bourgeon/web"
)

func TestFiles(t *testing.T) {
	w := newTown(t, func(c *web.Config) { c.Blobs = blob.Disk{Dir: t.TempDir()} })
	const picture = "0123456789"
	hash, _, err := w.config.Blobs.Put(t.Context(), strings.NewReader(picture), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"http://localhost:8080", "http://estran.example.org:8080"} {
		a := w.get(host + "/media/" + hash + ".webp")
		if a.StatusCode != 200 || a.body != picture || a.Header.Get("Content-Type") != "image/webp" ||
			!strings.Contains(a.Header.Get("Cache-Control"), "immutable") || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d %v", host, a.StatusCode, a.Header)
		}
	}
	media := "http://localhost:8080/media/" + hash
	if a := w.get(media+".jpg", header("Range", "bytes=2-4")); a.StatusCode != 206 || a.body != "234" {
		t.Errorf("a range: %d %q", a.StatusCode, a.body)
	}
	if a := w.get(media+".jpg", header("If-None-Match", `"`+hash+`"`)); a.StatusCode != 304 {
		t.Errorf("with its tag: %d", a.StatusCode)
	}
	for name, want := range map[string]string{"compte-rendu.pdf": "application/pdf", "la-mer.ogg": "audio/ogg", "film.mp4": "video/mp4"} {
		a := w.get(media+"/"+name, header("Range", "bytes=7-"))
		policy := a.Header.Get("Content-Security-Policy")
		if a.StatusCode != 206 || a.body != "789" || a.Header.Get("Content-Type") != want || a.Header.Get("X-Content-Type-Options") != "nosniff" ||
			a.Header.Get("Content-Disposition") != `inline; filename="`+name+`"` || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s: %d %q %v", name, a.StatusCode, a.body, a.Header)
		}
	}
	taken := w.Picture(w.criee, "banc.jpg")
	taken.ID, taken.Hash, taken.Variants = storetest.ID[press.MediaID](), hash, nil
	w.Write(func(tx *store.Tx) error {
		return errors.Join(tx.SaveMedia(t.Context(), taken), tx.HideMedia(t.Context(), taken))
	})
	if a := w.get(media + ".webp"); a.StatusCode != 410 || a.Header.Get("Cache-Control") != "no-store" || strings.Contains(a.body, picture) {
		t.Errorf("taken off by a decision: %d %q", a.StatusCode, a.body)
	}
	w.Write(func(tx *store.Tx) error { return tx.ShowMedia(t.Context(), taken.ID) })
	if a := w.get(media + ".webp"); a.StatusCode != 200 {
		t.Errorf("put back: %d", a.StatusCode)
	}
	for _, path := range []string{"/media/" + hash, "/media/" + hash + ".html", "/media/" + hash + "/a.html", "/media/" + hash + "/a.svg", "/media/" + hash + "/%22.pdf", "/media/" + hash + "/.pdf", "/media/" + hash + "/a/b.pdf", "/media/" + strings.Repeat("0", 64) + ".png", "/media/../../etc/passwd.png", "/static/nothing.css", "/static/", "/la-criee/static/style.css"} {
		if a := w.get("http://localhost:8080" + path); a.StatusCode == 200 {
			t.Errorf("%s answers 200", path)
		}
	}
	style := w.config.House.Files.Path("style.css")
	a := w.get("http://localhost:8080"+style, header("Accept-Encoding", "gzip"))
	if a.StatusCode != 200 || a.Header.Get("Content-Encoding") != "gzip" || len(a.body) > 15<<10 || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the stylesheet: %d, %d bytes, %v", a.StatusCode, len(a.body), a.Header)
	}
	if plain := w.get("http://localhost:8080" + style); !strings.Contains(plain.body, w.config.House.Files.Path("young-serif.woff2")[len("/static/"):]) {
		t.Error("the stylesheet doesn't name the font as pages do")
	}
	if old := w.get("http://localhost:8080/static/style.css?v=old"); old.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an old version: %v", old.Header)
	}
	for path, want := range map[string]string{"/favicon.ico": "image/svg+xml", "/robots.txt": "text/plain; charset=utf-8"} {
		if a := w.get("http://localhost:8080" + path); a.StatusCode != 200 || a.Header.Get("Content-Type") != want {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.Header.Get("Content-Type"))
		}
	}
}

// counting notes what a store is asked for.
type counting struct {
	blob.Store
	asked []string
}

func (c *counting) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	c.asked = append(c.asked, "open")
	return c.Store.Open(ctx, hash)
}

func (c *counting) Size(ctx context.Context, hash string) (int64, error) {
	c.asked = append(c.asked, "size")
	return c.Store.Size(ctx, hash)
}

func TestFilesAreOpenedOnlyToBeSent(t *testing.T) {
	store := &counting{Store: blob.Disk{Dir: t.TempDir()}}
	w := newTown(t, func(c *web.Config) { c.Blobs = store })
	hash, _, err := store.Put(t.Context(), strings.NewReader("0123456789"), 100)
	if err != nil {
		t.Fatal(err)
	}
	none := strings.Repeat("0", 64)
	tag, path := `"`+hash+`"`, "/media/"+hash+".jpg"
	for _, tt := range []struct {
		name, method, path string
		with               []option
		status             int
		asked              string
	}{
		{"a first visit", http.MethodGet, path, nil, 200, "[open]"},
		{"a return", http.MethodGet, path, []option{header("If-None-Match", tag)}, 304, "[]"},
		{"a return through a proxy", http.MethodGet, path, []option{header("If-None-Match", `"other", W/`+tag)}, 304, "[]"},
		{"a return for the headers", http.MethodHead, path, []option{header("If-None-Match", tag)}, 304, "[]"},
		{"a return to a document", http.MethodGet, "/media/" + hash + "/plan.pdf", []option{header("If-None-Match", tag)}, 304, "[]"},
		{"another tag", http.MethodGet, path, []option{header("If-None-Match", `"`+none+`"`)}, 200, "[open]"},
		{"whatever it has", http.MethodGet, path, []option{header("If-None-Match", "*")}, 304, "[open]"},
		{"whatever it has of nothing", http.MethodGet, "/media/" + none + ".jpg", []option{header("If-None-Match", "*")}, 404, "[open]"},
		{"a condition that fails before", http.MethodGet, path, []option{header("If-None-Match", tag), header("If-Match", `"x"`)}, 412, "[open]"},
		{"the headers", http.MethodHead, path, nil, 200, "[size]"},
		{"the headers of a part", http.MethodHead, path, []option{header("Range", "bytes=2-4")}, 206, "[size]"},
		{"the headers of nothing", http.MethodHead, "/media/" + none + ".jpg", nil, 404, "[size]"},
		{"no digest", http.MethodGet, "/media/x.jpg", []option{header("If-None-Match", `"x"`)}, 404, "[]"},
	} {
		store.asked = nil
		a := w.do(tt.method, "http://localhost:8080"+tt.path, nil, tt.with...)
		if asked := fmt.Sprint(store.asked); a.StatusCode != tt.status || asked != tt.asked {
			t.Errorf("%s: %d, the store was asked for %s; want %d, %s", tt.name, a.StatusCode, asked, tt.status, tt.asked)
		}
		h := a.Header
		if tt.status < 400 && (h.Get("ETag") != tag || !strings.Contains(h.Get("Cache-Control"), "immutable")) {
			t.Errorf("%s: %v", tt.name, h)
		}
		if tt.status == 304 && (a.body != "" || h.Get("Content-Type") != "") {
			t.Errorf("%s: %q of type %q", tt.name, a.body, h.Get("Content-Type"))
		}
		if tt.method == http.MethodHead && tt.status == 200 && (h.Get("Content-Length") != "10" || h.Get("Content-Type") != "image/jpeg") {
			t.Errorf("%s: %v", tt.name, h)
		}
	}
}
