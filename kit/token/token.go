// Package token makes and compares secrets: random tokens for links and cookies, six-digit codes for mails, and the digests
// under which they are stored.
//
// A store should keep Hash(token), never the token itself, so that a leaked table opens no session. A fast digest is enough
// for New, which cannot be guessed; it is not enough for passwords, nor for Code unless the number of tries is limited.
package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
)

// New returns 256 random bits as 43 characters that need no escaping in a URL, a cookie or a header
// (base64url without padding, RFC 4648 section 5).
func New() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program rather than return weak bytes
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Code returns six decimal digits, every value from 000000 to 999999 as likely as any other. A million values are soon
// tried: whoever checks a code must limit the attempts and the time.
func Code() string {
	const values = 1_000_000
	const limit = (1 << 32) / values * values // draws above would favour small values
	for {
		var b [4]byte
		rand.Read(b[:])
		if n := uint64(binary.BigEndian.Uint32(b[:])); n < limit {
			return sixDigits(n % values)
		}
	}
}

func sixDigits(n uint64) string {
	var digits [6]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return string(digits[:])
}

// Hash returns the SHA-256 digest of s in lower-case hexadecimal.
func Hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// Equal compares two secrets in a time that does not depend on where they differ, nor on their lengths.
func Equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// HMAC returns the HMAC-SHA-256 (RFC 2104) of parts under key, as 43 URL-safe characters. Each part is preceded by its
// length, so that ("ab", "c") and ("a", "bc") differ.
func HMAC(key []byte, parts ...string) string {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		mac.Write(length[:])
		mac.Write([]byte(part))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
