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
	if t, err := time.ParseInLocation("2 Jan 15:04", text, now.Location()); err == nil {
		at := time.Date(now.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
		if at.After(now) {
			at = at.AddDate(-1, 0, 0)
		}
		return wholeMinute(at, now), nil
	}
	return clockTime(text, now)
}

// clockTime reads an hour without a day.
func clockTime(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{"15:04:05", "15:04"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location())
		if at.After(now) {
			at = at.AddDate(0, 0, -1)
		}
		if layout == "15:04" {
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
