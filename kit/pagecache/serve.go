package pagecache

import (
	"net/http"
	"strconv"
	"strings"
)

// ServeTo answers r with page: 304 if the client has it already (RFC 9110, section 13.2.2), else in gzip if there is one and
// the client takes it. The headers of page are added to those set before, replacing those of the same name, except for Vary,
// which both have a say in. The answer to HEAD has all headers and no body.
func ServeTo(w http.ResponseWriter, r *http.Request, page *Page) {
	header := w.Header()
	for name, values := range page.Header {
		if name == "Vary" {
			header[name] = append(header[name][:len(header[name]):len(header[name])], values...)
			continue
		}
		header[name] = values[:len(values):len(values)] // who appends gets a copy
	}
	if page.ETag != "" {
		header["Etag"] = []string{page.ETag}
	}
	body := page.Body
	if page.Gzip != nil {
		if !varies(header["Vary"]) {
			header["Vary"] = append(header["Vary"], "Accept-Encoding")
		}
		if acceptsGzip(r.Header["Accept-Encoding"]) {
			header["Content-Encoding"] = gzipEncoding
			body = page.Gzip
		}
	}
	status := page.Status
	if status == 0 {
		status = http.StatusOK
	}
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	if status == http.StatusOK && reading && has(r, page.ETag, header.Get("Last-Modified")) {
		delete(header, "Content-Encoding")
		delete(header, "Content-Type")
		delete(header, "Content-Length")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if status == http.StatusNoContent || status == http.StatusNotModified || status < 200 {
		w.WriteHeader(status)
		return
	}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body) // a client that has gone is nobody's error
	}
}

var gzipEncoding = []string{"gzip"} // shared by all responses; its capacity is its length

func varies(fields []string) bool {
	for _, field := range fields {
		for name := range strings.SplitSeq(field, ",") {
			if name = strings.TrimSpace(name); name == "*" || strings.EqualFold(name, "Accept-Encoding") {
				return true
			}
		}
	}
	return false
}

// has tells whether the client has the page already: by its tag, or, for clients that give none, by its date.
func has(r *http.Request, tag, modified string) bool {
	if tags := r.Header["If-None-Match"]; len(tags) > 0 {
		return tag != "" && matches(tags, tag)
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	if err != nil {
		return false
	}
	at, err := http.ParseTime(modified)
	return err == nil && !at.After(since)
}

// matches compares as If-None-Match does, weakly: what follows W/ decides (RFC 9110, section 8.8.3.2).
func matches(fields []string, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for _, field := range fields {
		for rest := strings.TrimLeft(field, " \t,"); rest != ""; rest = strings.TrimLeft(rest, " \t,") {
			if rest[0] == '*' {
				return true
			}
			rest = strings.TrimPrefix(rest, "W/")
			if rest == "" || rest[0] != '"' {
				break // malformed: the client gets the whole page
			}
			end := strings.IndexByte(rest[1:], '"')
			if end < 0 {
				break
			}
			if rest[:end+2] == tag {
				return true
			}
			rest = rest[end+2:]
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding (RFC 9110, section 12.5.3): gzip is welcome if it, or else *, is named without q=0.
func acceptsGzip(fields []string) bool {
	any := false
	for _, field := range fields {
		for coding := range strings.SplitSeq(field, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			name = strings.TrimSpace(name)
			switch {
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				return !refused(parameters)
			case name == "*":
				any = !refused(parameters)
			}
		}
	}
	return any
}

// refused reports whether a weight is zero, in any of its spellings.
func refused(parameters string) bool {
	name, value, found := strings.Cut(parameters, "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return false
	}
	value = strings.TrimSpace(value)
	return strings.HasPrefix(value, "0") && strings.Trim(value, "0.") == ""
}
