// Package pow makes robots work: a page carries a signed challenge, the browser searches for a nonce in the background
// while the person types, and the server checks it with one digest. No third party, no picture to recognise, no state to
// issue a challenge.
//
// It makes mass posting expensive; it does not tell a person from a program, and a determined robot will pay. A form must
// leave a way in for those without JavaScript. Start with Gate; Script is the browser's half.
//
// A challenge is base64url(16 random bytes · expiry in Unix seconds · difficulty · 16 bytes of HMAC-SHA-256), and a nonce
// is any short string such that SHA-256(challenge ":" nonce) begins with at least as many zero bits as the difficulty.
package pow

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math/bits"
	"strconv"
	"sync"
	"time"
)

// Script is the browser's half, an ES module without imports, to be served as a file of its own. It gives each form with a
// data-pow attribute, whose value is a challenge, the nonce in its input named pow_nonce; the challenge itself must come
// back in a field that the page provides. It never delays submitting: the server decides about a form that came without.
// Under a Content-Security-Policy it uses what worker-src 'self' allows, and does without where it is not.
//
//go:embed pow.js
var Script []byte

const (
	// DefaultDifficulty is 14 zero bits: some 16,000 digests, about 0.3 s on an old phone.
	DefaultDifficulty = 14
	// DefaultLife is how long a challenge holds: enough to write an article at leisure.
	DefaultLife = 12 * time.Hour

	maxUsed  = 50_000 // challenges remembered as used: some 5 MB
	maxNonce = 32     // characters

	saltLen      = 16
	signedLen    = saltLen + 8 + 1
	challengeLen = signedLen + 16
)

// What Check may say of an answer.
var (
	ErrForged  = errors.New("pow: challenge is not ours")
	ErrExpired = errors.New("pow: challenge has expired")
	ErrWrong   = errors.New("pow: nonce does not solve the challenge")
	ErrUsed    = errors.New("pow: challenge was used already")
)

// Gate issues challenges and checks answers. It is safe for concurrent use and must not be copied. Processes that share a
// Key accept one another's challenges, but each remembers only the answers it saw itself.
type Gate struct {
	Key        []byte           // secret; at least 16 bytes, else Challenge and Check panic
	Difficulty int              // zero bits asked for; zero means DefaultDifficulty, and 32 is the most
	Life       time.Duration    // zero means DefaultLife
	Now        func() time.Time // nil means time.Now

	mu     sync.Mutex
	used   map[[saltLen]byte]struct{}
	order  [][saltLen]byte // a ring over used, in order of use
	oldest int             // index of the oldest in a full ring
}

// Challenge returns a new challenge of 55 URL-safe characters.
func (g *Gate) Challenge() string {
	life := g.Life
	if life <= 0 {
		life = DefaultLife
	}
	difficulty := g.Difficulty
	if difficulty <= 0 {
		difficulty = DefaultDifficulty
	}
	raw := make([]byte, signedLen, challengeLen)
	rand.Read(raw[:saltLen])
	binary.BigEndian.PutUint64(raw[saltLen:], uint64(g.now().Add(life).Unix()))
	raw[signedLen-1] = byte(min(difficulty, 32))
	return base64.RawURLEncoding.EncodeToString(append(raw, g.sign(raw)...))
}

// Check accepts each challenge once: it returns nil for the first right nonce and ErrUsed afterwards. Of the challenges
// used, the latest 50,000 are remembered. Other errors are ErrForged, ErrExpired and ErrWrong; they use nothing up.
func (g *Gate) Check(challenge, nonce string) error {
	raw, err := decode(challenge)
	if err != nil || !hmac.Equal(raw[signedLen:], g.sign(raw[:signedLen])) {
		return ErrForged
	}
	if expiry := int64(binary.BigEndian.Uint64(raw[saltLen:])); g.now().Unix() >= expiry {
		return ErrExpired
	}
	if nonce == "" || len(nonce) > maxNonce || !solves(challenge, nonce, int(raw[signedLen-1])) {
		return ErrWrong
	}
	return g.use([saltLen]byte(raw))
}

// use marks salt as used, forgetting the oldest when too many are remembered.
func (g *Gate) use(salt [saltLen]byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, found := g.used[salt]; found {
		return ErrUsed
	}
	if g.used == nil {
		g.used = map[[saltLen]byte]struct{}{}
	}
	if len(g.order) < maxUsed {
		g.order = append(g.order, salt)
	} else {
		delete(g.used, g.order[g.oldest])
		g.order[g.oldest] = salt
		g.oldest = (g.oldest + 1) % maxUsed
	}
	g.used[salt] = struct{}{}
	return nil
}

func (g *Gate) now() time.Time {
	if g.Now == nil {
		return time.Now()
	}
	return g.Now()
}

func (g *Gate) sign(signed []byte) []byte {
	if len(g.Key) < 16 {
		panic("pow: Gate.Key is shorter than 16 bytes")
	}
	mac := hmac.New(sha256.New, g.Key)
	mac.Write([]byte("pow 1\n")) // the key may sign other things too
	mac.Write(signed)
	return mac.Sum(nil)[:challengeLen-signedLen]
}

// decode reads a challenge in the one spelling that Challenge gives it: another spelling of the same bytes would be
// another puzzle.
func decode(challenge string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(challenge)
	if err != nil {
		return nil, err
	}
	if len(raw) != challengeLen || len(challenge) != base64.RawURLEncoding.EncodedLen(challengeLen) {
		return nil, ErrForged
	}
	return raw, nil
}

// Solve returns a nonce for challenge, or "" if it is none. It is what Script does, for tests and clients in Go.
func Solve(challenge string) string {
	raw, err := decode(challenge)
	if err != nil {
		return ""
	}
	for n := uint64(0); ; n++ {
		if nonce := strconv.FormatUint(n, 10); solves(challenge, nonce, int(raw[signedLen-1])) {
			return nonce
		}
	}
}

func solves(challenge, nonce string, difficulty int) bool {
	sum := sha256.Sum256([]byte(challenge + ":" + nonce))
	return bits.LeadingZeros64(binary.BigEndian.Uint64(sum[:])) >= difficulty
}
