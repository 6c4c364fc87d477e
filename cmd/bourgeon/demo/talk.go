package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bourgeon/app/discussing"
	"bourgeon/kit/ids"
	"bourgeon/press"
)

// remark is a comment of content/talk.txt, or another act on the talk under a
// text.
type remark struct {
	act       string // "say", "answer", "close" or "thank"
	file      string
	who       string
	signature string // "name", "anonymous", "pseudonym:Tito"
	ago       int    // hours
	status    press.CommentStatus
	words     string // what is said, or the reason
	count     int    // of thanks
}

// readTalk reads the conversations: blocks that begin with a line "@ act file …".
func readTalk() ([]remark, error) {
	data, err := content.ReadFile("content/talk.txt")
	if err != nil {
		return nil, err
	}
	var all []remark
	for _, block := range strings.Split("\n"+string(data), "\n@ ")[1:] {
		line, words, _ := strings.Cut(block, "\n")
		parts := strings.Fields(line)
		if len(parts) < 3 {
			return nil, fmt.Errorf("talk.txt: %q", line)
		}
		r := remark{act: parts[0], file: parts[1], words: strings.TrimSpace(words), status: press.CommentShown}
		switch {
		case r.act == "thank":
			r.count, err = strconv.Atoi(parts[2])
		case r.act == "close":
			r.ago, err = strconv.Atoi(parts[2])
		case len(parts) >= 5:
			r.who, r.signature = parts[2], parts[3]
			r.ago, err = strconv.Atoi(parts[4])
			if len(parts) == 6 {
				r.status = press.CommentStatus(parts[5])
			}
		default:
			err = fmt.Errorf("talk.txt: %q", line)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// talk lets people speak under the texts, in the order of the file.
func (b *Builder) talk(ctx context.Context) error {
	all, err := readTalk()
	if err != nil {
		return err
	}
	var top press.CommentID
	var later []func() error // what becomes of comments once they were answered
	for _, r := range all {
		entry, known := b.texts[r.file]
		if !known {
			return fmt.Errorf("talk.txt: no text %q", r.file)
		}
		slug, _, _ := strings.Cut(r.file, "/")
		animator, err := b.animator(ctx, slug, "")
		if err != nil {
			return err
		}
		b.Clock.set(b.now.Add(-time.Duration(r.ago)*time.Hour - time.Minute))
		switch r.act {
		case "thank":
			for n := range r.count {
				if _, err := b.Discussion.Thank(ctx, entry, strconv.Itoa(n)); err != nil {
					return err
				}
			}
		case "close":
			err = b.Discussion.CloseTalk(ctx, animator, entry, r.words)
		default:
			parent := top
			if r.act == "say" {
				parent = ""
			}
			var said press.CommentID
			if said, err = b.say(ctx, r, entry, parent, animator); r.act == "say" {
				top = said
			}
			later = append(later, func() error { return b.afterwards(ctx, r, said, animator) })
		}
		if err != nil {
			return fmt.Errorf("talk under %s: %w", r.file, err)
		}
	}
	for _, act := range later {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) say(ctx context.Context, r remark, entry press.EntryID, parent press.CommentID, animator press.Viewer) (press.CommentID, error) {
	who, err := b.Store.Viewer(ctx, b.ids[r.who])
	if err != nil {
		return "", err
	}
	kind, pseudonym, _ := strings.Cut(r.signature, ":")
	s := press.Signing{Kind: press.SignatureKind(kind), Name: b.people[r.who].name, Charter: true}
	if pseudonym != "" {
		s.Name = pseudonym
	}
	text, _, _ := strings.Cut(r.words, "\n# ")
	said, err := b.Discussion.Comment(ctx, who, entry, discussing.Saying{
		Key: ids.New(), Parent: parent, Text: text, Language: "fr", Signing: s,
	})
	if err != nil {
		return "", err
	}
	if said.Status == press.CommentWaiting && r.status != press.CommentWaiting && r.status != press.CommentRefused {
		if err := b.Discussion.PublishComment(ctx, animator, said.ID); err != nil {
			return "", err
		}
	}
	return said.ID, nil
}

// afterwards gives a comment the status that it has in the content.
func (b *Builder) afterwards(ctx context.Context, r remark, id press.CommentID, animator press.Viewer) error {
	_, reason, _ := strings.Cut(r.words, "\n# ")
	switch r.status {
	case press.CommentRefused:
		return b.Discussion.RefuseComment(ctx, animator, id, reason)
	case press.CommentHidden:
		return b.Discussion.HideComment(ctx, animator, id, reason)
	case press.CommentWithdrawn:
		_, err := b.Discussion.WithdrawComment(ctx, press.Viewer{Person: b.ids[r.who]}, id)
		return err
	}
	return nil
}
