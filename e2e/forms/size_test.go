//go:build !race

package forms

// How much there is in the tests that say so: scripts/gotest runs them at full size without the race detector first.
const (
	tableLines  = 5000
	manyAnswers = 1000
	fewAnswers  = 20
)
