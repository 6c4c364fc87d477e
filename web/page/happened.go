package page

import "bourgeon/press"

// Happened says in a few words what an event did to a contribution, for journals and histories. Its texts have the
// context "event": the buttons that do the same things have other words.
func (v *Visit) Happened(kind press.EventKind) string {
	switch kind {
	case press.EntryProposed:
		return v.L.TC("event", "Proposed")
	case press.EntryPublished:
		return v.L.TC("event", "Published")
	case press.EntryScheduled:
		return v.L.TC("event", "Accepted, to appear later")
	case press.EntryReturned:
		return v.L.TC("event", "Returned to its author")
	case press.EntryRefused:
		return v.L.TC("event", "Refused")
	case press.EntryCorrected:
		return v.L.TC("event", "Proof-read")
	case press.EntryAmended:
		return v.L.TC("event", "Changed by its author")
	case press.EntryRestored:
		return v.L.TC("event", "Earlier version taken again")
	case press.EntryFiled:
		return v.L.TC("event", "Section, keywords or address changed")
	case press.EntryFeatured:
		return v.L.TC("event", "Put on the front page")
	case press.EntryUnfeatured:
		return v.L.TC("event", "Taken off the front page")
	case press.EntryWithdrawn:
		return v.L.TC("event", "Withdrawn by its author")
	case press.EntryBinned:
		return v.L.TC("event", "Put in the bin")
	case press.EntryRecovered:
		return v.L.TC("event", "Taken out of the bin")
	case press.EntryReopened:
		return v.L.TC("event", "Decision taken back")
	case press.RevisionProposed:
		return v.L.TC("event", "Change proposed")
	case press.RevisionAccepted:
		return v.L.TC("event", "Change accepted")
	case press.RevisionDeclined:
		return v.L.TC("event", "Change not taken")
	case press.ReportDecided:
		return v.L.TC("event", "Decided on a report")
	case press.ReportReopened:
		return v.L.TC("event", "Decision on a report taken back")
	case press.ReportAppealed:
		return v.L.TC("event", "Appeal against a decision on a report")
	case press.ReportJudged:
		return v.L.TC("event", "Decided on an appeal")
	case press.CommentWasPublished:
		return v.L.TC("event", "Comment published")
	case press.CommentWasRefused:
		return v.L.TC("event", "Comment refused")
	case press.CommentWasHidden:
		return v.L.TC("event", "Comment hidden")
	case press.CommentWasRestored:
		return v.L.TC("event", "Comment shown again")
	case press.CommentWasReopened:
		return v.L.TC("event", "Decision on a comment taken back")
	case press.TalkClosed:
		return v.L.TC("event", "Conversation closed")
	case press.TalkReopened:
		return v.L.TC("event", "Conversation opened again")
	default:
		return v.L.TC("event", "Changed")
	}
}
