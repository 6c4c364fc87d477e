package desk

import (
	"net/http"

	"bourgeon/app/hosting"
	"bourgeon/press"
	"bourgeon/web/page"
)

// talking is where a site talks, as it is or as it was chosen.
type talking struct {
	hosting.TalkRules
	forms  []press.Form
	faults page.Faults
}

// Talk shows where the site talks under its texts, and how.
func (f *Face) Talk(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	t := talking{TalkRules: hosting.TalkRules{Site: v.Site.Talk, Forms: map[press.FormID]press.Talk{}}}
	forms, err := f.Reader.Forms(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	for _, form := range forms {
		t.Forms[form.ID] = form.Talk
	}
	return f.talking(v, w, r, http.StatusOK, t)
}

func (f *Face) talking(v *page.Visit, w http.ResponseWriter, r *http.Request, status int, t talking) error {
	var err error
	if t.forms, err = f.Reader.Forms(r.Context(), v.Viewer, v.Site.ID); err != nil {
		return err
	}
	if t.Site == "" {
		t.Site = press.TalkOff
	}
	h, err := f.head(r.Context(), v, v.T("Conversations"), "/desk/site")
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, status, talkPage(v, h, t))
}

// SetTalk keeps where the site talks.
func (f *Face) SetTalk(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := steward(v); err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	forms, err := f.Reader.Forms(r.Context(), v.Viewer, v.Site.ID)
	if err != nil {
		return err
	}
	t := talking{TalkRules: hosting.TalkRules{Site: press.Talk(in.Line("talk")), Forms: map[press.FormID]press.Talk{}}}
	for _, form := range forms {
		t.Forms[form.ID] = press.Talk(in.Line("talk-" + form.Slug))
	}
	err = f.Host.SetTalk(r.Context(), v.Viewer, v.Site.ID, t.TalkRules)
	if press.KindOf(err) == press.Invalid {
		t.faults = faultsOf(err, nil)
		return f.talking(v, w, r, http.StatusUnprocessableEntity, t)
	}
	if err != nil {
		return err
	}
	return v.Done(w, r, "/desk/site/talk", "saved")
}

func talkOptions(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: string(press.TalkAfter), Label: v.T("Comments appear at once"), Help: v.T("But for the first one of each person, which is read before, unless the site is open to all.")},
		{Value: string(press.TalkBefore), Label: v.T("Each comment is read before it appears"), Help: v.T("Conversations are slower. An animator looks in every day.")},
		{Value: string(press.TalkOff), Label: v.T("No comments"), Help: v.T("Those that were made are kept, and not shown.")},
	}
}

// formTalkOptions are talkOptions for one form, which may follow its site.
func formTalkOptions(v *page.Visit) []page.Option {
	all := []page.Option{{Label: v.T("As the site")}}
	for _, o := range talkOptions(v) {
		all = append(all, page.Option{Value: o.Value, Label: o.Label})
	}
	return all
}
