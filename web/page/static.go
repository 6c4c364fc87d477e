package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"

	"bourgeon/kit/pow"
)

//go:embed static
var embedded embed.FS

const immutable = "public, max-age=31536000, immutable"

// Files are the embedded files under /static/, compressed once, each under a version made of its content.
type Files struct{ files map[string]*file }

type file struct {
	body, gzip []byte
	version    string
	mime       string
}

var styleURL = regexp.MustCompile(`url\("([\w.-]+)"\)`)

// LoadFiles prepares the embedded files.
func LoadFiles() (*Files, error) {
	f := &Files{files: map[string]*file{}}
	sub, err := fs.Sub(embedded, "static")
	if err != nil {
		return nil, fmt.Errorf("load static files: %w", err)
	}
	bodies := map[string][]byte{"pow.js": pow.Script}
	err = fs.WalkDir(sub, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		bodies[name], err = fs.ReadFile(sub, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load static files: %w", err)
	}
	// Stylesheets come last: they name the other files, by the same versioned addresses as pages do, or a preloaded
	// font would be fetched twice.
	for name, body := range bodies {
		if path.Ext(name) != ".css" {
			f.add(name, body)
		}
	}
	for name, body := range bodies {
		if path.Ext(name) == ".css" {
			f.add(name, styleURL.ReplaceAllFunc(body, func(match []byte) []byte {
				target := string(styleURL.FindSubmatch(match)[1])
				if f.files[target] == nil {
					return match
				}
				return fmt.Appendf(nil, `url("%s?v=%s")`, target, f.files[target].version)
			}))
		}
	}
	return f, nil
}

var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

func (f *Files) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	kept := &file{body: body, version: hex.EncodeToString(sum[:6]), mime: types[path.Ext(name)]}
	if kept.mime == "" {
		kept.mime = mime.TypeByExtension(path.Ext(name))
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	if b.Len() < len(body)*9/10 {
		kept.gzip = b.Bytes()
	}
	f.files[name] = kept
}

// Path is the address of a file on its host.
func (f *Files) Path(name string) string {
	if kept := f.files[name]; kept != nil {
		return "/static/" + name + "?v=" + kept.version
	}
	return "/static/" + name
}

// Serve answers with a file; it tells false, having written nothing, when there is none.
func (f *Files) Serve(w http.ResponseWriter, r *http.Request, name string) bool {
	kept := f.files[name]
	if kept == nil {
		return false
	}
	h := w.Header()
	h.Set("Content-Type", kept.mime)
	h.Set("ETag", `"`+kept.version+`"`)
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == kept.version {
		h.Set("Cache-Control", immutable)
	}
	body := kept.body
	if kept.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			h.Set("ETag", `"`+kept.version+`-gzip"`)
			body = kept.gzip
		}
	}
	if match := r.Header.Get("If-None-Match"); match != "" && match == h.Get("ETag") {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
	return true
}
