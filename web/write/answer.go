package write

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bourgeon/kit/webmap"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Sizes of the map on which a place is shown by pressing it, in CSS pixels:
// what is pressed is counted in them.
const (
	mapWidth  = 288
	mapHeight = 240
)

// answer reads the answer to a field, and whether the page asked for it. Files have their own way.
func (in *received) answer(field press.Field) (answer []string, asked bool) {
	asked = in.Has(field.Key)
	if in.Has("asks") {
		asked = slices.Contains(in.All("asks"), field.Key)
	}
	at := func(part string) string { return in.Line(field.Key + "." + part) }
	switch field.Kind {
	case press.People:
		return strings.Split(in.Text(field.Key), "\n"), asked
	case press.Period:
		return []string{at("from"), at("to")}, asked
	case press.PlaceKind:
		return in.place(field.Key), asked
	case press.Inviter:
		shown := ""
		if in.Has(field.Key + ".shown") {
			shown = "shown"
		}
		return []string{at("name"), shown, at("link")}, asked
	case press.Choice, press.Choices:
		return append(slices.Clone(in.All(field.Key)), in.others(field)...), asked
	}
	return in.Values(field.Key), asked
}

// others are the words of one's own beside a choice, several with commas between them.
func (in *received) others(field press.Field) []string {
	words := in.Line(field.Key + ".other")
	if !field.Other || words == "" {
		return nil
	}
	if field.Kind == press.Choice {
		return []string{words}
	}
	return strings.FieldsFunc(words, func(r rune) bool { return r == ',' || r == ';' })
}

// place reads a place: one found by its address, one pressed on the map, or what was there.
func (in *received) place(key string) []string {
	at := func(part string) string { return in.Line(key + "." + part) }
	p := []string{at("lat"), at("lon"), at("precision"), at("name")}
	if picked := strings.SplitN(at("pick"), "|", 3); len(picked) == 3 {
		p[0], p[1], p[3] = picked[0], picked[1], picked[2]
	}
	x, xErr := strconv.Atoi(at("map.x"))
	y, yErr := strconv.Atoi(at("map.y"))
	if view, ok := webmap.Read(at("view"), mapWidth, mapHeight); ok && xErr == nil && yErr == nil {
		lat, lon := view.At(float64(x), float64(y))
		p[0], p[1] = fmt.Sprintf("%.6f", lat), fmt.Sprintf("%.6f", lon)
	}
	return p
}

// own are the words of one's own among the answers to a choice.
func own(field press.Field, answer []string) string {
	var words []string
	for _, s := range answer {
		if _, known := field.OptionFor(s); !known {
			words = append(words, s)
		}
	}
	return strings.Join(words, ", ")
}

// chosen tells whether an option is among the answers.
func chosen(answer []string, o press.Option) bool { return slices.Contains(answer, o.Key) }

// folds tells whether a choice has too many options to show them all.
func folds(field press.Field) bool { return field.Kind == press.Choice && len(field.Choosable()) > 12 }

// part is one of several answers to a question, asked in its frame.
func (s sheet) part(field press.Field, name, label, value string) page.Field {
	return page.Field{Name: field.Key + "." + name, Label: label, Value: value}
}

// locating is what the question of a place shows.
type locating struct {
	press.Place
	Map   page.Map
	Found []press.Place // that the geocoder knows
	Tried bool          // it was asked
}

// locate prepares the questions of places on a page.
func (f *Face) locate(ctx context.Context, v *page.Visit, r *http.Request, s *sheet) error {
	key, at, _ := strings.Cut(r.URL.Query().Get("view"), ":")
	for _, field := range s.asked(v) {
		if field.Kind != press.PlaceKind {
			continue
		}
		p := press.PlaceOf(s.Draft.Answers[field.Key])
		l := locating{Place: p}
		view, ok := webmap.Read(at, mapWidth, mapHeight)
		if key != field.Key || !ok {
			var err error
			if view, err = f.around(ctx, v, s.Form, field, p); err != nil {
				return err
			}
		}
		l.Map = page.Map{View: view, Label: v.T("The place on a map")}
		if p.Located {
			x, y := view.Pixel(p.Lat, p.Lon)
			l.Map.Marks = []page.Mark{{X: x, Y: y, Count: 1, Title: cmp.Or(p.Name, v.T("The place"))}}
		}
		if s.Find == field.Key && f.Find != nil && p.Name != "" {
			found, err := f.Find(ctx, p.Name)
			if err != nil {
				s.Faults = append(s.Faults, press.FieldError{Field: field.Key, Message: "The service that finds addresses doesn’t answer: press the map, or leave the name alone."})
			}
			l.Found, l.Tried = found, err == nil
		}
		if s.Places == nil {
			s.Places = map[string]locating{}
		}
		s.Places[field.Key] = l
	}
	return nil
}

// around is what a map shows first: the place, else where others are.
func (f *Face) around(ctx context.Context, v *page.Visit, form press.Form, field press.Field, p press.Place) (webmap.View, error) {
	if p.Located {
		zoom := map[press.Precision]int{press.Exact: 16, press.Street: 15, press.Town: 12}[p.Precision]
		return webmap.View{Lat: p.Lat, Lon: p.Lon, Zoom: zoom, Width: mapWidth, Height: mapHeight}, nil
	}
	if !field.Public() {
		return webmap.Fit(nil, mapWidth, mapHeight, 13), nil
	}
	others, err := v.House.Reader.Points(ctx, v.Viewer, store.Selection{Site: form.Site, Form: form.ID}, field.Key)
	var points []webmap.Point
	for i, o := range others {
		points = append(points, webmap.Point{Lat: o.Lat, Lon: o.Lon, Index: i})
	}
	return webmap.Fit(points, mapWidth, mapHeight, 13), err
}

// canFind tells whether addresses can be looked for.
func (s sheet) canFind(v *page.Visit) bool { return v.Network.Maps.Geocoder != "" }

func precisionName(v *page.Visit, p press.Precision) string {
	switch p {
	case press.Street:
		return v.T("About the street")
	case press.Town:
		return v.T("Only the town or the quarter")
	}
	return v.T("Exactly there")
}

// maxReferred bounds the contributions among which one is chosen.
const maxReferred = 500

// refer finds the contributions that the page's references may name.
func (f *Face) refer(ctx context.Context, v *page.Visit, s *sheet) error {
	for _, field := range s.asked(v) {
		if field.Kind != press.Reference {
			continue
		}
		site, form, err := f.referred(ctx, v, field)
		if press.KindOf(err) == press.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		found, err := v.House.Reader.Entries(ctx, press.Viewer{}, store.Selection{Site: site, Form: form, By: press.ByTitle, Limit: maxReferred})
		if err != nil {
			return err
		}
		var options []page.Option
		for _, e := range found.Entries {
			options = append(options, page.Option{Value: string(e.ID), Label: e.Title})
		}
		if s.Referred == nil {
			s.Referred = map[string][]page.Option{}
		}
		s.Referred[field.Key] = options
	}
	return nil
}

// referred is the form that a reference is to, on this site or another of the network.
func (f *Face) referred(ctx context.Context, v *page.Visit, field press.Field) (press.SiteID, press.FormID, error) {
	slug, of, elsewhere := strings.Cut(field.Of, "/")
	site := v.Site.ID
	if !elsewhere {
		of = slug
	} else {
		other, err := v.House.Reader.SiteBySlug(ctx, v.Viewer, slug)
		if err != nil {
			return "", "", err
		}
		site = other.ID
	}
	form, err := v.House.Reader.FormBySlug(ctx, v.Viewer, site, of)
	return site, form.ID, err
}

// slots are the choices of a reference: what was chosen, and two more.
func slots(answer []string) []string { return append(slices.Clone(answer), "", "") }
