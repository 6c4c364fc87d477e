package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"bourgeon/app/editing"
	"bourgeon/e2e/program"
	"bourgeon/kit/picture/picturetest"
	"bourgeon/press"
)

// photograph is as a phone sends it, held upright: 12 megapixels.
var photograph = sync.OnceValue(func() []byte {
	return picturetest.Camera(picturetest.Enlarged(picturetest.Lying(picturetest.Photo(1500, 2000, 3)), 2), 6, 92)
})

var emptyOnSQLite = sync.OnceValues(func() (*network, error) {
	data := filepath.Join(temporary, "upload")
	n, _, err := found(context.Background(), filepath.Join(data, "bourgeon.db"), data)
	return n, err
})

// BenchmarkUpload sends photographs to the real program, one after the other or as a workshop does: how long until each is
// there to be described, how long until all its sizes are made, and the most memory that the server held meanwhile.
func BenchmarkUpload(b *testing.B) {
	n, err := emptyOnSQLite()
	if err != nil {
		b.Fatal(err)
	}
	photo := photograph()
	for _, kind := range []struct {
		name   string
		atOnce int
	}{{"alone", 1}, {"four-at-once", 4}} {
		b.Run(kind.name, func(b *testing.B) {
			s := program.Serve(b, n.data)
			before, known := resident(s.PID())
			known = known && forgetPeak(s.PID()) == nil
			var mu sync.Mutex
			var answered, made []time.Duration
			for b.Loop() {
				failures := make([]error, kind.atOnce)
				var all sync.WaitGroup
				for i := range kind.atOnce {
					all.Go(func() {
						there, ready, err := n.upload(b.Context(), s.Base, photo)
						mu.Lock()
						defer mu.Unlock()
						answered, made, failures[i] = append(answered, there), append(made, ready), err
					})
				}
				all.Wait()
				if err := errors.Join(failures...); err != nil {
					b.Fatal(err)
				}
			}
			slices.Sort(answered)
			slices.Sort(made)
			middle, last := answered[len(answered)/2], answered[len(answered)-1]
			b.ReportMetric(milliseconds(middle), "p50-ms")
			b.ReportMetric(milliseconds(last), "max-ms")
			b.ReportMetric(milliseconds(made[len(made)/2]), "all-sizes-p50-ms")
			line := fmt.Sprintf("%-40s %8.0f ms, all its sizes made after %.0f ms", "a photograph of 12 MP sent, "+kind.name+" (p50)",
				milliseconds(middle), milliseconds(made[len(made)/2]))
			if most, ok := peak(s.PID()); ok && known {
				b.ReportMetric(most, "MB-peak")
				line += fmt.Sprintf("; memory at most %.0f MB, %.0f before", most, before)
			}
			results.set("upload "+kind.name, line)
		})
	}
}

// upload sends a photograph to a new draft, as the page's script does, and waits until all its sizes are made.
func (n *network) upload(ctx context.Context, address string, photo []byte) (there, ready time.Duration, err error) {
	d, err := n.editor.Begin(ctx, press.Viewer{}, n.site, n.form, editing.Work{})
	if err != nil {
		return 0, 0, err
	}
	begun := time.Now()
	to := address + "/" + siteSlug + "/draft/" + d.Token + "/file?field=pictures&name=IMG_0042.JPG"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(photo))
	if err != nil {
		return 0, 0, err
	}
	request.Header.Set("Content-Type", "image/jpeg")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, 0, err
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return 0, 0, err
	}
	there = time.Since(begun)
	var sent struct{ ID press.MediaID }
	if err := json.Unmarshal(body, &sent); err != nil || answer.StatusCode != http.StatusCreated {
		return 0, 0, fmt.Errorf("answered %s: %s", answer.Status, body)
	}
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		m, err := n.store.Media(ctx, press.Itself, sent.ID)
		if err != nil {
			return 0, 0, err
		}
		if m.Ready() {
			return there, time.Since(begun), nil
		}
		select {
		case <-ctx.Done():
			return 0, 0, ctx.Err()
		case <-again.C:
		}
	}
}
