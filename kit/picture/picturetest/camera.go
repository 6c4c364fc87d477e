package picturetest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
)

// Secret stands in each kind of metadata that Camera writes.
const Secret = "Rue-des-Secrets-12"

// Latitude is the place of the GPS directory that Camera writes, as the rationals of Exif 2.32, section 4.6.6.
func Latitude() []byte {
	var b []byte
	for _, n := range []uint32{48, 1, 23, 1, 4242, 100} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// Camera is the JPEG file that a camera held in an orientation of Exif (1 to 8; 6 is a phone held upright) writes of the
// stored pixels m: with place, owner and thumbnail in Exif, and with XMP, IPTC, a colour profile and a comment.
func Camera(m image.Image, orientation uint16, quality int) []byte {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer doesn't fail
	}
	const app1, app2, app13, comment = 0xe1, 0xe2, 0xed, 0xfe
	return bytes.Join([][]byte{
		file.Bytes()[:2],
		segment(app1, "Exif\x00\x00", Exif(orientation)),
		segment(app1, "http://ns.adobe.com/xap/1.0/\x00", []byte(XMP)),
		segment(app2, "ICC_PROFILE\x00\x01\x01", []byte("desc "+Secret)),
		segment(app13, "Photoshop 3.0\x00", []byte("8BIM\x04\x04\x00\x00\x00\x16\x1c\x02\x5a\x00\x12"+Secret)),
		segment(comment, "", []byte("taken in "+Secret)),
		file.Bytes()[2:],
	}, nil)
}

// XMP is a packet with the name of a place.
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><photoshop:City>` + Secret + `</photoshop:City></x:xmpmeta>`

func segment(marker byte, prefix string, data []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(prefix)+len(data)))
	return append(append(b, prefix...), data...)
}

// Exif is a big-endian TIFF block with an orientation, an owner, a place, and a thumbnail in a second directory.
func Exif(orientation uint16) []byte {
	be := binary.BigEndian
	const first, gps, after = 8, 8 + 2 + 3*12 + 4, 8 + 2 + 3*12 + 4 + 2 + 12 + 4
	owner, latitude := []byte(Secret+"\x00"), Latitude()
	second := after + len(owner) + len(latitude)
	thumbnail := []byte("\xff\xd8\xff\xfe\x00\x14" + Secret + "\xff\xd9")
	entry := func(b []byte, tag, kind uint16, count, value uint32) []byte {
		return be.AppendUint32(be.AppendUint32(be.AppendUint16(be.AppendUint16(b, tag), kind), count), value)
	}
	const short, long, ascii, rational = 3, 4, 2, 5
	b := append([]byte("MM\x00*"), 0, 0, 0, first)
	b = be.AppendUint16(b, 3)
	b = entry(b, 0x0112, short, 1, uint32(orientation)<<16)
	b = entry(b, 0x8825, long, 1, gps)
	b = entry(b, 0xa430, ascii, uint32(len(owner)), after)
	b = be.AppendUint32(b, uint32(second))
	b = be.AppendUint16(b, 1)
	b = entry(b, 2, rational, 3, uint32(after+len(owner)))
	b = be.AppendUint32(b, 0)
	b = append(append(b, owner...), latitude...)
	b = be.AppendUint16(b, 2)
	b = entry(b, 0x0201, long, 1, uint32(second+2+2*12+4))
	b = entry(b, 0x0202, long, 1, uint32(len(thumbnail)))
	b = be.AppendUint32(b, 0)
	return append(b, thumbnail...)
}
