package ratelimit

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock { return &clock{time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)} }

func TestBurstThenOneEvery(t *testing.T) {
	c := newClock()
	l := New(Rate{Burst: 3, Every: time.Minute}, c.now)
	steps := []struct {
		wait  time.Duration
		ok    bool
		retry time.Duration
	}{
		{0, true, 0}, {0, true, 0}, {0, true, 0},
		{0, false, time.Minute},
		{0, false, time.Minute}, // asking in vain does not lengthen the wait
		{20 * time.Second, false, 40 * time.Second},
		{40 * time.Second, true, 0},
		{0, false, time.Minute},
		{2 * time.Minute, true, 0}, {0, true, 0}, {0, false, time.Minute},
		{24 * time.Hour, true, 0}, {0, true, 0}, {0, true, 0}, {0, false, time.Minute}, // never more than Burst
		{-time.Hour, false, time.Minute}, // a clock that steps back grants nothing and locks nobody out
	}
	for i, s := range steps {
		c.advance(s.wait)
		if ok, retry := l.Allow("a"); ok != s.ok || retry != s.retry {
			t.Fatalf("step %d: Allow = %v, %v; want %v, %v", i, ok, retry, s.ok, s.retry)
		}
	}
}

func TestKeysAreIndependent(t *testing.T) {
	l := New(Rate{Burst: 1, Every: time.Minute}, newClock().now)
	for _, key := range []string{"a", "b", ""} {
		if ok, _ := l.Allow(key); !ok {
			t.Errorf("first Allow(%q) refused", key)
		}
		if ok, _ := l.Allow(key); ok {
			t.Errorf("second Allow(%q) allowed", key)
		}
	}
}

func TestZeroRateRefusesNothing(t *testing.T) {
	l := New(Rate{}, nil)
	for range 100 {
		if ok, retry := l.Allow("a"); !ok || retry != 0 {
			t.Fatalf("Allow = %v, %v", ok, retry)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	l := New(Rate{Burst: 1, Every: time.Hour}, newClock().now)
	l.keys = 10
	for i := range 1000 {
		if ok, _ := l.Allow(fmt.Sprint(i)); !ok {
			t.Fatalf("key %d refused", i)
		}
		if l.Len() > 10 {
			t.Fatalf("%d buckets after %d keys, want at most 10", l.Len(), i+1)
		}
	}
	if ok, _ := l.Allow("999"); ok {
		t.Error("a recent key was forgotten")
	}
	if ok, _ := l.Allow("0"); !ok {
		t.Error("the oldest key was kept")
	}
}

func TestFullBucketsAreForgotten(t *testing.T) {
	c := newClock()
	l := New(Rate{Burst: 1, Every: time.Minute}, c.now)
	for i := range 1000 {
		l.Allow(fmt.Sprint(i))
	}
	c.advance(time.Hour)
	for i := range 500 {
		l.Allow(fmt.Sprint("later", i))
	}
	if l.Len() != 500 {
		t.Errorf("%d buckets, want the 500 that are not full", l.Len())
	}
}

func TestConcurrentUseAllowsExactlyTheBurst(t *testing.T) {
	l := New(Rate{Burst: 100, Every: time.Hour}, newClock().now)
	var allowed atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				if ok, _ := l.Allow("shared"); ok {
					allowed.Add(1)
				}
				l.Allow(fmt.Sprint(i))
			}
		})
	}
	wg.Wait()
	if allowed.Load() != 100 {
		t.Errorf("%d acts allowed, want 100", allowed.Load())
	}
}

func TestClientKey(t *testing.T) {
	tests := []struct{ addr, want string }{
		{"192.0.2.7:4711", "192.0.2.7"},
		{"192.0.2.7", "192.0.2.7"},
		{"[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"},
		{"2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2::1]", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:80", "fe80::/64"},
		{"[::ffff:192.0.2.7]:80", "192.0.2.7"},
		{"::1", "::/64"},
		{"", ""},
		{"@", "@"},
		{"unix", "unix"},
		{"192.0.2.300:80", "192.0.2.300:80"},
		{"[]", "[]"},
	}
	for _, tt := range tests {
		if got := ClientKey(tt.addr); got != tt.want {
			t.Errorf("ClientKey(%q) = %q, want %q", tt.addr, got, tt.want)
		}
	}
}

func FuzzClientKey(f *testing.F) {
	for _, s := range []string{"192.0.2.7:80", "[2001:db8::1]:80", "[", "]", "[]", "%", "::%é", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, addr string) {
		key := ClientKey(addr)
		if addr != "" && key == "" {
			t.Errorf("ClientKey(%q) is empty", addr)
		}
	})
}

func BenchmarkAllow(b *testing.B) {
	l := New(Rate{Burst: 10, Every: time.Second}, nil)
	b.ReportAllocs()
	for b.Loop() {
		l.Allow("192.0.2.7")
	}
}
