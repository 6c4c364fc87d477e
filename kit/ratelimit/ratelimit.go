// Package ratelimit says who comes too often: one token bucket per key, in bounded memory.
//
// A bucket starts full with Burst tokens, each allowed act takes one, and one comes back every Every. The package counts
// in this process only and forgets everything when it ends; it is no accounting and no defence against a flood from
// millions of addresses. Start with New; take the key of an HTTP client from ClientKey.
package ratelimit

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
	"time"
)

// MaxKeys is how many buckets a Limiter holds at most: about 20 MB. Past it, the one asked longest ago is forgotten.
const MaxKeys = 100_000

// Rate is how much one key may do.
type Rate struct {
	Burst int           // acts allowed at once; at least 1
	Every time.Duration // time for one token to come back; zero or less means that nothing is ever refused
}

// Limiter holds the buckets of one Rate. It is safe for concurrent use.
type Limiter struct {
	rate Rate
	now  func() time.Time
	keys int // buckets held at most

	mu      sync.Mutex
	buckets map[string]*list.Element
	recent  *list.List // of *bucket, the most recently asked first
}

// A bucket is stored as the moment at which it will be full again (the generic cell rate algorithm, ITU-T I.371): one
// instant says how many tokens it holds at any later time, and nothing has to be refilled.
type bucket struct {
	key  string
	full time.Time
}

// New returns a Limiter whose buckets are all full. A nil now means time.Now.
func New(rate Rate, now func() time.Time) *Limiter {
	if now == nil {
		now = time.Now
	}
	rate.Burst = max(rate.Burst, 1)
	return &Limiter{rate: rate, now: now, keys: MaxKeys, buckets: map[string]*list.Element{}, recent: list.New()}
}

// Allow takes a token from the bucket of key. When there is none it reports false and how long until there is one, and
// takes nothing: asking again in vain does not lengthen the wait.
func (l *Limiter) Allow(key string) (ok bool, retry time.Duration) {
	if l.rate.Every <= 0 {
		return true, 0
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()

	most := time.Duration(l.rate.Burst) * l.rate.Every // from empty to full
	full := now
	element, known := l.buckets[key]
	if known {
		l.recent.MoveToFront(element)
		if at := element.Value.(*bucket).full; at.After(now) {
			full = at
		}
		if full.Sub(now) > most { // the clock stepped back: that locks nobody out
			full = now.Add(most)
		}
	}
	full = full.Add(l.rate.Every)
	if wait := full.Sub(now) - most; wait > 0 {
		return false, wait
	}
	if known {
		element.Value.(*bucket).full = full
		return true, 0
	}
	l.makeRoom(now)
	l.buckets[key] = l.recent.PushFront(&bucket{key: key, full: full})
	return true, 0
}

// Len returns how many buckets are held, for a gauge.
func (l *Limiter) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.recent.Len()
}

// makeRoom drops a few full buckets from the quiet end, which costs their keys nothing, then, if the limiter is at its
// limit all the same, the one asked longest ago.
func (l *Limiter) makeRoom(now time.Time) {
	const look = 4 // more than come in at once, so that the past drains while the cost of an act stays flat
	for element, i := l.recent.Back(), 0; element != nil && i < look; i++ {
		previous := element.Prev()
		if !element.Value.(*bucket).full.After(now) {
			l.drop(element)
		}
		element = previous
	}
	if l.recent.Len() >= l.keys {
		l.drop(l.recent.Back())
	}
}

func (l *Limiter) drop(element *list.Element) {
	l.recent.Remove(element)
	delete(l.buckets, element.Value.(*bucket).key)
}

// ClientKey turns a network address, with or without a port, into the key of whoever stands behind it: an IPv4 address
// whole, an IPv6 address as its /64, since one subscriber commands a whole /64 (RFC 6177, section 2). IPv4 mapped into
// IPv6 counts as IPv4. What is no address is returned as it is.
func ClientKey(addr string) string {
	host := addr
	if h, _, err := net.SplitHostPort(addr); err == nil {
		host = h
	} else if n := len(addr); n > 2 && addr[0] == '[' && addr[n-1] == ']' {
		host = addr[1 : n-1]
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return addr
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return addr
	}
	return prefix.String()
}
