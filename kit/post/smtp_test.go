package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

var morning = time.Date(2024, 3, 1, 8, 30, 0, 0, time.FixedZone("", 3600))

func at(when time.Time) func() time.Time { return func() time.Time { return when } }

// server is a mail server on the loopback that answers as told and keeps what it accepts.
type server struct {
	rcpt, data error // answers
	user       string

	mu       sync.Mutex
	accepted []string
	port     int
}

// start serves until the test ends. With a certificate it offers STARTTLS, or speaks TLS from the first byte.
func (s *server) start(t *testing.T, certificate *tls.Config, implicit bool) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{s}, nil }))
	srv.Domain, srv.TLSConfig, srv.AllowInsecureAuth = "localhost", certificate, certificate == nil
	srv.ErrorLog = quiet{}
	if implicit {
		srv.TLSConfig = nil
		srv.AllowInsecureAuth = true
		l = tls.NewListener(l, certificate)
	}
	done := make(chan struct{})
	go func() { defer close(done); srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct{ *server }

func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(string, *smtp.RcptOptions) error { return s.rcpt }
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.data != nil {
		return s.data
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted = append(s.accepted, string(b))
	return nil
}

func (s *session) AuthMechanisms() []string {
	if s.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.user || password != "p@ss:word" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func message() Message {
	return Message{
		To: "ada@example.org", ToName: "Ada Élégante", From: "bourg@example.net", FromName: "Le Bourg",
		ReplyTo: "animation@example.net", Subject: "Votre texte « Le marché d’été » attend un mot de vous",
		Text:    "Bonjour,\r\n\n.\nvotre code est 004217.\n" + strings.Repeat("Une très longue ligne. ", 60) + "\n",
		Headers: map[string]string{"auto-submitted": "auto-generated"}, ID: "job-17",
	}
}

func newSMTP(t *testing.T, address string) *SMTP {
	t.Helper()
	s, err := NewSMTP(address, at(morning))
	if err != nil {
		t.Fatal(err)
	}
	s.Timeout = 10 * time.Second
	return s
}

func TestSMTPDelivers(t *testing.T) {
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	tests := []struct {
		name, address, user string
		tls, implicit       bool
	}{
		{"plain", "smtp://127.0.0.1:%d?tls=none", "", false, false},
		{"plain with password", "smtp://bourg:p%%40ss%%3Aword@127.0.0.1:%d?tls=none", "bourg", false, false},
		{"starttls", "smtp://127.0.0.1:%d", "", true, false},
		{"starttls with password", "smtp://bourg:p%%40ss%%3Aword@127.0.0.1:%d?tls=starttls", "bourg", true, false},
		{"implicit with password", "smtps://bourg:p%%40ss%%3Aword@127.0.0.1:%d", "bourg", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := &server{user: tt.user}
			var certificate *tls.Config
			if tt.tls {
				certificate = &tls.Config{Certificates: web.TLS.Certificates}
			}
			srv.start(t, certificate, tt.implicit)
			s := newSMTP(t, fmt.Sprintf(tt.address, srv.port))
			s.TLS = &tls.Config{RootCAs: roots}
			if err := s.Send(t.Context(), message()); err != nil {
				t.Fatal(err)
			}
			if len(srv.accepted) != 1 {
				t.Fatalf("%d messages accepted, want 1", len(srv.accepted))
			}
			checkDecoded(t, []byte(srv.accepted[0]))
		})
	}
}

func TestSMTPRefusals(t *testing.T) {
	unknown := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	later := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	tests := []struct {
		name      string
		srv       *server
		address   string
		permanent bool
		says      string
	}{
		{"550 on recipient", &server{rcpt: unknown}, "smtp://127.0.0.1:%d?tls=none", true, "no such person"},
		{"451 on recipient", &server{rcpt: later}, "smtp://127.0.0.1:%d?tls=none", false, "greylisted"},
		{"550 on message", &server{data: unknown}, "smtp://127.0.0.1:%d?tls=none", true, "no such person"},
		{"451 on message", &server{data: later}, "smtp://127.0.0.1:%d?tls=none", false, "greylisted"},
		{"wrong password", &server{user: "bourg"}, "smtp://bourg:secret@127.0.0.1:%d?tls=none", false, "AUTH"},
		{"no starttls", &server{}, "smtp://127.0.0.1:%d?tls=starttls", false, "STARTTLS"},
		{"no tls", &server{}, "smtp://127.0.0.1:%d?tls=implicit", false, "tls"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.srv.start(t, nil, false)
			err := newSMTP(t, fmt.Sprintf(tt.address, tt.srv.port)).Send(t.Context(), message())
			if err == nil || errors.Is(err, ErrPermanent) != tt.permanent || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Send = %v; want permanent %v, saying %q", err, tt.permanent, tt.says)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("Send = %v: tells the password", err)
			}
		})
	}
}

func TestSMTPServerDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	s := newSMTP(t, fmt.Sprintf("smtp://%s?tls=none", l.Addr()))
	if err := s.Send(t.Context(), message()); err == nil || errors.Is(err, ErrPermanent) {
		t.Errorf("Send = %v, want a temporary error", err)
	}
}

func TestSMTPStopsWithItsContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := l.Accept() // a server that never says a word
		if err == nil {
			cancel()
			io.Copy(io.Discard, conn)
			conn.Close()
		}
	}()
	s := newSMTP(t, fmt.Sprintf("smtp://%s?tls=none", l.Addr()))
	s.Timeout = time.Hour
	if err := s.Send(ctx, message()); !errors.Is(err, context.Canceled) {
		t.Errorf("Send = %v, want %v", err, context.Canceled)
	}
}

func TestNewSMTP(t *testing.T) {
	tests := []struct {
		address, host  string
		port           int
		security, user string
	}{
		{"smtp://mail.example.org", "mail.example.org", 587, "starttls", ""},
		{"smtp://u%40x:p@mail.example.org:2525/", "mail.example.org", 2525, "starttls", "u@x"},
		{"smtp://mail.example.org?tls=implicit", "mail.example.org", 465, "implicit", ""},
		{"smtps://mail.example.org", "mail.example.org", 465, "implicit", ""},
		{"smtp://[::1]:25?tls=none", "::1", 25, "none", ""},
		{"smtp://localhost?tls=none", "localhost", 25, "none", ""},
	}
	for _, tt := range tests {
		s, err := NewSMTP(tt.address, nil)
		if err != nil {
			t.Errorf("NewSMTP(%q): %v", tt.address, err)
			continue
		}
		if s.host != tt.host || s.port != tt.port || s.security != tt.security || s.user != tt.user {
			t.Errorf("NewSMTP(%q) = %s %d %s %s", tt.address, s.host, s.port, s.security, s.user)
		}
	}
	for _, address := range []string{
		"", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:0", "smtp://h:70000", "smtp://h/path",
		"smtp://h?tls=yes", "smtp://h?tls=none&tls=none", "smtp://h?ssl=1", "smtp://u:secret/1@h", "smtp://u:secret@h:x", "smtp://u:secret%@h",
	} {
		if _, err := NewSMTP(address, nil); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("NewSMTP(%q) = %v, want an error without the password", address, err)
		}
	}
}
