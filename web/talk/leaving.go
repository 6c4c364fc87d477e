package talk

import (
	"net/http"

	"bourgeon/app/discussing"
	"bourgeon/web/page"
)

// leaving is the page that a mail's link leads to.
type leaving struct {
	discussing.Followed
	Secret string
}

// Leaving is GET /talk/leave/{token}: it asks, and changes nothing, since mail
// programs open links too.
func (f *Face) Leaving(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	secret := r.PathValue("token")
	followed, err := f.Room.Followed(r.Context(), secret)
	if err != nil {
		return err
	}
	return page.Render(w, r, leave(v, leaving{followed, secret}))
}

// Leave is POST /talk/leave/{token}: mails about this talk end, or about all of
// them, or begin again. Mail programs send "List-Unsubscribe=One-Click" (RFC
// 8058, section 3.1), without a session and from nowhere.
func (f *Face) Leave(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	page.KeepPrivate(w)
	in, err := page.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, secret := r.Context(), r.PathValue("token")
	switch in.Line("do") {
	case "all":
		err = f.Room.LeaveAll(ctx, secret)
	case "back":
		err = f.Room.Return(ctx, secret)
	default:
		err = f.Room.Leave(ctx, secret)
	}
	if err != nil {
		return err
	}
	if in.Has("List-Unsubscribe") { // section 3.1 again: no redirect
		return f.Leaving(v, w, r)
	}
	return page.Redirect(w, r, page.WithParam(v.Link("/talk/leave/"+secret), "done", "saved"))
}
