package write

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

const (
	maxPicture  = 25_000_000 // bytes of one file; filing looks at its pixels
	maxPictures = 12         // of one request
	maxFields   = 12 << 20   // bytes of all that was typed, as sent
)

// upload is a file that came with a form, waiting on disk.
type upload struct {
	name  string
	file  *os.File // nil when it was refused already
	fault press.FieldError
}

// received is a form as it came. Unlike page.ReadForm it keeps what was typed when a file is too large or the connection
// breaks off: whoever writes must not lose a text to a picture.
type received struct {
	page.Form
	uploads []upload
	broken  error // what came before is here
}

// receive reads a form of either encoding. The caller closes it.
func receive(r *http.Request) (*received, error) {
	in := &received{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		parts, err := r.MultipartReader()
		if err != nil {
			return nil, err
		}
		values := url.Values{}
		in.broken = in.read(parts, values)
		r.Form, r.PostForm = values, values
		r.MultipartForm = &multipart.Form{Value: values}
	}
	var err error
	if in.Form, err = page.ReadForm(r); err != nil {
		in.close()
		return nil, err
	}
	return in, nil
}

func (in *received) close() {
	for _, u := range in.uploads {
		if u.file != nil {
			_ = u.file.Close()
			_ = os.Remove(u.file.Name())
		}
	}
}

func (in *received) read(parts *multipart.Reader, values url.Values) error {
	left := int64(maxFields)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			if err := in.keep(part); err != nil {
				return err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left))
		values.Add(part.FormName(), string(text))
		if left -= int64(len(text)) + 64; err != nil || left <= 0 {
			return errors.Join(err, errFull(left))
		}
	}
}

func errFull(left int64) error {
	if left > 0 {
		return nil
	}
	return &http.MaxBytesError{Limit: maxFields}
}

// keep puts a file on disk, or notes why not and reads past it.
func (in *received) keep(part *multipart.Part) error {
	u := upload{name: press.CleanLine(part.FileName())}
	if len(in.uploads) >= maxPictures {
		_, err := io.Copy(io.Discard, part)
		return err
	}
	file, err := os.CreateTemp("", "bourgeon-upload-*")
	if err != nil {
		u.fault = press.FieldError{Message: "%s could not be kept for now: try again in a minute.", Args: []any{u.name}}
		in.uploads = append(in.uploads, u)
		_, err = io.Copy(io.Discard, part)
		return err
	}
	u.file = file
	n, err := io.Copy(file, io.LimitReader(part, maxPicture+1))
	if n > maxPicture {
		rest, restErr := io.Copy(io.Discard, part)
		u.fault = tooHeavy(u.name, n+rest)
		err = restErr
	} else if err != nil {
		u.fault = press.FieldError{Message: "%s did not arrive whole: send it again.", Args: []any{u.name}}
	}
	if u.fault.Message != "" {
		_ = file.Close()
		_ = os.Remove(file.Name())
		u.file = nil
	}
	in.uploads = append(in.uploads, u)
	return err
}

func tooHeavy(name string, bytes int64) press.FieldError {
	return press.FieldError{
		Message: "%s weighs %d MB. Choose a picture of %d MB at most, or save it smaller.",
		Args:    []any{name, (bytes + 999_999) / 1_000_000, maxPicture / 1_000_000},
	}
}

// pressed is the button that sent the form: "save" when none is named, as when a form is sent with Enter.
func (in *received) pressed() string {
	if do := in.Line("do"); do != "" {
		return do
	}
	return "save"
}

// version is the state of the draft that the page was made from.
func (in *received) version() int {
	n, _ := strconv.Atoi(in.Line("version"))
	return n
}

// content reads the answers over those of a draft; what the page did not ask is left as it was.
func (in *received) content(form press.Form, before press.Content) press.Content {
	c := before
	given := in.Answers(form)
	c.Answers = press.Answers{}
	for _, field := range form.Fields {
		switch {
		case field.Kind == press.Pictures:
			for _, id := range in.All(field.Key) {
				if !in.Has("drop-" + id) {
					c.Answers[field.Key] = append(c.Answers[field.Key], id)
				}
			}
			if first := in.Line("lead"); first != "" {
				c.Answers[field.Key] = ahead(c.Answers[field.Key], first)
			}
		case given[field.Key] != nil:
			c.Answers[field.Key] = given[field.Key]
		case before.Answers[field.Key] != nil:
			c.Answers[field.Key] = before.Answers[field.Key]
		}
	}
	if in.Has("section") {
		c.Section = press.SectionID(in.Line("section"))
	}
	if in.Has("tags") {
		c.Tags = press.SplitTags(in.Text("tags"))
	}
	if language := in.Line("language"); press.KnownLanguage(language) {
		c.Language = language
	}
	return c
}

// ahead moves one of a list to its front.
func ahead(list []string, first string) []string {
	for i, s := range list {
		if s == first {
			copy(list[1:i+1], list[:i])
			list[0] = first
			break
		}
	}
	return list
}

// empty tells whether nothing was typed or sent.
func (in *received) empty(form press.Form) bool {
	for _, answer := range form.Tidy(in.Answers(form)) {
		if len(answer) > 0 {
			return false
		}
	}
	return len(in.uploads) == 0 && strings.TrimSpace(in.Text("tags")) == ""
}
