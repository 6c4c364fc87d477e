package hosting

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"bourgeon/kit/blob"
	"bourgeon/press"
)

// Moved says what Move did.
type Moved struct {
	Copied, There int   // files sent, and those that were there already
	Bytes         int64 // sent
	Damaged       []string
}

// moving is how many files are on their way at a time.
const moving = 4

// Move copies every file from one store to another, and deletes none. What is
// there already is not sent again, so that it may be run while the network
// serves, cut short, and run anew. A file whose content has not the digest that
// is its name is Damaged, and left behind. progress is told after each file.
func Move(ctx context.Context, from, to blob.Store, progress func(done, total int)) (Moved, error) {
	var m Moved
	there := map[string]int64{}
	if err := to.Walk(ctx, func(hash string, size int64) error { there[hash] = size; return nil }); err != nil {
		return m, fmt.Errorf("move the files: look at what is there: %w", err)
	}
	type file struct {
		hash string
		size int64
	}
	var files []file
	if err := from.Walk(ctx, func(hash string, size int64) error { files = append(files, file{hash, size}); return nil }); err != nil {
		return m, fmt.Errorf("move the files: look at what there is: %w", err)
	}

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	done := 0
	note := func(f file, sent, damaged bool) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case damaged:
			m.Damaged = append(m.Damaged, f.hash)
		case sent:
			m.Copied++
			m.Bytes += f.size
		default:
			m.There++
		}
		if done++; progress != nil {
			progress(done, len(files))
		}
	}
	queue := make(chan file)
	var workers sync.WaitGroup
	for range moving {
		workers.Go(func() {
			for f := range queue {
				if size, ok := there[f.hash]; ok && size == f.size {
					note(f, false, false)
					continue
				}
				whole, err := copyBlob(ctx, from, to, f.hash, f.size)
				if err != nil {
					cancel(err)
					continue
				}
				note(f, true, !whole)
			}
		})
	}
	for _, f := range files {
		select {
		case queue <- f:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(queue)
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return m, fmt.Errorf("move the files: %w", err)
	}
	return m, nil
}

// copyBlob reports whether what arrived has the digest that it is named after.
func copyBlob(ctx context.Context, from, to blob.Store, hash string, size int64) (whole bool, err error) {
	r, err := from.Open(ctx, hash)
	if err != nil {
		return false, err
	}
	defer r.Close()
	got, _, err := to.Put(ctx, r, size)
	if errors.Is(err, blob.ErrTooLarge) { // it grew: not what was kept
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if got != hash {
		return false, to.Delete(ctx, got)
	}
	return true, nil
}

// Missing finds the files that the database mentions and the store doesn't have.
func (i *Installation) Missing(ctx context.Context, files blob.Store) (missing []string, mentioned int, err error) {
	there := map[string]bool{}
	if err := files.Walk(ctx, func(hash string, _ int64) error { there[hash] = true; return nil }); err != nil {
		return nil, 0, err
	}
	seen := map[string]bool{}
	for after := press.MediaID(""); ; {
		const page = 500
		some, err := i.Store.MediaAfter(ctx, after, page)
		if err != nil || len(some) == 0 {
			return missing, len(seen), err
		}
		for _, m := range some {
			after = m.ID
			for _, hash := range m.Files() {
				if !seen[hash] && !there[hash] {
					missing = append(missing, hash)
				}
				seen[hash] = true
			}
		}
	}
}

// reacher is a store on another machine, which may not be there.
type reacher interface {
	Reach(ctx context.Context) error
}

func (i *Installation) checkFiles(ctx context.Context, d *diagnosis) {
	if remote, ok := i.Files.(reacher); ok {
		if err := remote.Reach(ctx); err != nil {
			d.add(Broken, fmt.Sprintf("The pictures' store %s can't be written to: %v.", i.Files, err),
				"Check --media: host, bucket, region, and that the key may read, write, list and delete in the bucket.")
			return
		}
		d.fine("The pictures' store %s can be written to.", i.Files)
	}
	missing, mentioned, err := i.Missing(ctx, i.Files)
	switch {
	case err != nil:
		d.add(Broken, fmt.Sprintf("The pictures can't be looked through: %v.", err), "Check that their store is whole, then look again.")
	case len(missing) > 0:
		d.add(Broken, fmt.Sprintf("%d of %d files of pictures are missing, such as %s.", len(missing), mentioned, missing[0]),
			"If they were moved, run bourgeon media move again, or give the right --media; else bring them back from a backup.")
	default:
		d.fine("All %d files of pictures are there.", mentioned)
	}
}
