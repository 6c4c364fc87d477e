package demo

import (
	"context"
	"time"

	"bourgeon/app/editing"
	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

const reader = "marcel-quenven" // who reads over what the guest writes

// readOver leaves a draft of the guest contributor that somebody has read over: a remark, and another wording to take.
func (b *Builder) readOver(ctx context.Context) error {
	b.Clock.set(b.now.Add(-26 * time.Hour))
	writer, err := b.Store.Viewer(ctx, b.ids[guestContributor])
	if err != nil {
		return err
	}
	site := b.sites["la-criee"]
	form, err := b.Store.FormBySlug(ctx, press.Itself, site.ID, "article")
	if err != nil {
		return err
	}
	const first, second = "La criée fermée, il restait les caisses : sept cent bois de pin, marqués au fer.",
		"Je les ai suivies. Elles tiennent des légumes rue des Mousses, des vinyles au Terminus, un chat chez les Riwallan."
	d, err := b.Editor.Begin(ctx, writer, site, form, editing.Work{Content: press.Content{
		Answers: press.Answers{
			"title": {"Que sont les caisses devenues"}, "standfirst": {"Elles servent encore, mais pas au poisson."},
			"text": {first + "\n\n" + second},
		},
		Tags: []string{"criée", "mémoire"}, Language: "fr", Licence: site.Licence,
	}})
	if err != nil {
		return err
	}
	asked := b.Clock.Now()
	p := press.Proofreading{
		ID: press.ProofreadingID(ids.New()), Draft: d.ID, Site: site.ID, Email: b.people[reader].email, Name: b.people[reader].name, Credited: true,
		By: writer.Name, Message: "Marcel, toi qui en as cloué tant : est-ce que je dis des bêtises ?", Language: "fr",
		AskedAt: asked, EndsAt: asked.AddDate(0, 1, 0), DoneAt: asked.Add(5 * time.Hour),
	}
	return b.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertProofreading(ctx, p, token.Hash(token.New())); err != nil {
			return err
		}
		for _, r := range []press.Remark{
			{Passage: first, Words: "Ce sont les caisses qui sont de bois.", Instead: "La criée fermée, il restait les caisses : sept cents, en pin, marquées au fer."},
			{Passage: second, Words: "Le chat, c’est vrai. Il s’appelle Merlu. Dis-le."},
		} {
			r.ID, r.Proofreading, r.Field, r.State, r.At = press.RemarkID(ids.New()), p.ID, "text", press.RemarkOpen, asked.Add(4*time.Hour)
			if err := tx.InsertRemark(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}
