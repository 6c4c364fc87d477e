package demo

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"image/color"
	"image/jpeg"
	"runtime"
	"strconv"
	"sync"

	"bourgeon/cmd/bourgeon/demo/papercut"
	"bourgeon/press"
)

const (
	pictureWidth  = 1200
	pictureHeight = 800
	quality       = 88
)

// drawing is a picture being drawn: wait for done.
type drawing struct {
	task task
	done chan struct{}
	file []byte
	err  error
}

// drawAll draws the pictures of tasks on every processor, first things first,
// while the texts are written one after the other: drawing is most of the
// work. The result has a drawing for each task, nil for those without a
// motif. When ctx ends, the drawings that were not begun fail.
func (b *Builder) drawAll(ctx context.Context, tasks []task) (all []*drawing, wait func()) {
	all = make([]*drawing, len(tasks))
	queue := make(chan *drawing, len(tasks))
	for i, t := range tasks {
		if t.motif != "" {
			all[i] = &drawing{task: t, done: make(chan struct{})}
			queue <- all[i]
		}
	}
	close(queue)
	var painters sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		painters.Go(func() {
			for d := range queue {
				if d.err = ctx.Err(); d.err == nil {
					d.file, d.err = b.draw(d.task)
				}
				close(d.done)
			}
		})
	}
	return all, painters.Wait
}

// draw makes the file that somebody would have sent.
func (b *Builder) draw(t task) ([]byte, error) {
	red, green, blue := press.RGB(b.sites[t.site.slug].Look.Colour)
	drawn, err := papercut.Draw(t.motif, seed(t.seed), color.RGBA{red, green, blue, 255}, pictureWidth, pictureHeight)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, drawn, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode %s: %w", t.motif, err)
	}
	return file.Bytes(), nil
}

func seed(s string) uint64 {
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return n
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}
