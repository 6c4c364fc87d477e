package ical

import (
	"strings"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	var b strings.Builder
	day := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	c := Calendar{Name: "Le port, et la mer", Product: "-//Essai//FR", Events: []Event{{
		UID: "1@example.org", Stamp: day, First: day, Last: day.AddDate(0, 0, 1), Summary: strings.Repeat("é", 60), Location: "Quai; digue", URL: "https://example.org",
		Lat: 48.39, Lon: -4.486, Located: true,
	}}}
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"X-WR-CALNAME:Le port\\, et la mer\r\n", "DTSTART;VALUE=DATE:20260314\r\n", "DTEND;VALUE=DATE:20260316\r\n", "LOCATION:Quai\\; digue\r\n",
		"GEO:48.390000;-4.486000\r\n", "DTSTAMP:20260314T000000Z\r\n", "END:VCALENDAR\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes: %s", len(line), line)
		}
	}
	if unfolded := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(unfolded, "SUMMARY:"+strings.Repeat("é", 60)) {
		t.Error("a folded line doesn't come back")
	}
}
