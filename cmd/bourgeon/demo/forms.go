package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bourgeon/app/editing"
	"bourgeon/app/gathering"
	"bourgeon/app/shaping"
	"bourgeon/press"
)

// told is a story of recits.txt.
type told struct {
	keys    map[string]string
	answers press.Answers
	gather  []gathered
}

// gathered is a passage of a story, under a word.
type gathered struct{ vocabulary, field, word, words string }

// collect makes two collections: stories of cooperation on La Criée, with the chain of invitations, words gathered from
// them and a dossier; initiatives on L'Estran, brought in from a table.
func (b *Builder) collect(ctx context.Context) error {
	if err := b.stories(ctx); err != nil {
		return fmt.Errorf("the stories: %w", err)
	}
	if err := b.initiatives(ctx); err != nil {
		return fmt.Errorf("the initiatives: %w", err)
	}
	return nil
}

// model begins a form from a model, changed by with, and publishes it.
func (b *Builder) model(ctx context.Context, v press.Viewer, site press.Site, model string, with func(*press.Form) error) (press.Form, error) {
	form, err := b.Shaper.Begin(ctx, v, site, shaping.Start{Model: model})
	if err != nil {
		return form, err
	}
	if _, err := b.Shaper.Edit(ctx, v, site.ID, form.ID, with); err != nil {
		return form, err
	}
	report, err := b.Shaper.Publish(ctx, v, site.ID, form.ID)
	return report.Form, err
}

func readStories() ([]told, error) {
	text, err := content.ReadFile("content/la-criee/recits.txt")
	if err != nil {
		return nil, err
	}
	var all []told
	last := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		key, value, ok := strings.Cut(line, ": ")
		switch {
		case line == "", strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "+ "):
			gap := "\n\n"
			if rest := line[2:]; strings.HasPrefix(rest, "- ") || len(rest) > 1 && rest[0] >= '1' && rest[0] <= '9' && rest[1] == '.' {
				gap = "\n"
			}
			s := &all[len(all)-1]
			s.answers[last][0] += gap + line[2:]
			continue
		case !ok:
			return nil, fmt.Errorf("recits.txt: %q", line)
		case key == "writer":
			all = append(all, told{keys: map[string]string{}, answers: press.Answers{}})
		}
		s := &all[len(all)-1]
		switch key {
		case "talent", "support":
			word, words, _ := strings.Cut(value, " | ")
			s.gather = append(s.gather, gathered{map[string]string{"talent": "talents", "support": "soutiens"}[key], key + "s", word, words})
		case "title", "moment", "talents", "supports", "wishes":
			s.answers[key], last = []string{value}, key
		default:
			s.keys[key] = value
		}
	}
	return all, nil
}

func (b *Builder) stories(ctx context.Context) error {
	site := b.sites["la-criee"]
	animator, err := b.Store.Viewer(ctx, b.ids[guestAnimator])
	if err != nil {
		return err
	}
	all, err := readStories()
	if err != nil {
		return err
	}
	b.Clock.set(b.now.AddDate(0, 0, -110))
	form, err := b.model(ctx, animator, site, "story", func(*press.Form) error { return nil })
	if err != nil {
		return err
	}
	founder, err := b.Store.Viewer(ctx, b.ids["yann-morvezen"])
	if err != nil {
		return err
	}
	if _, err := b.Gatherer.Hand(ctx, founder, site.ID, founder.Name, true); err != nil {
		return err
	}
	for _, words := range []string{"Talents", "Soutiens"} {
		if _, err := b.Gatherer.SaveVocabulary(ctx, animator, site, "", words, nil); err != nil {
			return err
		}
	}
	var ids []press.EntryID
	for _, s := range all {
		e, err := b.tell(ctx, site, form, animator, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.answers.One("title"), err)
		}
		ids = append(ids, e.ID)
		for _, g := range s.gather {
			q := press.Quotation{Entry: e.ID, Field: g.field, Words: g.words, Vocabulary: g.vocabulary}
			if err := b.Gatherer.Gather(ctx, animator, site, form, q, g.word); err != nil {
				return fmt.Errorf("gather %q: %w", g.words, err)
			}
		}
	}
	d, err := b.Gatherer.SaveDossier(ctx, animator, site, gathering.DossierDraft{
		Title:        "Tenir bon, ensemble",
		Introduction: "Cinq façons de coopérer quand rien n’y porte : une table prêtée, une tempête, une cloche, un dessin, une serrure cassée.\n\nCes récits ont été recueillis au marché, à la médiathèque et chez les gens. *À lire à voix haute.*",
		Entries:      []press.EntryID{ids[0], ids[1], ids[3], ids[4], ids[5]},
	})
	if err != nil {
		return err
	}
	return b.Gatherer.ShowDossier(ctx, animator, site.ID, d.ID, true)
}

// tell writes one story, as its writer or their scribe would, and publishes it.
func (b *Builder) tell(ctx context.Context, site press.Site, form press.Form, animator press.Viewer, s told) (press.Entry, error) {
	ago, err := strconv.Atoi(s.keys["ago"])
	if err != nil {
		return press.Entry{}, err
	}
	b.Clock.set(b.now.AddDate(0, 0, -ago))
	author := b.people[s.keys["writer"]]
	writerKey := s.keys["writer"]
	sign := press.Signing{Kind: press.SignName, Name: author.name, Charter: true}
	if s.keys["signature"] == string(press.SignAnonymous) {
		sign.Kind, sign.Name = press.SignAnonymous, ""
	}
	if scribe := s.keys["scribe"]; scribe != "" {
		writerKey = scribe
		sign.ForSomeone, sign.ScribeName = true, b.people[scribe].name
	}
	writer, err := b.Store.Viewer(ctx, b.ids[writerKey])
	if err != nil {
		return press.Entry{}, err
	}
	s.answers["brought"] = []string{s.keys["by"], "shown", ""}
	work := editing.Work{Content: press.Content{Answers: s.answers, Language: "fr", Licence: site.Licence}, Signing: sign}
	d, err := b.Editor.Begin(ctx, writer, site, form, work)
	if err != nil {
		return press.Entry{}, err
	}
	signed, err := b.Editor.Sign(ctx, writer, d.Key(), d.Version, sign)
	if err != nil || signed.Entry.Status == press.Published {
		return signed.Entry, err
	}
	b.pass(5 * time.Hour)
	return signed.Entry, b.Editor.Publish(ctx, animator, signed.Entry.ID, "")
}

// columns are what those of initiatives.csv answer.
var columns = []string{
	"", "title", "summary", "actors", "status", "period", "place", "place.lat", "place.lon", "scale", "themes", "public", "open", "how", "people", "budget", "text",
	"worked", "advice", "link", press.ColumnDate,
}

func (b *Builder) initiatives(ctx context.Context) error {
	site := b.sites["estran"]
	animator, err := b.Store.Viewer(ctx, b.ids["gaelle-mordrel"])
	if err != nil {
		return err
	}
	b.Clock.set(b.now.AddDate(0, 0, -25))
	form, err := b.model(ctx, animator, site, "initiative", func(f *press.Form) error {
		f.Views = []press.View{press.ViewMap, press.ViewCards, press.ViewTable, press.ViewTimeline, press.ViewFigures}
		return nil
	})
	if err != nil {
		return err
	}
	table, err := content.ReadFile("content/estran/initiatives.csv")
	if err != nil {
		return err
	}
	i, err := b.Importer.Read(ctx, animator, form, "initiatives.csv", table)
	if err != nil {
		return err
	}
	if i, err = b.Importer.Match(ctx, animator, i.ID, columns, 0); err != nil {
		return err
	}
	if i.Left > 0 || slices.ContainsFunc(i.Notes, func(n press.ImportNote) bool { return n.Message != "" }) {
		return fmt.Errorf("initiatives.csv: %+v", i.Notes)
	}
	if err := b.Importer.Run(ctx, animator, i.ID); err != nil {
		return err
	}
	return b.Importer.Continue(ctx, fmt.Appendf(nil, `{"import":%q}`, i.ID))
}
