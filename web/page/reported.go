package page

import (
	"strings"

	"bourgeon/press"
)

// ReportLink is the address of the form that reports a comment, from here.
func (v *Visit) ReportLink(c press.Comment) string {
	return v.siteLink(c.Site, c.Address.SiteSlug, c.Address.SiteHost, "/report?entry="+string(c.Entry)+"&comment="+string(c.ID))
}

// ReasonName says why something is reported, in a few words.
func (v *Visit) ReasonName(r press.ReportReason) string {
	switch r {
	case press.ReportDanger:
		return v.T("Someone may be in danger: threats, call to violence, distress")
	case press.ReportChild:
		return v.T("Sexual violence against a child")
	case press.ReportHate:
		return v.T("Hate or discrimination")
	case press.ReportPrivacy:
		return v.T("Someone’s private life, address or picture, without their consent")
	case press.ReportIllegal:
		return v.T("Something else that the law forbids")
	case press.ReportRights:
		return v.T("Copyright, licence, or a credit that is missing")
	case press.ReportFalse:
		return v.T("False or misleading")
	case press.ReportCharter:
		return v.T("Against the charter of the site")
	case press.ReportSpam:
		return v.T("Advertising")
	case press.ReportAccess:
		return v.T("Can’t be read or heard by everybody")
	default:
		return v.T("Something else")
	}
}

// ReasonNames are several reasons in a line.
func (v *Visit) ReasonNames(all []press.ReportReason) string {
	names := make([]string, len(all))
	for i, r := range all {
		names[i] = v.ReasonName(r)
	}
	return v.Set("", strings.Join(names, "; "))
}

// ThingName says what kind of thing was reported.
func (v *Visit) ThingName(k press.ThingKind) string {
	switch k {
	case press.ThingPicture:
		return v.T("A picture")
	case press.ThingComment:
		return v.T("A comment")
	default:
		return v.T("A contribution")
	}
}

// OutcomeName says what became of a thing that was reported.
func (v *Visit) OutcomeName(o press.Outcome) string {
	switch o {
	case press.LeftAsIs:
		return v.T("It stays as it is")
	case press.SentBack:
		return v.T("Its author is asked to change it; it can’t be read meanwhile")
	case press.TakenOff:
		return v.T("It is taken off")
	default:
		return v.T("Nothing is decided yet")
	}
}

// GroundName says what a restriction rests on.
func (v *Visit) GroundName(g press.Ground) string {
	if g == press.GroundLaw {
		return v.T("The law")
	}
	return v.T("The charter of the site")
}
