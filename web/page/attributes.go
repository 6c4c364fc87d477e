package page

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/press"
)

// siteAttribute gives a card of another site that site's colours.
func siteAttribute(v *Visit, e press.Entry) templ.Attributes {
	if !v.AtPortal() {
		return nil
	}
	return templ.Attributes{"data-site": e.Address.SiteSlug}
}

// sizes is the attribute of that name of a picture and of its sources.
func (s PlateSize) sizes() string {
	sizes := s.Sizes
	if sizes == "" {
		sizes = "100vw"
	}
	if strings.HasSuffix(sizes, "100vw") {
		return press.DenseSizes + sizes
	}
	return sizes
}

func pictureAttributes(m press.Media, p Picture, s PlateSize) templ.OrderedAttributes {
	var a templ.OrderedAttributes
	add := func(key, value string) { a = append(a, templ.KeyValue[string, any]{Key: key, Value: value}) }
	if p.Srcset != "" {
		add("srcset", p.Srcset)
		add("sizes", s.sizes())
	}
	if p.Width > 0 && p.Height > 0 {
		add("width", strconv.Itoa(p.Width))
		add("height", strconv.Itoa(p.Height))
	}
	if x, y, ok := m.Focus.In(m.Crop); ok {
		add("data-fx", strconv.Itoa(x))
		add("data-fy", strconv.Itoa(y))
	}
	if s.Eager {
		add("fetchpriority", "high")
	} else {
		add("loading", "lazy")
	}
	return a
}

func pictureAlt(m press.Media, s PlateSize) string {
	if s.Decorative {
		return ""
	}
	return m.Alt
}

func organisations(credits []press.Credit) string {
	var all []string
	for _, c := range credits {
		if !c.Anonymous() && c.Organisation != "" && c.Organisation != c.Name {
			all = append(all, c.Organisation)
		}
	}
	return strings.Join(all, ", ")
}

// reading marks the page for the comfortable reading.
func (v *Visit) reading() templ.Attributes {
	if !v.Plain {
		return nil
	}
	return templ.Attributes{"data-reading": readingPlain}
}
