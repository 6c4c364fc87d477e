package desk

import (
	"bourgeon/press"
	"bourgeon/web/page"
)

func changeFault(v *page.Visit, p people, m press.Membership, field string) string {
	if p.change != m.ID {
		return ""
	}
	return p.faults.On(v, field)
}

func removeWords(v *page.Visit, m press.Membership) string {
	if m.Person == v.Viewer.Person {
		return v.T("Give my role up")
	}
	return v.T("Take the role back")
}

func inviteRoles(v *page.Visit, p people) page.Field {
	roles := mayInvite(v)
	f := page.Field{Name: "role", Label: v.T("What for?"), Value: string(p.typed.Role), Error: p.faults.On(v, "role")}
	if f.Value == "" {
		f.Value = string(roles[0])
	}
	for _, r := range roles {
		f.Options = append(f.Options, page.Option{Value: string(r), Label: roleName(v, r), Help: roleHelp(v, r)})
	}
	return f
}

func leaveOptions(v *page.Visit) []page.Option {
	return []page.Option{
		{Value: "0", Label: v.T("I stay a steward too"), Help: v.T("Two people with the keys are safer than one.")},
		{Value: "1", Label: v.T("I lay mine down"), Help: v.T("I stay among the contributors.")},
	}
}
