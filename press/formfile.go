package press

import (
	"encoding/json"
	"strings"
)

// FormFile is a form as a file, to copy it elsewhere: models are such files.
// Its format is named in Format.
type FormFile struct {
	Format string `json:"format"` // FormFormat
	Slug   string `json:"slug"`
	Name   Text   `json:"name"`
	Plural Text   `json:"plural"`
	Pitch  Text   `json:"pitch"`
	FormSettings
	Fields []Field `json:"fields"`
}

// FormFormat is the only format of form files so far.
const FormFormat = "bourgeon-form-1"

// MaxFormFile bounds the file of a form, in bytes.
const MaxFormFile = 1 << 20

// File is the form as a file. Options come along, whether its own or a vocabulary's.
func (f Form) File(origin string) FormFile {
	file := FormFile{Format: FormFormat, Slug: f.Slug, Name: f.Name, Plural: f.Plural, Pitch: f.Pitch, FormSettings: f.FormSettings}
	file.Origin = origin
	for _, field := range f.Fields {
		if !field.Gone {
			field.Vocabulary = ""
			file.Fields = append(file.Fields, field)
		}
	}
	return file
}

// ReadFormFile reads the file of a form, which comes from anywhere: Form.CheckShape
// says whether it can stand on a site.
func ReadFormFile(b []byte) (FormFile, error) {
	var file FormFile
	if len(b) > MaxFormFile {
		return file, Problem(TooLarge, "This file is too large to be that of a form.")
	}
	if err := json.Unmarshal(b, &file); err != nil || file.Format != FormFormat {
		return FormFile{}, Problem(Invalid, "This isn’t the file of a form: download it from the site that has it, and choose it as it came.")
	}
	return file, nil
}

// Form is the form of a file, not yet of a site.
func (file FormFile) Form() Form {
	f := Form{
		Slug: CleanLine(file.Slug), Name: file.Name.tidy(), Plural: file.Plural.tidy(), Pitch: file.Pitch.tidy(),
		FormSettings: file.FormSettings, Listed: true, Version: 1,
	}
	for _, field := range file.Fields {
		f.Fields = append(f.Fields, field.Tidied())
	}
	return f
}

// tidy is a text of one line in each language, without those that say nothing.
func (t Text) tidy() Text {
	tidied := Text{}
	for lang, s := range t {
		if s = CleanLine(s); s != "" && IsLanguage(lang) {
			tidied[lang] = s
		}
	}
	return tidied
}

// Tidied is a field with its words cleaned, whoever wrote them.
func (f Field) Tidied() Field {
	f.Key, f.Vocabulary, f.Means, f.Of = CleanLine(f.Key), CleanLine(f.Vocabulary), CleanLine(f.Means), CleanLine(f.Of)
	f.Label, f.Help, f.Example = f.Label.tidy(), f.Help.tidy(), f.Example.tidy()
	f.Template = strings.TrimSpace(CleanLine(f.Template))
	var options []Option
	for _, o := range f.Options {
		options = append(options, Option{Key: CleanLine(o.Key), Label: o.Label.tidy(), Gone: o.Gone})
	}
	f.Options = options
	return f
}
