package mailing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bourgeon/kit/locale"
	"bourgeon/kit/post"
	"bourgeon/press"
)

// sheet is a mail being written.
type sheet struct {
	press.Mail
	l       *locale.Locale
	to      string
	name    string // how its reader calls themselves, "" if unknown
	network press.Network
	site    press.Site // zero for the network's own mails
	entry   press.Entry
	event   press.Event
	// comments are those told of that readers still see.
	comments []press.Comment
	at       string // address of the site, or of the network

	subject    string
	paragraphs []string
	why        string // why its reader gets it
	leave      string // address where they end mails of this kind, "" without
}

// Compose writes a mail in its reader's language.
func (p *Postman) Compose(ctx context.Context, m press.Mail) (post.Message, error) {
	s, err := p.gather(ctx, m)
	if err != nil {
		return post.Message{}, err
	}
	switch m.Kind {
	case press.MailChallenge:
		s.challenge()
	case press.MailDraft:
		s.draft()
	case press.MailProofread:
		s.proofread()
	case press.MailRead:
		s.haveRead()
	case press.MailContact:
		s.contact(p.Addresses.Entry(s.entry))
	case press.MailShared:
		s.shared(p.Addresses.Base)
	case press.MailInvitation:
		s.invitation(p.Addresses.Base)
	case press.MailTalk:
		s.talk()
	case press.MailWaiting:
		s.waiting()
	case press.MailReport:
		s.report(p.Addresses.Entry(s.entry))
	case press.MailEvent:
		s.tell(p.Addresses.Entry(s.entry))
	default:
		return post.Message{}, hopeless{fmt.Errorf("no such mail: %q", m.Kind)}
	}
	return post.Message{
		ID: m.ID, To: s.to, ToName: s.name, From: p.From, FromName: s.from(), Subject: s.subject, Text: s.text(),
		Headers: s.headers(),
	}, nil
}

// headers are the further fields of a mail: that a program wrote it, and how mail
// programs offer to end mails of its kind (RFC 2369, section 3.2; with one
// click, RFC 8058, which asks for https).
func (s *sheet) headers() map[string]string {
	h := map[string]string{"Auto-Submitted": "auto-generated"}
	if s.leave == "" {
		return h
	}
	h["List-Unsubscribe"] = "<" + s.leave + ">"
	if strings.HasPrefix(s.leave, "https://") {
		h["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
	}
	return h
}

func (p *Postman) gather(ctx context.Context, m press.Mail) (*sheet, error) {
	s := &sheet{Mail: m, to: m.To, at: p.Addresses.Base}
	r := p.Store.Reader
	var err error
	if s.network, err = r.Network(ctx, press.Itself); err != nil {
		return nil, err
	}
	language := m.Language
	if m.Site != "" {
		if s.site, err = r.Site(ctx, press.Itself, m.Site); err != nil {
			return nil, err
		}
		s.at = p.Addresses.Site(s.site.Slug, s.site.Host)
		if language == "" {
			language = s.site.Language()
		}
	}
	if m.Person != "" {
		person, err := r.Person(ctx, press.Itself, m.Person)
		if err != nil {
			return nil, err
		}
		if person.ConfirmedAt.IsZero() {
			// Somebody else typed this address: it isn't written to until its
			// holder came in by it.
			return nil, fmt.Errorf("write to %s: %w", m.Person, press.Problem(press.NotFound, "This address was never confirmed."))
		}
		s.to, s.name, language = person.Email, person.Name, person.Language
	}
	if m.Entry != "" {
		if s.entry, err = r.Entry(ctx, press.Itself, m.Entry); err != nil {
			return nil, err
		}
	}
	if m.Event != "" {
		if s.event, err = r.Event(ctx, press.Itself, m.Event); err != nil {
			return nil, err
		}
	}
	if m.Kind == press.MailTalk {
		var said []press.CommentID
		for _, id := range strings.Fields(m.Data["comments"]) {
			said = append(said, press.CommentID(id))
		}
		if s.comments, err = r.ShownComments(ctx, press.Itself, said); err != nil {
			return nil, err
		}
		if len(s.comments) == 0 {
			return nil, press.Problem(press.NotFound, "These comments were taken off meanwhile.")
		}
	}
	if language == "" {
		language = s.network.Language
	}
	s.l, s.site = p.Catalogue.In(language), s.site.In(language)
	return s, nil
}

// from is the name that the mail comes under.
func (s *sheet) from() string {
	if s.site.Name != "" {
		return s.site.Name
	}
	return s.network.Name
}

func (s *sheet) write(paragraphs ...string) { s.paragraphs = append(s.paragraphs, paragraphs...) }

// T says a text in the reader’s language.
func (s *sheet) T(msgid string, args ...any) string { return s.l.T(msgid, args...) }

// text joins the paragraphs; the greeting knows the name if we do.
func (s *sheet) text() string {
	greeting := s.T("Hello,")
	if s.name != "" {
		greeting = s.T("Hello %s,", s.name)
	}
	parts := append([]string{greeting}, s.paragraphs...)
	parts = append(parts, s.from()+"\n"+s.at)
	text := strings.Join(parts, "\n\n") + "\n"
	if s.why != "" {
		text += "\n-- \n" + s.why + "\n"
	}
	return text
}

// quote sets somebody's words apart, a "> " a line.
func quote(words string) string { return "> " + strings.ReplaceAll(words, "\n", "\n> ") }

// when says a moment in the site's time.
func (s *sheet) when(rfc3339 string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	return s.l.DateTime(t.In(s.site.Zone()))
}
