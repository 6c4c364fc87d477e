package gathering

import (
	"context"
	"fmt"
	"slices"

	"bourgeon/press"
	"bourgeon/store"
)

// Share lets the holder of an address complete what the viewer and their
// organisation's other people sign in its name, and the other way round. They
// hear of it by mail. Only what those people themselves signed is shared: who
// signs elsewhere in the same name shares nothing with them.
func (g *Gatherer) Share(ctx context.Context, v press.Viewer, byline press.BylineID, email string) error {
	var c press.Checks
	email = press.FoldEmail(email)
	press.CheckEmail(&c, "email", email)
	err := c.Err()
	if err == nil {
		err = g.Store.Write(ctx, func(tx *store.Tx) error {
			crew, err := crewOf(ctx, tx, v, byline)
			if err != nil {
				return err
			}
			other, err := g.Holder(ctx, tx, email, "", v.Language)
			if err != nil {
				return err
			}
			if crew.ID == "" {
				crew.ID = newID[press.CrewID]()
			}
			for _, person := range []press.PersonID{v.Person, other.ID} {
				if err := tx.JoinCrew(ctx, crew.ID, byline, person, g.Now()); err != nil {
					return err
				}
			}
			if err := tx.ShareAll(ctx, crew.ID); err != nil {
				return err
			}
			if other.ID == v.Person {
				return nil
			}
			return g.Post(ctx, tx, press.Mail{
				Kind: press.MailShared, To: email, Language: other.Language, Data: map[string]string{"organisation": crew.Name, "by": v.Name},
			})
		})
	}
	if err != nil {
		return fmt.Errorf("share an organisation's entries: %w", err)
	}
	return nil
}

// Unshare takes somebody out of an organisation's people: they keep what they wrote themselves.
func (g *Gatherer) Unshare(ctx context.Context, v press.Viewer, byline press.BylineID, person press.PersonID) error {
	err := g.Store.Write(ctx, func(tx *store.Tx) error {
		crew, err := crewOf(ctx, tx, v, byline)
		if err != nil {
			return err
		}
		if crew.ID == "" {
			return missing()
		}
		if err := tx.LeaveCrew(ctx, crew.ID, person); err != nil {
			return err
		}
		return tx.ShareAll(ctx, crew.ID)
	})
	if err != nil {
		return fmt.Errorf("unshare an organisation's entries: %w", err)
	}
	return nil
}

func crewOf(ctx context.Context, tx *store.Tx, v press.Viewer, byline press.BylineID) (press.Crew, error) {
	all, err := tx.Crews(ctx, v)
	if err != nil {
		return press.Crew{}, err
	}
	at := slices.IndexFunc(all, func(c press.Crew) bool { return c.Byline == byline })
	if at < 0 {
		return press.Crew{}, missing()
	}
	return all[at], nil
}
