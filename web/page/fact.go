package page

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

// Fact is an answer that isn't a long text, as pages show it.
type Fact struct {
	Field   press.Field
	Answer  []string
	Entries []press.Entry // that it refers to
	Form    press.Form
	Entry   press.Entry
}

// Facts are the short answers of an entry between two long texts, by the key
// of the long text before which they stand; "" for those after the last one.
func (v *Visit) Facts(ctx context.Context, form press.Form, e press.Entry) (map[string][]Fact, error) {
	all := map[string][]Fact{}
	var some []Fact
	for _, field := range form.Shown(e.Answers) {
		switch {
		case field.Kind == press.LongText:
			all[field.Key], some = some, nil
		case !factual(field):
		default:
			fact := Fact{Field: field, Answer: e.Answers[field.Key], Form: form, Entry: e}
			if field.Kind == press.Reference {
				var err error
				if fact.Entries, err = v.referred(ctx, fact.Answer); err != nil {
					return nil, err
				}
				if len(fact.Entries) == 0 {
					continue
				}
			}
			some = append(some, fact)
		}
	}
	all[""] = some
	return all, nil
}

// Telling is a long answer as pages show it: under its question, unless it is
// the main text alone, and after the short answers that come before it.
type Telling struct {
	Heading string
	HTML    string
	Facts   []Fact
}

// Tellings are the answers of an entry in its form's order, to show them whole.
func (v *Visit) Tellings(ctx context.Context, form press.Form, e press.Entry) ([]Telling, error) {
	facts, err := v.Facts(ctx, form, e)
	var all []Telling
	for _, field := range form.Shown(e.Answers) {
		if field.Kind != press.LongText {
			continue
		}
		one := Telling{HTML: e.Rendered[field.Key], Facts: facts[field.Key]}
		if field.Role != press.RoleBody || form.Headings {
			one.Heading = field.Label.In(e.Language)
		}
		all = append(all, one)
	}
	if last := facts[""]; len(last) > 0 {
		all = append(all, Telling{Facts: last})
	}
	return all, err
}

// factual tells whether an answer stands among the facts: titles, files and addresses of mail don't.
func factual(field press.Field) bool {
	switch field.Kind {
	case press.LongText, press.Pictures, press.Files, press.Email, press.Words, press.Explanation:
		return false
	}
	return field.Role != press.RoleTitle && field.Role != press.RoleStandfirst
}

func (v *Visit) referred(ctx context.Context, answer []string) ([]press.Entry, error) {
	var ids []press.EntryID
	for _, id := range answer {
		ids = append(ids, press.EntryID(id))
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := v.House.Reader.Entries(ctx, press.Viewer{}, store.Selection{IDs: ids, Limit: len(ids)})
	return found.Entries, err
}

// Day is a day of an answer in words, as it was typed where it can't be read.
func (v *Visit) Day(iso string) string {
	day, err := time.ParseInLocation(time.DateOnly, iso, v.Zone())
	if err != nil {
		return iso
	}
	return v.Date(day)
}

// Days are the days of a period in words.
func (v *Visit) Days(answer []string) string {
	switch len(answer) {
	case 0:
		return ""
	case 1:
		return v.Day(answer[0])
	}
	return v.T("%s to %s", v.Day(answer[0]), v.Day(answer[1]))
}

// Figure is a number of an answer as it is written in the page's language.
func (v *Visit) Figure(s string) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	whole, part, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	gap, comma := "\u202f", ","
	if v.L.Lang() == "en" {
		gap, comma = ",", "."
	}
	for at := len(whole) - 3; at > 0 && len(whole) > 4; at -= 3 {
		whole = whole[:at] + gap + whole[at:]
	}
	if part != "" {
		part = comma + part
	}
	return sign + whole + part
}

// Answer is an answer in words, in the page's language.
func (v *Visit) Answer(field press.Field, answer []string) string {
	if len(answer) == 0 {
		return ""
	}
	switch field.Kind {
	case press.Date, press.Period:
		return v.Days(answer)
	case press.Number:
		return v.Figure(answer[0])
	}
	return field.Plain(answer, v.L.Lang())
}

// Narrowed is the list of a form narrowed to an answer.
func (v *Visit) Narrowed(e press.Entry, field press.Field, answer string) string {
	return v.InSiteOf(e, "/"+e.Address.FormSlug+"/?f."+field.Key+"="+url.QueryEscape(answer))
}

// shortLink is an address as people read it.
func shortLink(address string) string {
	short := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	return Shorten(strings.TrimSuffix(strings.TrimPrefix(short, "www."), "/"), 60)
}

// dialled is a telephone number as a link calls it.
func dialled(s string) string {
	return "tel:" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, strings.ReplaceAll(s, "(0)", ""))
}

// onMap leads to the map of a form's entries, near a place.
func (v *Visit) onMap(f Fact, p press.Place) string {
	zoom := map[press.Precision]int{press.Exact: 16, press.Street: 15, press.Town: 12}[p.Precision]
	return v.InSiteOf(f.Entry, fmt.Sprintf("/%s/?view=map&at=%d/%.5f/%.5f", f.Entry.Address.FormSlug, zoom, p.Lat, p.Lon))
}

func coordinates(p press.Place) string { return fmt.Sprintf("%.5g, %.5g", p.Lat, p.Lon) }

func precisely(v *Visit, p press.Place) string {
	switch p.Precision {
	case press.Street:
		return v.T("about the street")
	case press.Town:
		return v.T("only the town or the quarter")
	}
	return ""
}

// ViewName is what a way to show a list is called.
func (v *Visit) ViewName(w press.View) string {
	switch w {
	case press.ViewCards:
		return v.T("Cards")
	case press.ViewMap:
		return v.T("Map")
	case press.ViewTable:
		return v.T("Table")
	case press.ViewTimeline:
		return v.T("Timeline")
	case press.ViewDirectory:
		return v.T("From A to Z")
	case press.ViewAlbum:
		return v.T("Album")
	case press.ViewFigures:
		return v.T("Figures")
	case press.ViewWall:
		return v.T("Wall of stories")
	case press.ViewQuestions:
		return v.T("By question")
	case press.ViewChain:
		return v.T("Who brought whom")
	}
	return v.T("List")
}
