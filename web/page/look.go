package page

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bourgeon/kit/oklch"
	"bourgeon/press"
)

// Look is a small stylesheet that sets the custom properties from which style.css derives every colour, then what the
// site's model changes.
type Look struct {
	CSS     string
	Version string
}

// models are what each model changes of style.css, which is the first of them.
//
//go:embed looks
var models embed.FS

// face is a typeface as stylesheets name it.
type face struct{ file, title, text, adjust string }

const (
	oldStyle = `Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, P052, "Noto Serif", Cambria, serif`
	times    = `"Times New Roman", Times, "Liberation Serif", "Nimbus Roman", "Noto Serif", serif`
	sans     = `-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif`
)

var faces = map[press.Typeface]face{
	press.YoungSerif:   {"young-serif.woff2", `"Young Serif", "Iowan Old Style", Georgia, serif`, oldStyle, ""},
	press.LeagueGothic: {"league-gothic.woff2", `"League Gothic", "Bebas Neue", Impact, "Arial Narrow", sans-serif`, sans, "118%"},
	press.CourierPrime: {"courier-prime.woff2", `"Courier Prime", "Courier New", "Liberation Mono", monospace`, oldStyle, ""},
	press.LibreBodoni:  {"libre-bodoni.woff2", `"Libre Bodoni", "Bodoni MT", Didot, serif`, times, ""},
	press.Nunito:       {"nunito.woff2", `Nunito, "Arial Rounded MT Bold", sans-serif`, sans, ""},
	press.DeviceSans:   {"", sans, sans, ""},
}

// TitleFont is the file of the letters that titles are set in; "" where the device's own serve.
func (v *Visit) TitleFont() string { return faces[v.look().Type].file }

// look is what the site wears or, for a steward who asked for it, tries.
func (v *Visit) look() press.Look {
	if v.Trial != nil {
		return v.Trial.Look.Dressed()
	}
	return v.Site.Look.Dressed()
}

// The portal's own colour: a warm brown that leaves the sites' colours their place.
const portalPalette = "--site-hue:60;--site-chroma:.09;--band-hue:60;--band-chroma:.09"

// Look is the site's stylesheet, with its own rules unless bare; at the portal it has a rule for every site, used by
// elements with data-site.
func (v *Visit) Look(bare bool) Look {
	var b strings.Builder
	if v.AtPortal() {
		b.WriteString(":root{" + portalPalette + "}\n")
		for _, s := range v.Sites {
			fmt.Fprintf(&b, "[data-site=%q]{%s}\n", s.Slug, palette(s.Look.Dressed()))
		}
	} else {
		v.dress(&b, v.look())
		if !bare {
			b.WriteString(v.look().CSS)
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return Look{CSS: b.String(), Version: hex.EncodeToString(sum[:4])}
}

func (v *Visit) dress(b *strings.Builder, l press.Look) {
	b.WriteString(v.fontFace(l.Type))
	fmt.Fprintf(b, ":root{%s}\n", palette(l))
	b.WriteString(paper(l))
	if l.Type != press.YoungSerif {
		f := faces[l.Type]
		fmt.Fprintf(b, ":root:not([data-reading=\"plain\"]){--title:%s;--text:%s}\n", f.title, f.text)
	}
	if l.Model != press.Review {
		css, err := models.ReadFile("looks/" + string(l.Model) + ".css")
		if err != nil {
			panic("page: a model without stylesheet: " + err.Error())
		}
		b.Write(css)
	}
}

// fontFace declares the letters that style.css doesn't. One weight serves all titles.
func (v *Visit) fontFace(t press.Typeface) string {
	f := faces[t]
	if f.file == "" || t == press.YoungSerif {
		return ""
	}
	family, _, _ := strings.Cut(f.title, ",")
	adjust := ""
	if f.adjust != "" {
		adjust = ";size-adjust:" + f.adjust
	}
	return fmt.Sprintf("@font-face{font-family:%s;src:url(%q) format(\"woff2\");font-weight:100 900;font-display:swap%s}\n",
		family, v.Static(f.file), adjust)
}

func palette(l press.Look) string {
	c, band := oklch.FromRGB(press.RGB(l.Colour)), oklch.FromRGB(press.RGB(l.Second))
	return fmt.Sprintf("--site-hue:%.1f;--site-chroma:%.3f;--band-hue:%.1f;--band-chroma:%.3f", c.H, c.C, band.H, band.C)
}

// paper changes the ground, in both themes.
func paper(l press.Look) string {
	var set string
	switch l.Paper {
	case press.White:
		set = "--k-paper:0"
	case press.Tinted:
		set = fmt.Sprintf("--k-paper:.016;--h-paper:%.1f", oklch.FromRGB(press.RGB(l.Colour)).H)
	default:
		return ""
	}
	return fmt.Sprintf(":root{%[1]s}\n@media (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]){%[1]s}}\n:root[data-theme=\"dark\"]{%[1]s}\n", set)
}

// LookPath is the address of the stylesheet of this site, without its own rules where bare, or of the colours of all
// sites at the portal.
func (v *Visit) LookPath(bare bool) string {
	link := v.Root + "/look.css?v=" + v.Look(bare).Version
	if bare {
		link += "&bare=1"
	}
	if v.Trial != nil {
		link += "&" + lookParam + "=" + v.tried
	}
	return link
}

// ServeLook answers with the Look of the visit.
func ServeLook(v *Visit, w http.ResponseWriter, r *http.Request) error {
	look := v.Look(r.URL.Query().Has("bare"))
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	if r.URL.Query().Get("v") == look.Version && v.Trial == nil {
		h.Set("Cache-Control", immutable)
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	_, err := w.Write([]byte(look.CSS))
	return err
}

// A steward sees any page of the site in the look on trial with ?look=trial, or in a model as it comes with ?look=poster;
// links carry it on.
const (
	lookParam = "look"
	lookTrial = "trial" // its value for the look on trial, others being names of models
)

// wear finds the look on trial, if it is asked for, and the pictures of the look.
func (v *Visit) wear(ctx context.Context) error {
	if v.AtPortal() {
		return nil
	}
	if err := v.try(ctx, v.query); err != nil {
		return err
	}
	l := v.look()
	if l.Logo == "" && l.Picture == "" {
		return nil
	}
	found, err := v.House.Reader.MediaOf(ctx, v.Viewer, []press.MediaID{l.Logo, l.Picture})
	if err != nil {
		return fmt.Errorf("find the look's pictures: %w", err)
	}
	for _, m := range found {
		switch {
		case !m.BinnedAt.IsZero():
		case m.ID == l.Logo:
			v.Logo = m
		case m.ID == l.Picture:
			v.Banner = m
		}
	}
	return nil
}

// try finds the look that a steward asked to see. Nobody else gets another than the site wears.
func (v *Visit) try(ctx context.Context, query url.Values) error {
	asked := query.Get(lookParam)
	if asked == "" || !v.Stewards() {
		return nil
	}
	trial, err := v.House.Reader.LookTrial(ctx, v.Viewer, v.Site.ID)
	if press.KindOf(err) == press.NotFound && err != nil {
		trial, err = press.LookVersion{Site: v.Site.ID, Look: v.Site.Look}, nil
	}
	if err != nil {
		return fmt.Errorf("find the look to try: %w", err)
	}
	if model := press.Model(asked); slices.Contains(press.Models, model) {
		trial.Look = press.Look{Model: model, Colour: v.Site.Look.Colour, Menu: v.Site.Look.Menu, Foot: v.Site.Look.Foot}
		trial.FrontHTML = ""
	} else if asked != lookTrial {
		return nil
	}
	v.Trial, v.tried = &trial, asked
	return nil
}

// Leave is the address of a path inside this site in the look that it wears.
func (v *Visit) Leave(path string) string {
	worn := *v
	worn.tried = ""
	return worn.Link(path)
}

// menu is the site's main one: what its look says, else its sections.
func (v *Visit) menu(h Head) []Tab {
	if lines := v.lines(v.look().Menu, h); !v.AtPortal() && len(lines) > 0 {
		return lines
	}
	var tabs []Tab
	for _, s := range v.Sections {
		tabs = append(tabs, Tab{Name: s.Name, Link: v.Link("/section/" + s.Slug), Current: s.ID == h.Section})
	}
	return tabs
}

func (v *Visit) menuName() string {
	if len(v.look().Menu) > 0 {
		return v.T("Menu")
	}
	return v.T("Sections")
}

// footMenu is what a look adds to the foot.
func (v *Visit) footMenu() []Tab {
	if v.AtPortal() {
		return nil
	}
	return v.lines(v.look().Foot, Head{})
}

func (v *Visit) footWords() string {
	if v.AtPortal() {
		return ""
	}
	return v.inOurWords(v.look().WordsHTML)
}

// inOurWords chooses the language of the page, else the site's main one.
func (v *Visit) inOurWords(t press.Text) string {
	if words := t[v.L.Lang()]; words != "" {
		return words
	}
	return t.In(v.Site.Language())
}

// lines are the links of a menu. A section that is closed has none.
func (v *Visit) lines(menu []press.MenuLine, h Head) []Tab {
	var tabs []Tab
	for _, line := range menu {
		tab := Tab{Name: v.inOurWords(line.Label), Link: line.Target}
		if line.Inside() {
			tab.Link = v.Link(line.Target)
			tab.Current = v.Path == line.Target
		}
		if slug, is := strings.CutPrefix(line.Target, "/section/"); is {
			i := slices.IndexFunc(v.Sections, func(s press.Section) bool { return s.Slug == slug })
			if i < 0 {
				continue
			}
			tab.Current = tab.Current || v.Sections[i].ID == h.Section
			if tab.Name == "" {
				tab.Name = v.Sections[i].Name
			}
		}
		tabs = append(tabs, tab)
	}
	return tabs
}
