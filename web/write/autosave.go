package write

import (
	"encoding/json"
	"errors"
	"net/http"

	"bourgeon/app/editing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// kept is what the script learns from an autosave.
type kept struct {
	Address string `json:"address,omitempty"` // of the draft's page
	Version int    `json:"version,omitempty"`
	Told    string `json:"told"` // what to show
	// Retry tells that trying again later may help.
	Retry bool `json:"retry,omitempty"`
}

// AutosaveFirst is POST /write/{form}/autosave: the script's Begin.
func (f *Face) AutosaveFirst(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	form, err := f.form(v, r)
	if err != nil {
		return tell(v, w, err)
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return tell(v, w, err)
	}
	if err := v.Allow(v.House.Limits.Post); err != nil {
		return tell(v, w, err)
	}
	d, faults, status, err := f.begin(r.Context(), v, w, form, &received{Form: in})
	if err != nil {
		return tell(v, w, err)
	}
	if faults != nil {
		return answer(w, status, kept{Told: v.T(faults[0].Message, faults[0].Args...), Retry: status == http.StatusTooManyRequests})
	}
	return answer(w, http.StatusCreated, kept{Address: d.Link(v, ""), Version: d.Draft.Version, Told: d.saved(v)})
}

// Autosave is POST /draft/{key}/autosave: the script's Save. A stale version is 409, and changes nothing.
func (f *Face) Autosave(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	if err := v.Allow(f.Saves); err != nil {
		return tell(v, w, err)
	}
	d, err := f.open(v, w, r)
	if press.KindOf(err) == press.SignIn {
		return answer(w, http.StatusUnauthorized, kept{
			Told: v.T("You are no longer signed in. Your text is kept on this device: sign in in another tab, then go on here."),
		})
	}
	if err != nil {
		return tell(v, w, err)
	}
	form, err := page.ReadForm(r)
	if err != nil {
		return tell(v, w, err)
	}
	in, ctx := &received{Form: form}, r.Context()
	typed, err := f.ours(ctx, v, d, in.content(d.Form, d.Draft.Content))
	if err != nil {
		return tell(v, w, err)
	}
	saved, err := f.Editor.Save(ctx, v.Viewer, d.Key, in.version(), editing.Work{Content: typed, Signing: d.Draft.Signing})
	if err != nil {
		return tell(v, w, err)
	}
	d.Draft = saved
	faults, err := f.describe(ctx, v, d, in, d.Draft.Content)
	if err != nil {
		return tell(v, w, err)
	}
	told := d.saved(v)
	if len(faults) > 0 { // of a description; all else is kept
		told += " " + v.Set("", v.T(faults[0].Message, faults[0].Args...))
	}
	return answer(w, http.StatusOK, kept{Address: d.Link(v, ""), Version: d.Draft.Version, Told: told})
}

// tell says an error to the script; one that is our fault goes the usual way, to be logged.
func tell(v *page.Visit, w http.ResponseWriter, err error) error {
	var e *press.Error
	if !errors.As(err, &e) || e.Kind == press.Unknown || e.Kind == press.SignIn {
		return err
	}
	page.TellWhen(w, err)
	return answer(w, page.Status(err), kept{
		Told: v.Set("", v.T(e.Message, e.Args...)), Retry: e.Kind == press.TooMany || e.Kind == press.Unavailable,
	})
}

func answer(w http.ResponseWriter, status int, k kept) error {
	body, err := json.Marshal(k)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
	return nil
}
