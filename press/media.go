package press

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Media is a file with its licence, credit and description.
type Media struct {
	ID       MediaID
	Site     SiteID
	Hash     string // of the largest variant, hex SHA-256: its address
	Type     string // MIME type, decided by content
	Bytes    int64
	Width    int
	Height   int
	Variants []Variant // by growing width; the last is the largest
	Modern   []Variant // the same in WebP, by growing width; none until a job has made them
	Colour   string    // dominant, "#rrggbb", shown while loading

	// Source is what the variants are made from: the whole picture, upright, without hidden data, of bounded size. It is
	// for those who crop, never for readers: what was cropped away must not be found again. Zero where none was kept.
	Source Variant
	Crop   Crop
	Focus  Focus
	Made   string // the Recipe of Variants and Modern

	Name       string // the file's, as sent; never shown to readers
	Title      string // of an attachment, in its writer's words
	Alt        string // for those who can't see it
	Caption    string
	Maker      Maker
	Credit     string // the name of who made it, to show
	Origin     string // the address where it was found
	Licence    LicenceID
	Transcript string // of what is heard, as plain text
	UploadedBy PersonID
	Draft      DraftID // whose upload it was
	CreatedAt  time.Time
	BinnedAt   time.Time // zero while it isn't in the bin
	BinnedBy   PersonID  // "" when it went there with a draft thrown away
}

// Maker says who made a file, in the words of whoever sent it.
type Maker string

const (
	MakerUnsaid    Maker = ""
	MakerSelf      Maker = "self"      // the writer: the name follows from how they sign
	MakerOther     Maker = "other"     // somebody they name
	MakerElsewhere Maker = "elsewhere" // found at an address
	MakerUnnamed   Maker = "unnamed"   // somebody who signed without a name
)

// FileKind is what one does with a file.
type FileKind string

const (
	PictureFile  FileKind = "picture"
	DocumentFile FileKind = "document"
	AudioFile    FileKind = "audio"
	VideoFile    FileKind = "video"
)

// FileKinds are all kinds, in the order of the interface.
var FileKinds = []FileKind{PictureFile, DocumentFile, AudioFile, VideoFile}

// Kind is what one does with the file: look at it, read it, listen to it.
func (m Media) Kind() FileKind {
	switch class, _, _ := strings.Cut(m.Type, "/"); class {
	case "application":
		return DocumentFile
	case "audio":
		return AudioFile
	case "video":
		return VideoFile
	default:
		return PictureFile
	}
}

// Label is what to call the file among others: its title, or what it shows; ""
// when nobody said it. Its name isn't for others: it may tell who sent it.
func (m Media) Label() string { return cmp.Or(m.Title, m.Caption, m.Alt) }

// endings of file names, where they aren't the second half of the type.
var endings = map[string]string{
	"image/jpeg": "jpg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/webm": "weba", "video/quicktime": "mov", "video/ogg": "ogv",
}

// Ending of the file's name, without a dot.
func (m Media) Ending() string { return ending(m.Type) }

func ending(mime string) string {
	if known := endings[mime]; known != "" {
		return known
	}
	_, second, _ := strings.Cut(mime, "/")
	return second
}

// Path is the address of an attachment on any host of the network. name is a
// slug under which it will be saved; the digest before it says what it is.
func (m Media) Path(name string) string {
	if name == "" {
		name = "file"
	}
	return "/media/" + m.Hash + "/" + name + "." + m.Ending()
}

// Unsigned tells whether the file's writer said that they made it, and has
// signed nothing under their name: who shows it must not name anybody.
func (m Media) Unsigned() bool {
	return m.Credit == "" && (m.Maker == MakerSelf || m.Maker == MakerUnnamed)
}

// Variant is the same picture in another width, in pixels.
type Variant struct {
	Hash   string `json:"hash"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Bytes  int64  `json:"bytes"`
	Type   string `json:"type"`
}

// Path is the file's address on any host of the network: content never changes
// under it.
func (v Variant) Path() string {
	return "/media/" + v.Hash + "." + ending(v.Type)
}

// DenseSizes begins the sizes of pictures that fill a narrow screen (HTML, section 4.8.4.2.1): a phone with three dots a
// pixel takes the file for two, which weighs half as much and looks the same at arm's length.
const DenseSizes = "(max-width: 40rem) and (min-resolution: 2.5dppx) 66vw, "

// TextSizes are the sizes of a picture in a text.
const TextSizes = DenseSizes + "(min-width: 48em) 42rem, 100vw"

// Descriptor is the variant's width as srcset wants it.
func (v Variant) Descriptor() string { return fmt.Sprintf("%dw", v.Width) }

// Files are the hashes of everything that is kept of it, each once.
func (m Media) Files() []string {
	all := []string{m.Hash}
	for _, v := range slices.Concat(m.Variants, m.Modern, []Variant{m.Source}) {
		if v.Hash != "" && !slices.Contains(all, v.Hash) {
			all = append(all, v.Hash)
		}
	}
	return all
}

// Smallest is the variant nearest to width from above, or the largest one.
func (m Media) Smallest(width int) Variant {
	for _, v := range m.Variants {
		if v.Width >= width {
			return v
		}
	}
	if n := len(m.Variants); n > 0 {
		return m.Variants[n-1]
	}
	return Variant{Hash: m.Hash, Width: m.Width, Height: m.Height, Type: m.Type, Bytes: m.Bytes}
}

// Note is private talk around a proposal.
type Note struct {
	ID        NoteID
	Entry     EntryID
	Person    PersonID
	Name      string // attached by reads
	Text      string
	CreatedAt time.Time
}
