package gathering

import (
	"context"
	"slices"
	"strings"

	"bourgeon/kit/markdown"
	"bourgeon/press"
	"bourgeon/store"
)

// SaveVocabulary keeps a list of words, made or changed: lines are its words
// in the site's main language. A word that stays in its place when another is
// reworded keeps what was filed under it.
func (g *Gatherer) SaveVocabulary(ctx context.Context, v press.Viewer, site press.Site, at, name string, lines []string) (press.Vocabulary, error) {
	var words press.Vocabulary
	lang := site.Language()
	err := g.animating(ctx, v, site.ID, "save the vocabulary", func(tx *store.Tx) error {
		name = press.CleanLine(name)
		var c press.Checks
		if name == "" {
			c.Fault("name", "Give the list a name.")
		}
		press.CheckLength(&c, "name", name, maxName)
		if len(lines) > maxTerms {
			c.Fault("terms", "Keep at most %d words.", maxTerms)
		}
		for _, line := range lines {
			press.CheckLength(&c, "terms", line, maxName)
		}
		if c.Err() != nil {
			return c.Err()
		}
		all, err := tx.Vocabularies(ctx, press.Itself, site.ID)
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		words = press.Vocabulary{ID: newID[press.VocabularyID](), Site: site.ID}
		for _, other := range all {
			if taken[other.Slug] = true; other.Slug == at && at != "" {
				words = other
			}
		}
		if at != "" && words.Slug == "" {
			return missing()
		}
		if words.Slug == "" {
			words.Slug = freed(name, taken)
		}
		words.Name = with(words.Name, lang, name)
		words.Terms = terms(words.Terms, lines, lang)
		if err := tx.SaveVocabulary(ctx, words); err != nil {
			return err
		}
		return tx.Touch(ctx, site.ID)
	})
	return words, err
}

func with(t press.Text, lang, s string) press.Text {
	changed := press.Text{lang: s}
	for other, words := range t {
		if other != lang {
			changed[other] = words
		}
	}
	return changed
}

// terms are the words of lines, those that were there keeping their address.
func terms(before []press.Term, lines []string, lang string) []press.Term {
	taken := map[string]bool{}
	for _, t := range before {
		taken[t.Slug] = true
	}
	used := map[press.TermID]bool{}
	var all []press.Term
	for i, line := range lines {
		same := slices.IndexFunc(before, func(t press.Term) bool { return !used[t.ID] && strings.EqualFold(t.Label.In(lang), line) })
		if same < 0 && len(lines) == len(before) && !used[before[i].ID] && !slices.Contains(lines, before[i].Label.In(lang)) {
			same = i
		}
		t := press.Term{ID: newID[press.TermID](), Slug: ""}
		if same >= 0 {
			t = before[same]
		} else {
			t.Slug = freed(line, taken)
			taken[t.Slug] = true
		}
		t.Label = with(t.Label, lang, line)
		used[t.ID] = true
		all = append(all, t)
	}
	return all
}

// Gather files a passage of an entry's answer under a word of a vocabulary; a
// word that isn't there yet joins it. The passage must stand in the answer.
func (g *Gatherer) Gather(ctx context.Context, v press.Viewer, site press.Site, form press.Form, q press.Quotation, word string) error {
	return g.animating(ctx, v, site.ID, "gather a passage", func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, v, q.Entry)
		if err != nil {
			return err
		}
		field, ok := form.ByKey(q.Field)
		if !ok || e.Form != form.ID || form.Site != site.ID {
			return missing()
		}
		q.Words, word = press.CleanLine(q.Words), press.CleanLine(word)
		var c press.Checks
		if !field.Public() {
			c.Fault("words", "This answer isn’t for everybody: it can’t be quoted.")
		}
		if q.Words == "" {
			c.Fault("words", "Copy the passage to gather.")
		} else if !strings.Contains(said(field, e), q.Words) {
			c.Fault("words", "These words don’t stand in the answer: copy them as they are.")
		}
		press.CheckLength(&c, "words", q.Words, maxQuote)
		if word == "" {
			c.Fault("word", "Under which word?")
		}
		press.CheckLength(&c, "word", word, maxName)
		if c.Err() != nil {
			return c.Err()
		}
		words, err := tx.VocabularyBySlug(ctx, press.Itself, site.ID, q.Vocabulary)
		if err != nil {
			return err
		}
		lang := site.Language()
		at := slices.IndexFunc(words.Terms, func(t press.Term) bool { return t.Slug == word || strings.EqualFold(t.Label.In(lang), word) })
		if at < 0 {
			taken := map[string]bool{}
			for _, t := range words.Terms {
				taken[t.Slug] = true
			}
			words.Terms = append(words.Terms, press.Term{ID: newID[press.TermID](), Slug: freed(word, taken), Label: press.Text{lang: word}})
			at = len(words.Terms) - 1
			if err := tx.SaveVocabulary(ctx, words); err != nil {
				return err
			}
		}
		q.ID, q.Form, q.Term, q.At = newID[press.QuotationID](), form.ID, words.Terms[at].Slug, g.Now()
		if err := tx.InsertQuotation(ctx, q, site.ID, words.ID, v.Person); err != nil {
			return err
		}
		return tx.Touch(ctx, site.ID)
	})
}

// said is an answer as its readers read it, on one line.
func said(field press.Field, e press.Entry) string {
	if field.Kind == press.LongText {
		return press.CleanLine(markdown.Plain(e.Rendered[field.Key]))
	}
	return press.CleanLine(field.Plain(e.Answers[field.Key], e.Language))
}

// Let takes a passage from under its word.
func (g *Gatherer) Let(ctx context.Context, v press.Viewer, form press.Form, id press.QuotationID) error {
	return g.animating(ctx, v, form.Site, "take a passage away", func(tx *store.Tx) error {
		if err := tx.DropQuotation(ctx, form.ID, id); err != nil {
			return err
		}
		return tx.Touch(ctx, form.Site)
	})
}
