package demo

import (
	"context"
	"fmt"

	"bourgeon/app/hosting"
	"bourgeon/press"
)

// dress gives two sites more than a model: a picture across the top, a menu, words in the foot. Their first look is then
// among the earlier ones.
func (b *Builder) dress(ctx context.Context) error {
	steward, err := b.Store.Viewer(ctx, b.ids[guestSteward])
	if err != nil {
		return err
	}
	shore := b.sites["estran"]
	_, banner, err := b.bring(ctx, steward, shore, "", "estran", extra{
		motif: "harbour", seed: "bandeau", alt: "Un port en papiers découpés, à marée haute.", caption: "Le port, en bandeau.",
	})
	if err != nil {
		return fmt.Errorf("the shore's picture: %w", err)
	}
	look := shore.Look
	look.Picture, look.Paper = banner.ID, press.Tinted
	if err := b.wear(ctx, steward, shore.ID, look); err != nil {
		return err
	}
	quay := b.sites["bord-a-bord"]
	look = quay.Look
	look.Second = "#3d4f2f"
	look.Menu = []press.MenuLine{
		{Target: "/section/le-ponton"}, {Target: "/section/la-cale"}, {Target: "/section/jardin-corderie"}, {Target: "/section/radio-cambuse"},
		{Target: "/authors", Label: press.Text{"fr": "Qui écrit", "br": "Piv a skriv", "en": "Who writes"}},
	}
	look.Foot = []press.MenuLine{{Target: "/tags", Label: press.Text{"fr": "Tous les mots-clés", "br": "An holl c’herioù-alc’hwez", "en": "All keywords"}}}
	look.Words = press.Text{
		"fr": "Une association vous fait signe ? **Passez le lundi à 18 h**, au Ponton : quelqu’un vous aidera à raconter.",
		"en": "Does one of them sound like you? **Come on Monday at 6 p.m.**, at the Ponton: somebody will help you tell your story.",
		"br": "C’hoant hoc’h eus da skrivañ? **Deuit d’al Lun da 6 eur noz**, d’ar Ponton: sikouret e viot.",
	}
	return b.wear(ctx, steward, quay.ID, look)
}

func (b *Builder) wear(ctx context.Context, steward press.Viewer, site press.SiteID, look press.Look) error {
	if err := b.Host.TryLook(ctx, steward, site, look, hosting.Front{}); err != nil {
		return err
	}
	return b.Host.WearLook(ctx, steward, site)
}
