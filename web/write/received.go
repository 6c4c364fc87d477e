package write

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"bourgeon/kit/locale"
	"bourgeon/press"
	"bourgeon/web/page"
)

const (
	maxFiles  = 12       // of one request
	maxFields = 12 << 20 // bytes of all that was typed, as sent
)

// upload is a file that came with a form, waiting on disk.
type upload struct {
	field string // of the form: "pictures"
	name  string
	file  *os.File // nil when it was refused already
	fault press.FieldError
}

// received is a form as it came. Unlike page.ReadForm it keeps what was typed when a file is too large or the connection
// breaks off: whoever writes must not lose a text to a picture.
type received struct {
	page.Form
	uploads []upload
	broken  error                    // what came before is here
	most    func(field string) int64 // bytes of one file; filing looks at the rest
}

// receive reads a form of either encoding. The caller closes it.
func (f *Face) receive(r *http.Request, form press.Form) (*received, error) {
	in := &received{most: func(key string) int64 { return f.most(form, key) }}
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
	u := upload{field: strings.TrimSuffix(part.FormName(), "-new"), name: press.CleanLine(part.FileName())}
	if len(in.uploads) >= maxFiles {
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
	most := in.most(u.field)
	n, err := io.Copy(file, io.LimitReader(part, most+1))
	if n > most {
		rest, restErr := io.Copy(io.Discard, part)
		u.fault = tooHeavy(u.name, n+rest, most)
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

func tooHeavy(name string, bytes, most int64) press.FieldError {
	return press.FieldError{
		Message: "%s weighs %d MB: %d MB at most. Save it smaller, then send it again.",
		Args:    []any{name, (bytes + 999_999) / 1_000_000, most / 1_000_000},
	}
}

// most is how many bytes a file of a field may have, of any kind that the field takes.
func (f *Face) most(form press.Form, key string) int64 {
	picture, sizes := f.Cabinet.MostBytes()
	for _, field := range form.Fields {
		if field.Key == key && field.Kind == press.Files {
			return max(sizes.Document, sizes.Audio, sizes.Video)
		}
	}
	return picture
}

// pressed is the button that sent the form: "save" when none is named, as when a form is sent with Enter.
func (in *received) pressed() string {
	if do := in.Line("do"); do != "" {
		return do
	}
	for _, key := range in.All("asks") {
		if in.Has(key + ".map.x") { // the map was pressed
			return "view:" + key + ":" + in.Line(key+".view")
		}
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
	c.Answers = press.Answers{}
	for _, field := range form.Fields {
		answer, asked := in.answer(field)
		switch {
		case field.Kind.Media() && (asked || !in.Has("asks")):
			for _, id := range in.All(field.Key) {
				if !in.Has("drop-" + id) {
					c.Answers[field.Key] = append(c.Answers[field.Key], id)
				}
			}
			c.Answers[field.Key] = in.rearranged(c.Answers[field.Key])
		case asked:
			c.Answers[field.Key] = answer
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
	if language := in.Line("language"); slices.Contains(locale.Named, language) {
		c.Language = language
	}
	return c
}

// rearranged is a list of files as the button pressed changes it: up, down or off.
func (in *received) rearranged(ids []string) []string {
	act, id, _ := strings.Cut(in.pressed(), ":")
	at := slices.Index(ids, id)
	switch {
	case at < 0:
	case act == "drop":
		return slices.Delete(ids, at, at+1)
	case act == "up" && at > 0:
		ids[at], ids[at-1] = ids[at-1], ids[at]
	case act == "down" && at < len(ids)-1:
		ids[at], ids[at+1] = ids[at+1], ids[at]
	}
	return ids
}

// empty tells whether nothing was typed or sent.
func (in *received) empty(form press.Form) bool {
	answers := press.Answers{}
	for _, field := range form.Fields {
		if field.Kind != press.Inviter { // it may have come with a link
			answers[field.Key], _ = in.answer(field)
		}
	}
	if len(form.Tidy(answers)) > 0 {
		return false
	}
	return len(in.uploads) == 0 && strings.TrimSpace(in.Text("tags")) == ""
}
