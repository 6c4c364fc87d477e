// Package schemaorg describes works, pages and people in the vocabulary of https://schema.org, as JSON-LD 1.1
// (https://www.w3.org/TR/json-ld11/) that search engines read in pages.
//
// Only what a publication says of itself is here; fields left empty are left out. Start with [Document].
package schemaorg

import "encoding/json"

// Document is several descriptions in one block of a page.
type Document []any

// MarshalJSON names the vocabulary once for all. Signs that could end an HTML element are escaped.
func (d Document) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}{"https://schema.org", d})
}

// Agent is a Person or an Organization.
type Agent struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	URL         string `json:"url,omitempty"`
	Affiliation *Agent `json:"affiliation,omitempty"`
}

// Work is a CreativeWork: an Article, a NewsArticle, a WebPage …
type Work struct {
	Type          string   `json:"@type"`
	ID            string   `json:"@id,omitempty"`
	URL           string   `json:"url,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	Name          string   `json:"name,omitempty"`
	Description   string   `json:"description,omitempty"`
	Language      string   `json:"inLanguage,omitempty"` // BCP 47
	Section       string   `json:"articleSection,omitempty"`
	Keywords      []string `json:"keywords,omitempty"`
	Published     string   `json:"datePublished,omitempty"` // RFC 3339
	Modified      string   `json:"dateModified,omitempty"`  // RFC 3339
	Authors       []Agent  `json:"author,omitempty"`
	Contributors  []Agent  `json:"contributor,omitempty"`
	Translators   []Agent  `json:"translator,omitempty"`
	CreditText    string   `json:"creditText,omitempty"`
	Publisher     *Agent   `json:"publisher,omitempty"`
	Licence       string   `json:"license,omitempty"` // address of its text
	Images        []Image  `json:"image,omitempty"`
	Media         []Media  `json:"associatedMedia,omitempty"`
	IsBasedOn     *Work    `json:"isBasedOn,omitempty"`
	TranslationOf *Work    `json:"translationOfWork,omitempty"`
	Translations  []Work   `json:"workTranslation,omitempty"`
}

// Image is an ImageObject.
type Image struct {
	Type        string `json:"@type"`
	URL         string `json:"contentUrl"`
	Width       int    `json:"width,omitempty"`  // pixels
	Height      int    `json:"height,omitempty"` // pixels
	Caption     string `json:"caption,omitempty"`
	Description string `json:"description,omitempty"`
	CreditText  string `json:"creditText,omitempty"`
	Licence     string `json:"license,omitempty"`
}

// Media is an AudioObject, a VideoObject or another MediaObject.
type Media struct {
	Type       string `json:"@type"`
	URL        string `json:"contentUrl"`
	Format     string `json:"encodingFormat,omitempty"` // media type
	Name       string `json:"name,omitempty"`
	CreditText string `json:"creditText,omitempty"`
	Licence    string `json:"license,omitempty"`
}

// WebSite is a site with its search.
type WebSite struct {
	Type        string        `json:"@type"`
	ID          string        `json:"@id"`
	URL         string        `json:"url"`
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	Languages   []string      `json:"inLanguage,omitempty"`
	Licence     string        `json:"license,omitempty"`
	IsPartOf    *WebSite      `json:"isPartOf,omitempty"`
	Search      *SearchAction `json:"potentialAction,omitempty"`
}

// NewWebSite is the site at an address.
func NewWebSite(url, name string) WebSite {
	return WebSite{Type: "WebSite", ID: url, URL: url, Name: name}
}

// SearchAction is how to search a site.
type SearchAction struct {
	Type   string     `json:"@type"`
	Target entryPoint `json:"target"`
	Query  string     `json:"query-input"`
}

type entryPoint struct {
	Type     string `json:"@type"`
	Template string `json:"urlTemplate"`
}

// SearchBy is a search by an address that the words sought are put behind.
func SearchBy(address string) *SearchAction {
	return &SearchAction{"SearchAction", entryPoint{"EntryPoint", address + "{search_term_string}"}, "required name=search_term_string"}
}

// Breadcrumbs is a BreadcrumbList: the way from the front page to this one.
type Breadcrumbs struct {
	Type  string  `json:"@type"`
	Steps []Crumb `json:"itemListElement"`
}

// Crumb is a step of Breadcrumbs.
type Crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	URL      string `json:"item,omitempty"` // the last one may do without
}

// NewBreadcrumbs begins a way.
func NewBreadcrumbs() Breadcrumbs { return Breadcrumbs{Type: "BreadcrumbList"} }

// To goes on to a page.
func (b Breadcrumbs) To(name, url string) Breadcrumbs {
	b.Steps = append(b.Steps, Crumb{"ListItem", len(b.Steps) + 1, name, url})
	return b
}

// ProfilePage is the page of somebody.
type ProfilePage struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
	Of   Agent  `json:"mainEntity"`
}
