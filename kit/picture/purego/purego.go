// Package purego stands in for github.com/ebitengine/purego, which would make the program a dynamic one: gen2brain/webp
// looks for a libwebp of the machine with it, and falls back to the one that it carries. Here it always falls back, so
// that every build is static and every machine makes the same pictures, without a build tag that could be forgotten.
//
// It has what gen2brain/webp 0.5 calls, and nothing of it works. go.mod puts it in place.
package purego

import "errors"

const (
	RTLD_NOW    = 0
	RTLD_GLOBAL = 0
)

var errAbsent = errors.New("libraries of the machine are not used")

// Dlopen opens no library.
func Dlopen(string, int) (uintptr, error) { return 0, errAbsent }

// RegisterLibFunc panics, which its caller takes for an answer: on Windows, libraries are opened without Dlopen.
func RegisterLibFunc(any, uintptr, string) { panic(errAbsent) }

// NewCallback makes no callback.
func NewCallback(any) uintptr { return 0 }
