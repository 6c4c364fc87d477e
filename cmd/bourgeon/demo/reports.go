package demo

import (
	"context"
	"fmt"
	"time"

	"bourgeon/app/reporting"
	"bourgeon/press"
	"bourgeon/store"
)

// report is what a reader said of a text, and what became of it.
type report struct {
	file       string // of the text
	picture    bool   // it is about the text's first picture
	reason     press.ReportReason
	words      string
	name, mail string
	ago        int // days
	ruling     press.Ruling
	by         string // who decided
	appeal     string // of the side that has something against the decision
	verdict    reporting.Verdict
	judge      string
}

// reports are of each state: waiting, decided, appealed against, answered.
func reports() []report {
	return []report{
		{
			file: "la-criee/15-coiffeuse-maree", reason: press.ReportSpam, ago: 80, by: guestAnimator,
			ruling: press.Ruling{
				Outcome: press.LeftAsIs, Reason: "Un portrait, sans adresse ni tarif : ce n’est pas de la publicité.",
				ToReporters: "Bonjour,\n\nMerci de votre signalement. Nous avons relu ce portrait : il raconte un métier et ne donne ni adresse ni tarif. Il reste donc en ligne.",
			},
		},
		{
			file: "la-criee/12-frigo-rue-du-lavoir", reason: press.ReportPrivacy, ago: 40, by: guestAnimator,
			words: "On reconnaît ma porte, et les heures auxquelles je sors.", name: "Gaëlle Kerlochic", mail: "gaelle.kerlochic@courrier.example",
			ruling: press.Ruling{
				Outcome: press.LeftAsIs, Reason: "Ni nom, ni numéro : la rue compte quarante portes.",
				ToReporters: "Bonjour,\n\nMerci de votre signalement. Le texte ne donne ni nom ni numéro, et quarante portes se ressemblent dans cette rue : nous l’avons laissé tel quel.",
			},
			appeal: "Il n’y a qu’une porte verte avec un heurtoir en forme de main, et c’est la mienne.",
		},
		{
			file: "la-criee/18-phare-benevoles", reason: press.ReportSpam, words: "Un appel à bénévoles est une annonce.", ago: 25, by: guestAnimator,
			ruling: press.Ruling{
				Outcome: press.TakenOff, Ground: press.GroundCharter, Reason: "Une annonce : la charte les envoie à l’agenda.",
				ToReporters: "Bonjour,\n\nMerci de votre signalement. Vous avez raison, c’est une annonce : nous l’avons retirée.",
				ToAuthor:    "Bonjour,\n\nNous avons retiré votre brève : la charte du site réserve ces pages aux récits, et les annonces à l’agenda. Rien n’est détruit.",
			},
			appeal: "L’association ne vend rien, et l’agenda n’existe pas encore !", judge: "yann-morvezen",
			verdict: reporting.Verdict{
				Ruling: press.Ruling{
					Outcome: press.LeftAsIs, Reason: "Un appel d’intérêt général, en attendant l’agenda.",
					ToReporters: "Bonjour,\n\nÀ la suite d’un recours, cette brève est remise en ligne : l’agenda n’est pas encore ouvert, et l’appel est d’intérêt général.",
				},
				Answer: "Bonjour,\n\nVous avez raison, et merci de l’avoir dit. Votre brève est remise en ligne.",
			},
		},
		{
			file: "la-criee/16-halles-fermees", reason: press.ReportFalse, ago: 1, name: "Job Kerandraon", mail: "job.kerandraon@courrier.example",
			words: "Le panneau des halles dit que c’est le samedi suivant, pas celui-ci. Des gens vont se déplacer pour rien.",
		},
		{
			file: "la-criee/04-terminus-kerbalan", picture: true, reason: press.ReportRights, ago: 3, name: "Enora Le Mignoc",
			mail: "enora.lemignoc@courrier.example", words: "Ce dessin est de ma mère ; son nom n’y est pas.",
		},
		{file: "la-criee/16-halles-fermees", reason: press.ReportFalse, words: "Il y a une erreur de date.", ago: 1},
	}
}

// reportAll tells the clerk all this, day after day.
func (b *Builder) reportAll(ctx context.Context) error {
	for _, r := range reports() {
		if err := b.report(ctx, r); err != nil {
			return fmt.Errorf("report %s: %w", r.file, err)
		}
	}
	return nil
}

func (b *Builder) report(ctx context.Context, r report) error {
	var link string // of the side that has something against the decision
	clerk := *b.Clerk
	clerk.Post = func(_ context.Context, _ *store.Tx, m press.Mail) error {
		if side := m.Data["side"]; side == "author" == r.ruling.Outcome.Restricts() {
			link = m.Data["token"]
		}
		return nil
	}
	id := b.texts[r.file]
	e, err := b.Store.Entry(ctx, press.Itself, id)
	if err != nil {
		return err
	}
	thing := press.Thing{Kind: press.ThingEntry, ID: string(id), Entry: id}
	if m, pictured := e.Lead(); r.picture && pictured {
		thing.Kind, thing.ID = press.ThingPicture, string(m.ID)
	}
	b.Clock.set(b.now.AddDate(0, 0, -r.ago))
	received, err := clerk.Report(ctx, press.Viewer{}, e.Site, reporting.Notice{
		Thing: thing, Reason: r.reason, Words: r.words, Name: r.name, Email: r.mail, Language: "fr",
		GoodFaith: true,
	})
	if err != nil || r.by == "" {
		return err
	}
	b.pass(20 * time.Hour)
	decider, err := b.Store.Viewer(ctx, b.ids[r.by])
	if err != nil {
		return err
	}
	if err := clerk.Decide(ctx, decider, received.Case, r.ruling); err != nil || r.appeal == "" {
		return err
	}
	b.pass(50 * time.Hour)
	if err := clerk.Appeal(ctx, link, r.appeal); err != nil || r.judge == "" {
		return err
	}
	b.pass(30 * time.Hour)
	judge, err := b.Store.Viewer(ctx, b.ids[r.judge])
	if err != nil {
		return err
	}
	return clerk.Judge(ctx, judge, received.Case, r.verdict)
}
