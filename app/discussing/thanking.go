package discussing

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
)

// Thank counts a reader's thank you for a published entry, once a day; it tells
// whether it was the first of the day. reader is whatever tells readers apart:
// it isn't kept, but for its hash under a secret of the day, and both are
// deleted when the day (in UTC) is over.
func (r *Room) Thank(ctx context.Context, entry press.EntryID, reader string) (first bool, err error) {
	return r.thanks(ctx, entry, reader, (*store.Tx).Thank)
}

// Unthank takes today's thank you back; it tells whether there was one.
func (r *Room) Unthank(ctx context.Context, entry press.EntryID, reader string) (was bool, err error) {
	return r.thanks(ctx, entry, reader, (*store.Tx).Unthank)
}

func (r *Room) thanks(ctx context.Context, entry press.EntryID, reader string, count func(*store.Tx, context.Context, int64, string, press.EntryID) (bool, error)) (did bool, err error) {
	now := r.Now()
	day := press.Day(now)
	err = r.Store.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, press.Viewer{}, entry)
		if err != nil {
			return err
		}
		if err := tx.ForgetThanks(ctx, day); err != nil {
			return err
		}
		secret, err := tx.ThankSecret(ctx, day, token.New())
		if err != nil {
			return err
		}
		hash := token.HMAC([]byte(secret), string(entry), reader)
		if did, err = count(tx, ctx, day, hash, entry); err != nil || !did {
			return err
		}
		return refreshSoon(ctx, tx, e.Site, now)
	})
	if err != nil {
		return false, fmt.Errorf("thank for %s: %w", entry, err)
	}
	return did, nil
}

// JobRefresh is the kind of the job that makes the public pages of a site anew;
// its payload is a Refreshed.
const JobRefresh = "refresh"

// Refreshed says which site.
type Refreshed struct{ Site press.SiteID }

// refreshSoon raises the site's version at the end of the minute, once for all
// that happened in it: a click must not cost the cache of a whole site.
func refreshSoon(ctx context.Context, tx *store.Tx, site press.SiteID, now time.Time) error {
	minute := now.Truncate(time.Minute)
	return tx.Enqueue(ctx, JobRefresh, Refreshed{site}, minute.Add(time.Minute), fmt.Sprintf("refresh %s %d", site, minute.Unix()))
}

// Refresh is the handler of JobRefresh.
func (r *Room) Refresh(ctx context.Context, payload json.RawMessage) error {
	var which Refreshed
	if err := json.Unmarshal(payload, &which); err != nil {
		return fmt.Errorf("read what to refresh: %w", err)
	}
	err := r.Store.Write(ctx, func(tx *store.Tx) error { return tx.Touch(ctx, which.Site) })
	if err != nil {
		return fmt.Errorf("refresh %s: %w", which.Site, err)
	}
	return nil
}
