// Package repeating lets a program send a request twice without its happening
// twice: the answer to the first is kept under the key that the program chose,
// and given again (draft-ietf-httpapi-idempotency-key-header).
//
// A request that failed frees its key: nothing happened. One whose answer was
// never kept, because the program here stopped in the middle, keeps it: nobody
// knows. Start with Ledger.Once.
package repeating

import (
	"context"
	"fmt"
	"time"

	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/people"
)

// Ledger does the verb. All fields are needed.
type Ledger struct {
	Store *store.Store
	Now   func() time.Time
}

// Kept is how long answers are kept.
const Kept = 48 * time.Hour

// Answer is what is kept of one.
type Answer struct {
	Status int
	Header map[string]string
	Body   string
}

// Once does act unless the token's key was used before; then it gives the
// answer of that time, and again is true. request is a digest of what is asked:
// the same key for something else is press.Invalid, a request still under way
// press.Conflict.
func (l *Ledger) Once(ctx context.Context, token press.TokenID, key, request string, act func() (Answer, error)) (a Answer, again bool, err error) {
	mine := people.Repeat{Token: token, Key: key, Request: request, At: l.Now()}
	var before people.Repeat
	var first bool
	err = l.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if err := tx.ForgetRepeats(ctx, mine.At.Add(-Kept)); err != nil {
			return err
		}
		before, first, err = tx.BeginRepeat(ctx, mine)
		return err
	})
	switch {
	case err != nil:
		return a, false, fmt.Errorf("do it once: %w", err)
	case first:
		a, err = l.do(ctx, mine, act)
		return a, false, err
	case before.Request != request:
		return a, false, press.Problem(press.Invalid, "This key was used for another request: choose a new one.")
	case before.Status == 0:
		return a, false, press.Problem(press.Conflict, "The same request is under way, or was cut short: look at what became of it before you send another.")
	}
	return Answer{before.Status, before.Header, before.Body}, true, nil
}

func (l *Ledger) do(ctx context.Context, mine people.Repeat, act func() (Answer, error)) (a Answer, err error) {
	// Whoever asked may be gone by then: the answer is kept for when they ask again.
	lasting := context.WithoutCancel(ctx)
	a, err = act()
	if err != nil {
		if freeErr := l.Store.Write(lasting, func(tx *store.Tx) error { return tx.DeleteRepeat(lasting, mine) }); freeErr != nil {
			return a, fmt.Errorf("%w; free its key: %w", err, freeErr)
		}
		return a, err
	}
	mine.Status, mine.Header, mine.Body = a.Status, a.Header, a.Body
	if err := l.Store.Write(lasting, func(tx *store.Tx) error { return tx.AnswerRepeat(lasting, mine) }); err != nil {
		return a, fmt.Errorf("keep the answer: %w", err)
	}
	return a, nil
}
