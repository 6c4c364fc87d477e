package locale

import (
	"sort"
	"strconv"
	"strings"
)

// Match chooses the supported language that a reader prefers, from the header
// Accept-Language (RFC 9110, section 12.5.4). A variant that isn't supported
// stands for its language (fr-CA: fr), and a language for its first supported
// variant. Without a match it is the first supported; "" if none is.
func Match(acceptLanguage string, supported []string) string {
	if len(supported) == 0 {
		return ""
	}
	refused := map[string]bool{}
	for _, w := range wishes(acceptLanguage) {
		if w.quality == 0 {
			refused[w.tag] = true
		}
	}
	for _, w := range wishes(acceptLanguage) {
		if w.quality == 0 {
			continue
		}
		if w.tag == "*" {
			for _, s := range supported {
				if !refused[strings.ToLower(s)] {
					return s
				}
			}
			continue
		}
		for tag := w.tag; tag != ""; tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)] {
			for _, s := range supported {
				if strings.EqualFold(s, tag) {
					return s
				}
			}
		}
		for _, s := range supported {
			if primary(s) == primary(w.tag) {
				return s
			}
		}
	}
	return supported[0]
}

type wish struct {
	tag     string // lower case
	quality float64
}

// wishes reads the header, best first; what can't be read is passed over. More
// than any browser sends isn't read.
func wishes(header string) []wish {
	if len(header) > 1024 {
		header = header[:1024]
	}
	var ws []wish
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		w := wish{strings.ToLower(strings.TrimSpace(tag)), 1}
		if q, ok := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(params, " ", "")), "q="); ok {
			v, err := strconv.ParseFloat(q, 64)
			if err != nil || !(v >= 0 && v <= 1) {
				continue
			}
			w.quality = v
		}
		if w.tag != "" {
			ws = append(ws, w)
		}
	}
	sort.SliceStable(ws, func(i, j int) bool { return ws[i].quality > ws[j].quality })
	return ws
}

// primary returns the language of a tag, in lower case.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(tag)
}
