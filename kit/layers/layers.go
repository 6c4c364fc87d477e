// Package layers lays file systems over each other: a file is that of the first
// layer which has it.
//
// It opens and globs, and nothing more. Start with [FS].
package layers

import (
	"errors"
	"io/fs"
)

// FS are file systems, the first on top.
type FS []fs.FS

// Open is fs.FS's.
func (l FS) Open(name string) (fs.File, error) {
	err := error(&fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist})
	for _, layer := range l {
		var f fs.File
		if f, err = layer.Open(name); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, err
}

// Glob is fs.GlobFS's: the names of each layer, those of the first one first.
func (l FS) Glob(pattern string) ([]string, error) {
	var all []string
	for _, layer := range l {
		names, err := fs.Glob(layer, pattern)
		if err != nil {
			return nil, err
		}
		all = append(all, names...)
	}
	return all, nil
}
