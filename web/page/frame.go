package page

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"bourgeon/press"
)

// Frame is the form with which a picture is cropped, and what must stay in sight is said. What it shows is asked for at
// Link + "/whole" and Link + "/preview".
type Frame struct {
	Media  press.Media
	Link   string // of this form, which is sent there; a query of ours may follow
	Back   string // where one comes from
	Crop   press.Crop
	Focus  press.Focus
	Faults Faults
}

const thousand = 1000

// sides are how much is cut off at the left, the top, the right and the bottom, in hundredths.
func (f Frame) sides() []frameSide {
	c := f.Crop
	if c == (press.Crop{}) {
		c = press.Crop{Width: thousand, Height: thousand}
	}
	return []frameSide{{"left", c.X / 10}, {"top", c.Y / 10}, {"right", (thousand - c.X - c.Width) / 10}, {"bottom", (thousand - c.Y - c.Height) / 10}}
}

type frameSide struct {
	Name string
	Cut  int
}

// FramingOf reads the form. The numbers are hundredths; a point chosen with a pointer is in thousandths of the whole.
func FramingOf(in Form) (press.Crop, press.Focus) {
	crop := cropOf(in.Line)
	focus := press.Focus{X: atoi(in.Line("focus-x")), Y: atoi(in.Line("focus-y"))}
	if !focus.Chosen() {
		var column, row int
		if n, _ := fmt.Sscanf(in.Line("focus"), "%d-%d", &column, &row); n == 2 {
			part := crop
			if part == (press.Crop{}) {
				part = press.Crop{Width: thousand, Height: thousand}
			}
			focus = press.Focus{X: max(1, part.X+part.Width*(2*column+1)/6), Y: max(1, part.Y+part.Height*(2*row+1)/6)}
		}
	}
	return crop, focus
}

// CropAsked reads a crop from a query, for a preview.
func CropAsked(r *http.Request) press.Crop { return cropOf(r.URL.Query().Get) }

func cropOf(value func(string) string) press.Crop {
	left, top, right, bottom := 10*atoi(value("left")), 10*atoi(value("top")), 10*atoi(value("right")), 10*atoi(value("bottom"))
	return press.Crop{X: left, Y: top, Width: thousand - left - right, Height: thousand - top - bottom}.Normal()
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return min(max(n, 0), thousand)
}

// at is an address below the form's own, its query kept.
func (f Frame) at(path string, query url.Values) string {
	link, old := f.Link, ""
	if u, err := url.Parse(f.Link); err == nil {
		old = u.RawQuery
		u.RawQuery = ""
		link = u.String()
	}
	values, _ := url.ParseQuery(old)
	for name, value := range query {
		values[name] = value
	}
	if len(values) == 0 {
		return link + path
	}
	return link + path + "?" + values.Encode()
}

func (f Frame) preview() string {
	query := url.Values{}
	for _, side := range f.sides() {
		query.Set(side.Name, strconv.Itoa(side.Cut))
	}
	return f.at("/preview", query)
}

// zone is the ninth of the crop in which the focus stands: "1-2", column and row from 0; "" when nobody chose.
func (f Frame) zone() string {
	x, y, ok := f.Focus.In(f.Crop)
	if !ok {
		return ""
	}
	third := func(tenths int) int { return min(2, tenths*3/10) }
	return fmt.Sprintf("%d-%d", third(x), third(y))
}

func sideWords(v *Visit, name string) string {
	switch name {
	case "left":
		return v.T("on the left")
	case "top":
		return v.T("at the top")
	case "right":
		return v.T("on the right")
	}
	return v.T("at the bottom")
}

// zoneWords name the nine parts of a picture.
func zoneWords(v *Visit, column, row int) string {
	return [3][3]string{
		{v.T("top left"), v.T("top"), v.T("top right")},
		{v.T("left"), v.T("middle"), v.T("right")},
		{v.T("bottom left"), v.T("bottom"), v.T("bottom right")},
	}[row][column]
}

// exactly is a place chosen with a pointer; a ninth chosen says enough by itself.
func (f Frame) exactly(at int) string {
	if at == 0 {
		return ""
	}
	return strconv.Itoa(at)
}
