package joining

import (
	"context"
	"fmt"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/kit/token"
	"bourgeon/press"
	"bourgeon/store"
	"bourgeon/store/people"
)

// mailsAnHour bounds the challenges of an address, whoever asks and from
// wherever: nobody's mailbox is filled, and guessing codes stays hopeless
// (mailsAnHour × press.MaxAttempts in a million). Any link of the last ones
// works meanwhile, so that its holder isn't kept out.
const mailsAnHour = 10

// Challenge mails a link and a six-digit code that prove an address, in the
// transaction of what they confirm. h says for what; the rest is filled.
func (d *Door) Challenge(ctx context.Context, tx *store.Tx, h press.Challenge, title, language string) (press.Challenge, error) {
	h.ID, h.CreatedAt = press.ChallengeID(ids.New()), d.Now()
	h.ExpiresAt = h.CreatedAt.Add(challengeLife)
	if h.Purpose != press.ForSignIn {
		h.ExpiresAt = h.CreatedAt.Add(confirmLife)
	}
	lately, err := tx.ChallengesSince(ctx, h.Email, h.CreatedAt.Add(-time.Hour))
	if err != nil {
		return h, err
	}
	if lately >= mailsAnHour {
		return h, press.Problem(press.TooMany, "Several codes were just sent to this address: use the last one, or come back in an hour. Nothing you wrote is lost.")
	}
	link, code := token.New(), token.Code()
	if err := tx.InsertChallenge(ctx, h, token.Hash(link), codeHash(h.ID, code)); err != nil {
		return h, err
	}
	return h, d.Post(ctx, tx, press.Mail{
		Kind: press.MailChallenge, To: h.Email, Language: language, Site: h.Site, Entry: h.Entry,
		Data: map[string]string{"token": link, "code": code, "purpose": string(h.Purpose), "title": title, "challenge": string(h.ID)},
	})
}

// codeHash salts a code with its challenge: a million codes have no table.
func codeHash(id press.ChallengeID, code string) string { return token.Hash(string(id) + " " + code) }

// AskToSignIn mails a link and a code to an address. It answers the same
// whether the address is known or not.
func (d *Door) AskToSignIn(ctx context.Context, email string, site press.SiteID, next, language string) (press.Challenge, error) {
	var h press.Challenge
	var c press.Checks
	email = press.FoldEmail(email)
	if press.CheckEmail(&c, "email", email); c.Err() != nil {
		return h, c.Err()
	}
	err := d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		h, err = d.Challenge(ctx, tx, press.Challenge{Purpose: press.ForSignIn, Email: email, Site: site, Next: next}, "", language)
		return err
	})
	if err != nil {
		return h, fmt.Errorf("ask to sign in: %w", err)
	}
	return h, nil
}

// AskAgain mails a new link and code for a challenge that didn't reach its
// person; the earlier ones still work until they expire.
func (d *Door) AskAgain(ctx context.Context, id press.ChallengeID, language string) (press.Challenge, error) {
	var h press.Challenge
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		before, err := tx.Challenge(ctx, id)
		if err != nil {
			return err
		}
		if !before.UsedAt.IsZero() {
			return used()
		}
		title := ""
		if before.Entry != "" {
			e, err := tx.Entry(ctx, press.Itself, before.Entry)
			if err != nil {
				return err
			}
			title = e.Title
		}
		h, err = d.Challenge(ctx, tx, before.Challenge, title, language)
		return err
	})
	if err != nil {
		return h, fmt.Errorf("ask again: %w", err)
	}
	return h, nil
}

// Proved is what follows from a proved address.
type Proved struct {
	press.Challenge
	Viewer press.Viewer
}

func used() error {
	return press.Problem(press.Expired, "This link was used already. Sign in to find your contributions, or ask for a new link.")
}

func expired() error {
	return press.Problem(press.Expired, "This link or code is too old. Ask for a new one: nothing you wrote is lost.")
}

// Expected finds the challenge of a mailed link, for the page that asks to
// confirm: a link alone does nothing, since mail programs open links too.
func (d *Door) Expected(ctx context.Context, secret string) (press.Challenge, error) {
	h, err := d.Store.ChallengeByToken(ctx, token.Hash(secret))
	if press.KindOf(err) == press.NotFound {
		return h.Challenge, expired()
	}
	if err != nil {
		return h.Challenge, fmt.Errorf("open the link: %w", err)
	}
	return h.Challenge, d.open(h)
}

func (d *Door) open(h people.KeptChallenge) error {
	switch {
	case !h.UsedAt.IsZero():
		return used()
	case d.Now().After(h.ExpiresAt):
		return expired()
	}
	return nil
}

// ProveByLink redeems a mailed link, once.
func (d *Door) ProveByLink(ctx context.Context, secret string) (Proved, error) {
	return d.prove(ctx, func(tx *store.Tx) (people.KeptChallenge, error) {
		h, err := tx.ChallengeByToken(ctx, token.Hash(secret))
		if press.KindOf(err) == press.NotFound {
			err = expired()
		}
		return h, err
	})
}

// ProveByCode redeems the code of a challenge. After press.MaxAttempts wrong
// ones the challenge is closed, and a new one must be asked for.
func (d *Door) ProveByCode(ctx context.Context, id press.ChallengeID, code string) (Proved, error) {
	digits := press.CleanLine(code)
	right := false
	// A wrong code is counted in a transaction of its own: the failure must stay.
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		h, err := tx.ChallengeToProve(ctx, id)
		if err != nil {
			return err
		}
		if err := d.open(h); err != nil {
			return err
		}
		if h.Attempts >= press.MaxAttempts {
			return tooManyCodes()
		}
		right = token.Equal(codeHash(id, onlyDigits(digits)), h.CodeHash)
		if right {
			return nil
		}
		return tx.MissChallenge(ctx, id)
	})
	if err != nil {
		return Proved{}, fmt.Errorf("prove an address: %w", err)
	}
	if !right {
		return Proved{}, d.wrongCode(ctx, id)
	}
	return d.prove(ctx, func(tx *store.Tx) (people.KeptChallenge, error) { return tx.Challenge(ctx, id) })
}

func (d *Door) wrongCode(ctx context.Context, id press.ChallengeID) error {
	h, err := d.Store.Challenge(ctx, id)
	if err != nil {
		return fmt.Errorf("prove an address: %w", err)
	}
	left := press.MaxAttempts - h.Attempts
	if left <= 0 {
		return tooManyCodes()
	}
	var c press.Checks
	c.Fault("code", "This is not the code of the last mail. You may try %d more times, or ask for a new code.", left)
	return c.Err()
}

func tooManyCodes() error {
	return press.Problem(press.Expired, "Too many wrong codes: ask for a new one. Nothing you wrote is lost.")
}

func onlyDigits(s string) string {
	var digits []rune
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits = append(digits, r)
		}
	}
	return string(digits)
}

func (d *Door) prove(ctx context.Context, find func(*store.Tx) (people.KeptChallenge, error)) (Proved, error) {
	var out Proved
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		h, err := find(tx)
		if err != nil {
			return err
		}
		if err := d.open(h); err != nil {
			return err
		}
		if err := tx.UseChallenge(ctx, h.ID, d.Now()); err != nil {
			if press.KindOf(err) == press.NotFound {
				return used()
			}
			return err
		}
		p, err := d.known(ctx, tx, h.Email, "", press.Languages[0], "")
		if err != nil {
			return err
		}
		if p, err = d.confirm(ctx, tx, p, h.Site); err != nil {
			return err
		}
		out.Challenge = h.Challenge
		out.Viewer, err = tx.Viewer(ctx, p.ID)
		return err
	})
	if err != nil {
		return Proved{}, fmt.Errorf("prove an address: %w", err)
	}
	return out, nil
}
