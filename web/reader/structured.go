package reader

import (
	"bourgeon/kit/schemaorg"
	"bourgeon/press"
	"bourgeon/web/page"
)

// described is what an entry's page tells search engines: what anybody reads there, in the words of schema.org. Somebody
// anonymous isn't mentioned at all.
func described(v *page.Visit, form press.Form, p entryView) schemaorg.Document {
	e := p.Entry
	work := workOf(v, e)
	work.Type, work.ID = schemaType(form), work.URL
	work.Headline, work.Name = work.Name, ""
	work.Description = v.Set(e.Language, page.Summary(e, 180))
	work.Published, work.Section = v.ISO(e.PublishedAt), v.SectionName(e)
	if e.UpdatedAt.After(e.PublishedAt) {
		work.Modified = v.ISO(e.UpdatedAt)
	}
	for _, t := range e.TagList {
		work.Keywords = append(work.Keywords, t.Label)
	}
	work.Contributors = agents(v, e, press.Scribe, press.Actor, press.Photographer, press.Proofreader)
	work.Translators = agents(v, e, press.Translator)
	site := v.Addresses.Site(e.Address.SiteSlug, e.Address.SiteHost) + "/"
	work.Publisher = &schemaorg.Agent{Type: "Organization", Name: v.SiteName(e), URL: site}
	for _, m := range e.Pictures {
		work.Images = append(work.Images, imageOf(v, e, m))
	}
	for _, m := range e.Attachments {
		work.Media = append(work.Media, mediaOf(v, e, m))
	}
	if source := basisOf(v, p); source != nil {
		work.IsBasedOn = source
		if e.Provenance.Kind == press.Translated {
			work.TranslationOf = source
		}
	}
	for _, other := range p.Offspring {
		if other.Provenance.Kind == press.Translated {
			work.Translations = append(work.Translations, workOf(v, other))
		}
	}
	way := schemaorg.NewBreadcrumbs().To(v.SiteName(e), site)
	if e.Address.SectionSlug != "" {
		way = way.To(v.SectionName(e), site+"section/"+e.Address.SectionSlug)
	}
	return schemaorg.Document{work, way.To(work.Headline, "")}
}

// schemaType is the type of a form's entries in schema.org.
func schemaType(form press.Form) string {
	switch form.BuiltIn {
	case "brief":
		return "NewsArticle" // it announces something
	case "page":
		return "WebPage"
	default:
		return "Article"
	}
}

// workOf is what other works say of an entry of this network.
func workOf(v *page.Visit, e press.Entry) schemaorg.Work {
	return schemaorg.Work{
		Type: "CreativeWork", URL: v.Addresses.Entry(e), Name: v.Set(e.Language, e.Title), Language: e.Language,
		Authors: agents(v, e, press.Author), Licence: licenceURL(e.Licence),
	}
}

// basisOf is the work that an entry was made from; nil for an original.
func basisOf(v *page.Visit, p entryView) *schemaorg.Work {
	from := p.Provenance
	switch {
	case from.Kind == press.Original:
		return nil
	case p.Source != nil:
		work := workOf(v, *p.Source)
		return &work
	default:
		return &schemaorg.Work{Type: "CreativeWork", URL: from.Link(), Name: from.Title, CreditText: from.Author, Licence: licenceURL(from.Licence)}
	}
}

// agents are the credits of an entry in some roles, without those that name nobody.
func agents(v *page.Visit, e press.Entry, roles ...press.CreditRole) []schemaorg.Agent {
	var all []schemaorg.Agent
	for _, role := range roles {
		for _, c := range e.Credits {
			if c.Role == role && !c.Anonymous() {
				all = append(all, agentOf(v, e, c))
			}
		}
	}
	return all
}

func agentOf(v *page.Visit, e press.Entry, c press.Credit) schemaorg.Agent {
	agent := agent(c.Kind, c.Name, c.Organisation)
	if c.Slug != "" {
		agent.URL = v.Addresses.Site(e.Address.SiteSlug, e.Address.SiteHost) + "/author/" + c.Slug
	}
	return agent
}

func agent(kind press.SignatureKind, name, organisation string) schemaorg.Agent {
	switch {
	case kind == press.SignOrganisation:
		return schemaorg.Agent{Type: "Organization", Name: name}
	case organisation != "":
		return schemaorg.Agent{Type: "Person", Name: name, Affiliation: &schemaorg.Agent{Type: "Organization", Name: organisation}}
	}
	return schemaorg.Agent{Type: "Person", Name: name}
}

func imageOf(v *page.Visit, e press.Entry, m press.Media) schemaorg.Image {
	best := m.Smallest(1200)
	return schemaorg.Image{
		Type: "ImageObject", URL: v.Addresses.File(best), Width: best.Width, Height: best.Height, Caption: v.Set(e.Language, m.Caption),
		Description: m.Alt, CreditText: m.Credit, Licence: licenceURL(m.Licence),
	}
}

func mediaOf(v *page.Visit, e press.Entry, m press.Media) schemaorg.Media {
	kind := "MediaObject"
	switch m.Kind() {
	case press.AudioFile:
		kind = "AudioObject"
	case press.VideoFile:
		kind = "VideoObject"
	}
	return schemaorg.Media{
		Type: kind, URL: v.AttachmentAddress(m), Format: m.Type, Name: v.Set(e.Language, m.Label()), CreditText: m.Credit, Licence: licenceURL(m.Licence),
	}
}

func licenceURL(id press.LicenceID) string {
	l, _ := press.LicenceByID(id)
	return l.URL
}

// describedSite is what a front page tells search engines.
func describedSite(v *page.Visit) schemaorg.Document {
	site := schemaorg.NewWebSite(v.Canonical("/"), v.Name())
	site.Description, site.Search = v.Tagline(), schemaorg.SearchBy(v.Canonical("/search?q="))
	if v.AtPortal() {
		site.Languages = []string{v.Network.Language}
	} else {
		site.Languages, site.Licence = v.Site.Languages, licenceURL(v.Site.Licence)
		network := schemaorg.NewWebSite(v.Addresses.Base+"/", v.Network.Name)
		site.IsPartOf = &network
	}
	return schemaorg.Document{site}
}

// describedAuthor is what an author's page tells search engines.
func describedAuthor(v *page.Visit, b press.Byline) schemaorg.Document {
	of := agent(b.Kind, b.Name, b.Organisation)
	of.URL = v.Canonical("/author/" + b.Slug)
	return schemaorg.Document{schemaorg.ProfilePage{Type: "ProfilePage", URL: of.URL, Of: of}}
}
