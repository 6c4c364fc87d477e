package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bourgeon/app/editing"
	"bourgeon/press"
)

// welcome is what an animator does with a text, by its status in the content.
func (b *Builder) welcome(ctx context.Context, t task, writer press.Viewer, e press.Entry, n int) error {
	animator, err := b.animator(ctx, t.site.slug, writer.Person)
	if err != nil {
		return err
	}
	b.pass(time.Duration(3+n*5%40) * time.Hour)
	switch t.status {
	case press.Proposed, press.Returned:
		return b.leaveWaiting(ctx, t, animator, e)
	case press.Withdrawn:
		return b.Editor.Withdraw(ctx, writer, e.ID, "Le rendez-vous est passé.")
	}
	if e.Status == press.Proposed {
		if err := b.Editor.Publish(ctx, animator, e.ID, ""); err != nil {
			return err
		}
	}
	if t.featured {
		if err := b.Editor.Feature(ctx, animator, e.ID, true); err != nil {
			return err
		}
	}
	if every := 6; n%every == 1 {
		return b.correct(ctx, animator, e)
	}
	return nil
}

// pass lets time go by, but never beyond the present.
func (b *Builder) pass(d time.Duration) {
	later := b.Clock.Now().Add(d)
	if later.After(b.now) {
		later = b.now.Add(-time.Minute)
	}
	b.Clock.set(later)
}

func (b *Builder) animator(ctx context.Context, slug string, besides press.PersonID) (press.Viewer, error) {
	for _, p := range b.people {
		for _, role := range p.roles {
			if (role == "animator:"+slug || role == "steward:"+slug) && b.ids[p.key] != besides && p.key != guestSteward {
				return b.Store.Viewer(ctx, b.ids[p.key])
			}
		}
	}
	return b.Store.Viewer(ctx, b.ids[guestSteward])
}

// leaveWaiting keeps a text at the desk, with what is remarked on it, and sends it back when it says so.
func (b *Builder) leaveWaiting(ctx context.Context, t task, animator press.Viewer, e press.Entry) error {
	paragraphs := strings.Split(e.Answers.One("text"), "\n\n")
	for _, r := range t.remarks {
		if r.paragraph < 1 || r.paragraph > len(paragraphs) {
			return fmt.Errorf("remark on paragraph %d of %d", r.paragraph, len(paragraphs))
		}
		m := press.Remark{Field: "text", Passage: paragraphs[r.paragraph-1], Words: r.words, Instead: r.instead}
		if _, err := b.Editor.RemarkOver(ctx, animator, e.ID, m); err != nil {
			return err
		}
	}
	if t.status == press.Proposed {
		return nil
	}
	if _, err := b.Discussion.Note(ctx, animator, e.ID, "Je lui écris : il manque peu de chose, gardons le ton."); err != nil {
		return err
	}
	return b.Editor.Return(ctx, animator, e.ID, t.note)
}

// correct mends a detail of a published text, as animators do: its history
// then has something to show.
func (b *Builder) correct(ctx context.Context, animator press.Viewer, e press.Entry) error {
	text := e.Answers.One("text")
	mended := strings.Replace(text, "très ", "", 1)
	if mended == text {
		mended = strings.Replace(text, " aussi", " également", 1)
	}
	if mended == text {
		return nil
	}
	d, err := b.Editor.Revise(ctx, animator, e.ID)
	if err != nil {
		return err
	}
	d.Answers["text"] = []string{mended}
	if d, err = b.Editor.Save(ctx, animator, d.Key(), d.Version, editing.Work{Content: d.Content}); err != nil {
		return err
	}
	_, err = b.Editor.Amend(ctx, animator, d.Key(), d.Version, "Une tournure, à la relecture.")
	return err
}
