// Package post sends plain-text mail: by SMTP, or into a folder of .eml files where there is no mail server.
//
// It composes one message for one recipient (RFC 5322, UTF-8, quoted-printable) and says whether a failure is worth
// another try. It does not queue, retry, sign or write HTML; a bounce that comes back later is not its business either.
// Start with Message and Sender; NewSMTP and Outbox implement it, and Read lists what an Outbox holds.
package post

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wneessen/go-mail"
	"golang.org/x/net/idna"
)

// Message is one mail to one recipient. Addresses are bare, as in ada@example.org; names are free text.
type Message struct {
	To, ToName     string
	From, FromName string
	ReplyTo        string // optional
	Subject        string
	Text           string            // plain text, lines ended by \n or \r\n
	Headers        map[string]string // further header fields, such as Auto-Submitted (RFC 3834) or List-Unsubscribe (RFC 2369)
	ID             string            // of Message-ID, with or without @domain; a random one if empty. Keep it across retries
}

// Sender sends a message, or says why it cannot. An error that wraps ErrPermanent will not go away by trying again.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

var (
	// ErrPermanent says that this message to this recipient will never be accepted.
	ErrPermanent = errors.New("permanent failure")
	// ErrMalformed says that the message cannot be put on the wire: an address that is none, or a line break in a header
	// field. It comes together with ErrPermanent.
	ErrMalformed = errors.New("malformed message")
)

// reserved are the header fields that compose writes itself, and those that would change whom it reaches or how it is read.
var reserved = map[string]bool{
	"From": true, "Sender": true, "To": true, "Cc": true, "Bcc": true, "Reply-To": true, "Subject": true, "Date": true,
	"Message-Id": true, "Mime-Version": true, "Content-Type": true, "Content-Transfer-Encoding": true,
	"Content-Disposition": true, "Return-Path": true, "Received": true,
}

// compose checks m and gives it the form it has on the wire. Its errors wrap ErrMalformed and ErrPermanent.
func compose(m Message, now time.Time) (*mail.Msg, error) {
	from, err := address("From", m.FromName, m.From)
	if err != nil {
		return nil, err
	}
	to, err := address("To", m.ToName, m.To)
	if err != nil {
		return nil, err
	}
	id, err := messageID(m.ID, from.Address)
	if err != nil {
		return nil, err
	}
	if err := line("Subject", m.Subject); err != nil {
		return nil, err
	}

	msg := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingQP), mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	if m.ReplyTo != "" {
		reply, err := address("Reply-To", "", m.ReplyTo)
		if err != nil {
			return nil, err
		}
		msg.ReplyToMailAddress(reply)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(id)
	msg.SetDateWithValue(now)
	for name, value := range m.Headers {
		if err := headerName(name); err != nil {
			return nil, err
		}
		if err := line(name, value); err != nil {
			return nil, err
		}
		msg.SetGenHeader(mail.Header(textproto.CanonicalMIMEHeaderKey(name)), value)
	}
	text := strings.ReplaceAll(strings.ToValidUTF8(m.Text, "\uFFFD"), "\r\n", "\n")
	msg.SetBodyString(mail.TypeTextPlain, strings.ReplaceAll(text, "\r", "\n"))
	return msg, nil
}

// address accepts one bare address with a domain (RFC 5321, section 4.1.2, without its exotic forms), whose domain may be
// an internationalised one (RFC 5891).
func address(field, name, addr string) (*netmail.Address, error) {
	if err := line(field, name); err != nil {
		return nil, err
	}
	parsed, err := netmail.ParseAddress(addr)
	if err != nil || parsed.Name != "" || parsed.Address != addr || len(addr) > 254 ||
		strings.ContainsFunc(addr, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>"`, r) }) {
		return nil, malformed("%s: %q is no address", field, addr)
	}
	at := strings.LastIndexByte(addr, '@')
	domain, err := idna.Lookup.ToASCII(addr[at+1:])
	if err != nil {
		return nil, malformed("%s: %q has no proper domain", field, addr)
	}
	return &netmail.Address{Name: name, Address: addr[:at+1] + domain}, nil
}

// messageID completes id to local@domain (RFC 5322, section 3.6.4).
func messageID(id, from string) (string, error) {
	if id == "" {
		id = rand.Text()
	}
	if !strings.Contains(id, "@") {
		id += from[strings.LastIndexByte(from, '@'):]
	}
	unfit := func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>()[]\,;:"`, r) }
	if strings.Count(id, "@") != 1 || strings.HasPrefix(id, "@") || len(id) > 250 || strings.ContainsFunc(id, unfit) {
		return "", malformed("Message-ID: %q", id)
	}
	return id, nil
}

func headerName(name string) error {
	unfit := func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }
	if name == "" || len(name) > 76 || strings.ContainsFunc(name, unfit) {
		return malformed("header field name %q", name)
	}
	if canonical := textproto.CanonicalMIMEHeaderKey(name); reserved[canonical] {
		return malformed("header field %s is not free to set", canonical)
	}
	return nil
}

// line refuses what would end a header field and begin another.
func line(field, value string) error {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) || len(value) > 2000 {
		return malformed("%s: %.80q is not one line of text", field, value)
	}
	return nil
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w, %w: %s", ErrPermanent, ErrMalformed, fmt.Sprintf(format, args...))
}
