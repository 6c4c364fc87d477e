package press

// Found are the texts by which search finds an entry besides its title: what
// is said of it, then its own text, which plain makes of rendered HTML. Nobody
// anonymous is in them, and of whoever signs with a pseudonym the pseudonym
// alone; no answer that isn't for everybody.
func (f Form) Found(e Entry, plain func(html string) string) (facts, body []string) {
	facts = append([]string{e.Standfirst, e.Address.SectionName}, e.Tags...)
	for _, c := range e.Credits {
		if !c.Anonymous() {
			facts = append(facts, c.Name, c.Organisation)
		}
	}
	facts = append(facts, e.Provenance.Title, e.Provenance.Author)
	for _, field := range f.Fields {
		switch {
		case field.Role == RoleTitle, field.Role == RoleStandfirst, field.Kind.Media(), field.Gone, !field.Public():
		case field.Kind == LongText:
			body = append(body, plain(e.Rendered[field.Key]))
		default:
			body = append(body, field.Plain(e.Answers[field.Key], e.Language))
		}
	}
	for _, m := range e.Attachments {
		body = append(body, m.Title, m.Caption, m.Transcript)
	}
	return facts, body
}
