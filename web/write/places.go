package write

import (
	"context"
	"net/http"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// places are the sites and forms that one's texts stand in.
type places struct {
	viewer press.Viewer
	reader store.Reader
	sites  map[press.SiteID]press.Site
	forms  map[press.FormID]press.Form
}

func (f *Face) places(v *page.Visit, r *http.Request) (*places, error) {
	p := &places{v.Viewer, v.House.Reader, map[press.SiteID]press.Site{}, map[press.FormID]press.Form{}}
	all, err := p.reader.Sites(r.Context(), v.Viewer)
	for _, s := range all {
		p.sites[s.ID] = s
	}
	return p, err
}

func (p *places) site(id press.SiteID) press.Site { return p.sites[id] }

func (p *places) form(ctx context.Context, id press.FormID) (press.Form, error) {
	if form, ok := p.forms[id]; ok {
		return form, nil
	}
	form, err := p.reader.Form(ctx, p.viewer, id)
	p.forms[id] = form
	return form, err
}

// why is the public reason of a refusal.
func (f *Face) why(ctx context.Context, v *page.Visit, e press.Entry) (string, error) {
	steps, err := v.House.Reader.Steps(ctx, v.Viewer, e.ID)
	for _, s := range steps {
		if s.Kind == press.EntryRefused {
			return s.Reason, nil
		}
	}
	return "", err
}

// standing is a status in a word, and the class of its mark.
func (s slip) standing(v *page.Visit) (class, words string) {
	switch s.Entry.Status {
	case press.Drafted:
		return "wait", v.T("Waits for you")
	case press.Proposed:
		return "wait", v.T("Waits to be read")
	case press.Scheduled:
		return "wait", v.T("Accepted")
	case press.Published:
		return "out", v.T("Published")
	case press.Returned:
		return "back", v.T("Comes back to you")
	case press.Refused:
		return "", v.T("Not taken")
	case press.Withdrawn:
		return "", v.T("Withdrawn")
	case press.Binned:
		return "", v.T("In the bin")
	default:
		return "", v.T("Draft")
	}
}

// next says what happens next, in a sentence.
func (s slip) next(v *page.Visit) string {
	e := s.Entry
	switch e.Status {
	case press.Drafted:
		return v.T("Confirm that it is yours: it then goes its way.")
	case press.Proposed:
		return v.T("Proposed %s. Somebody of the site will read it, and you will get a mail.", v.Relative(e.ProposedAt))
	case press.Scheduled:
		return v.T("It will appear on %s.", v.DateTime(e.PublishAt))
	case press.Published:
		return v.T("Published on %s.", v.Date(e.PublishedAt))
	case press.Returned:
		return v.T("Almost there: change what is asked, and propose it again.")
	case press.Refused:
		return v.T("You may change it and propose it again, or take it elsewhere: it is yours.")
	case press.Withdrawn:
		return v.T("You took it off. You may propose it again.")
	case press.Binned:
		return v.T("The site’s animators put it aside. They can take it back: ask them.")
	default:
		return v.T("Kept %s. Only you can read it.", v.Relative(s.Draft.UpdatedAt))
	}
}

// proposable tells whether the writer may bring it back before the animators.
func (s slip) proposable() bool {
	return s.Entry.Status == press.Withdrawn || s.Entry.Status == press.Refused
}

// withdrawable tells whether the writer may take it off.
func (s slip) withdrawable() bool {
	return s.Entry.Status.MayBecome(press.Withdrawn) && s.Entry.Status != press.Binned
}
