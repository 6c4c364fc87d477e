package page

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"bourgeon/kit/textdiff"
)

// Marked shows a comparison, what came in ins and what went in del. Its spaces and line ends stay as they are: templates
// would add some.
func Marked(ops []textdiff.Op) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, op := range ops {
			text := templ.EscapeString(op.Text)
			switch op.Kind {
			case textdiff.Insert:
				text = "<ins>" + text + "</ins>"
			case textdiff.Delete:
				text = "<del>" + text + "</del>"
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
