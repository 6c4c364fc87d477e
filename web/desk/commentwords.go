package desk

import (
	"bourgeon/press"
	"bourgeon/web/page"
)

func commentLink(v *page.Visit, c press.Comment, act string) string {
	return v.Link("/desk/talk/" + string(c.ID) + act)
}

func commentsTitle(v *page.Visit, c comments) string {
	switch c.CommentStatus {
	case press.CommentShown:
		return v.T("The latest comments")
	case press.CommentHidden:
		return v.T("Hidden comments")
	case press.CommentRefused:
		return v.T("Refused comments")
	}
	if len(c.all) == 0 {
		return v.T("No comment waits.")
	}
	return v.N("%d comment waits", "%d comments wait", len(c.all), len(c.all))
}

// commentLists are the lists of comments: their query, name, and in Help the status.
func commentLists(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: "", Label: v.T("Those that wait"), Help: string(press.CommentWaiting)},
		{Value: "?is=shown", Label: v.T("Those that are read"), Help: string(press.CommentShown)},
		{Value: "?is=hidden", Label: v.T("Hidden comments"), Help: string(press.CommentHidden)},
		{Value: "?is=refused", Label: v.T("Refused comments"), Help: string(press.CommentRefused)},
	}
}

// commentDecided tells in a sentence what a comment has become.
func commentDecided(v *page.Visit, c press.Comment) string {
	switch c.Status {
	case press.CommentShown:
		return v.T("The comment is published.")
	case press.CommentRefused:
		return v.T("The comment is refused, and its author was told why.")
	default:
		return v.T("The comment is hidden, and its author was told why.")
	}
}

func conversationWords(v *page.Visit, s sheet) string {
	if s.talk.State.ClosedAt.IsZero() {
		return v.T("Close the conversation")
	}
	return v.T("Open the conversation again")
}
