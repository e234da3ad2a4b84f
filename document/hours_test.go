package document

import (
	"testing"
	"time"
)

// An hour is never read as earlier than whoever says it can mean.
func TestParseSince(t *testing.T) {
	now := time.Date(2026, 11, 29, 19, 19, 30, 0, time.UTC)
	for text, want := range map[string]string{
		"now": "2026-11-29T19:19:30Z", "19:19": "2026-11-29T19:19:30Z", "19:18": "2026-11-29T19:18:59Z", "19:18:05": "2026-11-29T19:18:05Z",
		"19:20": "2026-11-28T19:20:59Z", "2026-11-28 07:00": "2026-11-28T07:00:59Z", "28 Nov 07:00": "2026-11-28T07:00:59Z",
		"30 Dec 07:00": "2025-12-30T07:00:59Z", "28 Nov 07:00:02": "2026-11-28T07:00:02Z", "28 Nov 2026 07:00:01": "2026-11-28T07:00:01Z", "2026-11-28T07:00:00+01:00": "2026-11-28T06:00:00Z",
		"2026-12-28 07:00": "2026-12-28T07:00:59Z", "": "", "yesterday": "", "25:00": "", "-1": "",
	} {
		got, err := ParseSince(text, now)
		if shown := got.UTC().Format(time.RFC3339); (err == nil) != (want != "") || err == nil && shown != want {
			t.Errorf("%q: %s, %v, want %s", text, shown, err, want)
		}
	}
}
