package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bourgeon/kit/blob"
	"bourgeon/kit/blob/s3temp"
	"bourgeon/press"
)

// TestMediaMove takes a network's files to a store that speaks S3, backs it up
// from there, and brings the restored files back to a folder.
func TestMediaMove(t *testing.T) {
	server := s3temp.Start(t)
	data := filepath.Join(t.TempDir(), "data")
	succeed(t, "site", "create", "mag", "--name", "Le magazine", "--openness", "open", "--data", data)
	h, err := open(t.Context(), settings{Data: data, BaseURL: "http://localhost:8080"}, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish(t, h, writer(t, h, 1), "Un texte illustré"); err != nil {
		t.Fatal(err)
	}
	h.close()

	first := succeed(t, "media", "move", "--to", server.Address, "--data", data)
	if !strings.Contains(first, "0 were there already") || !strings.Contains(first, "that the database mentions are in the new store") {
		t.Errorf("the first time: %s", first)
	}
	if again := succeed(t, "media", "move", "--to", server.Address, "--data", data); !strings.Contains(again, "0 files copied") {
		t.Errorf("the second time: %s", again)
	}

	// The folder is gone: what is backed up comes from the server.
	if err := os.RemoveAll(filepath.Join(data, mediaFolder)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sauvegarde.tar")
	succeed(t, "backup", file, "--data", data, "--media", server.Address)
	restored := filepath.Join(t.TempDir(), "restored")
	succeed(t, "restore", file, "--data", restored)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	succeed(t, "media", "move", "--to", elsewhere, "--data", restored)
	folder := blob.Disk{Dir: elsewhere}
	for _, e := range published(t, look(t, filepath.Join(restored, databaseFile))) {
		for _, v := range append([]press.Variant{e.Pictures[0].Source}, e.Pictures[0].Variants...) {
			f, err := folder.Open(t.Context(), v.Hash)
			if err != nil {
				t.Errorf("a file of the picture, after it went round: %v", err)
				continue
			}
			if n, err := io.Copy(io.Discard, f); err != nil || n != v.Bytes {
				t.Errorf("%d bytes of %d, %v", n, v.Bytes, err)
			}
			f.Close()
		}
	}

	nowhere := strings.Replace(server.Address, "/media?", "/nowhere?", 1)
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no store":             {[]string{"--to", "s3://nonsense", "--data", data}, misused, "--to"},
		"a bucket of nobody's": {[]string{"--from", filepath.Join(restored, mediaFolder), "--to", nowhere, "--data", data}, failed, "NoSuchBucket"},
		"files that are lost":  {[]string{"--to", filepath.Join(t.TempDir(), "empty"), "--data", data}, failed, "missing in the new store"},
		"no network":           {[]string{"--to", elsewhere, "--data", filepath.Join(t.TempDir(), "none")}, misused, "no network"},
	} {
		code, out, problems := command(t, append([]string{"media", "move"}, c.args...)...)
		if code != c.code || !strings.Contains(problems, c.want) {
			t.Errorf("%s: exit code %d, want %d: %s%s", name, code, c.code, out, problems)
		}
		if strings.Contains(out+problems, s3temp.Secret) || strings.Contains(out+problems, "secret%2F") {
			t.Errorf("%s: the secret is told: %s%s", name, out, problems)
		}
	}
}
