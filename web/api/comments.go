package api

import (
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// Comments is GET /api/v1/entries/{id}/comments: what readers see of the talk under an entry.
func (f *Face) Comments(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		e, err := c.entryAsked()
		if err != nil {
			return reply{}, err
		}
		all, next, err := v.House.Reader.LatestComments(c.ctx(), press.Viewer{}, "", e.ID, c.query.cursor("cursor"), c.query.limit())
		return list(each(all, c.comment), string(next), ""), err
	})
}

func (c *call) comment(k press.Comment) object {
	return object{
		{"id", k.ID}, {"url", c.Addresses.Site(k.Address.SiteSlug, k.Address.SiteHost) + "/talk/comment/" + string(k.ID)},
		{"parent", text(string(k.Parent))}, {"author", signature(k.By)}, {"by_author", k.ByAuthor}, {"language", k.Language},
		{"text", k.Text}, {"html", k.HTML}, {"published", k.ShownAt}, {"edited", optional(k.EditedAt)},
	}
}
