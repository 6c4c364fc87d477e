package shape

import (
	"slices"
	"strings"

	"bourgeon/press"
	"bourgeon/web/page"
)

// standing are the questions on the form, gone those taken off it.
func standing(f press.Form) []press.Field {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(field press.Field) bool { return field.Gone })
}

func gone(f press.Form) []press.Field {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(field press.Field) bool { return !field.Gone })
}

func notYet(v *page.Visit, p workpiece) string {
	if p.Version == 0 {
		return v.T("Nobody sees this form yet")
	}
	return v.T("Your changes aren’t published yet")
}

func formDoors(v *page.Visit, form press.Form) []page.Option {
	doors := []page.Option{
		{Value: "", Label: v.T("Questions")}, {Value: "/settings", Label: v.T("Name and settings")},
		{Value: "/versions", Label: v.T("Versions")}, {Value: "/file", Label: v.T("Copy it elsewhere")},
	}
	if form.Version > 0 && form.Tabulated() {
		doors = append(doors, page.Option{Value: "/imports", Label: v.T("Bring in a table")}, page.Option{Value: "/gather", Label: v.T("Gather passages")})
	}
	return doors
}

func kindName(v *page.Visit, k press.FieldKind) string {
	switch k {
	case press.ShortText:
		return v.T("One line")
	case press.LongText:
		return v.T("A long text")
	case press.Number:
		return v.T("A number")
	case press.YesNo:
		return v.T("Yes or no")
	case press.Date:
		return v.T("A day")
	case press.Period:
		return v.T("A period")
	case press.Choice:
		return v.T("One choice")
	case press.Choices:
		return v.T("Several choices")
	case press.Words:
		return v.T("Keywords")
	case press.Link:
		return v.T("A web address")
	case press.Email:
		return v.T("An e-mail address, never shown")
	case press.Phone:
		return v.T("A telephone number")
	case press.Pictures:
		return v.T("Pictures")
	case press.Files:
		return v.T("Documents, sounds, videos")
	case press.PlaceKind:
		return v.T("A place on the map")
	case press.Reference:
		return v.T("Other contributions")
	case press.People:
		return v.T("People or organisations")
	case press.Computed:
		return v.T("Made of other answers")
	case press.Explanation:
		return v.T("An explanation, no answer")
	case press.Inviter:
		return v.T("Who brought you here")
	}
	return string(k)
}

func kindOptions(v *page.Visit) []page.Option {
	var all []page.Option
	for _, k := range press.FieldKinds {
		all = append(all, page.Option{Value: string(k), Label: kindName(v, k)})
	}
	return all
}

// marks say in a few words what is particular about a question.
func marks(v *page.Visit, form press.Form, field press.Field) []string {
	var all []string
	if field.Required {
		all = append(all, v.T("must be answered"))
	}
	switch field.Role {
	case press.RoleTitle:
		all = append(all, v.T("gives the title"))
	case press.RoleBody:
		all = append(all, v.T("the main text"))
	}
	if field.When != nil {
		if other, ok := form.ByKey(field.When.Field); ok {
			all = append(all, v.T("depends on “%s”", other.Label.In(v.L.Lang())))
		}
	}
	if field.Seen != press.Everyone {
		all = append(all, v.T("seen by %s", strings.ToLower(audienceName(v, field.Seen))))
	}
	if field.By != press.Everyone {
		all = append(all, v.T("answered by %s", strings.ToLower(audienceName(v, field.By))))
	}
	if field.Facet {
		all = append(all, v.T("lists are narrowed by it"))
	}
	return all
}

func audienceName(v *page.Visit, a press.Audience) string {
	switch a {
	case press.Contributors:
		return v.T("The site’s contributors")
	case press.Animators:
		return v.T("The site’s animators")
	}
	return v.T("Everybody")
}

func audiences(v *page.Visit) []page.Option {
	var all []page.Option
	for _, a := range press.Audiences {
		all = append(all, page.Option{Value: string(a), Label: audienceName(v, a)})
	}
	return all
}

func viewName(v *page.Visit, w press.View) string { return v.ViewName(w) }

func opennessOptions(v *page.Visit) []page.Option {
	return []page.Option{
		{Label: v.T("As for the whole site")},
		{Value: string(press.Open), Label: v.T("Everybody, at once")},
		{Value: string(press.First), Label: v.T("Everybody; a first contribution is read before")},
		{Value: string(press.Reviewed), Label: v.T("Everybody; each contribution is read before")},
		{Value: string(press.Members), Label: v.T("The site’s people alone")},
	}
}

func changeName(v *page.Visit, k press.ChangeKind) string {
	switch k {
	case press.FieldAdded:
		return v.T("New question")
	case press.FieldRemoved:
		return v.T("Taken off")
	case press.FieldReturned:
		return v.T("Put back")
	case press.FieldRetyped:
		return v.T("Another kind of answer")
	case press.FieldMoved:
		return v.T("Moved")
	case press.FieldOpened:
		return v.T("Seen by others")
	}
	return v.T("Worded otherwise")
}
