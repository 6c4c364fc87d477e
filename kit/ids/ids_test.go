package ids

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestNewGrowsWithinAProcess(t *testing.T) {
	last := ""
	for range 50_000 {
		id := New()
		if id <= last {
			t.Fatalf("%s follows %s", id, last)
		}
		last = id
	}
}

func TestNewIsUniqueAndGrowsAcrossGoroutines(t *testing.T) {
	const routines, each = 8, 2000
	made := make([][]string, routines)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			for range each {
				made[i] = append(made[i], New())
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, list := range made {
		for i, id := range list {
			if seen[id] {
				t.Fatalf("%s twice", id)
			}
			seen[id] = true
			if i > 0 && id <= list[i-1] {
				t.Fatalf("%s follows %s", id, list[i-1])
			}
		}
	}
}

func TestTimeOfANewIdentifierIsNow(t *testing.T) {
	before := time.Now().Truncate(time.Millisecond)
	id := New()
	at, ok := Time(id)
	// A burst in the same process may run ahead of the clock by some milliseconds.
	if !ok || at.Before(before) || at.After(time.Now().Add(time.Second)) {
		t.Errorf("Time(%s) = %v, %v; want about %v", id, at, ok, before)
	}
	if at.Location() != time.UTC {
		t.Errorf("Time is in %v, want UTC", at.Location())
	}
}

func TestTime(t *testing.T) {
	// RFC 9562, appendix A.6.
	const example = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
	want := time.Date(2022, 2, 22, 19, 22, 22, 0, time.UTC)
	if at, ok := Time(example); !ok || !at.Equal(want) {
		t.Errorf("Time(%s) = %v, %v; want %v", example, at, ok, want)
	}
	for name, id := range map[string]string{
		"empty":     "",
		"no UUID":   "article",
		"upper":     strings.ToUpper(example),
		"braces":    "{" + example + "}",
		"urn":       "urn:uuid:" + example,
		"no dashes": strings.ReplaceAll(example, "-", ""),
		"version 4": "919108f7-52d1-4320-9bac-f847db4148a8",
		"variant":   "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
		"truncated": example[:35],
	} {
		if at, ok := Time(id); ok || !at.IsZero() {
			t.Errorf("%s: Time(%q) = %v, %v; want false", name, id, at, ok)
		}
	}
}

func FuzzTime(f *testing.F) {
	f.Add("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
	f.Add("")
	f.Add("{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}")
	f.Fuzz(func(t *testing.T, id string) {
		at, ok := Time(id)
		if ok && len(id) != 36 || !ok && !at.IsZero() {
			t.Errorf("Time(%q) = %v, %v", id, at, ok)
		}
	})
}
