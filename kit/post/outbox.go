package post

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Outbox is a Sender that writes each message to a file of its own, named so that the names sort by time. It is safe for
// concurrent use, also by several processes.
type Outbox struct {
	Dir string           // made when missing
	Now func() time.Time // nil means time.Now

	count atomic.Uint32
}

// Send writes m to Dir, where it appears whole or not at all.
func (o *Outbox) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	now := time.Now()
	if o.Now != nil {
		now = o.Now()
	}
	msg, err := compose(m, now)
	if err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	var text bytes.Buffer
	if _, err := msg.WriteTo(&text); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	name := fmt.Sprintf("%s-%06d-%.6s.eml", now.UTC().Format("20060102T150405.000000000"), o.count.Add(1)%1_000_000, rand.Text())
	if err := writeFile(o.Dir, name, text.Bytes()); err != nil {
		return fmt.Errorf("write mail: %w", err)
	}
	return nil
}

func writeFile(dir, name string, content []byte) (err error) {
	f, err := os.CreateTemp(dir, ".eml-*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, name))
}

// Stored is a message of an Outbox, decoded for people to read.
type Stored struct {
	File    string // name within the folder
	ID      string // Message-ID without its angle brackets
	From    string // as in "Ada <ada@example.org>"; likewise To
	To      string
	Subject string
	Date    time.Time // zero if the file gives none
	Text    string    // with \n; the raw file if it cannot be decoded
}

// maxStored is how much of a file Read looks at, in bytes.
const maxStored = 1 << 20

// Read lists the latest messages in dir, newest first, at most limit of them (all if limit is zero or less). A missing
// folder holds none. A file that is no mail is listed with its raw text.
func Read(dir string, limit int) ([]Stored, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read mails: %w", err)
	}
	slices.Reverse(files) // os.ReadDir sorts by name
	var list []Stored
	for _, file := range files {
		if limit > 0 && len(list) == limit {
			break
		}
		if !file.Type().IsRegular() || !strings.HasSuffix(file.Name(), ".eml") || strings.HasPrefix(file.Name(), ".") {
			continue
		}
		raw, err := readStart(filepath.Join(dir, file.Name()))
		if errors.Is(err, fs.ErrNotExist) { // removed meanwhile
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read mails: %w", err)
		}
		s := decode(raw)
		s.File = file.Name()
		list = append(list, s)
	}
	return list, nil
}

func readStart(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxStored))
}

// decode reads a message of one plain-text part; of another it gives what it can.
func decode(raw []byte) Stored {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Stored{Text: toText(raw)}
	}
	var words mime.WordDecoder
	header := func(name string) string {
		value := m.Header.Get(name)
		if decoded, err := words.DecodeHeader(value); err == nil {
			value = decoded
		}
		return toText([]byte(value))
	}
	person := func(name string) string {
		a, err := netmail.ParseAddress(m.Header.Get(name))
		switch {
		case err != nil:
			return header(name)
		case a.Name == "":
			return toText([]byte(a.Address))
		}
		return toText([]byte(a.Name + " <" + a.Address + ">"))
	}
	s := Stored{From: person("From"), To: person("To"), Subject: header("Subject"), ID: strings.Trim(header("Message-Id"), "<>")}
	if date, err := m.Header.Date(); err == nil {
		s.Date = date
	}
	body := m.Body
	switch strings.ToLower(m.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(m.Body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, m.Body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		text = raw
	}
	s.Text = toText(text)
	return s
}

func toText(b []byte) string {
	return strings.ToValidUTF8(strings.ReplaceAll(string(b), "\r\n", "\n"), "\uFFFD")
}
