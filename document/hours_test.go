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

// A clock that is set back shows an hour twice, and one that is set forward leaves one out.
func TestParseSinceWhereClocksAreSet(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("the hours of Berlin are not on this machine")
	}
	later, between := time.Date(2026, 10, 25, 12, 0, 0, 0, berlin), time.Date(2026, 10, 25, 0, 45, 0, 0, time.UTC).In(berlin)
	for _, c := range []struct {
		text, want string
		now        time.Time
	}{
		{"2026-10-25 02:30", "2026-10-25T01:30:59Z", later},
		{"02:30", "2026-10-25T01:30:59Z", later},
		{"25 Oct 02:30:07", "2026-10-25T01:30:07Z", later},
		{"2026-10-25 02:30", "2026-10-25T00:30:59Z", between},
		{"02:30", "2026-10-25T00:30:59Z", between},
		{"02:50", "2026-10-24T00:50:59Z", between},
		{"2026-10-25 03:00", "2026-10-25T02:00:59Z", later},
		{"2026-03-29 01:59", "2026-03-29T00:59:59Z", later},
		{"2026-03-29 02:30", "", later},
		{"29 Mar 02:30", "", later},
		{"29 Feb 10:00", "", later},
		{"2024-02-29 10:00", "2024-02-29T09:00:59Z", later},
		{"2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z", later},
	} {
		got, err := ParseSince(c.text, c.now)
		if shown := got.UTC().Format(time.RFC3339); (err == nil) != (c.want != "") || err == nil && shown != c.want {
			t.Errorf("%q: %s, %v, want %s", c.text, shown, err, c.want)
		}
	}
}
