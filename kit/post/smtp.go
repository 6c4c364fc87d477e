package post

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// SMTP sends through a mail server, over a connection of its own for each message. It is safe for concurrent use.
type SMTP struct {
	Timeout time.Duration // for connecting, and for each command; 30 s unless changed
	TLS     *tls.Config   // nil means the system's authorities and the server's name

	host           string
	port           int
	user, password string
	security       string // "starttls", "implicit" or "none"
	now            func() time.Time
}

// NewSMTP reads an address of the form
//
//	smtp://user:password@host:587?tls=starttls
//
// whose user and password are optional and percent-encoded. tls is starttls (required of the server; the default, port
// 587), implicit (from the first byte, port 465) or none (port 25, for a server on the same machine). smtps:// means
// implicit. A nil now means time.Now. Errors never contain the password.
func NewSMTP(address string, now func() time.Time) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, errors.New("mail server: want smtp://user:password@host:587?tls=starttls|implicit|none" +
			" (user and password percent-encoded)")
	}
	if now == nil {
		now = time.Now
	}
	s := &SMTP{Timeout: 30 * time.Second, host: u.Hostname(), user: u.User.Username(), security: "starttls", now: now}
	s.password, _ = u.User.Password()
	if u.Scheme == "smtps" {
		s.security = "implicit"
	}
	for name, values := range u.Query() {
		if name != "tls" || len(values) != 1 {
			return nil, fmt.Errorf("mail server: unknown or repeated parameter %q", name)
		}
		s.security = values[0]
	}
	defaults := map[string]int{"starttls": 587, "implicit": 465, "none": 25}
	port, known := defaults[s.security]
	if !known {
		return nil, fmt.Errorf("mail server: tls=%q: want starttls, implicit or none", s.security)
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
			return nil, fmt.Errorf("mail server: port %q: want 1 to 65535", text)
		}
	}
	s.port = port
	return s, nil
}

// Send hands m to the server and returns when the server has taken responsibility for it. A refusal (5xx) of the
// recipient or of the message itself wraps ErrPermanent; all else, such as a server that is down or a wrong password,
// may be mended and is worth another try. When ctx ends, so does the connection.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := compose(m, s.now())
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	client, release, err := s.client(ctx)
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	defer release()
	err = client.DialAndSendWithContext(ctx, msg)
	switch {
	case err == nil, msg.IsDelivered(): // what goes wrong in taking leave is no reason to send it twice
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("send mail by %s: %w", s.host, ctx.Err())
	case refused(err):
		return fmt.Errorf("send mail by %s: %w: %w", s.host, ErrPermanent, err)
	}
	return fmt.Errorf("send mail by %s: %w", s.host, err)
}

// client returns a client for one message, and a function that closes its connection whatever happened.
func (s *SMTP) client(ctx context.Context) (client *mail.Client, release func(), err error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		config = s.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = s.host
	}

	var conn net.Conn
	stop := func() bool { return true }
	dial := func(dialing context.Context, network, addr string) (net.Conn, error) {
		var dialer interface {
			DialContext(context.Context, string, string) (net.Conn, error)
		} = &net.Dialer{}
		if s.security == "implicit" {
			dialer = &tls.Dialer{Config: config}
		}
		var err error
		if conn, err = dialer.DialContext(dialing, network, addr); err != nil {
			return nil, err
		}
		stop = context.AfterFunc(ctx, func() { conn.Close() })
		return conn, nil
	}
	release = func() {
		if stop(); conn != nil {
			conn.Close()
		}
	}

	options := []mail.Option{
		mail.WithPort(s.port), mail.WithTimeout(s.Timeout), mail.WithTLSConfig(config), mail.WithDialContextFunc(dial),
	}
	mechanisms := []mail.SMTPAuthType{mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5}
	switch s.security {
	case "starttls":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "implicit":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
		mechanisms = []mail.SMTPAuthType{
			mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthCramMD5, mail.SMTPAuthPlainNoEnc, mail.SMTPAuthLoginNoEnc,
		}
	}
	if s.user != "" {
		options = append(options, mail.WithUsername(s.user), mail.WithPassword(s.password),
			mail.WithOpportunisticSMTPAuth(mechanisms...))
	}
	client, err = mail.NewClient(s.host, options...)
	return client, release, err
}

// refused reports whether the server's word is final for this message (RFC 5321, section 4.2.1). A 5xx before the
// recipient was named speaks of the sender's configuration, which its host can mend.
func refused(err error) bool {
	var sending *mail.SendError
	if !errors.As(err, &sending) || sending.ErrorCode() < 500 || sending.ErrorCode() > 599 {
		return false
	}
	return sending.Reason == mail.ErrSMTPRcptTo || sending.Reason == mail.ErrSMTPDataClose
}
