package reader

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"bourgeon/kit/fold"
	"bourgeon/kit/markdown"
	"bourgeon/kit/webmap"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// Sizes of the map of a collection, and of the squares in which marks are gathered, in pixels.
const (
	mapWidth   = 480
	mapHeight  = 400
	mapCell    = 42
	nearest    = 15 // zoom of a map with one mark
	maxTitles  = 12 // of a mark, told apart
	maxGuests  = 2000
	excerptLen = 420 // characters of a story on the wall
)

// mapped puts the contributions selected on a map; the list beside it has those that the view shows.
func (c *collection) mapped(ctx context.Context, v *page.Visit, s store.Selection) error {
	field, ok := c.OfKind(press.PlaceKind)
	if !ok {
		return nil
	}
	found, err := v.House.Reader.Points(ctx, v.Viewer, s, field.Key)
	if err != nil {
		return err
	}
	points := make([]webmap.Point, len(found))
	for i, p := range found {
		points[i] = webmap.Point{Lat: p.Lat, Lon: p.Lon, Index: i}
	}
	view, given := webmap.Read(c.query.Get("at"), mapWidth, mapHeight)
	if !given {
		view = webmap.Fit(points, mapWidth, mapHeight, nearest)
	}
	groups := webmap.Cluster(points, view, mapCell)
	inView := 0
	var alone, seen []press.EntryID
	for _, g := range groups {
		inView += len(g.Points)
		for _, i := range g.Points {
			if len(g.Points) == 1 {
				alone = append(alone, found[i].Entry)
			}
			if len(seen) < c.Size {
				seen = append(seen, found[i].Entry)
			}
		}
	}
	names, err := titled(ctx, v, alone)
	if err != nil {
		return err
	}
	c.Map = &page.Map{View: view, Label: v.N("%d place on the map", "%d places on the map", inView, inView), Link: func(to webmap.View) string {
		return c.link(v, "view", string(press.ViewMap), "at", to.Text(), "page", "")
	}}
	for _, g := range groups {
		m := page.Mark{X: g.X, Y: g.Y, Count: len(g.Points)}
		if len(g.Points) == 1 {
			e := names[found[g.Points[0]].Entry]
			m.Title, m.Link = e.Title, v.Entry(e)
		} else {
			m.Title = v.N("%d contribution here: look nearer", "%d contributions here: look nearer", m.Count, m.Count)
			m.Link = c.Map.Link(g.View)
		}
		c.Map.Marks = append(c.Map.Marks, m)
	}
	if given && inView < c.Total { // the list follows the map
		some, err := v.House.Reader.Entries(ctx, v.Viewer, store.Selection{Site: c.Site, Form: c.ID, IDs: append(seen, nothing), Limit: c.Size, Body: true})
		if err != nil {
			return err
		}
		c.Entries, c.Total, c.Number = some.Entries, inView, 1
	}
	return nil
}

func titled(ctx context.Context, v *page.Visit, ids []press.EntryID) (map[press.EntryID]press.Entry, error) {
	all := map[press.EntryID]press.Entry{}
	for some := range slices.Chunk(ids, 200) {
		found, err := v.House.Reader.Entries(ctx, v.Viewer, store.Selection{IDs: some, Limit: len(some)})
		if err != nil {
			return nil, err
		}
		for _, e := range found.Entries {
			all[e.ID] = e
		}
	}
	return all, nil
}

// era is a year, or a month of one, and what happened in it.
type era struct {
	Name    string
	Entries []press.Entry
}

// eras gathers the contributions of a timeline by month, in its order.
func (c *collection) eras(v *page.Visit) []era {
	field, ok := c.Form.When()
	var all []era
	for _, e := range c.Entries {
		name := v.T("Without a date")
		if day, read := press.ReadDay(e.Answers.One(field.Key)); ok && read {
			name = v.L.Month(day) + " " + fmt.Sprint(day.Year())
		}
		if len(all) == 0 || all[len(all)-1].Name != name {
			all = append(all, era{Name: name})
		}
		all[len(all)-1].Entries = append(all[len(all)-1].Entries, e)
	}
	return all
}

// days are when an entry of a timeline is.
func (c *collection) days(v *page.Visit, e press.Entry) string {
	field, ok := c.Form.When()
	if !ok {
		return ""
	}
	return v.Days(e.Answers[field.Key])
}

// letters gathers the contributions of a directory by their first letter.
func (c *collection) letters() []era {
	var all []era
	for _, e := range c.Entries {
		letter := "#"
		if folded := fold.Text(e.Title); folded != "" && unicode.IsLetter([]rune(folded)[0]) {
			letter = strings.ToUpper(string([]rune(folded)[0]))
		}
		if len(all) == 0 || all[len(all)-1].Name != letter {
			all = append(all, era{Name: letter})
		}
		all[len(all)-1].Entries = append(all[len(all)-1].Entries, e)
	}
	return all
}

// share is how long the bar of an answer is, in percent of the most frequent one.
func (n narrowing) share(a answered) string {
	most := 1
	for _, other := range n.Answers {
		most = max(most, other.Entries)
	}
	return fmt.Sprint(a.Entries * 100 / most)
}

// percent is the part of all contributions that gave an answer.
func (c *collection) percent(v *page.Visit, a answered) string {
	return v.T("%d %%", (a.Entries*100+c.Total/2)/max(1, c.Total))
}

// excerpt is the beginning of a story, as the wall shows it.
func (c *collection) excerpt(e press.Entry) string {
	for _, field := range c.Shown(e.Answers) {
		if field.Kind == press.LongText && field.Public() {
			return markdown.Excerpt(markdown.Plain(e.Rendered[field.Key]), excerptLen)
		}
	}
	return e.Standfirst
}

// questions are those that stories are read across: with long answers.
func (c *collection) questions() []press.Field {
	return slices.DeleteFunc(slices.Clone(c.Fields), func(f press.Field) bool {
		return f.Gone || f.Kind != press.LongText || !f.Public()
	})
}

// quoted are the passages gathered under a word.
type quoted struct {
	Word     string
	Passages []gatheredWords
}

type gatheredWords struct {
	Words string
	Entry press.Entry
}

// across chooses the question to read across stories, and finds the passages gathered from its answers.
func (c *collection) across(ctx context.Context, v *page.Visit) error {
	all := c.questions()
	if len(all) == 0 {
		return nil
	}
	at := slices.IndexFunc(all, func(f press.Field) bool { return f.Key == c.query.Get("question") })
	c.Question = all[max(0, at)]
	quotations, err := v.House.Reader.Quotations(ctx, press.Viewer{}, c.Form)
	if err != nil {
		return err
	}
	var ids []press.EntryID
	for _, q := range quotations {
		if q.Field == c.Question.Key {
			ids = append(ids, q.Entry)
		}
	}
	entries, err := titled(ctx, v, ids)
	if err != nil || len(ids) == 0 {
		return err
	}
	vocabularies, err := v.House.Reader.Vocabularies(ctx, v.Viewer, c.Site)
	if err != nil {
		return err
	}
	for _, q := range quotations {
		e, there := entries[q.Entry]
		if q.Field != c.Question.Key || !there {
			continue
		}
		word := wordOf(v, vocabularies, q)
		if len(c.Quoted) == 0 || c.Quoted[len(c.Quoted)-1].Word != word {
			c.Quoted = append(c.Quoted, quoted{Word: word})
		}
		last := &c.Quoted[len(c.Quoted)-1]
		last.Passages = append(last.Passages, gatheredWords{q.Words, e})
	}
	slices.SortStableFunc(c.Quoted, func(a, b quoted) int { return len(b.Passages) - len(a.Passages) })
	return nil
}

func wordOf(v *page.Visit, all []press.Vocabulary, q press.Quotation) string {
	for _, words := range all {
		if words.Slug != q.Vocabulary {
			continue
		}
		for _, t := range words.Terms {
			if t.Slug == q.Term {
				return t.Label.In(v.L.Lang())
			}
		}
	}
	return q.Term
}

// chain draws who brought whom.
func (c *collection) chain(ctx context.Context, v *page.Visit, s store.Selection) error {
	s.Limit, s.Skip, s.By, s.Down = maxGuests, 0, press.ByDate, true
	found, err := v.House.Reader.Entries(ctx, press.Viewer{}, s)
	if err != nil {
		return err
	}
	links, err := v.House.Reader.HandingsOfSite(ctx, press.Itself, c.Site)
	c.Guests = press.Chain(c.Form, found.Entries, links, fold.Text)
	return err
}

// drawing is the chain of invitations as a picture: names in columns by generation, lines between them.
type drawing struct {
	Width, Height int
	Names         []drawn
	Lines         []string // paths
}

type drawn struct {
	X, Y  int
	Name  string
	Link  string
	Count int // that they brought
}

// Sizes of the picture of a chain, in pixels.
const (
	generation = 210
	lineHeight = 38
)

func draw(v *page.Visit, guests []*press.Guest) drawing {
	var d drawing
	var put func(g *press.Guest, depth int) int
	row := 0
	put = func(g *press.Guest, depth int) int {
		x := 14 + depth*generation
		d.Width = max(d.Width, x+generation)
		var children []int
		for _, b := range g.Brought {
			children = append(children, put(b, depth+1))
		}
		y := row*lineHeight + 22
		if len(children) > 0 {
			y = (children[0] + children[len(children)-1]) / 2
		} else {
			row++
		}
		name := drawn{X: x, Y: y, Name: g.Name, Count: len(g.Brought)}
		if g.Byline != "" {
			name.Link = v.Link("/author/" + g.Byline)
		}
		d.Names = append(d.Names, name)
		for _, child := range children {
			from, to := x+generation-40, x+generation-8
			d.Lines = append(d.Lines, fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x+16+min(22, len([]rune(g.Name)))*8, y, from, y, from, child, to, child))
		}
		return y
	}
	for _, g := range guests {
		put(g, 0)
	}
	d.Height = row*lineHeight + 12
	return d
}

func (d drawing) viewBox() string { return fmt.Sprintf("0 0 %d %d", d.Width, d.Height) }

// generations counts how many there are under some guests.
func generations(all []*press.Guest) int {
	most := 0
	for _, g := range all {
		most = max(most, 1+generations(g.Brought))
	}
	return most
}

func people(all []*press.Guest) int {
	n := len(all)
	for _, g := range all {
		n += people(g.Brought)
	}
	return n
}

// asView reads the arguments of a directive that shows a form: ::form{slug=recits view=wall}.
func asView(args map[string]string) url.Values {
	query := url.Values{}
	for key, value := range args {
		switch key {
		case "slug", "count":
		case "view", "q", "sort", "at", "question":
			query.Set(key, value)
		default:
			query.Set("f."+key, value)
		}
	}
	return query
}

// form shows the contributions of a form inside a page.
func (c *composer) form(ctx context.Context, args map[string]string, count int) (*collection, error) {
	form, err := c.v.House.Reader.FormBySlug(ctx, press.Viewer{}, c.v.Site.ID, args["slug"])
	if press.KindOf(err) == press.NotFound || err == nil && (form.Version == 0 || !form.Tabulated()) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s, found := selected(form, asView(args))
	if found.Facets, found.Total, err = found.narrowings(ctx, c.v, s, nil); err != nil {
		return nil, err
	}
	found.Size, found.Number = count, 1
	s.Limit, s.Body = count, true
	if found.View != press.ViewFigures && found.View != press.ViewChain {
		some, err := c.v.House.Reader.Entries(ctx, press.Viewer{}, s)
		if err != nil {
			return nil, err
		}
		found.Entries = some.Entries
	}
	return &found, found.prepare(ctx, c.v, s)
}

// formats are those in which the list can be taken away.
func (c *collection) formats() []string {
	all := []string{"csv", "json", "jsonld"}
	if press.ViewMap.Suits(c.Form) {
		all = append(all, "geojson")
	}
	if _, dated := c.Form.When(); dated {
		all = append(all, "ics")
	}
	return all
}

// frame is what other sites put into their pages to show the view.
func (c *collection) frame(v *page.Visit) string {
	shown := *c
	shown.Embedded = true
	return fmt.Sprintf(`<iframe src="%s" title="%s" width="100%%" height="600" loading="lazy"></iframe>`,
		html.EscapeString(c.absolute(v, shown.link(v))), html.EscapeString(c.title(v)))
}

func (c *collection) plainLink(v *page.Visit) string {
	return fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(c.absolute(v, c.link(v))), html.EscapeString(c.title(v)))
}

// absolute is an address of this site's as other sites use it.
func (c *collection) absolute(v *page.Visit, link string) string {
	return v.Addresses.Site(v.Site.Slug, v.Site.Host) + strings.TrimPrefix(link, strings.TrimSuffix(v.Link("/"), "/"))
}

// asDirective is the line that puts the view into a page.
func (c *collection) asDirective() string {
	var b strings.Builder
	fmt.Fprintf(&b, "::form{slug=%s view=%s", c.Slug, c.View)
	for _, chosen := range c.Chosen {
		if strings.ContainsAny(chosen.Value, " \"{}") {
			continue // an answer in one's own words
		}
		fmt.Fprintf(&b, " %s=%s", chosen.Field, chosen.Value)
	}
	return b.String() + "}"
}
