package discussing

import (
	"context"
	"fmt"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// follow notes that someone follows an entry's talk by mail, or doesn't. What
// was said before is known to them.
func (r *Room) follow(ctx context.Context, tx *store.Tx, entry press.EntryID, person press.PersonID, on bool) error {
	f, err := tx.FollowToChange(ctx, entry, person)
	if press.KindOf(err) == press.NotFound {
		f, err = press.Follow{Entry: entry, Person: person, Token: token.New()}, nil
	}
	if err != nil {
		return err
	}
	if on && !f.On {
		f.ToldUntil = r.Now()
		f.Round++ // a mail planned before is of another round
	}
	f.On = on
	return tx.SaveFollow(ctx, f)
}

// Followed is what somebody learns on the page where they leave a talk.
type Followed struct {
	press.Follow
	Entry  press.Entry
	Silent bool // no mail about any talk
}

// Followed finds what the secret of a mail is about. It changes nothing: mail
// programs open links too.
func (r *Room) Followed(ctx context.Context, secret string) (Followed, error) {
	var out Followed
	var err error
	if out.Follow, err = r.Store.FollowByToken(ctx, secret); err != nil {
		return out, fmt.Errorf("open the link: %w", err)
	}
	if out.Entry, err = r.Store.Entry(ctx, press.Itself, out.Follow.Entry); err != nil {
		return out, fmt.Errorf("open the link: %w", err)
	}
	if out.Silent, err = r.Store.Silent(ctx, out.Person); err != nil {
		return out, fmt.Errorf("open the link: %w", err)
	}
	return out, nil
}

// Leave ends the mails about the talk of an entry, for the holder of a mail.
// Leaving twice does nothing more.
func (r *Room) Leave(ctx context.Context, secret string) error {
	return r.held(ctx, "leave", secret, func(tx *store.Tx, f press.Follow) error {
		return r.follow(ctx, tx, f.Entry, f.Person, false)
	})
}

// LeaveAll ends the mails about all talks, for the holder of a mail.
func (r *Room) LeaveAll(ctx context.Context, secret string) error {
	return r.held(ctx, "leave all talks", secret, func(tx *store.Tx, f press.Follow) error {
		return tx.KeepSilent(ctx, f.Person, r.Now())
	})
}

// Return takes Leave and LeaveAll back.
func (r *Room) Return(ctx context.Context, secret string) error {
	return r.held(ctx, "return to", secret, func(tx *store.Tx, f press.Follow) error {
		if err := tx.BreakSilence(ctx, f.Person); err != nil {
			return err
		}
		return r.follow(ctx, tx, f.Entry, f.Person, true)
	})
}

func (r *Room) held(ctx context.Context, act, secret string, f func(*store.Tx, press.Follow) error) error {
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		follow, err := tx.FollowByToken(ctx, secret)
		if err != nil {
			return err
		}
		return f(tx, follow)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	return nil
}

// Hear says whether the viewer wants mails about the talks that they follow,
// all together.
func (r *Room) Hear(ctx context.Context, v press.Viewer, wanted bool) error {
	err := r.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.Known() {
			return press.Problem(press.SignIn, "Sign in to go on.")
		}
		if wanted {
			return tx.BreakSilence(ctx, v.Person)
		}
		return tx.KeepSilent(ctx, v.Person, r.Now())
	})
	if err != nil {
		return fmt.Errorf("choose one's mails: %w", err)
	}
	return nil
}
