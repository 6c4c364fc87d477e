package page

import (
	"context"
	"fmt"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// TalkPage is how many threads one page of a talk shows.
const TalkPage = 20

// Talk is what stands under an entry: thanks, comments, and the way to add one.
type Talk struct {
	Entry  press.Entry
	Mode   press.Talk
	State  press.TalkState
	Thread store.Thread
	Thanks bool // may be given
	Whole  bool // it has a page to itself, rather than standing under the text
}

// Open tells whether one may comment.
func (t Talk) Open() bool { return t.Mode != press.TalkOff && t.State.ClosedAt.IsZero() }

// Shown tells whether there is a conversation to show.
func (t Talk) Shown() bool { return t.Mode != press.TalkOff }

// TalkUnder finds what stands under a published entry of the visit's site; it
// is empty for others.
func (v *Visit) TalkUnder(ctx context.Context, e press.Entry, form press.Form, before, after store.Cursor) (t Talk, err error) {
	if e.Status != press.Published || e.Site != v.Site.ID {
		return Talk{Mode: press.TalkOff}, nil
	}
	t = Talk{Entry: e, Mode: v.Site.TalkOn(form), Thanks: form.Listed}
	if t.State, err = v.House.Reader.TalkState(ctx, v.Viewer, e.ID); err != nil {
		return t, fmt.Errorf("find the talk: %w", err)
	}
	if !t.Shown() {
		return t, nil
	}
	t.Thread, err = v.House.Reader.Talk(ctx, v.Viewer, e.ID, before, after, TalkPage)
	return t, err
}

// TalkLink is an address of the talk under an entry of this site: "" is the
// page that it has to itself.
func (v *Visit) TalkLink(e press.Entry, path string) string {
	return v.InSiteOf(e, "/talk/"+e.Path()+path)
}

// CommentLink is an address of a comment's: "" leads to where it stands.
func (v *Visit) CommentLink(c press.Comment, path string) string {
	return v.siteLink(c.Site, c.Address.SiteSlug, c.Address.SiteHost, "/talk/comment/"+string(c.ID)+path)
}

// SignatureFor is how the viewer signs what they say under an entry, unless
// they choose otherwise: as they signed the entry itself, or with their name.
func (v *Visit) SignatureFor(e press.Entry) press.Signing {
	for _, c := range e.Credits {
		if !v.Viewer.Known() || c.Person != v.Viewer.Person || c.Role != press.Author && c.Role != press.Scribe {
			continue
		}
		s := press.Signing{Kind: c.Kind, Name: c.Name, Organisation: c.Organisation}
		switch {
		case c.Anonymous():
			s = press.Signing{Kind: press.SignAnonymous}
		case c.Kind == press.SignOrganisation:
			s.Name, s.Organisation = "", c.Name
		}
		return s
	}
	return press.Signing{Kind: press.SignName, Name: v.Viewer.Name}
}

// SignedAs is a signature in words.
func (v *Visit) SignedAs(s press.Signing) string { return v.Named(s.Author("")) }

// formKey is the secret of a form, so that sending it twice says a thing once.
func formKey() string { return token.New() }

// nameField is where a form has the name of a signature.
func nameField(s press.Signing) string {
	if s.Kind == press.SignPseudonym {
		return "pseudonym"
	}
	return "name"
}

// commentName is who said something.
func (v *Visit) commentName(c press.Comment) string { return v.Named(c.By) }

// emptied says why a comment that was answered isn't there.
func (v *Visit) emptied(c press.Comment) string {
	switch c.Status {
	case press.CommentWithdrawn:
		return v.T("Withdrawn by its author.")
	case press.CommentHidden:
		return v.T("Hidden by the people of this site.")
	default:
		return v.T("This comment waits to be read again.")
	}
}

// talkHeading counts the comments.
func (v *Visit) talkHeading(t Talk) string {
	if t.State.Comments == 0 {
		return v.T("Conversation")
	}
	return v.N("%d comment", "%d comments", t.State.Comments, t.State.Comments)
}

// CommentButton says what sending a comment will do.
func (v *Visit) CommentButton(mode press.Talk, section press.SectionID) string {
	switch {
	case !v.Viewer.Known():
		return v.T("Sign, and receive the mail that confirms")
	case v.Viewer.May(press.Animator, v.Site.ID, section), mode == press.TalkAfter && v.Contributes():
		return v.T("Publish my comment")
	}
	return v.T("Send my comment")
}

func (v *Visit) thanked() bool { return v.query.Get("done") == "thanked" }
