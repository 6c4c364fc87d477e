package page

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"bourgeon/press"
)

// Form is what was sent with a request, cleaned: valid UTF-8, no control characters.
type Form struct {
	values map[string][]string
	files  map[string][]*multipart.FileHeader
}

// ReadForm reads a form of either encoding, of at most the size that the route allows. More is press.TooLarge, and what
// isn't a form is press.Invalid. Large files wait on disk until the request is over.
func ReadForm(r *http.Request) (Form, error) {
	const inMemory = 1 << 20
	err := r.ParseForm() // first: ParseMultipartForm forgets its errors
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(inMemory)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge), errors.Is(err, multipart.ErrMessageTooLarge):
		return Form{}, fmt.Errorf("read the form: %w: %w", err, press.Problem(press.TooLarge,
			"This is more than we can take at once. Shorten the text, or send fewer or smaller pictures."))
	case err != nil:
		return Form{}, fmt.Errorf("read the form: %w: %w", err, press.Problem(press.Invalid,
			"Part of what you sent was lost on the way. Go back, and send it again."))
	}
	f := Form{values: r.Form}
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	return f, nil
}

// Line is the first answer to a question, as one line.
func (f Form) Line(name string) string { return press.CleanLine(f.raw(name)) }

// Text is the first answer to a question, with its lines.
func (f Form) Text(name string) string { return press.Clean(f.raw(name)) }

func (f Form) raw(name string) string {
	if len(f.values[name]) == 0 {
		return ""
	}
	return f.values[name][0]
}

// All are all answers to a question that aren't empty, each as one line.
func (f Form) All(name string) []string {
	var all []string
	for _, s := range f.values[name] {
		if s = press.CleanLine(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Values are all answers to a question as they came.
func (f Form) Values(name string) []string { return slices.Clone(f.values[name]) }

// Has tells whether a box was ticked, or a button of that name pressed.
func (f Form) Has(name string) bool { return len(f.values[name]) > 0 }

// Files are the files sent under a name, without the empty ones that browsers send for an empty field.
func (f Form) Files(name string) []*multipart.FileHeader {
	var files []*multipart.FileHeader
	for _, file := range f.files[name] {
		if file.Size > 0 || file.Filename != "" {
			files = append(files, file)
		}
	}
	return files
}

const (
	trapField      = "website" // people never see it: see Robots
	challengeField = "pow"
	nonceField     = "pow_nonce"
)

// Welcome keeps robots out of a public form that carries Robots: a filled trap is refused, and a form without proof of
// work (no JavaScript, or no patience) is counted by a stricter limit.
func (v *Visit) Welcome(f Form) error {
	if strings.TrimSpace(f.raw(trapField)) != "" {
		return press.Problem(press.Invalid, "A field that should stay empty was filled. Empty it, and send again.")
	}
	gate := v.House.Gate
	if gate == nil {
		return nil
	}
	if gate.Check(f.raw(challengeField), f.raw(nonceField)) == nil {
		return nil
	}
	return v.Allow(v.House.Limits.Bare)
}

// Challenge is the work asked of a public form's sender, one a page: <form data-pow={ v.Challenge() }> with Robots inside.
func (v *Visit) Challenge() string {
	if v.challenge == "" && v.House.Gate != nil {
		v.challenge = v.House.Gate.Challenge()
	}
	return v.challenge
}

// Faults are what is wrong with a form, field by field.
type Faults []press.FieldError

// FaultsOf finds the faults in a press.Invalid error, with its own message as the fault of field "" if it names none:
// render the form again with them, status 422. It is false for other errors, which the handler returns.
func FaultsOf(err error) (Faults, bool) {
	var e *press.Error
	if !errors.As(err, &e) || e.Kind != press.Invalid {
		return nil, false
	}
	if len(e.Fields) == 0 {
		return Faults{{Message: e.Message, Args: e.Args}}, true
	}
	return e.Fields, true
}

// On is what is wrong with a field, in words; "" when nothing is.
func (f Faults) On(v *Visit, field string) string {
	for _, fault := range f {
		if fault.Field == field {
			return v.Set("", v.T(fault.Message, fault.Args...))
		}
	}
	return ""
}
