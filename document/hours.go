package document

// Hours as people say them. One that is said without seconds may be any of its minute, and nothing waits too short a time for
// that: its last second counts.

import (
	"errors"
	"strings"
	"time"
)

// ParseSince reads since when something is so, as people say it. Without a day it is the last time that the clock said so.
func ParseSince(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "now" {
		return now, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2 Jan 2006 15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2 Jan 2006 15:04"} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return wholeMinute(t, now), nil
		}
	}
	return lastTime(text, now)
}

// lastTime reads an hour without a year or a day: the last time that it was so.
func lastTime(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{"15:04:05", "15:04", "2 Jan 15:04:05", "2 Jan 15:04"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		month, day, years, days := t.Month(), t.Day(), -1, 0
		if layout[0] != '2' {
			month, day, years, days = now.Month(), now.Day(), 0, -1
		}
		at := time.Date(now.Year(), month, day, t.Hour(), t.Minute(), t.Second(), 0, now.Location())
		if at.After(now) {
			at = at.AddDate(years, 0, days)
		}
		if !strings.HasSuffix(layout, ":05") {
			at = wholeMinute(at, now)
		}
		return at, nil
	}
	return time.Time{}, errors.New(text + " is no time: write 19:19, 2026-11-28 19:19, or now")
}

// wholeMinute is the last second of a minute that has begun, as far as that has come.
func wholeMinute(t, now time.Time) time.Time {
	if end := t.Add(time.Minute - time.Second); !end.After(now) || t.After(now) {
		return end
	}
	return now
}
