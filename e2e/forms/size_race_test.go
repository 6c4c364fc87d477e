//go:build race

package forms

// The race detector slows SQLite, which is Go, some fifteen times, and finds in a part what it finds in all.
const (
	tableLines  = 400
	manyAnswers = 20
	fewAnswers  = 3
)
