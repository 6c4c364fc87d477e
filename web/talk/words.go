package talk

import (
	"bourgeon/press"
	"bourgeon/web/page"
)

func (s sheet) title(v *page.Visit) string {
	if s.Parent.ID != "" {
		return v.T("Answer %s", v.Named(s.Parent.By))
	}
	return v.T("Sign your comment")
}

// next says what will become of the comment.
func (s sheet) next(v *page.Visit) string {
	if s.Mode == press.TalkBefore {
		return v.T("Someone of the team reads each comment before it appears.")
	}
	if v.Site.Openness == press.Open || v.Contributes() {
		return v.T("It appears at once.")
	}
	return v.T("A first comment is read before it appears; the next ones appear at once.")
}

func mails(v *page.Visit, silent bool) page.Field {
	value := "wanted"
	if silent {
		value = "none"
	}
	return page.Field{
		Name: "mails", Label: v.T("May we write to you about conversations?"), Value: value, Options: []page.Option{
			{Value: "wanted", Label: v.T("Yes, about my texts and the conversations that I follow")},
			{Value: "none", Label: v.T("No, about none of them")},
		},
	}
}

func (l leaving) title(v *page.Visit) string {
	switch {
	case l.Silent:
		return v.T("You get no mail about conversations any more.")
	case l.On:
		return v.T("You get mails about a conversation.")
	default:
		return v.T("You get no mail about this conversation any more.")
	}
}
