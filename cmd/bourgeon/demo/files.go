package demo

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"

	"bourgeon/app/filing"
	"bourgeon/cmd/bourgeon/demo/papercut"
	"bourgeon/press"
)

// extra is a file besides the first picture of a text.
type extra struct {
	motif, seed          string // of a picture
	sound, document      bool
	title, alt, caption  string
	transcript, contents string
}

// readExtra reads "motif seed | alternative text | caption" of a picture, "title | caption | transcript" of a sound and
// "title | caption | lines" of a document; " / " ends a line.
func readExtra(key, value string) (extra, error) {
	parts := split(value, "|")
	if len(parts) != 3 {
		return extra{}, fmt.Errorf("want three parts")
	}
	lines := strings.ReplaceAll(parts[2], " / ", "\n")
	switch key {
	case "gallery":
		x := extra{alt: parts[1], caption: parts[2]}
		x.motif, x.seed, _ = strings.Cut(parts[0], " ")
		return x, nil
	case "sound":
		return extra{sound: true, title: parts[0], caption: parts[1], transcript: lines}, nil
	default:
		return extra{document: true, title: parts[0], caption: parts[1], contents: lines}, nil
	}
}

// attach brings the text's other files to its draft: gives their identifiers by field.
func (b *Builder) attach(ctx context.Context, v press.Viewer, site press.Site, d press.Draft, t task) (press.Answers, error) {
	answers := press.Answers{}
	for _, x := range t.extras {
		field, m, err := b.bring(ctx, v, site, d.Key(), t.site.slug, x)
		if err != nil {
			return nil, err
		}
		answers[field] = append(answers[field], string(m.ID))
	}
	return answers, nil
}

func (b *Builder) bring(ctx context.Context, v press.Viewer, site press.Site, draft, slug string, x extra) (field string, m press.Media, err error) {
	switch {
	case x.sound:
		field = "files"
		m, err = b.Cabinet.Attach(ctx, v, site.ID, draft, x.title+".wav", bytes.NewReader(sea(6)))
	case x.document:
		field = "files"
		m, err = b.Cabinet.Attach(ctx, v, site.ID, draft, x.title+".pdf", bytes.NewReader(document(x.title, x.contents)))
	default:
		field = "pictures"
		var file []byte
		if file, err = b.small(slug, x.motif, x.seed); err == nil {
			m, err = b.Cabinet.Keep(ctx, v, site.ID, draft, x.motif+".jpg", bytes.NewReader(file))
		}
	}
	if err != nil {
		return field, m, err
	}
	said := filing.DescriptionOf(m)
	said.Title, said.Alt, said.Caption, said.Transcript = x.title, x.alt, x.caption, x.transcript
	said.Maker = press.MakerSelf
	if draft == "" {
		said.Maker, said.Credit = press.MakerOther, "Papiers découpés de la démonstration"
	}
	m, err = b.Cabinet.Describe(ctx, v, draft, m.ID, said)
	return field, m, err
}

// small draws a picture that stands among others.
func (b *Builder) small(slug, motif, from string) ([]byte, error) {
	red, green, blue := press.RGB(b.sites[slug].Look.Colour)
	drawn, err := papercut.Draw(motif, seed(from), color.RGBA{red, green, blue, 255}, 720, 480)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	err = jpeg.Encode(&file, drawn, &jpeg.Options{Quality: quality})
	return file.Bytes(), err
}

// spare are pictures that no text shows, the last of them undescribed: an animator brought them for later.
func (b *Builder) spare(ctx context.Context) error {
	animator, err := b.Store.Viewer(ctx, b.ids[guestAnimator])
	if err != nil {
		return err
	}
	for _, x := range []extra{
		{motif: "market", seed: "reserve", alt: "Un marché en papiers découpés : des étals, des auvents, personne encore.", caption: "Le marché avant l’heure, pour illustrer une annonce."},
		{motif: "chapel", seed: "reserve"},
	} {
		if _, _, err := b.bring(ctx, animator, b.sites["la-criee"], "", "la-criee", x); err != nil {
			return fmt.Errorf("a picture to spare: %w", err)
		}
	}
	return nil
}

const rate = 8000 // samples a second

// sea is some seconds of waves and a foghorn, as a WAV file of one channel in 8 bits (RIFF, "Multimedia Programming
// Interface and Data Specifications 1.0").
func sea(seconds int) []byte {
	samples := make([]byte, seconds*rate)
	noise := rand.New(rand.NewPCG(7, 11))
	low := 0.0
	for i := range samples {
		t := float64(i) / rate
		low += .06 * (noise.Float64()*2 - 1 - low) // soft noise
		swell := .45 + .4*math.Sin(2*math.Pi*t/4)
		horn := 0.0
		if within := math.Mod(t, 6) - 2; within > 0 && within < 1.6 {
			horn = .22 * math.Sin(math.Pi*within/1.6) * (math.Sin(2*math.Pi*110*t) + .4*math.Sin(2*math.Pi*220*t))
		}
		samples[i] = byte(128 + 110*max(-1, min(1, 2.2*low*swell+horn)))
	}
	var b bytes.Buffer
	number := func(n any) { _ = binary.Write(&b, binary.LittleEndian, n) } // a buffer never fails
	b.WriteString("RIFF")
	number(uint32(36 + len(samples)))
	b.WriteString("WAVEfmt ")
	number(uint32(16))
	for _, n := range []uint16{1, 1} { // PCM, one channel
		number(n)
	}
	number(uint32(rate))
	number(uint32(rate))
	for _, n := range []uint16{1, 8} { // bytes of a sample, bits
		number(n)
	}
	b.WriteString("data")
	number(uint32(len(samples)))
	b.Write(samples)
	return b.Bytes()
}

// document is a PDF of one page with a title and lines (ISO 32000-2), in a standard face.
func document(title, contents string) []byte {
	var page strings.Builder
	page.WriteString("BT /F1 20 Tf 60 770 Td (" + latin(title) + ") Tj /F1 12 Tf 0 -40 Td 18 TL")
	for _, line := range strings.Split(contents, "\n") {
		page.WriteString(" (" + latin(line) + ") Tj T*")
	}
	page.WriteString(" ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, object := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// latin writes a text in WinAnsi within the parentheses of a PDF; what isn't in it is left out.
func latin(s string) string {
	var b strings.Builder
	for _, r := range strings.NewReplacer("’", "'", "œ", "oe", "…", "...", "–", "-", "\u202f", " ", "\u00a0", " ").Replace(s) {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteString("\\" + string(r))
		case r < 0x80:
			b.WriteRune(r)
		case r >= 0xa0 && r <= 0xff:
			fmt.Fprintf(&b, "\\%03o", r)
		}
	}
	return b.String()
}
