package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"bourgeon/app/filing"
	"bourgeon/press"
	"bourgeon/web/page"
)

// AllMedia is GET /api/v1/media: the pictures and other files of what is published.
func (f *Face) AllMedia(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		s, err := c.siteAsked()
		if err != nil {
			return reply{}, err
		}
		all, next, err := v.House.Reader.PublicMedia(c.ctx(), v.Viewer, s.ID, press.LicenceID(c.query.text("licence")),
			c.query.cursor("cursor"), c.query.limit())
		return list(each(all, c.media), string(next), ""), err
	})
}

// Media is GET /api/v1/media/{id}.
func (f *Face) Media(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.read(v, w, r, func(c *call) (reply, error) {
		m, err := v.House.Reader.MediaToShow(c.ctx(), v.Viewer, press.MediaID(r.PathValue("id")))
		return reply{body: c.media(m)}, err
	})
}

// description is what a program says of a file; absent members change nothing.
type description struct {
	Title      *string `json:"title"`
	Alt        *string `json:"alt"`
	Caption    *string `json:"caption"`
	Maker      *string `json:"maker"`
	Credit     *string `json:"credit"`
	Origin     *string `json:"origin"`
	Licence    *string `json:"licence"`
	Transcript *string `json:"transcript"`
}

func (d description) empty() bool { return d == description{} }

// of is what is said of a file after this. Whoever names its maker and says no more of them means somebody.
func (d description) of(m press.Media) filing.Description {
	now := filing.DescriptionOf(m)
	if d.Credit != nil && d.Maker == nil {
		now.Maker = press.MakerUnsaid
	}
	set(&now.Title, d.Title)
	set(&now.Alt, d.Alt)
	set(&now.Caption, d.Caption)
	set(&now.Maker, d.Maker)
	set(&now.Credit, d.Credit)
	set(&now.Origin, d.Origin)
	set(&now.Licence, d.Licence)
	set(&now.Transcript, d.Transcript)
	return now
}

func set[T ~string](to *T, said *string) {
	if said != nil {
		*to = T(*said)
	}
}

// Describe is PATCH /api/v1/media/{id}.
func (f *Face) Describe(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeMedia, func(c *call) (reply, error) {
		m, err := v.House.Reader.MediaToShow(c.ctx(), c.bearer, press.MediaID(r.PathValue("id")))
		if err != nil {
			return reply{}, err
		}
		if err := c.needs(press.ScopeMedia, m.Site); err != nil {
			return reply{}, err
		}
		var d description
		if err := decode(r, &d); err != nil {
			return reply{}, err
		}
		m, err = f.Cabinet.Describe(c.ctx(), c.bearer, "", m.ID, d.of(m))
		return reply{body: c.media(m)}, err
	})
}

// Upload is POST /api/v1/media: a form with the file, its site and what is said of it.
func (f *Face) Upload(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	return f.write(v, w, r, press.ScopeMedia, func(c *call) (reply, error) {
		sent, file, err := readUpload(r)
		if err != nil {
			return reply{}, err
		}
		defer file.Close()
		said := func(name string) *string {
			if !sent.Has(name) {
				return nil
			}
			s := sent.Line(name)
			return &s
		}
		d := description{
			said("title"), said("alt"), said("caption"), said("maker"), said("credit"), said("origin"), said("licence"), said("transcript"),
		}
		site, err := v.House.Reader.SiteBySlug(c.ctx(), press.Viewer{}, sent.Line("site"))
		if err != nil {
			return reply{}, unknown(err, inBody.Fault("#/site", "There is no such site."))
		}
		if err := c.needs(press.ScopeMedia, site.ID); err != nil {
			return reply{}, err
		}
		if id := press.LicenceID(sent.Line("licence")); id != "" {
			if _, known := press.LicenceByID(id); !known {
				return reply{}, invalid(inBody.Fault("#/licence", "Choose a licence."))
			}
		}
		keep := f.Cabinet.Attach
		if file.picture {
			keep = f.Cabinet.Keep
		}
		m, err := keep(c.ctx(), c.bearer, site.ID, sent.Line("draft"), file.name, file)
		if err != nil {
			return reply{}, err
		}
		if !d.empty() {
			if m, err = f.Cabinet.Describe(c.ctx(), c.bearer, "", m.ID, d.of(m)); err != nil {
				return reply{}, err
			}
		}
		return reply{status: http.StatusCreated, body: c.media(m), location: c.address("/media/" + string(m.ID))}, nil
	})
}

type sentFile struct {
	multipart.File
	name    string
	picture bool // by its first bytes; what it really is, filing decides
}

func readUpload(r *http.Request) (page.Form, sentFile, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return page.Form{}, sentFile{}, refuse(http.StatusUnsupportedMediaType, press.Problem(press.Invalid, "Send files as multipart/form-data, in a part called “file”."))
	}
	in, err := page.ReadForm(r)
	if err != nil {
		return in, sentFile{}, err
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		return in, sentFile{}, invalid(inBody.Fault("#/file", "Send the file in a part called “file”."))
	}
	head := make([]byte, 512)
	n, _ := io.ReadFull(file, head) // a short file is short
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return in, sentFile{}, err
	}
	return in, sentFile{file, header.Filename, strings.HasPrefix(http.DetectContentType(head[:n]), "image/")}, nil
}

// readBody reads the whole body, within what the route allows.
func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, press.Problem(press.TooLarge, "This is more than we can take at once. Shorten the text, or send fewer or smaller pictures.")
	case err != nil:
		return nil, refuse(http.StatusBadRequest, press.Problem(press.Invalid, "Part of what you sent was lost on the way: send it again."))
	}
	return body, nil
}
