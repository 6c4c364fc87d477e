package picture

import (
	"bytes"
	"encoding/binary"
)

// orientation reads the one entry of Exif that matters here from the first directory of a TIFF block (TIFF 6.0, section 2;
// tag 274 of Exif 2.32). What is missing or broken counts as 1, upright.
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	offset := uint64(order.Uint32(tiff[4:]))
	if offset+2 > uint64(len(tiff)) {
		return 1
	}
	const entry, tag, short = 12, 274, 3
	count := order.Uint16(tiff[offset:])
	for at := offset + 2; count > 0 && at+entry <= uint64(len(tiff)); at, count = at+entry, count-1 {
		if order.Uint16(tiff[at:]) != tag {
			continue
		}
		value := order.Uint16(tiff[at+8:])
		if order.Uint16(tiff[at+2:]) != short || value < 1 || value > 8 {
			return 1
		}
		return int(value)
	}
	return 1
}

// A segment of a JPEG file: its marker, and its content without the length.
type segment struct {
	marker byte
	data   []byte
}

// segments lists those before the first scan (ITU-T T.81, annex B).
func segments(data []byte) (list []segment) {
	const startOfScan = 0xda
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // fill byte
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == startOfScan || length < 2 || at+2+length > len(data) {
			break
		}
		list = append(list, segment{marker, data[at+4 : at+2+length]})
		at += 2 + length
	}
	return list
}

func jpegExif(data []byte) []byte {
	const app1 = 0xe1
	for _, s := range segments(data) {
		if tiff, ok := bytes.CutPrefix(s.data, []byte("Exif\x00\x00")); ok && s.marker == app1 {
			return tiff
		}
	}
	return nil
}

// jpegMemory estimates the bytes per pixel that decoding takes: one for each sample, and for a progressive file four more,
// since all coefficients are kept until the end. Where it finds no frame, it expects the worst.
func jpegMemory(data []byte) float64 {
	const baseline, extended, progressive = 0xc0, 0xc1, 0xc2
	for _, s := range segments(data) {
		if s.marker != baseline && s.marker != extended && s.marker != progressive || len(s.data) < 6 {
			continue
		}
		perSample := 1.0
		if s.marker == progressive {
			perSample = 5
		}
		var samples, largest float64
		for component := s.data[6:]; len(component) >= 3; component = component[3:] {
			area := float64(component[1]>>4) * float64(component[1]&15)
			samples += area
			largest = max(largest, area)
		}
		if largest == 0 {
			break
		}
		return perSample * samples / largest
	}
	return 15
}

// hasManyScans reports whether decoding would take absurdly long: an ordinary progressive file has some ten scans, and each
// costs a pass over the whole picture however few bytes it has.
func hasManyScans(data []byte) bool {
	const many = 100
	return bytes.Count(data, []byte{0xff, 0xda}) > many // inside a scan, 0xff is always followed by zero
}

// pngExif finds the chunk eXIf (PNG third edition, section 11.3.4.5).
func pngExif(data []byte) []byte {
	const signature, frame = 8, 12 // length, type and checksum of a chunk
	for at := signature; at+frame <= len(data); {
		length := uint64(binary.BigEndian.Uint32(data[at:]))
		if uint64(at)+frame+length > uint64(len(data)) {
			return nil
		}
		if string(data[at+4:at+8]) == "eXIf" {
			return data[at+8 : at+8+int(length)]
		}
		at += frame + int(length)
	}
	return nil
}

// A chunk of a RIFF file: its type, and its content.
type chunk struct {
	kind string
	data []byte
}

// chunks lists those of a WebP file, as far as they are whole (RFC 9649, section 2.3).
func chunks(data []byte) (list []chunk) {
	for at := 12; at+8 <= len(data); {
		length := uint64(binary.LittleEndian.Uint32(data[at+4:]))
		if uint64(at)+8+length > uint64(len(data)) {
			break
		}
		list = append(list, chunk{string(data[at : at+4]), data[at+8 : at+8+int(length)]})
		at += 8 + int(length+length&1)
	}
	return list
}

// webpExif finds the chunk EXIF (RFC 9649, section 2.7.1.5).
func webpExif(data []byte) []byte {
	for _, c := range chunks(data) {
		if c.kind == "EXIF" {
			return bytes.TrimPrefix(c.data, []byte("Exif\x00\x00")) // some writers put the prefix of JPEG here too
		}
	}
	return nil
}

// webpFrame returns the size of the frame, which an extended file announces a second time, apart from its canvas.
func webpFrame(data []byte) (width, height int) {
	for _, c := range chunks(data) {
		switch {
		case c.kind == "VP8 " && len(c.data) >= 10: // RFC 6386, section 9.1
			w, h := binary.LittleEndian.Uint16(c.data[6:]), binary.LittleEndian.Uint16(c.data[8:])
			return int(w & 0x3fff), int(h & 0x3fff)
		case c.kind == "VP8L" && len(c.data) >= 5: // RFC 9649, section 3.4
			bits := binary.LittleEndian.Uint32(c.data[1:])
			return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
		}
	}
	return 0, 0
}
