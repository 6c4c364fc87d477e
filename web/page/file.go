package page

import (
	"cmp"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/kit/slug"
	"bourgeon/press"
)

// Attachment is the address of an attachment, under the name that it is saved by.
func (v *Visit) Attachment(m press.Media) string { return v.Host + m.Path(slug.Make(m.Title, 60)) }

// AttachmentAddress is Attachment for whoever isn't on this host.
func (v *Visit) AttachmentAddress(m press.Media) string {
	return v.Addresses.Base + m.Path(slug.Make(m.Title, 60))
}

// Maker is the name of who made a file, as they signed; "" when nobody said it.
func (v *Visit) Maker(m press.Media) string {
	if m.Unsigned() {
		return v.T("Anonymous")
	}
	return m.Credit
}

// Weight is a file's size in words.
func (v *Visit) Weight(bytes int64) string {
	if bytes < 1_000_000 {
		return v.T("%d kB", max(1, (bytes+999)/1000))
	}
	return v.T("%d MB", (bytes+999_999)/1_000_000)
}

// kindOfFile says what a file is, with its format: "PDF", "sound, MP3".
func (v *Visit) kindOfFile(m press.Media) string {
	ending := strings.ToUpper(m.Ending())
	switch m.Kind() {
	case press.AudioFile:
		return v.T("sound, %s", ending)
	case press.VideoFile:
		return v.T("video, %s", ending)
	default:
		return ending
	}
}

// Called is what to call a file: what was said of it, else what it is.
func (v *Visit) Called(m press.Media) string { return cmp.Or(m.Label(), v.kindOfFile(m)) }

// MadeBy says who made a file, "" when nobody said it.
func (v *Visit) MadeBy(m press.Media) string {
	name := v.Maker(m)
	if name == "" && m.Origin == "" {
		return ""
	}
	if name == "" {
		name = v.T("found elsewhere")
	}
	switch m.Kind() {
	case press.AudioFile:
		return v.T("Recording: %s", name)
	case press.VideoFile:
		return v.T("Video: %s", name)
	case press.DocumentFile:
		return v.T("Document: %s", name)
	}
	return v.T("Picture: %s", name)
}

// Lines cuts a plain text into its paragraphs.
func Lines(text string) []string {
	var all []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// download makes a link keep a recording or video; a document is read where it is.
func download(m press.Media) templ.Attributes {
	if m.Kind() == press.DocumentFile {
		return nil
	}
	return templ.Attributes{"download": true}
}

func fileIcon(m press.Media) string {
	if m.Kind() == press.DocumentFile {
		return "file"
	}
	return "save"
}

func takeWords(v *Visit, m press.Media) string {
	if m.Kind() == press.DocumentFile {
		return v.T("Read the document")
	}
	return v.T("Keep the file")
}

func kindIcon(m press.Media) string {
	switch m.Kind() {
	case press.AudioFile:
		return "sound"
	case press.VideoFile:
		return "play"
	}
	return "file"
}
