package page

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Field is a question of a form, as the field components show it. Texts are translated already.
type Field struct {
	Name    string // of the input, and its id
	Label   string // the question, in a full sentence
	Help    string // above the input
	Example string
	Value   string
	Error   string // Faults.On
	// Optional is said beside the label: most fields that aren't required are obvious, so say it only where one may doubt.
	Optional bool
	Required bool // for browsers; the server checks all the same

	Type         string // of an input: "email", "search", "url", "datetime-local"; "" is text
	Class        string // "small", "tall", "code"
	Autocomplete string
	InputMode    string
	Rows         int // of a textarea
	Language     string
	Options      []Option
	Accept       string          // of a file: "image/jpeg,image/png,image/webp"
	Multiple     bool            // files
	Linked       templ.Component // in place of Label, for a label that holds a link
}

// Option is a choice among others.
type Option struct {
	Value, Label, Help string
	Then               templ.Component // asked along with this choice
}

// describedBy lists the ids of what is said about a field.
func (f Field) describedBy() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.Name+"-help")
	}
	if f.Error != "" {
		ids = append(ids, f.Name+"-error")
	}
	if f.Example != "" {
		ids = append(ids, f.Name+"-example")
	}
	return strings.Join(ids, " ")
}

// attributes are those that all kinds of inputs share.
func (f Field) attributes() templ.OrderedAttributes {
	var a templ.OrderedAttributes
	add := func(key string, value any) { a = append(a, templ.KeyValue[string, any]{Key: key, Value: value}) }
	optional := func(key, value string) {
		if value != "" {
			add(key, value)
		}
	}
	add("id", f.Name)
	add("name", f.Name)
	optional("class", f.Class)
	optional("aria-describedby", f.describedBy())
	optional("autocomplete", f.Autocomplete)
	optional("inputmode", f.InputMode)
	optional("accept", f.Accept)
	optional("lang", f.Language)
	if f.Rows > 0 {
		add("rows", strconv.Itoa(f.Rows))
	}
	if f.Error != "" {
		add("aria-invalid", "true")
	}
	if f.Required {
		add("aria-required", "true")
	}
	if f.Multiple {
		add("multiple", true)
	}
	return a
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// id of one option's input.
func (f Field) optionID(o Option) string { return f.Name + "-" + o.Value }

func (f Field) groupAttributes() templ.OrderedAttributes {
	var a templ.OrderedAttributes
	if described := f.describedBy(); described != "" {
		a = append(a, templ.KeyValue[string, any]{Key: "aria-describedby", Value: described})
	}
	return a
}
