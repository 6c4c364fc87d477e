package editing

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"bourgeon/press"
	"bourgeon/store"
)

const (
	// between two states of a draft that are kept: each pause of typing saves, and nobody wants to leaf through those.
	between = 5 * time.Minute
	// maxStates of a draft: the oldest go.
	maxStates = 40
)

// remember keeps the state of a draft that is about to be overwritten by w,
// unless one nearly as recent was kept; a state of which much is taken away is
// kept in any case.
func (ed *Editor) remember(ctx context.Context, tx *store.Tx, before press.Draft, w Work) error {
	if reflect.DeepEqual(before.Content, w.Content) || size(before.Content) == 0 {
		return nil
	}
	states, err := tx.DraftStates(ctx, before.ID, maxStates)
	if err != nil {
		return err
	}
	last := before.CreatedAt
	if len(states) > 0 {
		last = states[0].SavedAt
	}
	if size(w.Content) >= size(before.Content)*3/4 && before.UpdatedAt.Sub(last) < between {
		return nil
	}
	return keepState(ctx, tx, before, states)
}

func keepState(ctx context.Context, tx *store.Tx, d press.Draft, states []press.DraftState) error {
	oldest := 0
	if len(states) >= maxStates {
		oldest = states[maxStates-1].Version
	}
	return tx.KeepDraftState(ctx, d, oldest)
}

// States are the earlier states of a draft, newest first.
func (ed *Editor) States(ctx context.Context, d press.Draft) ([]press.DraftState, error) {
	return ed.Store.DraftStates(ctx, d.ID, maxStates)
}

// StateOf finds one by the version that the draft then had.
func StateOf(states []press.DraftState, version int) (press.DraftState, error) {
	for _, s := range states {
		if s.Version == version {
			return s, nil
		}
	}
	return press.DraftState{}, missing()
}

// size is how much was written, in bytes.
func size(c press.Content) int {
	n := 0
	for _, answer := range c.Answers {
		for _, s := range answer {
			n += len(s)
		}
	}
	return n
}

// GoBack makes an earlier state of a draft its present one; what it was
// becomes an earlier state in its turn. version is the state's.
func (ed *Editor) GoBack(ctx context.Context, v press.Viewer, key string, version int) (press.Draft, error) {
	var d press.Draft
	err := ed.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if d, err = open(ctx, tx.Reader, v, key); err != nil {
			return err
		}
		states, err := tx.DraftStates(ctx, d.ID, maxStates)
		if err != nil {
			return err
		}
		state, err := StateOf(states, version)
		if err != nil {
			return err
		}
		if err := keepState(ctx, tx, d, states); err != nil {
			return err
		}
		saved, err := ed.save(ctx, tx, v, d, d.Version, Work{Content: state.Content, Signing: d.Signing})
		if err == nil {
			d = saved
		}
		return err
	})
	if err != nil {
		return d, fmt.Errorf("go back to the draft's state %d: %w", version, err)
	}
	return d, nil
}
