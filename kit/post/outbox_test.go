package post

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// checkDecoded checks that raw is message() as a reader sees it.
func checkDecoded(t *testing.T, raw []byte) {
	t.Helper()
	want := Stored{
		ID: "job-17@example.net", From: "Le Bourg <bourg@example.net>", To: "Ada Élégante <ada@example.org>",
		Subject: "Votre texte « Le marché d’été » attend un mot de vous", Date: morning,
		Text: strings.ReplaceAll(message().Text, "\r\n", "\n"),
	}
	got := decode(raw)
	got.Text = strings.TrimSuffix(got.Text, "\n") + "\n" // SMTP may add a last line break
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
		t.Errorf("message differs (-want +got):\n%s", diff)
	}
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	for _, field := range []string{
		"Auto-Submitted: auto-generated", "Reply-To: <animation@example.net>", "Message-ID: <job-17@example.net>",
		"Date: Fri, 01 Mar 2024 08:30:00 +0100", "Content-Type: text/plain; charset=UTF-8", "MIME-Version: 1.0",
		"Content-Transfer-Encoding: quoted-printable",
	} {
		if !strings.Contains(head+"\r\n", field+"\r\n") {
			t.Errorf("no field %q in:\n%s", field, head)
		}
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 78 || strings.Trim(line, "\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") != "" {
			t.Errorf("line is too long or not ASCII: %q", line)
		}
	}
}

func TestOutbox(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "outbox")
	if list, err := Read(dir, 10); err != nil || len(list) != 0 {
		t.Errorf("Read of a missing folder = %v, %v", list, err)
	}
	o := &Outbox{Dir: dir, Now: at(morning)}
	if err := o.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v; want 1", len(files), err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	checkDecoded(t, raw)
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v; want 0600", info.Mode(), err)
	}
}

func TestReadListsNewestFirst(t *testing.T) {
	now := morning
	o := &Outbox{Dir: t.TempDir(), Now: func() time.Time { return now }}
	for i := range 20 {
		m := message()
		m.Subject = fmt.Sprint(i)
		if err := o.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if i%5 == 0 { // several at one instant
			now = now.Add(time.Second)
		}
	}
	for name, content := range map[string]string{
		"notes.txt": "no mail", ".eml-half": "half", "0-broken.eml": "no colon here", "0-link": "",
	} {
		if err := os.WriteFile(filepath.Join(o.Dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for limit, want := range map[int]int{0: 21, 1: 1, 20: 20, 50: 21} {
		list, err := Read(o.Dir, limit)
		if err != nil || len(list) != want {
			t.Fatalf("Read(%d): %d messages, %v; want %d", limit, len(list), err, want)
		}
		for i, s := range list {
			if i < 20 && s.Subject != fmt.Sprint(19-i) {
				t.Errorf("message %d has subject %s", i, s.Subject)
			}
			if i == 20 && s.Text != "no colon here" {
				t.Errorf("the broken file reads %q", s.Text)
			}
		}
	}
}

func TestOutboxConcurrently(t *testing.T) {
	o := &Outbox{Dir: t.TempDir(), Now: at(morning)}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := o.Send(t.Context(), message()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if list, err := Read(o.Dir, 0); err != nil || len(list) != 20 {
		t.Errorf("%d messages, %v; want 20", len(list), err)
	}
}

func TestOutboxRespectsItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&Outbox{Dir: t.TempDir()}).Send(ctx, message()); !errors.Is(err, context.Canceled) {
		t.Errorf("Send = %v", err)
	}
}

func TestMalformedMessagesAreRefused(t *testing.T) {
	tests := map[string]func(*Message){
		"no recipient":        func(m *Message) { m.To = "" },
		"two recipients":      func(m *Message) { m.To = "a@example.org, b@example.org" },
		"recipient with name": func(m *Message) { m.To = "Ada <a@example.org>" },
		"no domain":           func(m *Message) { m.To = "ada" },
		"bad domain":          func(m *Message) { m.To = "ada@exa_mple..org" },
		"to with break":       func(m *Message) { m.To = "a@example.org\r\nBcc: b@example.org" },
		"to name":             func(m *Message) { m.ToName = "Ada\nBcc: b@example.org" },
		"no sender":           func(m *Message) { m.From = "" },
		"from name":           func(m *Message) { m.FromName = "a\rb" },
		"reply-to":            func(m *Message) { m.ReplyTo = "a@example.org\nX: y" },
		"subject":             func(m *Message) { m.Subject = "Hi\r\nBcc: b@example.org" },
		"subject not UTF-8":   func(m *Message) { m.Subject = "\xff" },
		"subject with NUL":    func(m *Message) { m.Subject = "a\x00b" },
		"header value":        func(m *Message) { m.Headers = map[string]string{"X-A": "1\r\nBcc: b@example.org"} },
		"header name":         func(m *Message) { m.Headers = map[string]string{"X-A: 1\r\nBcc": "b@example.org"} },
		"empty header name":   func(m *Message) { m.Headers = map[string]string{"": "x"} },
		"reserved header":     func(m *Message) { m.Headers = map[string]string{"BCC": "b@example.org"} },
		"id with break":       func(m *Message) { m.ID = "a\r\nb" },
		"id with brackets":    func(m *Message) { m.ID = "<a@b>" },
		"id with two domains": func(m *Message) { m.ID = "a@b@c" },
	}
	for name, spoil := range tests {
		m := message()
		spoil(&m)
		o := &Outbox{Dir: t.TempDir(), Now: at(morning)}
		err := o.Send(t.Context(), m)
		if !errors.Is(err, ErrPermanent) || !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: Send = %v, want %v", name, err, ErrMalformed)
		}
		if files, _ := os.ReadDir(o.Dir); len(files) != 0 {
			t.Errorf("%s: %d files written", name, len(files))
		}
	}
}

func TestInternationalDomain(t *testing.T) {
	o := &Outbox{Dir: t.TempDir(), Now: at(morning)}
	m := message()
	m.To, m.ToName, m.ID = "ada@été.example", "", ""
	if err := o.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	list, err := Read(o.Dir, 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if list[0].To != "ada@xn--t-9fab.example" || !strings.HasSuffix(list[0].ID, "@example.net") {
		t.Errorf("to %q, id %q", list[0].To, list[0].ID)
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("ada@example.org", "Ada", "Bonjour", "Texte", "X-A", "1")
	f.Add("a@b\r\nBcc: c@d", "\n", "\r", "\x00.\r\n.\r\n", "Bcc", "\r\n")
	f.Add("\"a b\"@example.org", "=?utf-8?q?=0A?=", "=?utf-8?q?=0ABcc:x?=", "é", "x-y", strings.Repeat("a ", 100))
	f.Fuzz(func(t *testing.T, to, name, subject, text, header, value string) {
		m := Message{To: to, ToName: name, From: "a@example.net", Subject: subject, Text: text, ID: "1"}
		if header != "" {
			m.Headers = map[string]string{header: value}
		}
		msg, err := compose(m, morning)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("compose: %v", err)
			}
			return
		}
		var raw strings.Builder
		if _, err := msg.WriteTo(&raw); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(raw.String(), "\r\n\r\n")
		known := map[string]bool{
			"Date": true, "Message-Id": true, "Mime-Version": true, "Subject": true, "From": true, "To": true,
			"Content-Type": true, "Content-Transfer-Encoding": true, textproto.CanonicalMIMEHeaderKey(header): true,
		}
		for line := range strings.SplitSeq(head, "\r\n") {
			field, _, ok := strings.Cut(line, ":")
			if line == "" || line[0] == ' ' || line[0] == '\t' {
				continue
			}
			if !ok || !known[textproto.CanonicalMIMEHeaderKey(field)] {
				t.Errorf("a field of its own: %q in\n%s", line, head)
			}
		}
		if strings.ContainsAny(strings.ReplaceAll(raw.String(), "\r\n", ""), "\r\n") {
			t.Errorf("a bare line break in %q", raw.String())
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Subject: =?utf-8?q?=C3=A9?=\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ=="))
	f.Add([]byte("no mail"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if s := decode(raw); strings.ToValidUTF8(s.Text+s.Subject+s.To, "") != s.Text+s.Subject+s.To {
			t.Errorf("decode(%q) is not UTF-8", raw)
		}
	})
}
