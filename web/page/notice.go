package page

import "slices"

// notice is the short message that follows an act, chosen by ?done=code: a cookie would be one too many, and a text in
// the address could be anybody's. A face adds its codes here.
func (v *Visit) notice(code string) string {
	switch code {
	case "published":
		return v.T("It is published.")
	case "proposed":
		return v.T("It is sent. Someone will read it soon.")
	case "scheduled":
		return v.T("It will appear on the day chosen.")
	case "returned":
		return v.T("It went back to its author, with your note.")
	case "refused":
		return v.T("It is refused, and its author was told why.")
	case "corrected":
		return v.T("The correction is saved.")
	case "amended":
		return v.T("Your change is published.")
	case "revision-proposed":
		return v.T("Your change is sent. It will appear once it was read.")
	case "revision-accepted":
		return v.T("The change is published.")
	case "revision-declined":
		return v.T("The change was not taken; the text stays as it is.")
	case "restored":
		return v.T("The earlier version is back.")
	case "withdrawn":
		return v.T("It is withdrawn: it can't be read here any more.")
	case "binned":
		return v.T("It is in the bin, and can be taken back.")
	case "recovered":
		return v.T("It is back from the bin.")
	case "filed":
		return v.T("Section and keywords are saved.")
	case "featured":
		return v.T("It stands on the front page.")
	case "unfeatured":
		return v.T("It no longer stands on the front page.")
	case "noted":
		return v.T("Your note is added.")
	case "tried":
		return v.T("You are trying it. Nobody else sees it yet.")
	case "untried":
		return v.T("What was tried is forgotten; the site looks as before.")
	case "worn":
		return v.T("The site wears this look. The former one is below, to be taken again at any time.")
	case "saved":
		return v.T("It is saved.")
	case "begun":
		return v.T("The form is on your table. Nobody else sees it yet.")
	case "added":
		return v.T("The question is added: describe it below.")
	case "takenoff":
		return v.T("The question is taken off. Its answers are kept, and you can put it back.")
	case "publishedform":
		return v.T("The form is published.")
	case "binnedform":
		return v.T("The form is in the bin with its contributions, and can be brought back.")
	case "ontable":
		return v.T("The earlier version is on your table: publish it when you like.")
	case "gathered":
		return v.T("The passage is gathered.")
	case "shared":
		return v.T("It is shared. They get a mail.")
	case "handed":
		return v.T("Your link is ready: hand it on.")
	case "unhanded":
		return v.T("The link no longer names you.")
	case "written":
		return v.T("Your message is on its way. The answer will come to your address.")
	case "wentback":
		return v.T("You are back at that state. What you had is among the earlier ones.")
	case "asked":
		return v.T("The request is on its way. You will find here what is said of your text.")
	case "unasked":
		return v.T("The request is taken back: its link opens nothing any more.")
	case "remarked":
		return v.T("Your remark is kept. The author finds it beside the text.")
	case "remarked-over":
		return v.T("Your remark is kept. The author will have it once you tell them, or return the text.")
	case "unsaid":
		return v.T("Your remark is taken back.")
	case "read":
		return v.T("Thank you! The author is told.")
	case "remark-take":
		return v.T("The wording is in your text.")
	case "remark-set":
		return v.T("The remark is set aside.")
	case "remark-reopen":
		return v.T("The remark is open again, and your text as it was before it.")
	case "planned":
		return v.T("The plan is at the end of your text: put your own sentences in place of the dots.")
	case "kept":
		return v.T("Your text is kept. You can go on later.")
	case "framed":
		return v.T("The picture is cropped. It shows so in a moment.")
	case "discarded":
		return v.T("The draft is thrown away.")
	case "token-revoked":
		return v.T("The token opens nothing any more.")
	case "mailed":
		return v.T("The mail is on its way.")
	case "invited":
		return v.T("The invitation is on its way.")
	case "reopened":
		return v.T("The decision is taken back: the text waits again.")
	case "handed-over":
		return v.T("The keys are handed over.")
	case "closed":
		return v.T("The site is closed.")
	case "cancelled":
		return v.T("The invitation is taken back.")
	case "joined":
		return v.T("Welcome to the team.")
	case "left":
		return v.T("The role is ended.")
	case "opened":
		return v.T("The site is open.")
	case "reported":
		return v.T("Your report is sent. Thank you.")
	case "silenced":
		return v.T("We will not write to you about this any more.")
	case "appealed":
		return v.T("Your appeal is sent.")
	case "ruled":
		return v.T("It is decided, and those concerned are told why.")
	case "report-reopened":
		return v.T("The decision is taken back: the report waits again.")
	case "judged":
		return v.T("The appeal is answered.")
	case "commented":
		return v.T("Your comment is published. Thank you!")
	case "comment-waits":
		return v.T("Your comment is sent. Someone will read it before it appears.")
	case "comment-withdrawn":
		return v.T("Your comment is withdrawn. You may change your mind for a day.")
	case "comment-restored":
		return v.T("The comment is shown again.")
	case "comment-reopened":
		return v.T("The decision is taken back: the comment waits again.")
	case "talk-closed":
		return v.T("The conversation is closed.")
	case "talk-opened":
		return v.T("The conversation is open again.")
	case "comment-back":
		return v.T("Your comment is back.")
	case "thanked":
		return v.T("Thank you for them!")
	case "unthanked":
		return v.T("Your thank you is taken back.")
	case "signedin":
		return v.T("You are signed in.")
	case "signedout":
		return v.T("You are signed out.")
	}
	return ""
}

// Notice is the message of ?done=, "" when there is none. Who isn't signed in can only have done a few things: a link
// that tells a reader that the site is closed is somebody's joke.
func (v *Visit) Notice() string {
	code := v.query.Get("done")
	if !v.Viewer.Known() && !slices.Contains(anybodys, code) {
		return ""
	}
	return v.notice(code)
}

// anybodys are the codes of what one may do without being signed in.
var anybodys = []string{"kept", "planned", "asked", "unasked", "remarked", "unsaid", "read", "remark-take", "remark-set", "remark-reopen",
	"wentback", "framed", "saved", "mailed", "discarded", "signedout", "thanked", "unthanked", "reported", "silenced",
	"appealed", "written"}
