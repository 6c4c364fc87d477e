package joining

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

const (
	// TokenPrefix begins every personal token, so that scanners of published
	// code find one that was left there.
	TokenPrefix = "bourgeon_"
	maxTokens   = 20
	usedEvery   = 10 * time.Minute
)

// Make gives the viewer a token for a program. Its Secret is told now and kept
// nowhere; life is how long it opens anything.
func (d *Door) Make(ctx context.Context, v press.Viewer, wanted press.AccessToken, life time.Duration) (press.AccessToken, error) {
	now := d.Now()
	t := press.AccessToken{
		ID: press.TokenID(ids.New()), Secret: TokenPrefix + token.New(), Person: v.Person, Name: press.CleanLine(wanted.Name),
		Scopes: wanted.Scopes, Site: wanted.Site, CreatedAt: now, ExpiresAt: now.Add(life),
	}
	if err := t.Check(); err != nil {
		return press.AccessToken{}, err
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if !v.Known() {
			return press.Problem(press.SignIn, "Sign in to go on.")
		}
		if err := d.mayHave(ctx, tx, v, t); err != nil {
			return err
		}
		if err := tx.InsertToken(ctx, t, token.Hash(t.Secret)); err != nil {
			return err
		}
		return tx.Emit(ctx, tokenEvent(press.TokenMade, t, now))
	})
	if err != nil {
		return press.AccessToken{}, fmt.Errorf("make a token: %w", err)
	}
	return t, nil
}

func (d *Door) mayHave(ctx context.Context, tx *store.Tx, v press.Viewer, t press.AccessToken) error {
	if t.Site != "" {
		if _, err := tx.Site(ctx, v, t.Site); err != nil {
			var c press.Checks
			c.Fault("site", "Choose among the sites offered.")
			return c.Err()
		}
	}
	all, err := tx.AccessTokens(ctx, v)
	if err != nil {
		return err
	}
	live := 0
	for _, other := range all {
		if other.Live(d.Now()) {
			live++
		}
	}
	if live >= maxTokens {
		return press.Problem(press.Conflict, "You have %d tokens already: revoke those that no program uses any more.", live)
	}
	return nil
}

func tokenEvent(kind press.EventKind, t press.AccessToken, at time.Time) press.Event {
	return press.Event{Kind: kind, Actor: t.Person, At: at, Data: map[string]string{"token": string(t.ID)}}
}

// Revoke ends one of the viewer's own tokens, at once.
func (d *Door) Revoke(ctx context.Context, v press.Viewer, id press.TokenID) error {
	now := d.Now()
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.RevokeToken(ctx, id, v.Person, now); err != nil {
			return err
		}
		return tx.Emit(ctx, tokenEvent(press.TokenRevoked, press.AccessToken{ID: id, Person: v.Person}, now))
	})
	if err != nil {
		return fmt.Errorf("revoke the token: %w", err)
	}
	return nil
}

// Bearer finds the token of a secret and whom it acts for, with the roles that
// they hold now. A secret that opens nothing, or no longer, is press.SignIn.
func (d *Door) Bearer(ctx context.Context, secret string) (press.AccessToken, press.Viewer, error) {
	refused := press.Problem(press.SignIn, "This token opens nothing: it is unknown, ended or revoked.")
	if !strings.HasPrefix(secret, TokenPrefix) {
		return press.AccessToken{}, press.Viewer{}, refused
	}
	t, err := d.Store.AccessToken(ctx, token.Hash(secret))
	if press.KindOf(err) == press.NotFound {
		return press.AccessToken{}, press.Viewer{}, refused
	}
	if err != nil {
		return press.AccessToken{}, press.Viewer{}, fmt.Errorf("recognise the token: %w", err)
	}
	now := d.Now()
	if !t.Live(now) {
		return press.AccessToken{}, press.Viewer{}, refused
	}
	if now.Sub(t.UsedAt) >= usedEvery {
		if err := d.Store.Write(ctx, func(tx *store.Tx) error { return tx.UseToken(ctx, t.ID, now) }); err != nil {
			return press.AccessToken{}, press.Viewer{}, fmt.Errorf("recognise the token: %w", err)
		}
	}
	v, err := d.Store.Viewer(ctx, t.Person)
	if err != nil {
		return press.AccessToken{}, press.Viewer{}, fmt.Errorf("recognise the token: %w", err)
	}
	return t, v, nil
}
