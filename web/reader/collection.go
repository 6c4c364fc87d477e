package reader

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bourgeon/kit/terms"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// CollectionQuery are the parameters that a list of a form's contributions depends on: all of it is in the address, so
// that a view can be kept, sent and embedded. "f.KEY" narrows it to an answer.
var CollectionQuery = []string{"view", "q", "sort", "page", "at", "question", "before", "after", "f."}

// collection is the contributions of a form, as they were asked for.
type collection struct {
	press.Form
	View     press.View
	Words    string // that are looked for
	Sort     string // a field's key, press.ByTitle or press.ByDate
	Down     bool
	Chosen   []press.Chosen
	Facets   []narrowing
	Total    int
	Number   int // of the page, from 1
	Size     int // entries on a page
	Entries  []press.Entry
	query    url.Values
	Embedded bool // in another site's page
	// What some views show besides.
	Map       *page.Map
	Figures   []narrowing
	Question  press.Field
	Guests    []*press.Guest
	Quoted    []quoted
	Dossiers  []press.Dossier
	LinkBase  string // of the list, "" for this page's
	Countable bool
}

// narrowing is a question by which a list is narrowed, and the answers there are.
type narrowing struct {
	press.Field
	Answers []answered
	All     int // answers in all
}

type answered struct {
	Value, Label, Link string
	Entries            int
	Chosen             bool
}

// Form shows the contributions of a form, in the view asked for.
func Form(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"))
	if err != nil && press.KindOf(err) == press.NotFound {
		gone, movedErr := moved(v, w, r, r.PathValue("form"), func(ctx context.Context, kind, target string) (string, error) {
			if kind != "form" {
				return "", nil
			}
			form, err := v.House.Reader.Form(ctx, v.Viewer, press.FormID(target))
			return v.Link("/" + form.Slug + "/"), err
		})
		if movedErr != nil || gone {
			return movedErr
		}
	}
	if err != nil {
		return err
	}
	if form.Version == 0 && !v.Animates() {
		return missing()
	}
	if !form.Tabulated() {
		return textsOf(v, w, r, form)
	}
	c, err := collect(v, r, form, r.URL.Query())
	if err != nil {
		return err
	}
	if c.Map != nil {
		v.ShowMap(w)
	}
	return page.Render(w, r, collectionPage(v, c))
}

// textsOf lists articles and the like: texts, the newest first.
func textsOf(v *page.Visit, w http.ResponseWriter, r *http.Request, form press.Form) error {
	l := list{
		Title: form.Plural.In(v.L.Lang()), Standfirst: form.Pitch.In(v.L.Lang()),
		Feed: "form=" + form.Slug, Show: page.Show{Picture: true, Standfirst: true, Section: true},
		Empty: v.T("Nothing of this kind was published yet."), EmptyWords: v.T("Ten lines are enough to begin."),
	}
	if form.Listed {
		l.Write, l.WriteWords = v.Link("/write/"+form.Slug), form.Name.In(v.L.Lang())
	}
	var err error
	if l.Page, err = read(v, r, store.Selection{Form: form.ID}); err != nil {
		return err
	}
	return l.render(v, w, r)
}

// EmbedCollection is a view that other sites show in a frame: without this site's head and foot.
func EmbedCollection(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"))
	if err != nil {
		return err
	}
	if form.Version == 0 || !form.Tabulated() {
		return missing()
	}
	c, err := collect(v, r, form, r.URL.Query())
	if err != nil {
		return err
	}
	c.Embedded = true
	framable(v, w)
	return page.Render(w, r, embeddedCollection(v, c))
}

// framable lets other sites show a page in a frame.
func framable(v *page.Visit, w http.ResponseWriter) {
	tiles := ""
	if host := v.Network.Maps.Host(); host != "" {
		tiles = " " + host
	}
	w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:"+tiles+"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors *")
	w.Header().Del("X-Frame-Options")
}

// FormFile is a form as a file, by which other sites copy it.
func FormFile(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	form, err := v.House.Reader.FormBySlug(r.Context(), v.Viewer, v.Site.ID, r.PathValue("form"))
	if err != nil {
		return err
	}
	if form.Version == 0 {
		return missing()
	}
	b, err := json.MarshalIndent(form.File(v.Addresses.Site(v.Site.Slug, v.Site.Host)+"/"+form.Slug+"/"), "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, err = w.Write(append(b, '\n'))
	return err
}

// pageSizes are how many contributions a view shows at once.
var pageSizes = map[press.View]int{
	press.ViewTable: 50, press.ViewDirectory: 200, press.ViewAlbum: 48, press.ViewTimeline: 100, press.ViewWall: 24, press.ViewQuestions: 30,
	press.ViewMap: 40,
}

const usualSize = 24

// selected reads from a query which contributions of a form are asked for.
func selected(form press.Form, query url.Values) (store.Selection, collection) {
	c := collection{Form: form, query: query, View: press.View(query.Get("view")), Words: press.CleanLine(query.Get("q"))}
	offered := form.Offered()
	if !c.View.Known() || !c.View.Suits(form) {
		c.View = offered[0]
	}
	if words := []rune(c.Words); len(words) > terms.MaxQuery {
		c.Words = string(words[:terms.MaxQuery])
	}
	s := store.Selection{Site: form.Site, Form: form.ID, Query: terms.Parse(c.Words)}
	for _, field := range form.Fields {
		if value := press.CleanLine(query.Get("f." + field.Key)); value != "" && field.Countable() && len(value) < 200 {
			c.Chosen = append(c.Chosen, press.Chosen{Field: field.Key, Value: value})
		}
	}
	s.Chosen = c.Chosen
	c.sorting(query.Get("sort"))
	s.By, s.Down = c.Sort, c.Down
	return s, c
}

// sorting chooses the order: the one asked for, the view's own, or the form's.
func (c *collection) sorting(asked string) {
	by, down := strings.CutPrefix(asked, "-")
	known := func(key string) bool {
		field, ok := c.ByKey(key)
		return key == press.ByTitle || key == press.ByDate || ok && field.Public() && !field.Gone && !field.Kind.Media() && field.Kind != press.LongText
	}
	when, dated := c.Form.When()
	switch {
	case known(by):
		c.Sort, c.Down = by, down
	case c.View == press.ViewTimeline && dated:
		c.Sort, c.Down = when.Key, false
	case c.View == press.ViewDirectory:
		c.Sort = press.ByTitle
	case known(c.FormSettings.Order):
		c.Sort = c.FormSettings.Order
	default:
		c.Sort, c.Down = press.ByDate, true
	}
}

// collect finds the contributions that a query asks for, and what its view shows of them.
func collect(v *page.Visit, r *http.Request, form press.Form, query url.Values) (*collection, error) {
	ctx := r.Context()
	s, c := selected(form, query)
	if !s.Query.Empty() {
		if err := v.Allow(v.House.Limits.Search); err != nil {
			return nil, err
		}
	}
	var err error
	if c.Facets, c.Total, err = c.narrowings(ctx, v, s, form.Facets()); err != nil {
		return nil, err
	}
	c.Size = pageSizes[c.View]
	if c.Size == 0 {
		c.Size = usualSize
	}
	pages := max(1, (c.Total+c.Size-1)/c.Size)
	c.Number, _ = strconv.Atoi(query.Get("page"))
	c.Number = max(1, min(c.Number, pages))
	s.Limit, s.Skip = c.Size, (c.Number-1)*c.Size
	s.Body = true
	if c.View != press.ViewFigures && c.View != press.ViewChain {
		found, err := v.House.Reader.Entries(ctx, v.Viewer, s)
		if err != nil {
			return nil, err
		}
		c.Entries = found.Entries
	}
	return &c, c.prepare(ctx, v, s)
}

// prepare finds what a view shows besides the contributions themselves.
func (c *collection) prepare(ctx context.Context, v *page.Visit, s store.Selection) (err error) {
	switch c.View {
	case press.ViewMap:
		return c.mapped(ctx, v, s)
	case press.ViewFigures:
		var countable []press.Field
		for _, field := range c.Fields {
			if field.Countable() && field.Kind != press.People {
				countable = append(countable, field)
			}
		}
		c.Figures, _, err = c.narrowings(ctx, v, s, countable)
		return err
	case press.ViewQuestions:
		return c.across(ctx, v)
	case press.ViewChain:
		return c.chain(ctx, v, s)
	case press.ViewWall:
		all, err := v.House.Reader.Dossiers(ctx, press.Viewer{}, c.Site)
		c.Dossiers = all
		return err
	}
	return nil
}

// narrowings counts the answers to some fields, and the contributions in all.
func (c *collection) narrowings(ctx context.Context, v *page.Visit, s store.Selection, fields []press.Field) ([]narrowing, int, error) {
	total, err := v.House.Reader.CountEntries(ctx, v.Viewer, s)
	if err != nil {
		return nil, 0, err
	}
	counted, err := v.House.Reader.Counted(ctx, v.Viewer, s, fields)
	if err != nil {
		return nil, 0, err
	}
	var all []narrowing
	for _, field := range fields {
		n := narrowing{Field: field}
		for _, f := range counted[field.Key] {
			chosen := slices.Contains(c.Chosen, press.Chosen{Field: field.Key, Value: f.Value})
			a := answered{Value: f.Value, Label: v.Set("", field.Worded(f.Value, v.L.Lang())), Entries: f.Entries, Chosen: chosen}
			if chosen {
				a.Link = c.link(v, "f."+field.Key, "", "page", "")
			} else {
				a.Link = c.link(v, "f."+field.Key, f.Value, "page", "")
			}
			n.All += f.Entries
			n.Answers = append(n.Answers, a)
		}
		if len(n.Answers) > 0 {
			all = append(all, n)
		}
	}
	return all, total, nil
}

// link is the address of the list with some parameters changed, "" taking one away.
func (c *collection) link(v *page.Visit, pairs ...string) string {
	query := url.Values{}
	for _, name := range []string{"view", "q", "sort", "page", "at", "question"} {
		if value := c.query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	for _, chosen := range c.Chosen {
		query.Set("f."+chosen.Field, chosen.Value)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Del(pairs[i])
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	at := "/" + c.Slug + "/"
	if c.Embedded {
		at += "embedded"
	}
	if len(query) == 0 {
		return v.Link(at)
	}
	return v.Link(at + "?" + query.Encode())
}

// file is the address of the list to take away, in a format.
func (c *collection) file(v *page.Visit, format string) string {
	query := url.Values{}
	for _, name := range []string{"q", "sort"} {
		if value := c.query.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	for _, chosen := range c.Chosen {
		query.Set("f."+chosen.Field, chosen.Value)
	}
	address := v.Link("/" + c.Slug + "." + format)
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

// title of the page: the list's name.
func (c *collection) title(v *page.Visit) string { return c.Plural.In(v.L.Lang()) }

// removals are the answers that the list is narrowed to, and the way back.
func (c *collection) removals(v *page.Visit) []filter {
	var all []filter
	for _, chosen := range c.Chosen {
		field, _ := c.ByKey(chosen.Field)
		all = append(all, filter{
			Param: field.Label.In(v.L.Lang()), Value: chosen.Value, Label: v.Set("", field.Worded(chosen.Value, v.L.Lang())),
			Remove: c.link(v, "f."+chosen.Field, "", "page", ""),
		})
	}
	return all
}

// followed is what the list's feed is asked for, narrowed as the list is.
func (c *collection) followed() string {
	query := url.Values{"form": {c.Slug}}
	for _, chosen := range c.Chosen {
		query.Set("f."+chosen.Field, chosen.Value)
	}
	return query.Encode()
}

// sorted is the order as the address has it.
func (c *collection) sorted() string {
	if c.Down {
		return "-" + c.Sort
	}
	return c.Sort
}

// orders are those that readers choose among; a table is sorted by its columns, and some views have an order of their own.
func (c *collection) orders(v *page.Visit) []page.Option {
	switch c.View {
	case press.ViewTable, press.ViewTimeline, press.ViewDirectory, press.ViewFigures, press.ViewMap:
		return nil
	}
	all := []page.Option{
		{Value: "-" + press.ByDate, Label: v.T("The newest first")}, {Value: press.ByDate, Label: v.T("The oldest first")}, {Value: press.ByTitle, Label: v.T("By title")},
	}
	for _, field := range c.Fields {
		if !field.Public() || field.Gone || field.Role == press.RoleTitle {
			continue
		}
		switch field.Kind {
		case press.Date, press.Period, press.Number:
			all = append(all, page.Option{Value: field.Key, Label: v.Set("", field.Label.In(v.L.Lang()))})
		}
	}
	return all
}

// columns are the answers that a table shows.
func (c *collection) columns() []press.Field {
	var all []press.Field
	for _, field := range c.Fields {
		hidden := field.Gone || !field.Public() || field.Role == press.RoleTitle || field.Kind == press.LongText || field.Kind.Media() ||
			field.Kind == press.Explanation || field.Kind == press.Words || field.Kind == press.Inviter || field.Role == press.RoleStandfirst
		if !hidden && len(all) < maxColumns {
			all = append(all, field)
		}
	}
	return all
}

const maxColumns = 8

// sortLink sorts the table by a column, the other way round where it is sorted by it.
func (c *collection) sortLink(v *page.Visit, key string) string {
	if c.Sort == key && !c.Down {
		key = "-" + key
	}
	return c.link(v, "sort", key, "page", "", "view", string(press.ViewTable))
}

// sortState says how a column is sorted, as aria-sort.
func (c *collection) sortState(key string) string {
	switch {
	case c.Sort != key:
		return "none"
	case c.Down:
		return "descending"
	}
	return "ascending"
}

// glance are the answers that a card shows: a few short ones.
func (c *collection) glance(v *page.Visit, e press.Entry) []page.Fact {
	var some []page.Fact
	for _, field := range c.Shown(e.Answers) {
		switch field.Kind {
		case press.Choice, press.Choices, press.YesNo, press.Date, press.Period, press.PlaceKind, press.Number:
			if field.Public() && len(some) < 3 && v.Answer(field, e.Answers[field.Key]) != "" {
				some = append(some, page.Fact{Field: field, Answer: e.Answers[field.Key], Form: c.Form, Entry: e})
			}
		}
	}
	return some
}
