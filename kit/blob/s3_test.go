package blob

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestS3Address(t *testing.T) {
	s, err := NewS3("s3://key:p%2Fss@s3.example.org/photos/nord/?region=fr-par")
	if err != nil || s.bucket != "photos" || s.prefix != "nord/" || s.String() != "s3://s3.example.org/photos/nord" {
		t.Errorf("%+v, %v", s, err)
	}
	for _, address := range []string{
		"", "media", "https://key:hunter2@host/bucket", "s3://key:hunter2@host", "s3://key:hunter2@host/", "s3:///bucket",
		"s3://key:hunter2@host/bucket?insecure=perhaps", "s3://key:hunter2@host/bucket?size=3", "s3://key:hunter2%@host/bucket",
	} {
		if _, err := NewS3(address); !errors.Is(err, ErrAddress) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// A server that answers badly, which a good one can't be asked for.
func answers(t *testing.T, status int, code string) *S3 {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
	}))
	t.Cleanup(server.Close)
	s, err := NewS3("s3://key:hunter2@" + strings.TrimPrefix(server.URL, "http://") + "/media?region=x&insecure=1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestS3Refusals(t *testing.T) {
	tests := []struct {
		status int
		code   string
		not    error
		is     error
	}{
		{http.StatusForbidden, "AccessDenied", ErrNotFound, nil},
		{http.StatusNotFound, "NoSuchBucket", ErrNotFound, nil},
		{http.StatusInsufficientStorage, "Full", ErrNotFound, ErrNoSpace},
	}
	for _, tt := range tests {
		s := answers(t, tt.status, tt.code)
		_, err := s.Open(t.Context(), abc)
		if err == nil || errors.Is(err, tt.not) || tt.is != nil && !errors.Is(err, tt.is) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: Open = %v", tt.code, err)
		}
		if err := s.Reach(t.Context()); err == nil {
			t.Errorf("%s: the bucket is reached", tt.code)
		}
	}
}

func TestS3DownloadGoesOn(t *testing.T) {
	content := strings.Repeat("0123456789", 100)
	asked := []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("Range"))
		from := 0
		_, _ = fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from)
		h := w.Header()
		h.Set("Last-Modified", "Tue, 12 May 2026 10:00:00 GMT")
		h.Set("ETag", `"e"`)
		h.Set("Content-Length", fmt.Sprint(len(content)-from))
		if from > 0 {
			h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(content)-1, len(content)))
			w.WriteHeader(http.StatusPartialContent)
		}
		_, _ = io.WriteString(w, content[from:min(from+400, len(content))]) // then the line breaks
	}))
	defer server.Close()
	s, err := NewS3("s3://key:secret@" + strings.TrimPrefix(server.URL, "http://") + "/media?region=x&insecure=1")
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(t.Context(), abc)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); string(got) != content || err != nil {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	if want := "[ bytes=400- bytes=800-]"; fmt.Sprint(asked) != want {
		t.Errorf("asked for %v, want %s", asked, want)
	}
}
