package mailing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// The kinds of the jobs that gather what is to be told of the talk under
// entries, so that a lively one is no storm of mails.
const (
	JobTalk    = "talk"    // done by TellTalk
	JobWaiting = "waiting" // done by TellWaiting
)

const (
	// settling is the time in which a comment may be changed, withdrawn or
	// hidden before anybody is written to.
	settling = 2 * time.Minute
	// pause is the least time between two mails to somebody about one talk, and
	// to an animator about what waits.
	pause = 30 * time.Minute
	// atMost bounds the comments of a mail.
	atMost = 20
)

// unheard says for whom the comments under an entry are gathered. Round tells
// the mail apart from those before it.
type unheard struct {
	Entry  press.EntryID
	Person press.PersonID
	Round  int
}

// concernTalk plans what follows from an event in the talk under an entry: a
// mail to the author of a comment on which somebody decided, mails to those who
// follow the talk, a mail to those who care for what waits.
func (p *Postman) concernTalk(ctx context.Context, tx *store.Tx, event press.Event) error {
	id := press.CommentID(event.Data["comment"])
	if id == "" {
		return nil
	}
	c, err := tx.Comment(ctx, press.Itself, id)
	if err != nil {
		return err
	}
	switch event.Kind {
	case press.CommentWasPublished, press.CommentWasRefused, press.CommentWasHidden, press.CommentWasRestored:
		if c.By.Person != event.Actor && event.Data[press.ByReport] == "" {
			if err := p.tell(ctx, tx, event, c.By.Person, "commenter"); err != nil {
				return err
			}
		}
	case press.CommentProposed:
		window := event.At.Truncate(pause)
		key := fmt.Sprintf("waiting %s %d", event.Site, window.Unix())
		return tx.Enqueue(ctx, JobWaiting, event.Site, p.Now().Add(settling), key)
	}
	if event.Kind == press.CommentWasPublished || event.Kind == press.CommentPosted {
		return p.follow(ctx, tx, c)
	}
	return nil
}

// follow plans a mail to each who follows the talk that a comment is part of:
// those who asked, and those who wrote the entry unless they left.
func (p *Postman) follow(ctx context.Context, tx *store.Tx, c press.Comment) error {
	e, err := tx.Entry(ctx, press.Itself, c.Entry)
	if err != nil {
		return err
	}
	follows, err := tx.Follows(ctx, c.Entry)
	if err != nil {
		return err
	}
	asked := map[press.PersonID]bool{}
	for _, f := range follows {
		asked[f.Person] = true
	}
	for _, person := range e.Owners() {
		if asked[person] {
			continue
		}
		f := press.Follow{Entry: c.Entry, Person: person, Token: token.New(), On: true, ToldUntil: c.ShownAt.Add(-time.Microsecond)}
		if err := tx.SaveFollow(ctx, f); err != nil {
			return err
		}
		follows = append(follows, f)
	}
	for _, f := range follows {
		if !f.On || f.Person == c.By.Person {
			continue
		}
		if f, err = tx.FollowToChange(ctx, f.Entry, f.Person); err != nil {
			return err
		}
		at := p.Now().Add(settling)
		if next := f.MailedAt.Add(pause); next.After(at) {
			at = next
		}
		key := fmt.Sprintf("talk %s %s %d", f.Entry, f.Person, f.Round)
		if err := tx.Enqueue(ctx, JobTalk, unheard{f.Entry, f.Person, f.Round}, at, key); err != nil {
			return err
		}
	}
	return nil
}

// TellTalk is the handler of JobTalk: one mail tells of all that was said since
// the last one. Who left meanwhile, and who wants no mail of that kind, gets none.
func (p *Postman) TellTalk(ctx context.Context, payload json.RawMessage) error {
	var u unheard
	if err := json.Unmarshal(payload, &u); err != nil {
		return hopeless{fmt.Errorf("read whom to tell of a talk: %w", err)}
	}
	err := p.Store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.FollowToChange(ctx, u.Entry, u.Person)
		if err != nil || f.Round != u.Round {
			return err
		}
		f.Round++
		silent, err := tx.Silent(ctx, u.Person)
		if err != nil {
			return err
		}
		since, err := tx.CommentsSince(ctx, u.Entry, u.Person, f.ToldUntil, atMost)
		if err != nil {
			return err
		}
		if n := len(since); n > 0 {
			f.ToldUntil = since[n-1].ShownAt
		}
		if !f.On || silent || len(since) == 0 {
			return tx.SaveFollow(ctx, f)
		}
		f.MailedAt = p.Now()
		if err := tx.SaveFollow(ctx, f); err != nil {
			return err
		}
		e, err := tx.Entry(ctx, press.Itself, u.Entry)
		if err != nil {
			return err
		}
		as := "participant"
		if slices.Contains(e.Owners(), u.Person) {
			as = "author"
		}
		var said []string
		for _, c := range since {
			said = append(said, string(c.ID))
		}
		return p.Post(ctx, tx, press.Mail{
			Kind: press.MailTalk, Person: u.Person, Site: e.Site, Entry: e.ID,
			Data: map[string]string{"comments": strings.Join(said, " "), "leave": f.Token, "as": as},
		})
	})
	if press.KindOf(err) == press.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("tell of a talk: %w", err)
	}
	return nil
}

// TellWaiting is the handler of JobWaiting: each animator hears once of all
// the comments that wait for them, if they still do.
func (p *Postman) TellWaiting(ctx context.Context, payload json.RawMessage) error {
	var site press.SiteID
	if err := json.Unmarshal(payload, &site); err != nil {
		return hopeless{fmt.Errorf("read where comments wait: %w", err)}
	}
	err := p.Store.Write(ctx, func(tx *store.Tx) error {
		waiting, err := tx.CommentsWaiting(ctx, press.Itself, site, 200)
		if err != nil {
			return err
		}
		counts := map[press.PersonID]int{}
		for _, c := range waiting {
			team, err := p.team(ctx, tx, press.Entry{Site: site, Content: press.Content{Section: c.Section}}, press.Event{}, nil)
			if err != nil {
				return err
			}
			for _, person := range team {
				counts[person]++
			}
		}
		for person, n := range counts {
			err := tx.Enqueue(ctx, Job, press.Mail{
				ID: ids.New(), Kind: press.MailWaiting, Person: person, Site: site, Data: map[string]string{"count": strconv.Itoa(n)},
			}, p.Now(), "")
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("tell of comments that wait: %w", err)
	}
	return nil
}

// talk writes what was said under an entry.
func (s *sheet) talk() {
	n, title := len(s.comments), s.entry.Title
	s.subject = s.T("In the conversation: %s", title)
	if s.Data["as"] == "author" {
		s.write(s.l.N("%d new comment under your text “%s”.", "%d new comments under your text “%s”.", n, n, title))
	} else {
		s.write(s.l.N("%d new comment in the conversation that you follow, under “%s”.", "%d new comments in the conversation that you follow, under “%s”.", n, n, title))
	}
	const shown, length = 5, 600
	for i, c := range s.comments {
		if i == shown {
			break
		}
		s.write(s.T("%s:", s.saidBy(c)) + "\n" + quote(shorten(c.Text, length)))
	}
	s.write(s.T("To read it where it stands, and answer:") + "\n" + s.at + "/talk/comment/" + string(s.comments[0].ID))
	leave := s.at + "/talk/leave/" + s.Data["leave"]
	why := s.T("You receive this mail because you asked to follow this conversation.")
	if s.Data["as"] == "author" {
		why = s.T("You receive this mail because you contributed to this text.")
	}
	s.why = why + "\n" + s.T("To receive no more of them, one click:") + " " + leave
	s.leave = leave
}

func (s *sheet) saidBy(c press.Comment) string {
	if c.By.Anonymous() {
		return s.T("Someone, without a name")
	}
	return c.By.Name
}

// shorten cuts a text to at most n characters.
func shorten(text string, n int) string {
	if all := []rune(text); len(all) > n {
		return strings.TrimSpace(string(all[:n-1])) + "…"
	}
	return text
}

// waiting writes that comments wait.
func (s *sheet) waiting() {
	n, _ := strconv.Atoi(s.Data["count"])
	s.subject = s.l.N("%d comment waits on %s", "%d comments wait on %s", n, n, s.from())
	s.write(
		s.l.N("%d comment is waiting for you on %s.", "%d comments are waiting for you on %s.", n, n, s.from()),
		s.T("To read them and decide:")+"\n"+s.at+"/desk/talk",
	)
	s.why = s.T("You receive this mail because you look after %s.", s.from())
}

// tellCommenter writes to the author of a comment on which somebody decided.
func (s *sheet) tellCommenter() {
	title := s.entry.Title
	own := s.at + "/me/comments"
	switch s.event.Kind {
	case press.CommentWasPublished:
		s.subject = s.T("Your comment is published: %s", title)
		s.write(s.T("Your comment on “%s” is published.", title), s.at+"/talk/comment/"+s.event.Data["comment"])
	case press.CommentWasRefused:
		s.subject = s.T("Your comment was not published: %s", title)
		s.write(
			s.T("Your comment on “%s” will not appear on %s. Here is why:", title, s.from()), quote(s.event.Reason),
			s.T("What you wrote is kept among your comments:")+"\n"+own,
		)
	case press.CommentWasHidden:
		s.subject = s.T("Your comment was hidden: %s", title)
		s.write(
			s.T("The animators of %s have hidden your comment on “%s”. Here is why:", s.from(), title), quote(s.event.Reason),
			s.T("What you wrote is kept among your comments:")+"\n"+own,
			s.T("Nothing is destroyed: answer them if you think that they are mistaken."),
		)
	case press.CommentWasRestored:
		s.subject = s.T("Your comment is shown again: %s", title)
		s.write(s.T("The animators of %s show your comment on “%s” again.", s.from(), title), s.at+"/talk/comment/"+s.event.Data["comment"])
	}
	s.why = s.T("You receive this mail because you commented on this text.")
}

// confirmComment writes the link and the code that confirm a comment.
func (s *sheet) confirmComment(link, code string) {
	s.subject = s.T("Confirm your comment on “%s” (code %s)", s.title(), code)
	s.write(
		s.T("You have just commented on “%s”, on %s. Thank you! One last gesture: confirm that this address is yours.", s.title(), s.from()),
		s.T("Type this code in the page that is waiting for you: %s", code),
		s.T("Or open this link, on this device or another:")+"\n"+link,
		s.T("Your comment is kept meanwhile, and your address is never shown."),
	)
	s.why = s.T("You receive this mail because this address was given with a comment. If it wasn’t you, do nothing: nothing will appear.")
}
