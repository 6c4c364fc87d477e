package desk

import (
	"context"
	"strconv"
	"strings"

	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/web/page"
)

// blockKinds are the directives that the arrangement of a front page offers, in its order.
var blockKinds = []string{"lead", "seconds", "latest", "sections", "debuts", "writers", "tags", "page", "words"}

// counted are those of which one may say how many.
var counted = map[string]bool{"seconds": true, "latest": true, "sections": true, "debuts": true, "tags": true}

// readFront reads the arrangement of the front page: each block with what was chosen for it, one moved or dropped, one
// added. The form carries the whole, so that nothing depends on what the server kept.
func (d *dressing) readFront(form page.Form) {
	d.front.Revision, _ = strconv.Atoi(form.Line("revision"))
	var pieces []markdown.Piece
	for i := 1; form.Has("piece-" + strconv.Itoa(i)); i++ {
		name := "piece-" + strconv.Itoa(i)
		for _, piece := range markdown.Pieces(form.Text(name)) {
			if piece.Directive != nil {
				choices(piece.Directive, form, name)
				piece.Text = piece.Directive.String()
			}
			pieces = append(pieces, piece)
		}
	}
	act, number, _ := strings.Cut(form.Line("do"), "-")
	if i, err := strconv.Atoi(number); err == nil {
		pieces = shifted(pieces, act, i-1)
	}
	if act == "add" {
		pieces = append(pieces, added(form)...)
	}
	d.front.Text = markdown.Join(pieces)
	d.pieces = pieces
}

// choices reads the choices of one block.
func choices(block *markdown.Directive, form page.Form, name string) {
	for _, arg := range []string{"count", "section", "form", "slug"} {
		if !form.Has(name + "-" + arg) {
			continue
		}
		if value := form.Line(name + "-" + arg); value != "" {
			block.Args[arg] = value
		} else {
			delete(block.Args, arg)
		}
	}
}

// added is the block asked for.
func added(form page.Form) []markdown.Piece {
	kind := form.Line("kind")
	if kind == "words" {
		return markdown.Pieces(form.Text("said"))
	}
	block := markdown.Directive{Name: kind, Args: map[string]string{}}
	if kind == "page" {
		block.Args["slug"] = form.Line("of-page")
	}
	return markdown.Pieces(block.String())
}

// pagesOf are the site's pages, for a front page that shows one of them.
func (f *Face) pagesOf(ctx context.Context, v *page.Visit) ([]press.Entry, error) {
	form, err := f.Reader.FormBySlug(ctx, v.Viewer, v.Site.ID, "page")
	if press.KindOf(err) == press.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := f.Reader.Entries(ctx, press.Viewer{}, store.Selection{Site: v.Site.ID, Form: form.ID, Limit: 60})
	if err != nil {
		return nil, err
	}
	var pages []press.Entry
	for _, e := range found.Entries {
		if e.ID != v.Site.Front {
			pages = append(pages, e)
		}
	}
	return pages, nil
}
