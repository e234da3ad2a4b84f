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
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.In(now.Location()), nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2 Jan 2006 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2 Jan 2006 15:04"} {
		if wall, err := time.Parse(layout, text); err == nil {
			return onClock(text, layout, wall, now)
		}
	}
	return lastTime(text, now)
}

// onClock is when a clock shows what it shows in words of a layout. Of an hour that it shows twice, because it is set back
// then, the later time counts that has come; one that it leaves out is none.
func onClock(text, layout string, wall, now time.Time) (at time.Time, err error) {
	first := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), now.Location())
	_, before := first.AddDate(0, 0, -1).Zone()
	_, after := first.AddDate(0, 0, 1).Zone()
	set := time.Duration(before-after) * time.Second
	for _, t := range []time.Time{first.Add(-set.Abs()), first, first.Add(set.Abs())} {
		if t.Format(time.DateTime) == wall.Format(time.DateTime) && (at.IsZero() || !t.After(now)) {
			at = t
		}
	}
	switch {
	case at.IsZero():
		return at, errors.New(text + " is no time: that hour or day is left out there")
	case strings.HasSuffix(layout, ":05"):
		return at, nil
	}
	return wholeMinute(at, now), nil
}

// lastTime reads an hour without a year or a day: the last time that it was so.
func lastTime(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{"15:04:05", "15:04", "2 Jan 15:04:05", "2 Jan 15:04"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		day, years, days := time.Date(now.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), -1, 0
		if layout[0] != '2' {
			day, years, days = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), 0, -1
		} else if day.Day() != t.Day() {
			return day, errors.New(text + " is no day of this year: say the year, too")
		}
		wall := day.Add(t.Sub(t.Truncate(24 * time.Hour)))
		at, err := onClock(text, layout, wall, now)
		if err == nil && at.After(now) {
			at, err = onClock(text, layout, wall.AddDate(years, 0, days), now)
		}
		return at, err
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
