package ui

// The days of a plan as bars, where a screen is wide enough: each step waits, and then its hour comes.

import (
	"strings"
	"time"

	"github.com/mailzone/mailzone/ui/draw"
)

// bars is where hours stand beside the steps.
type bars struct {
	pen   draw.Pen
	width int       // in cells; 0: there is no room for them
	from  time.Time // the beginning of the first day
	count int       // of days
	day   int       // cells of a day
}

// newBars are bars from one hour to another in a width; they take at most 8 cells a day.
func newBars(pen draw.Pen, from, to time.Time, width int) bars {
	y, m, d := from.Date()
	b := bars{pen: pen, from: time.Date(y, m, d, 0, 0, 0, 0, from.Location())}
	b.count = int(to.Sub(b.from)/(24*time.Hour)) + 1
	if b.day = min(width/b.count, 8); b.day > 0 {
		b.width = b.count * b.day
	}
	return b
}

// days is the line of dates above the bars.
func (b bars) days() string {
	line := []byte(strings.Repeat(" ", b.width))
	for i, free := 0, 0; i < b.count; i++ {
		date, at := b.from.AddDate(0, 0, i).Format("2"), i*b.day
		if at >= free && at+len(date) <= b.width {
			copy(line[at:], date)
			free = at + len(date) + 1
		}
	}
	return string(line)
}

// row is the wait between two hours, and the hour at its end.
func (b bars) row(since, hour time.Time) string {
	if b.width == 0 || hour.IsZero() {
		return strings.Repeat(" ", b.width)
	}
	at := min(max(b.cell(hour), 0), b.width-1)
	start := min(max(b.cell(since), 0), at)
	text := strings.Repeat(" ", start) + strings.Repeat(b.pen.Glyphs.Wait, at-start) + b.pen.Glyphs.Hour
	return b.pen.Fit(text, b.width)
}

// cell is where an hour stands.
func (b bars) cell(t time.Time) int {
	return int(t.Sub(b.from) * time.Duration(b.day) / (24 * time.Hour))
}
