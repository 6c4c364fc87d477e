package write

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/press"
	"bourgeon/web/page"
)

func number(n int) string { return strconv.Itoa(n) }

// begins is the work asked of robots where a form makes a draft; saving one that exists asks none.
func begins(v *page.Visit, d desk) string {
	if d.Key != "" {
		return ""
	}
	return v.Challenge()
}

func described(q page.Field) templ.Attributes {
	a := templ.Attributes{}
	ids := []string{q.Name + "-help"}
	if q.Error != "" {
		ids = append(ids, q.Name+"-error")
		a["aria-invalid"] = "true"
	}
	a["aria-describedby"] = strings.Join(ids, " ")
	return a
}

func titled(v *page.Visit, title string) string {
	if title == "" {
		return v.T("Untitled")
	}
	return title
}

func sectionName(v *page.Visit, id press.SectionID) string {
	for _, s := range v.Sections {
		if s.ID == id && id != "" {
			return s.Name
		}
	}
	return ""
}

func greeting(v *page.Visit) string {
	if v.Viewer.Name == "" {
		return v.T("My texts")
	}
	return v.T("Hello %s", v.Viewer.Name)
}

func where(v *page.Visit, s slip) string {
	return s.Site.Name + ", " + strings.ToLower(s.Form.Name.In(v.L.Lang()))
}

func languages(v *page.Visit) []page.Option {
	var all []page.Option
	for _, l := range press.Languages {
		all = append(all, page.Option{Value: l, Label: v.L.Name(l)})
	}
	return all
}

func (m meeting) title(v *page.Visit) string {
	if m.Anew {
		return v.T("Somebody changed this text at the same time as you.")
	}
	return v.T("This text was changed elsewhere at the same time.")
}

func (m meeting) number() string {
	if !m.Anew {
		return ""
	}
	return strconv.Itoa(m.Number)
}

func pictureOrFile(field press.Field) string {
	if field.Kind == press.Pictures {
		return "picture"
	}
	return "file"
}

// uploads is the button that sends a field's files without a script.
func uploads(field press.Field) string {
	if field.Kind == press.Pictures {
		return "upload"
	}
	return "upload:" + field.Key
}

func whoMade(v *page.Visit, m file) string {
	switch m.Kind() {
	case press.AudioFile:
		return v.T("Who made this recording?")
	case press.VideoFile:
		return v.T("Who made this video?")
	case press.DocumentFile:
		return v.T("Who made this document?")
	}
	return v.T("Who made this picture?")
}

func takeOff(v *page.Visit, m file) string {
	if m.Kind() == press.PictureFile {
		return v.T("Take this picture off")
	}
	return v.T("Take this file off")
}

// nameIf is the name given for an answer to who made the file.
func (m file) nameIf(who press.Maker) string {
	if m.Maker == who {
		return m.Credit
	}
	return ""
}

// bounds tells the script how heavy files may be, in bytes by kind: "image=25000000".
func (s sheet) bounds(field press.Field) string {
	if field.Kind == press.Pictures {
		return fmt.Sprintf("image=%d", s.Most.Picture)
	}
	return fmt.Sprintf("application=%d audio=%d video=%d", s.Most.Document, s.Most.Audio, s.Most.Video)
}

// silent counts the pictures of an entry that nobody described.
func silent(e press.Entry) int {
	n := 0
	for _, m := range e.Pictures {
		if m.Alt == "" {
			n++
		}
	}
	return n
}

func (m meeting) theirsBy(v *page.Visit) string {
	if m.By.Name != "" && !m.By.Anonymous() {
		return v.T("by %s", m.By.Name)
	}
	if m.Anew {
		return v.T("as it stands now")
	}
	return m.saved(v)
}

func (m meeting) mineBy(v *page.Visit) string {
	if m.Anew {
		return v.T("your working copy")
	}
	return v.T("just typed, not saved yet")
}

func (t thanks) kicker(v *page.Visit) string {
	if t.Entry.Status == press.Published {
		return v.T("It is published")
	}
	return v.T("It is sent")
}

func (t thanks) title(v *page.Visit) string {
	name := v.Viewer.Name
	if name == "" {
		return v.T("Thank you. Your text is in good hands.")
	}
	return v.T("Thank you %s. Your text is in good hands.", name)
}

func (t thanks) next(v *page.Visit) string {
	switch {
	case t.Entry.Status == press.Published:
		return v.T("Everyone can read it at this address. You may change or withdraw it whenever you wish.")
	case len(t.Welcomed) > 0 && t.First:
		return v.T("It is your first one here: %s will read it before it appears. You will get a mail, whatever happens.", t.readers(v))
	case len(t.Welcomed) > 0:
		return v.T("%s will read it before it appears. You will get a mail, whatever happens.", t.readers(v))
	default:
		return v.T("Somebody of the site will read it before it appears. You will get a mail, whatever happens.")
	}
}

func (t thanks) readers(v *page.Visit) string {
	n := len(t.Welcomed)
	if n == 1 {
		return t.Welcomed[0]
	}
	return v.T("%s or %s", strings.Join(t.Welcomed[:n-1], ", "), t.Welcomed[n-1])
}

// heard says what a text met with: thanks, and comments; "" when nothing.
func (s slip) heard(v *page.Visit) string {
	thanks, comments := "", ""
	if n := s.Talk.Thanks; n > 0 {
		thanks = v.N("%d thank you", "%d thank yous", n, n)
	}
	if n := s.Talk.Comments; n > 0 {
		comments = v.N("%d comment", "%d comments", n, n)
	}
	if thanks == "" || comments == "" {
		return thanks + comments
	}
	return thanks + " · " + comments
}
