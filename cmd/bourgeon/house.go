package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bourgeon/app/discussing"
	"bourgeon/app/editing"
	"bourgeon/app/filing"
	"bourgeon/app/gathering"
	"bourgeon/app/hosting"
	"bourgeon/app/importing"
	"bourgeon/app/joining"
	"bourgeon/app/mailing"
	"bourgeon/app/reporting"
	"bourgeon/app/searching"
	"bourgeon/app/shaping"
	"bourgeon/app/working"
	"bourgeon/kit/blob"
	webfile "bourgeon/kit/fetch"
	"bourgeon/kit/post"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// settings are what every command that opens the network needs.
type settings struct {
	Data     string `help:"Folder of the network's data." default:"data" type:"path" placeholder:"DIR"`
	Database string `help:"PostgreSQL instead of the embedded SQLite." placeholder:"postgres://…"`
	Media    string `help:"S3-compatible store for the pictures, as s3://KEY:SECRET@host/bucket?region=NAME. Without it, they are kept in the data folder." placeholder:"s3://…"`
	BaseURL  string `name:"base-url" help:"Public address of the network." default:"http://localhost:8080" placeholder:"URL"`
	SMTP     string `name:"smtp" help:"Mail server, as smtp://user:password@host:587. Without it, mails are kept in the data folder." placeholder:"URL"`
	MailFrom string `help:"Address that mails come from." placeholder:"ADDRESS"`
}

// house is the whole program wired: memory, verbs, reactions.
type house struct {
	settings
	store      *store.Store
	addresses  press.Addresses
	blobs      blob.Store
	door       *joining.Door
	editor     *editing.Editor
	host       *hosting.Host
	cabinet    *filing.Cabinet
	shaper     *shaping.Shaper
	gatherer   *gathering.Gatherer
	importer   *importing.Importer
	discussion *discussing.Room
	clerk      *reporting.Clerk
	postman    *mailing.Postman
	librarian  *searching.Librarian
	crew       *working.Crew
}

const (
	databaseFile = "bourgeon.db"
	mediaFolder  = "media"
	outboxFolder = "outbox"
	secretFile   = "secret"
)

// open opens the network of s. now is the clock of every verb.
func open(ctx context.Context, s settings, log *slog.Logger, now func() time.Time) (*house, error) {
	base, err := checkBase(s.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.Data, 0o750); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	database := s.Database
	if database == "" {
		database = filepath.Join(s.Data, databaseFile)
	}
	memory, err := store.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	h := &house{settings: s, store: memory, addresses: press.Addresses{Base: base}}
	if err := h.wire(log, now); err != nil {
		return nil, errors.Join(err, memory.Close())
	}
	return h, nil
}

func checkBase(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("%w: --base-url looks like https://ecrire.example.org, got %q", errUsage, address)
	}
	return strings.TrimSuffix(address, "/"), nil
}

// wire hands every verb its collaborators, and lists in one place what
// follows from events and which jobs there are.
func (h *house) wire(log *slog.Logger, now func() time.Time) error {
	texts, err := mailing.LoadCatalogue()
	if err != nil {
		return err
	}
	sender, err := h.sender(now)
	if err != nil {
		return err
	}
	if h.blobs, err = h.files(); err != nil {
		return err
	}
	h.postman = &mailing.Postman{
		Store: h.store, Now: now, Sender: sender, From: h.mailFrom(), Addresses: h.addresses, Catalogue: texts,
	}
	h.door = &joining.Door{Store: h.store, Now: now, Post: h.postman.Post}
	h.editor = &editing.Editor{
		Store: h.store, Now: now, Challenge: h.door.Challenge, Post: h.postman.Post, Addresses: h.addresses,
	}
	h.host = &hosting.Host{Store: h.store, Now: now, Addresses: h.addresses, Render: h.editor.Rendered, Rewrite: h.editor.Rewrite}
	h.cabinet = &filing.Cabinet{Store: h.store, Now: now, Files: h.blobs, Reshow: h.editor.Reshow, Log: log}
	h.discussion = &discussing.Room{
		Store: h.store, Now: now, Challenge: h.door.Challenge, Holder: h.editor.Holder, Credited: h.editor.Credited, Addresses: h.addresses,
	}
	h.clerk = &reporting.Clerk{Store: h.store, Now: now, Post: h.postman.Post, Acts: map[press.ThingKind]reporting.Acts{
		press.ThingEntry:   {See: h.editor.See, TakeOff: h.editor.TakeOff, PutBack: h.editor.PutBack},
		press.ThingPicture: {See: h.cabinet.See, TakeOff: h.cabinet.TakeOff, PutBack: h.cabinet.PutBack},
		press.ThingComment: {See: h.discussion.See, TakeOff: h.discussion.TakeOff, PutBack: h.discussion.PutBack},
	}}
	h.shaper = &shaping.Shaper{
		Store: h.store, Now: now, Reshape: h.editor.Reshape, Addresses: h.addresses, Fetch: webfile.Client{Most: press.MaxFormFile}.Get,
	}
	h.gatherer = &gathering.Gatherer{Store: h.store, Now: now, Rendered: h.editor.RenderedText, Holder: h.editor.Holder, Post: h.postman.Post}
	h.importer = &importing.Importer{
		Store: h.store, Now: now, Bring: h.editor.Bring, TakeBack: h.editor.TakeBack, Picture: h.cabinet.Keep, Fetch: webfile.Client{}.Get,
	}
	h.librarian = &searching.Librarian{Store: h.store, Now: now}
	slow := []string{filing.JobVariants, filing.JobRenew, importing.Job}
	h.crew = &working.Crew{Store: h.store, Now: now, Log: log, Slow: slow, Handlers: map[string]working.Handler{
		mailing.Job:           h.postman.Deliver,
		editing.JobPublish:    h.editor.PublishWhenDue,
		discussing.JobRefresh: h.discussion.Refresh,
		mailing.JobTalk:       h.postman.TellTalk,
		mailing.JobWaiting:    h.postman.TellWaiting,
		filing.JobVariants:    h.cabinet.Make,
		searching.Job:         h.librarian.Continue,
		importing.Job:         h.importer.Continue,
		filing.JobRenew:       h.cabinet.MakeOld,
	}}
	h.store.Wake(h.crew.Wake)
	h.store.React(h.postman.Concern)
	return nil
}

// files is where the pictures are.
func (s settings) files() (blob.Store, error) {
	if s.Media == "" {
		return blob.Disk{Dir: filepath.Join(s.Data, mediaFolder)}, nil
	}
	files, err := blob.NewS3(s.Media)
	if err != nil {
		return nil, fmt.Errorf("%w: --media: %w", errUsage, err)
	}
	return files, nil
}

func (h *house) sender(now func() time.Time) (post.Sender, error) {
	if h.SMTP == "" {
		return &post.Outbox{Dir: h.outbox(), Now: now}, nil
	}
	sender, err := post.NewSMTP(h.SMTP, now)
	if err != nil {
		return nil, fmt.Errorf("%w: --smtp: %w", errUsage, err)
	}
	return sender, nil
}

func (h *house) outbox() string { return filepath.Join(h.Data, outboxFolder) }

func (h *house) mailFrom() string {
	if h.MailFrom != "" {
		return h.MailFrom
	}
	return "bourgeon@" + h.addresses.Host()
}

// secret is what signs the proofs of work: kept with the data, so that a
// restart breaks no form that is being filled.
func (h *house) secret() ([]byte, error) {
	name := filepath.Join(h.Data, secretFile)
	kept, err := os.ReadFile(name)
	if err == nil && len(kept) >= 32 {
		return kept, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	fresh := []byte(token.New())
	if err := os.WriteFile(name, fresh, 0o600); err != nil {
		return nil, fmt.Errorf("keep the secret: %w", err)
	}
	return fresh, nil
}

func (h *house) close() error { return h.store.Close() }
