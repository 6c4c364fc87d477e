package signin

import (
	"bourgeon/web/page"
)

// here is the address of a challenge's page, with the way back.
func here(v *page.Visit, e expecting) string {
	link := v.Link("/challenge/" + string(e.ID))
	if e.Back != "" {
		link = page.WithParam(link, "back", e.Back)
	}
	return link
}

// life says how long a code may wait.
func (e expecting) life(v *page.Visit) string {
	return v.Set("", v.T("It serves once, until %s.", v.DateTime(e.ExpiresAt)))
}

func (p invited) title(v *page.Visit) string {
	if p.By == "" {
		return v.T("You are invited to %s", p.Place)
	}
	return v.T("%s invites you to %s", p.By, p.Place)
}

func (p invited) standfirst(v *page.Visit) string {
	if p.Section != "" {
		return v.T("You are invited %s, in the section “%s”.", p.role(v), p.Section)
	}
	return v.T("You are invited %s.", p.role(v))
}
