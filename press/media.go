package press

import (
	"fmt"
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

	Name       string // the file's, as sent
	Alt        string // for those who can't see it
	Caption    string
	Credit     string // who made it
	Licence    LicenceID
	UploadedBy PersonID
	Draft      DraftID // whose upload it was
	CreatedAt  time.Time
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
	_, ending, _ := strings.Cut(v.Type, "/")
	if ending == "jpeg" {
		ending = "jpg"
	}
	return "/media/" + v.Hash + "." + ending
}

// DenseSizes begins the sizes of pictures that fill a narrow screen (HTML, section 4.8.4.2.1): a phone with three dots a
// pixel takes the file for two, which weighs half as much and looks the same at arm's length.
const DenseSizes = "(max-width: 40rem) and (min-resolution: 2.5dppx) 66vw, "

// TextSizes are the sizes of a picture in a text.
const TextSizes = DenseSizes + "(min-width: 48em) 42rem, 100vw"

// Descriptor is the variant's width as srcset wants it.
func (v Variant) Descriptor() string { return fmt.Sprintf("%dw", v.Width) }

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
