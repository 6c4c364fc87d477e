package reader

import (
	"context"
	"net/http"

	"bourgeon/press"
	"bourgeon/web/page"
)

// Dossiers lists the site's dossiers.
func Dossiers(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	all, err := v.House.Reader.Dossiers(r.Context(), press.Viewer{}, v.Site.ID)
	if err != nil {
		return err
	}
	return page.Render(w, r, dossiersPage(v, all))
}

// dossierView is a dossier with its contributions.
type dossierView struct {
	press.Dossier
	Entries []booked
}

// booked is one contribution of a dossier, whole.
type booked struct {
	press.Entry
	Texts []text
}

// Dossier shows a selection of contributions with its introduction, as a page or as a booklet to print.
func Dossier(v *page.Visit, w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	slug := r.PathValue("slug")
	d, err := v.House.Reader.DossierBySlug(ctx, v.Viewer, v.Site.ID, slug)
	if err != nil && press.KindOf(err) == press.NotFound {
		gone, movedErr := moved(v, w, r, "dossier/"+slug, func(ctx context.Context, kind, target string) (string, error) {
			if kind != "dossier" {
				return "", nil
			}
			d, err := v.House.Reader.Dossier(ctx, v.Viewer, press.DossierID(target))
			return v.Link("/dossier/" + d.Slug), err
		})
		if movedErr != nil || gone {
			return movedErr
		}
	}
	if err != nil {
		return err
	}
	p := dossierView{Dossier: d}
	var embeds page.Embeds
	for _, id := range d.Entries {
		e, err := v.House.Reader.Entry(ctx, v.Viewer, id)
		if kind := press.KindOf(err); kind == press.NotFound || kind == press.Gone {
			continue
		}
		if err != nil {
			return err
		}
		if e.Status != press.Published {
			continue
		}
		form, err := v.House.Reader.Form(ctx, v.Viewer, e.Form)
		if err != nil {
			return err
		}
		b := booked{Entry: e}
		if b.Texts, embeds, err = texts(ctx, v, form, e); err != nil {
			return err
		}
		p.Entries = append(p.Entries, b)
	}
	embeds.Allow(w)
	if r.URL.Query().Get("as") == "booklet" {
		return page.Render(w, r, bookletPage(v, p))
	}
	return page.Render(w, r, dossierPage(v, p))
}
