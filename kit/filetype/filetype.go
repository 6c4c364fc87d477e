// Package filetype tells documents, recordings and videos by their first bytes, and never by their name: what a file says
// of itself outside its content is hearsay.
//
// It knows the kinds that browsers show or play by themselves (PDF, MP3, AAC, Ogg, Opus, FLAC, WAV, MP4, QuickTime, WebM)
// and nothing that could run as a script in a page. It doesn't prove a file whole. Pictures have kit/picture. Start with Of.
package filetype

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// Head is how many of a file's first bytes Of looks at.
const Head = 4096

// Class is what one does with a file.
type Class int

const (
	Unknown Class = iota
	Document
	Audio
	Video
)

// Type is a kind of file.
type Type struct {
	Class  Class
	MIME   string // of the IANA registry, where there is one
	Ending string // of a file's name, without a dot
}

var (
	pdf       = Type{Document, "application/pdf", "pdf"}
	mp3       = Type{Audio, "audio/mpeg", "mp3"}
	aac       = Type{Audio, "audio/aac", "aac"}
	ogg       = Type{Audio, "audio/ogg", "ogg"}
	flac      = Type{Audio, "audio/flac", "flac"}
	wav       = Type{Audio, "audio/wav", "wav"}
	m4a       = Type{Audio, "audio/mp4", "m4a"}
	weba      = Type{Audio, "audio/webm", "weba"}
	mp4       = Type{Video, "video/mp4", "mp4"}
	quicktime = Type{Video, "video/quicktime", "mov"}
	webm      = Type{Video, "video/webm", "webm"}
	ogv       = Type{Video, "video/ogg", "ogv"}
)

// All are the types that Of tells.
func All() []Type {
	return []Type{pdf, mp3, aac, ogg, flac, wav, m4a, weba, mp4, quicktime, webm, ogv}
}

// ByMIME finds a type by its name.
func ByMIME(mime string) (Type, bool) {
	for _, t := range All() {
		if t.MIME == mime {
			return t, true
		}
	}
	return Type{}, false
}

// Of tells the type of a file from its first bytes, at best Head of them; the zero Type is none that we know.
func Of(head []byte) Type {
	head = head[:min(len(head), Head)]
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("%PDF-"): // ISO 32000-2, section 7.5.2
		return pdf
	case begins("fLaC"): // RFC 9639, section 6
		return flac
	case begins("RIFF") && len(head) >= 12 && string(head[8:12]) == "WAVE":
		return wav
	case begins("OggS"):
		return ofOgg(head)
	case begins("\x1a\x45\xdf\xa3"): // EBML, RFC 8794
		return ofMatroska(head)
	case len(head) >= 12 && string(head[4:8]) == "ftyp": // ISO/IEC 14496-12, section 4.3
		return ofBrands(head)
	case begins("ID3") && len(head) >= 10 && head[3] < 0xff && head[4] < 0xff: // ID3v2, before MPEG audio
		return mp3
	case mpegFrame(head):
		return mp3
	case len(head) >= 7 && head[0] == 0xff && head[1]&0xf6 == 0xf0 && head[2]>>2&0xf < 13: // ADTS, ISO/IEC 13818-7
		return aac
	}
	return Type{}
}

// ofOgg looks at the first page, which names the first stream (RFC 3533, section 4; RFC 5334).
func ofOgg(head []byte) Type {
	if len(head) < 28 {
		return Type{}
	}
	first := head[27:]
	first = first[min(len(first), int(head[26])):]
	for _, codec := range []string{"\x01vorbis", "OpusHead", "Speex   ", "\x7fFLAC"} {
		if bytes.HasPrefix(first, []byte(codec)) {
			return ogg
		}
	}
	if bytes.HasPrefix(first, []byte("\x80theora")) {
		return ogv
	}
	return Type{}
}

// ofMatroska tells WebM from other Matroska, which browsers don't play, and sound from pictures by the codecs announced.
func ofMatroska(head []byte) Type {
	if !bytes.Contains(head[:min(len(head), 64)], []byte("webm")) {
		return Type{}
	}
	if !bytes.Contains(head, []byte("V_")) && (bytes.Contains(head, []byte("A_OPUS")) || bytes.Contains(head, []byte("A_VORBIS"))) {
		return weba
	}
	return webm
}

// ofBrands reads the major brand, then the compatible ones (ISO/IEC 14496-12, section 4.3). Pictures are in such boxes too.
func ofBrands(head []byte) Type {
	size := int(min(binary.BigEndian.Uint32(head), uint32(len(head))))
	var brands []string
	for at := 8; at+4 <= size; at += 4 {
		if at != 12 { // the minor version
			brands = append(brands, string(head[at:at+4]))
		}
	}
	for _, brand := range brands {
		switch {
		case strings.HasPrefix(brand, "M4A"), strings.HasPrefix(brand, "M4B"):
			return m4a
		case brand == "qt  ":
			return quicktime
		case strings.HasPrefix(brand, "iso"), strings.HasPrefix(brand, "mp4"), strings.HasPrefix(brand, "avc"),
			strings.HasPrefix(brand, "M4V"), strings.HasPrefix(brand, "3gp"), brand == "dash", brand == "MSNV":
			return mp4
		case brand == "avif", brand == "avis", strings.HasPrefix(brand, "hei"), strings.HasPrefix(brand, "hev"), brand == "crx ":
			return Type{}
		}
	}
	return Type{}
}

// mpegFrame tells of a whole header of MPEG audio, layer III or II (ISO/IEC 11172-3, section 2.4.1.3).
func mpegFrame(head []byte) bool {
	if len(head) < 4 || head[0] != 0xff || head[1]&0xe0 != 0xe0 {
		return false
	}
	version, layer := head[1]>>3&3, head[1]>>1&3
	bitrate, sampling := head[2]>>4, head[2]>>2&3
	return version != 1 && (layer == 1 || layer == 2) && bitrate != 0 && bitrate != 15 && sampling != 3
}
