package press

import (
	"math"
	"slices"
	"strconv"
)

// Place is an answer on a map, as precise as its writer chose. Its answer is
// latitude, longitude (degrees, WGS 84), precision and name.
type Place struct {
	Lat, Lon  float64
	Located   bool // false where only a name was given
	Precision Precision
	Name      string // "Place du Marché, Kerbalan"
}

// Precision is how exactly a place is kept: it is rounded before it is.
type Precision string

const (
	Exact  Precision = "exact"
	Street Precision = "street" // to some hundred metres
	Town   Precision = "town"   // to about two kilometres
)

// Precisions in the order of the interface.
var Precisions = []Precision{Exact, Street, Town}

// decimals of a degree that a precision keeps; one of latitude is 111 km.
var decimals = map[Precision]float64{Exact: 1e5, Street: 500, Town: 50}

// PlaceOf reads an answer; what isn't a position leaves a name alone.
func PlaceOf(answer []string) Place {
	at := func(i int) string {
		if i < len(answer) {
			return answer[i]
		}
		return ""
	}
	p := Place{Precision: Precision(at(2)), Name: at(3)}
	if !slices.Contains(Precisions, p.Precision) {
		p.Precision = Exact
	}
	lat, latErr := strconv.ParseFloat(tidyNumber(at(0)), 64)
	lon, lonErr := strconv.ParseFloat(tidyNumber(at(1)), 64)
	if latErr == nil && lonErr == nil && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 {
		p.Lat, p.Lon, p.Located = p.rounded(lat), p.rounded(lon), true
	}
	return p
}

func (p Place) rounded(degrees float64) float64 {
	return math.Round(degrees*decimals[p.Precision]) / decimals[p.Precision]
}

// Answer is the place as an entry keeps it, nil for none.
func (p Place) Answer() []string {
	if !p.Located {
		if p.Name == "" {
			return nil
		}
		return []string{"", "", string(p.Precision), p.Name}
	}
	return []string{degrees(p.rounded(p.Lat)), degrees(p.rounded(p.Lon)), string(p.Precision), p.Name}
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }

func (p Place) check(c *Checks, field string) {
	CheckLength(c, field, p.Name, 200)
}

// Inviting is the answer to "who brought you here?": a name, whether both
// agree to be shown in the chain of invitations, and the link they came by.
type Inviting struct {
	Name  string
	Shown bool      // by whoever answers
	Link  HandingID // "" where the name was typed
}

// InvitingOf reads an answer.
func InvitingOf(answer []string) Inviting {
	var i Inviting
	for at, s := range answer {
		switch at {
		case 0:
			i.Name = s
		case 1:
			i.Shown = s == "shown"
		case 2:
			i.Link = HandingID(s)
		}
	}
	return i
}

// Answer is the invitation as an entry keeps it, nil for none.
func (i Inviting) Answer() []string {
	if i.Name == "" && i.Link == "" { // agreeing alone says nothing
		return nil
	}
	shown := ""
	if i.Shown {
		shown = "shown"
	}
	return []string{i.Name, shown, string(i.Link)}
}
