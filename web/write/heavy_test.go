package write_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bourgeon/kit/htmltest"
	"bourgeon/web/walktest"
)

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A file of 200 MB, over a real connection: an answer that one can read, not a connection that is cut.
func TestHeavyFileGetsAnAnswer(t *testing.T) {
	server := httptest.NewServer(walktest.NewTown(t).Handler())
	defer server.Close()
	body, sent := io.Pipe()
	form := multipart.NewWriter(sent)
	go func() {
		err := form.WriteField("title", "Le quai")
		for _, part := range []struct {
			field, file string
			size        int64
		}{{"pictures-new", "quai.jpg", 200_000_000}, {"text", "", 0}, {"do", "", 0}} {
			if err != nil {
				break
			}
			if part.file == "" {
				err = form.WriteField(part.field, map[string]string{"text": "Tout ce texte.", "do": "preview"}[part.field])
				continue
			}
			var w io.Writer
			if w, err = form.CreateFormFile(part.field, part.file); err == nil {
				_, err = io.CopyN(w, zeros{}, part.size)
			}
		}
		if err == nil {
			err = form.Close()
		}
		sent.CloseWithError(err)
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/la-criee/write/article", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Accept-Language", "fr")
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("%d, %v:\n%s", answer.StatusCode, err, bytes.TrimSpace(said))
	}
	page := htmltest.Parse(t, string(said))
	fault := strings.Join(strings.Fields(page.One(t, "#pictures-error").Text()), " ")
	if !strings.Contains(fault, "quai.jpg") || !strings.Contains(fault, "200") || !strings.Contains(fault, "25") {
		t.Errorf("beside the field: %q", fault)
	}
	if !strings.Contains(page.One(t, "textarea#text").Text(), "Tout ce texte") {
		t.Error("the text is lost")
	}
}
