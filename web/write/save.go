package write

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// Begin is POST /write/{form}: the first words make a draft.
func (f *Face) Begin(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	form, err := f.form(v, r)
	if err != nil {
		return err
	}
	in, err := f.receive(r, form)
	if err != nil {
		return err
	}
	defer in.close()
	d, faults, status, err := f.begin(r.Context(), v, w, form, in)
	if err != nil {
		return err
	}
	if faults != nil {
		return f.show(v, w, r, sheet{desk: d, Faults: faults}, status)
	}
	return f.proceed(v, w, r, d, in)
}

// begin makes a draft of a form just received. With faults there is none, and the desk holds what was typed.
func (f *Face) begin(ctx context.Context, v *page.Visit, w http.ResponseWriter, form press.Form, in *received) (d desk, faults page.Faults, status int, err error) {
	d = desk{Form: form}
	d.Draft.Content = in.content(form, press.Content{Language: v.Site.Language(), Licence: v.Site.Licence})
	if d.Draft.Content, err = f.ours(ctx, v, d, d.Draft.Content); err != nil {
		return d, nil, 0, err
	}
	if in.empty(form) && !in.Has("upload") && !in.onItsWay() {
		faults, _ = page.FaultsOf(form.Check(press.Answers{}))
		return d, faults, http.StatusUnprocessableEntity, nil
	}
	if err := v.Welcome(in.Form); err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return d, nil, 0, err
		}
		return d, faults, status, nil
	}
	draft, err := f.Editor.Begin(ctx, v.Viewer, v.Site, form, editing.Work{Content: d.Draft.Content})
	if faults, status, ok := unavailable(ctx, v, w, err); ok {
		return d, faults, status, nil
	}
	if err != nil {
		return d, nil, 0, err
	}
	d.Draft, d.Key = draft, draft.Token
	if v.Viewer.Known() {
		d.Key = string(draft.ID)
	}
	return d, nil, 0, nil
}

// Save is POST /draft/{key}, with the button pressed in do: save, upload, preview, sign or amend.
func (f *Face) Save(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil && press.KindOf(err) != press.SignIn {
		return err
	}
	ended := err != nil
	in, err := f.receive(r, d.Form)
	if err != nil {
		return err
	}
	defer in.close()
	if ended {
		return f.hold(v, w, r, d, in)
	}
	ctx := r.Context()
	typed, err := f.ours(ctx, v, d, in.content(d.Form, d.Draft.Content))
	if err != nil {
		return err
	}
	saved, err := f.Editor.Save(ctx, v.Viewer, d.Key, in.version(), editing.Work{Content: typed, Signing: d.Draft.Signing})
	if press.KindOf(err) == press.Conflict {
		f.attach(ctx, v, d, in, &typed)
		return f.showMerge(v, w, r, d, typed, http.StatusConflict)
	}
	if faults, status, ok := unavailable(ctx, v, w, err); ok {
		d.Draft.Content = typed
		return f.show(v, w, r, sheet{desk: d, Faults: faults, Step: in.step()}, status)
	}
	if err != nil {
		return err
	}
	d.Draft = saved
	return f.proceed(v, w, r, d, in)
}

// unavailable is what the page says when nothing can be kept for now, the disk being full: what was typed stays on it.
// The host finds the reason in the log.
func unavailable(ctx context.Context, v *page.Visit, w http.ResponseWriter, err error) (page.Faults, int, bool) {
	if press.KindOf(err) != press.Unavailable {
		return nil, 0, false
	}
	if v.House.Log != nil {
		v.House.Log.LogAttrs(ctx, slog.LevelError, "nothing can be kept", slog.String("error", err.Error()))
	}
	return page.Refused(w, err)
}

// hold shows what was typed to someone whose session ended meanwhile: once signed in, in another tab, they send it again
// from there.
func (f *Face) hold(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, in *received) error {
	d.Draft.Content = in.content(d.Form, press.Content{Language: v.Site.Language(), Licence: v.Site.Licence})
	d.Draft.Version = in.version()
	return f.show(v, w, r, sheet{desk: d, Ended: true, Step: in.step()}, http.StatusForbidden)
}

// proceed goes where the button leads, once the text is kept: pictures come after it.
func (f *Face) proceed(v *page.Visit, w http.ResponseWriter, r *http.Request, d desk, in *received) error {
	ctx := r.Context()
	content := d.Draft.Content
	faults, err := f.describe(ctx, v, d, in, content)
	if err != nil {
		return err
	}
	content.Answers = clone(content.Answers)
	refused := f.attach(ctx, v, d, in, &content)
	faults = append(faults, refused...)
	if len(in.uploads) > len(refused) {
		saved, err := f.Editor.Save(ctx, v.Viewer, d.Key, d.Draft.Version, editing.Work{Content: content, Signing: d.Draft.Signing})
		if err != nil {
			return err
		}
		d.Draft = saved
	}
	status := http.StatusUnprocessableEntity
	if in.broken != nil {
		faults = append(faults, press.FieldError{Message: "This was more than we can take at once. Your text is kept: send fewer or smaller pictures."})
		status = http.StatusRequestEntityTooLarge
	}
	do := in.pressed()
	if in.step() > 0 && (do == "next" || do == "begin") {
		faults = append(faults, f.mend(v, d, in.step())...)
	}
	if do == "preview" || do == "sign" || do == "amend" {
		mend, _ := page.FaultsOf(d.Form.CheckContent(d.Draft.Content))
		faults = append(faults, mend...)
	}
	if len(faults) > 0 {
		return f.show(v, w, r, sheet{desk: d, Faults: faults, Typed: in, Step: in.step()}, status)
	}
	act, id, _ := strings.Cut(do, ":")
	switch act {
	case "preview":
		return page.Redirect(w, r, d.Link(v, "/preview"))
	case "sign":
		return page.Redirect(w, r, d.Link(v, "/sign"))
	case "amend":
		if d.Revising() {
			return f.amend(v, w, r, d, in.Text("note"))
		}
	case "upload":
		if id == "" {
			id = "pictures"
		}
		return page.Redirect(w, r, d.Link(v, "")+"#"+id)
	case "take", "set", "reopen":
		return f.answer(v, w, r, d, act, id)
	case "plan":
		return f.plan(v, w, r, d, id)
	case "advice":
		return page.Redirect(w, r, page.WithParam(d.Link(v, ""), "advice", "1")+"#advice")
	case "find":
		return page.Redirect(w, r, page.WithParam(in.onward(v, d, 0), "find", id)+"#"+id)
	case "view":
		key, _, _ := strings.Cut(id, ":")
		return page.Redirect(w, r, page.WithParam(in.onward(v, d, 0), "view", id)+"#"+key)
	case "begin", "next", "skip", "prev", "goto", "whole", "later":
		return f.walk(v, w, r, d, in, act, id)
	case "library":
		return page.Redirect(w, r, page.WithParam(d.Link(v, "/library"), "field", id))
	case "frame":
		return page.Redirect(w, r, d.Link(v, "/picture/"+id))
	case "up", "down":
		return page.Redirect(w, r, d.Link(v, "")+"#file-"+id)
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "kept"))
}

func clone(a press.Answers) press.Answers {
	c := press.Answers{}
	for key, answer := range a {
		c[key] = append([]string(nil), answer...)
	}
	return c
}

// Discard is POST /draft/{key}/discard.
func (f *Face) Discard(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	if err := f.Editor.Discard(r.Context(), v.Viewer, d.Key); err != nil {
		return err
	}
	if v.Viewer.Known() {
		return page.Redirect(w, r, done(v.Link("/me"), "discarded"))
	}
	return page.Redirect(w, r, done(v.Link("/write"), "discarded"))
}

// MailLink is POST /draft/{key}/mail-link: the draft's address, to go on elsewhere.
func (f *Face) MailLink(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	d, err := f.open(v, w, r)
	if err != nil {
		return err
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	email := in.Line("send_to")
	if err := firstOf(
		func() error { return v.Welcome(in) },
		func() error { return v.Allow(v.House.Limits.SignIn) },
		func() error { return f.Editor.MailLink(r.Context(), d.Key, email) },
	); err != nil {
		faults, status, ok := page.Refused(w, err)
		if !ok {
			return err
		}
		for i := range faults {
			if faults[i].Field == "email" {
				faults[i].Field = "send_to"
			}
		}
		return f.show(v, w, r, sheet{desk: d, Faults: faults, Email: email}, status)
	}
	return page.Redirect(w, r, done(d.Link(v, ""), "mailed"))
}

// firstOf runs acts in order until one fails.
func firstOf(acts ...func() error) error {
	for _, act := range acts {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}
