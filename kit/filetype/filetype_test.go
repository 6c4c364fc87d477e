package filetype

import (
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	oggPage := func(stream string) string {
		return "OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01" + string(rune(len(stream))) + stream
	}
	tests := []struct{ name, head, mime string }{
		{"a PDF", "%PDF-1.7\n%\xe2\xe3", "application/pdf"},
		{"a PDF behind a page", "<html><script>%PDF-1.7", ""},
		{"MP3 with tags", "ID3\x04\x00\x00\x00\x00\x00\x23rest", "audio/mpeg"},
		{"MP3 without", "\xff\xfb\x90\x64rest", "audio/mpeg"},
		{"a text in UTF-16", "\xff\xfe<\x00h\x00t\x00m\x00l\x00", ""},
		{"AAC", "\xff\xf1\x50\x80\x02\x1f\xfc", "audio/aac"},
		{"Opus", oggPage("OpusHead\x01"), "audio/ogg"},
		{"Vorbis", oggPage("\x01vorbis"), "audio/ogg"},
		{"Theora", oggPage("\x80theora"), "video/ogg"},
		{"Ogg of nothing known", oggPage("<script>"), ""},
		{"FLAC", "fLaC\x00\x00\x00\x22", "audio/flac"},
		{"WAV", "RIFF\x24\x08\x00\x00WAVEfmt ", "audio/wav"},
		{"WebP is a picture", "RIFF\x24\x08\x00\x00WEBPVP8 ", ""},
		{"MP4", "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42", "video/mp4"},
		{"a phone's video", "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "video/quicktime"},
		{"M4A", "\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00isommp42", "audio/mp4"},
		{"HEIC is a picture", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", ""},
		{"AVIF is a picture", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1miaf", ""},
		{"WebM", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm....V_VP9..A_OPUS", "video/webm"},
		{"WebM of sound", "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm....A_OPUS", "audio/webm"},
		{"Matroska", "\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", ""},
		{"a page", "<!doctype html><script>1</script>", ""},
		{"a drawing", `<svg xmlns="http://www.w3.org/2000/svg">`, ""},
		{"a program", "MZ\x90\x00", ""},
		{"nothing", "", ""},
		{"cut off", "RIFF", ""},
		{"a box cut off", "\x00\x00\x00\xffftyp", ""},
	}
	for _, tt := range tests {
		if got := Of([]byte(tt.head)); got.MIME != tt.mime {
			t.Errorf("%s: %q, want %q", tt.name, got.MIME, tt.mime)
		}
	}
}

func TestTypesAreTold(t *testing.T) {
	for _, want := range All() {
		if got, ok := ByMIME(want.MIME); !ok || got != want || want.Class == Unknown || want.Ending == "" {
			t.Errorf("ByMIME(%s) = %v, %v", want.MIME, got, ok)
		}
	}
	if got, ok := ByMIME("text/html"); ok {
		t.Errorf("a page is %v", got)
	}
}

func FuzzOf(f *testing.F) {
	for _, seed := range []string{
		"%PDF-", "ID3\x04\x00", "\xff\xfb\x90\x64", "OggS", "OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\x13",
		"\x1a\x45\xdf\xa3webm", "\x00\x00\x00\x18ftypisom", "\xff\xff\xff\xffftypqt  ", "RIFF....WAVE", "<html>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := Of(data)
		if got == (Type{}) {
			return
		}
		if _, ok := ByMIME(got.MIME); !ok {
			t.Errorf("Of tells %v, which is none of All", got)
		}
		if padded := Of(append(data, make([]byte, Head)...)); padded.Class == Unknown {
			t.Errorf("more of a file makes %v nothing", got)
		}
	})
}
