package page

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"bourgeon/kit/locale"
	"bourgeon/kit/ratelimit"
	"bourgeon/kit/typography"
	"bourgeon/press"
)

// Visit is one request: where, who, in which language.
type Visit struct {
	Network   press.Network
	Site      press.Site      // zero at the portal
	Sites     []press.Site    // at the portal: the open ones, in the visit's language
	Sections  []press.Section // of the site, open ones, in the visit's language
	Viewer    press.Viewer
	L         *locale.Locale
	Now       time.Time
	Addresses press.Addresses // absolute links: feeds, canonical, mails
	Root      string          // prefix of the site's or portal's own paths as this browser sees them: "", "/la-criee", "/base/la-criee"
	Home      string          // prefix of the network's paths: "", "/base", or "https://network.example" from a site on its own domain
	Host      string          // prefix of /static and /media on the host asked: "" or "/base"
	Path      string          // inside the site or portal, starting with "/"
	Languages []string        // that this page can be read in
	Client    string          // key of who asks, for rate limits; never logged
	House     *House
	Plain     bool               // the comfortable reading was asked for
	Trial     *press.LookVersion // the look that a steward asked to see; nil for all others
	Logo      press.Media        // of the look; zero without
	Banner    press.Media        // across the top of the front page; zero without

	query  url.Values
	tried  string // what was asked for by ?look=, which links then carry on
	chosen string // language asked for by ?lang=, which links then carry on
	zone   *time.Location

	challenge string
}

// AtPortal tells whether the visit is to the network's own pages.
func (v *Visit) AtPortal() bool { return v.Site.ID == "" }

// T translates a source text.
func (v *Visit) T(msg string, args ...any) string { return v.L.T(msg, args...) }

// N translates a source text that depends on a number.
func (v *Visit) N(one, many string, n int, args ...any) string { return v.L.N(one, many, n, args...) }

// Animates tells whether the viewer may decide on some of the site's proposals.
func (v *Visit) Animates() bool { return v.may(press.Animator) }

// Stewards tells whether the viewer keeps the site, or at the portal the network.
func (v *Visit) Stewards() bool {
	return v.Viewer.May(press.Steward, v.Site.ID, "")
}

// Contributes tells whether the viewer sees the site's proposals.
func (v *Visit) Contributes() bool { return v.may(press.Contributor) }

func (v *Visit) may(role press.Role) bool {
	return !v.AtPortal() && v.Viewer.MaySomewhere(role, v.Site.ID)
}

// Name is the site's name, or the network's at the portal.
func (v *Visit) Name() string {
	if v.AtPortal() {
		return v.Network.Name
	}
	return v.Site.In(v.L.Lang()).Name
}

// Tagline is the site's, or the network's at the portal.
func (v *Visit) Tagline() string {
	if v.AtPortal() {
		return v.Network.Tagline
	}
	return v.Site.In(v.L.Lang()).Tagline
}

// Allow takes a token of the client's from a limiter; without one left, it is a press.TooMany that Fail answers with
// Retry-After.
func (v *Visit) Allow(l *ratelimit.Limiter) error {
	if l == nil {
		return nil
	}
	ok, retry := l.Allow(v.Client)
	if ok {
		return nil
	}
	return Later(retry)
}

// Zone is the time zone of the site, or of the portal.
func (v *Visit) Zone() *time.Location {
	if v.zone == nil {
		switch {
		case !v.AtPortal():
			v.zone = v.Site.Zone()
		case v.House != nil && v.House.Zone != nil:
			v.zone = v.House.Zone
		default:
			v.zone = time.UTC
		}
	}
	return v.zone
}

// Date is a day in words, in the site's time zone.
func (v *Visit) Date(t time.Time) string { return v.L.Date(t.In(v.Zone())) }

// DateTime is a moment in words, in the site's time zone.
func (v *Visit) DateTime(t time.Time) string { return v.L.DateTime(t.In(v.Zone())) }

// Relative is how long ago or ahead a moment is. It is not for cached pages.
func (v *Visit) Relative(t time.Time) string { return v.L.Relative(t.In(v.Zone()), v.Now.In(v.Zone())) }

// ISO is a moment for a datetime attribute, in the site's time zone.
func (v *Visit) ISO(t time.Time) string { return t.In(v.Zone()).Format(time.RFC3339) }

// Number is a count in the language's way.
func (v *Visit) Number(n int) string { return v.L.Number(n) }

// Set applies the typography of a text's language to it; language "" is the page's.
func (v *Visit) Set(language, text string) string {
	if language == "" {
		language = v.L.Lang()
	}
	if language == "fr" {
		return typography.French(text)
	}
	return text
}

// Lang is the lang attribute that a text in another language than the page's needs: <p { v.Lang(e.Language)... }>.
func (v *Visit) Lang(language string) templ.Attributes {
	if language == "" || language == v.L.Lang() {
		return nil
	}
	a := templ.Attributes{"lang": language}
	if dir := locale.DirOf(language); dir != v.L.Dir() {
		a["dir"] = dir
	}
	return a
}

// SignedIn is nil when somebody is signed in, else the error that leads to signing in and back here.
func (v *Visit) SignedIn() error {
	if v.Viewer.Known() {
		return nil
	}
	return press.Problem(press.SignIn, "Sign in to go on.")
}

// Load reads what pages show around their content. The server calls it before a handler runs, not before a cached page
// is served.
func (v *Visit) Load(ctx context.Context) error {
	var err error
	if v.Network.Version == 0 {
		if v.Network, err = v.House.Reader.Network(ctx, v.Viewer); err != nil {
			return fmt.Errorf("load the visit: %w", err)
		}
	}
	if v.AtPortal() {
		v.Sites, err = v.House.Reader.Sites(ctx, v.Viewer)
		for i, site := range v.Sites {
			v.Sites[i] = site.In(v.L.Lang())
		}
	} else {
		v.Sections, err = v.House.Reader.Sections(ctx, v.Viewer, v.Site.ID)
		for i, section := range v.Sections {
			v.Sections[i] = section.In(v.L.Lang())
		}
	}
	if err == nil {
		err = v.wear(ctx)
	}
	if err != nil {
		return fmt.Errorf("load the visit: %w", err)
	}
	return nil
}

// Speak chooses the language: the one asked for by ?lang=, else the viewer's, else what the browser accepts, among
// languages, of which the first is the default.
func (v *Visit) Speak(r *http.Request, languages []string) {
	v.Languages = nil
	for _, l := range languages {
		if press.KnownLanguage(l) {
			v.Languages = append(v.Languages, l)
		}
	}
	if len(v.Languages) == 0 {
		v.Languages = press.Languages
	}
	v.query = r.URL.Query()
	lang := v.known(v.query.Get("lang"))
	v.chosen = lang
	v.Plain = v.query.Get(readingParam) == readingPlain
	if lang == "" {
		lang = v.known(v.Viewer.Language)
	}
	if lang == "" {
		lang = locale.Match(r.Header.Get("Accept-Language"), v.Languages)
	}
	if lang == "" {
		lang = v.Languages[0]
	}
	v.L = v.House.Catalogue.In(lang)
}

func (v *Visit) known(lang string) string {
	for _, l := range v.Languages {
		if l == lang {
			return l
		}
	}
	return ""
}

type visitKey struct{}

// WithVisit puts a visit into a request's context.
func WithVisit(ctx context.Context, v *Visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// VisitOf finds the visit of a request; nil when there is none.
func VisitOf(ctx context.Context) *Visit {
	v, _ := ctx.Value(visitKey{}).(*Visit)
	return v
}
