package reader

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bourgeon/kit/ical"
	"bourgeon/kit/tabular"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// maxTaken bounds the contributions of one file.
const maxTaken = 20_000

// taking is how many are read at once.
const taking = 500

// TakeAway is a form's list as a file, /recits.csv: the contributions that the query selects, with the answers that the
// viewer may see.
func TakeAway(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	slug, format, named := strings.Cut(r.PathValue("file"), ".")
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, slug)
	if err != nil {
		return err
	}
	write := writers[format]
	if !named || write == nil || form.Version == 0 || !form.Tabulated() {
		return missing()
	}
	if err := v.Allow(v.House.Limits.Search); err != nil {
		return err
	}
	s, _ := selected(form, r.URL.Query())
	t := taken{v: v, form: form, selection: s}
	h := w.Header()
	h.Set("Content-Type", write.kind)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.%s"`, form.Slug, format))
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("X-Robots-Tag", "noindex")
	return write.write(r.Context(), w, &t)
}

// TakesAway tells whether a path inside a site has the shape of a list to take away.
func TakesAway(path string) bool {
	slug, format, named := strings.Cut(strings.TrimPrefix(path, "/"), ".")
	return named && slug != "" && !strings.Contains(slug, "/") && writers[format] != nil
}

// taken is a list on its way out.
type taken struct {
	v         *page.Visit
	form      press.Form
	selection store.Selection
}

// each reads the contributions, some at a time, in their order.
func (t *taken) each(ctx context.Context, f func(press.Entry) error) error {
	s := t.selection
	s.Body, s.Limit = true, taking
	for s.Skip = 0; s.Skip < maxTaken; s.Skip += taking {
		found, err := t.v.House.Reader.Entries(ctx, t.v.Viewer, s)
		if err != nil {
			return err
		}
		for _, e := range found.Entries {
			if err := f(e); err != nil {
				return err
			}
		}
		if len(found.Entries) < taking {
			return nil
		}
	}
	return nil
}

type writer struct {
	kind  string
	write func(ctx context.Context, w io.Writer, t *taken) error
}

var writers = map[string]*writer{
	"csv":     {"text/csv; charset=utf-8", writeCSV},
	"json":    {"application/json; charset=utf-8", writeJSON},
	"geojson": {"application/geo+json", writeGeoJSON},
	"jsonld":  {"application/ld+json", writeJSONLD},
	"ics":     {"text/calendar; charset=utf-8", writeCalendar},
}

// told are the fields that a file tells: answers, in their order.
func (t *taken) told() []press.Field {
	var all []press.Field
	for _, field := range t.form.Told(t.v.Viewer) {
		if field.Kind != press.Explanation && field.Kind != press.Words && field.Kind != press.Computed {
			all = append(all, field)
		}
	}
	return all
}

// answers are what the viewer reads of an entry: those that are asked of it.
func (t *taken) answers(e press.Entry) map[string][]string {
	shown := map[string][]string{}
	for _, field := range t.form.Shown(e.Answers) {
		shown[field.Key] = e.Answers[field.Key]
	}
	return shown
}

func writeCSV(ctx context.Context, w io.Writer, t *taken) error {
	columns := []string{"id", "url", "title"}
	fields := t.told()
	for _, field := range fields {
		if field.Role == press.RoleTitle {
			continue
		}
		if field.Kind == press.PlaceKind {
			columns = append(columns, field.Key, field.Key+".lat", field.Key+".lon")
			continue
		}
		columns = append(columns, field.Key)
	}
	columns = append(columns, "tags", "authors", "language", "licence", "published", "updated")
	var failed error
	err := tabular.WriteCSV(w, columns, func(yield func([]string) bool) {
		failed = t.each(ctx, func(e press.Entry) error {
			if !yield(t.line(e, fields)) {
				return io.ErrClosedPipe
			}
			return nil
		})
	})
	if failed != nil {
		return failed
	}
	return err
}

func (t *taken) line(e press.Entry, fields []press.Field) []string {
	v := t.v
	cells := []string{string(e.ID), v.Addresses.Entry(e), e.Title}
	answers := t.answers(e)
	for _, field := range fields {
		answer := answers[field.Key]
		switch {
		case field.Role == press.RoleTitle:
		case field.Kind == press.PlaceKind:
			p := press.PlaceOf(answer)
			lat, lon := "", ""
			if p.Located {
				lat, lon = answer[0], answer[1]
			}
			cells = append(cells, p.Name, lat, lon)
		case field.Kind == press.Pictures:
			cells = append(cells, strings.Join(t.addresses(e, answer), "\n"))
		case field.Kind.Chosen():
			var all []string
			for _, s := range answer {
				all = append(all, field.Worded(s, v.L.Lang()))
			}
			cells = append(cells, strings.Join(all, "; "))
		case field.Kind == press.Period:
			cells = append(cells, strings.Join(answer, " – "))
		case field.Kind == press.Inviter:
			cells = append(cells, press.InvitingOf(answer).Name)
		default:
			cells = append(cells, strings.Join(answer, "; "))
		}
	}
	return append(cells, strings.Join(e.Tags, "; "), v.AuthorNames(e), e.Language, string(e.Licence), e.PublishedAt.UTC().Format(time.RFC3339), e.UpdatedAt.UTC().Format(time.RFC3339))
}

// addresses are where the pictures of an answer are.
func (t *taken) addresses(e press.Entry, answer []string) []string {
	var all []string
	for _, id := range answer {
		for _, m := range e.Pictures {
			if string(m.ID) == id {
				all = append(all, t.v.Addresses.File(m.Smallest(m.Width)))
			}
		}
	}
	return all
}

// exported is an entry as files of JSON tell it.
type exported struct {
	ID        string         `json:"id"`
	URL       string         `json:"url"`
	Title     string         `json:"title"`
	Language  string         `json:"language"`
	Licence   string         `json:"licence"`
	Authors   []string       `json:"authors"`
	Tags      []string       `json:"tags,omitempty"`
	Published time.Time      `json:"published"`
	Updated   time.Time      `json:"updated"`
	Answers   map[string]any `json:"answers"`
}

func (t *taken) exported(e press.Entry) exported {
	x := exported{
		ID: string(e.ID), URL: t.v.Addresses.Entry(e), Title: e.Title, Language: e.Language, Licence: string(e.Licence), Authors: []string{},
		Tags: e.Tags, Published: e.PublishedAt.UTC(), Updated: e.UpdatedAt.UTC(), Answers: map[string]any{},
	}
	for _, c := range e.Authors() {
		x.Authors = append(x.Authors, t.v.Named(c))
	}
	for key, answer := range t.answers(e) {
		field, _ := t.form.ByKey(key)
		x.Answers[key] = t.typed(e, field, answer)
	}
	return x
}

// typed is an answer as a value of JSON.
func (t *taken) typed(e press.Entry, field press.Field, answer []string) any {
	switch field.Kind {
	case press.YesNo:
		return answer[0] == "yes"
	case press.Number:
		return json.RawMessage(numeral(answer[0]))
	case press.Choices, press.People, press.Reference, press.Period:
		return answer
	case press.Pictures:
		return t.addresses(e, answer)
	case press.PlaceKind:
		p := press.PlaceOf(answer)
		if !p.Located {
			return map[string]any{"name": p.Name}
		}
		return map[string]any{"name": p.Name, "lat": p.Lat, "lon": p.Lon, "precision": p.Precision}
	case press.Inviter:
		return press.InvitingOf(answer).Name
	}
	return answer[0]
}

// numeral is a number as JSON writes it, or a text where it isn't one.
func numeral(s string) string {
	if json.Valid([]byte(s)) {
		return s
	}
	b, _ := json.Marshal(s)
	return string(b)
}

// writeList writes a JSON array, an element at a time.
func (t *taken) writeList(ctx context.Context, w io.Writer, shape func(press.Entry) any) error {
	first := true
	return t.each(ctx, func(e press.Entry) error {
		one := shape(e)
		if one == nil {
			return nil
		}
		b, err := json.Marshal(one)
		if err != nil {
			return err
		}
		separator := ",\n"
		if first {
			first, separator = false, "\n"
		}
		_, err = io.WriteString(w, separator+string(b))
		return err
	})
}

func writeJSON(ctx context.Context, w io.Writer, t *taken) error {
	head := map[string]any{"form": t.form.Slug, "name": t.form.Plural, "url": t.v.Addresses.Site(t.v.Site.Slug, t.v.Site.Host) + "/" + t.form.Slug + "/"}
	b, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s,\"entries\":[", strings.TrimSuffix(string(b), "}")); err != nil {
		return err
	}
	if err := t.writeList(ctx, w, func(e press.Entry) any { return t.exported(e) }); err != nil {
		return err
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

// writeGeoJSON writes a collection of points (RFC 7946).
func writeGeoJSON(ctx context.Context, w io.Writer, t *taken) error {
	if _, err := io.WriteString(w, `{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	err := t.writeList(ctx, w, func(e press.Entry) any {
		for _, field := range t.form.Shown(e.Answers) {
			p := press.PlaceOf(e.Answers[field.Key])
			if field.Kind != press.PlaceKind || !p.Located {
				continue
			}
			return map[string]any{
				"type": "Feature", "id": string(e.ID), "properties": t.exported(e),
				"geometry": map[string]any{"type": "Point", "coordinates": []float64{p.Lon, p.Lat}},
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

// writeJSONLD writes a graph: the terms that the form's questions mean, in schema.org and Dublin Core.
func writeJSONLD(ctx context.Context, w io.Writer, t *taken) error {
	const context = `{"@context":{"schema":"https://schema.org/","dcterms":"http://purl.org/dc/terms/","dc":"http://purl.org/dc/elements/1.1/","foaf":"http://xmlns.com/foaf/0.1/","geo":"http://www.w3.org/2003/01/geo/wgs84_pos#"},"@graph":[`
	if _, err := io.WriteString(w, context); err != nil {
		return err
	}
	err := t.writeList(ctx, w, func(e press.Entry) any {
		node := map[string]any{
			"@id": t.v.Addresses.Entry(e), "@type": "schema:CreativeWork", "schema:name": e.Title, "schema:inLanguage": e.Language,
			"schema:datePublished": e.PublishedAt.UTC().Format(time.RFC3339), "schema:author": t.exported(e).Authors,
		}
		if l, ok := press.LicenceByID(e.Licence); ok && l.URL != "" {
			node["schema:license"] = l.URL
		}
		if len(e.Tags) > 0 {
			node["schema:keywords"] = e.Tags
		}
		for _, field := range t.form.Shown(e.Answers) {
			if answer := e.Answers[field.Key]; field.Means != "" && len(answer) > 0 {
				node[field.Means] = t.meant(e, field, answer)
			}
		}
		return node
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

func (t *taken) meant(e press.Entry, field press.Field, answer []string) any {
	switch {
	case field.Kind.Chosen():
		var all []string
		for _, s := range answer {
			all = append(all, field.Worded(s, t.v.L.Lang()))
		}
		return all
	case field.Kind == press.PlaceKind:
		p := press.PlaceOf(answer)
		place := map[string]any{"@type": "schema:Place", "schema:name": p.Name}
		if p.Located {
			place["schema:geo"] = map[string]any{"@type": "schema:GeoCoordinates", "schema:latitude": p.Lat, "schema:longitude": p.Lon}
		}
		return place
	case field.Kind == press.Link:
		return map[string]any{"@id": answer[0]}
	}
	return t.typed(e, field, answer)
}

// writeCalendar writes the days on which contributions are (RFC 5545).
func writeCalendar(ctx context.Context, w io.Writer, t *taken) error {
	field, ok := t.form.When()
	if !ok {
		return missing()
	}
	c := ical.Calendar{Name: t.v.Name() + " · " + t.form.Plural.In(t.v.L.Lang()), Product: "-//Bourgeon//" + strings.ToUpper(t.v.L.Lang())}
	err := t.each(ctx, func(e press.Entry) error {
		answer := e.Answers[field.Key]
		if len(answer) == 0 {
			return nil
		}
		first, ok := press.ReadDay(answer[0])
		last := first
		if len(answer) > 1 {
			if end, read := press.ReadDay(answer[1]); read {
				last = end
			}
		}
		if !ok {
			return nil
		}
		event := ical.Event{
			UID: string(e.ID) + "@" + host(t.v.Addresses.Base), Stamp: e.UpdatedAt, First: first, Last: last, Summary: e.Title, URL: t.v.Addresses.Entry(e),
			Description: e.Standfirst,
		}
		for _, other := range t.form.Shown(e.Answers) {
			if p := press.PlaceOf(e.Answers[other.Key]); other.Kind == press.PlaceKind {
				event.Location = p.Name
				event.Lat, event.Lon, event.Located = p.Lat, p.Lon, p.Located
			}
		}
		c.Events = append(c.Events, event)
		return nil
	})
	if err != nil {
		return err
	}
	return c.Write(w)
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "bourgeon"
	}
	return u.Hostname()
}
