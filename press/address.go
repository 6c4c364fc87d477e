package press

import (
	"net/url"
	"strings"
)

// Addresses builds absolute addresses: Base is the network's, without a slash
// at the end ("https://example.org" or "https://example.org/ecrire").
type Addresses struct{ Base string }

// Site is the address of a site's front page, without a slash at the end.
func (a Addresses) Site(slug, host string) string {
	if host == "" {
		return a.Base + "/" + slug
	}
	u, err := url.Parse(a.Base)
	if err != nil {
		return "https://" + host
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return u.Scheme + "://" + host
}

// Entry is the canonical address of an entry.
func (a Addresses) Entry(e Entry) string {
	return a.Site(e.Address.SiteSlug, e.Address.SiteHost) + "/" + e.Path()
}

// File is the address of a file on the network's host. It is the same file on every host.
func (a Addresses) File(file Variant) string { return a.Base + file.Path() }

// Path is the entry's address inside its site: form and slug.
func (e Entry) Path() string { return e.Address.FormSlug + "/" + e.Slug }

// BasePath is the path part of Base: "" or "/ecrire".
func (a Addresses) BasePath() string {
	u, err := url.Parse(a.Base)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.Path, "/")
}

// Host is the host of Base, without port.
func (a Addresses) Host() string {
	u, err := url.Parse(a.Base)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
