package api

import (
	"net/http"
	"slices"
	"strings"

	"bourgeon/web/page"
)

// guide is the page for people: how a program uses the API.
type guide struct {
	Base    string // of the API
	Site    string // a slug for the examples
	Reads   []line
	Writes  []line
	Answers []explained
}

// line is an operation in the list of addresses; what it does is the document's, in English.
type line struct{ Method, Path, Does string }

// explained is a type of problem, to which the answers point.
type explained struct {
	Name   string
	Status int
	Title  string
}

// Guide is GET /api/v1/.
func Guide(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	g := guide{Base: v.Addresses.Base + Root, Site: "la-criee"}
	if len(v.Sites) > 0 {
		g.Site = v.Sites[0].Slug
	}
	for _, name := range sortedKeys(operations()) {
		method, path, _ := strings.Cut(name, " ")
		l := line{method, path, operations()[name].Summary}
		if method == http.MethodGet {
			g.Reads = append(g.Reads, l)
		} else {
			g.Writes = append(g.Writes, l)
		}
	}
	for status, k := range kinds {
		g.Answers = append(g.Answers, explained{k.name, status, v.T(k.Message)})
	}
	slices.SortFunc(g.Answers, func(a, b explained) int { return a.Status - b.Status })
	return page.Render(w, r, guidePage(v, g))
}

// why says what to do about a type of problem.
func why(v *page.Visit, status int) string {
	switch status {
	case http.StatusBadRequest:
		return v.T("A parameter is unknown or can’t be read, or the body isn’t the JSON that the document describes. The errors name it.")
	case http.StatusUnauthorized:
		return v.T("What you ask needs a token, or the one sent is unknown, ended or revoked. Reading what is public needs none.")
	case http.StatusForbidden:
		return v.T("The token’s person may not do this, or the token lacks the scope for it, or is for another site.")
	case http.StatusNotFound:
		return v.T("There is nothing at this address, or not for you.")
	case http.StatusMethodNotAllowed:
		return v.T("This address takes other methods: the header Allow lists them.")
	case http.StatusConflict:
		return v.T("Somebody changed the same thing at the same moment, or the same request is still under way.")
	case http.StatusGone:
		return v.T("It was public, and its author has withdrawn it, or its site is closed.")
	case http.StatusPreconditionFailed:
		return v.T("The contribution changed since you read it: read it again, then send your change.")
	case http.StatusRequestEntityTooLarge:
		return v.T("The text or the picture is larger than we take.")
	case http.StatusUnsupportedMediaType:
		return v.T("Send JSON as application/json, and pictures as multipart/form-data.")
	case http.StatusUnprocessableEntity:
		return v.T("The answers break a rule of the form, of the signature or of the picture. The errors say which, and where.")
	case http.StatusPreconditionRequired:
		return v.T("Send the contribution’s ETag as If-Match, so that nobody’s change is overwritten.")
	case http.StatusTooManyRequests:
		return v.T("Wait as long as the header Retry-After says, in seconds.")
	case http.StatusServiceUnavailable:
		return v.T("A resource is missing for now: try again later.")
	default:
		return v.T("A mistake of ours. Its number is in “instance”: tell it to those who keep the network.")
	}
}
