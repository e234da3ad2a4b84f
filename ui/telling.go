package ui

// What an edit did and who is hit, in one row. A name that is cut is another name: so where there is little room shorter words
// are chosen from a list, and never a part of the longest.

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// telling is what the last edit did.
type telling struct {
	text   string   // the message, as it was first told
	words  []string // what the edit did, the longest first
	hits   []string // who is hit, so; none where that is nobody, or not known yet
	bad    bool     // it brought errors
	undo   string   // what undoes it; told where it brought errors, or always
	always bool
	of     document.Edited
}

// tells tells whether a message is what was told of the edit.
func (t *telling) tells(text string) bool { return len(t.words) > 0 && text == t.text }

// wording is a message as there is room for it: what the last edit did has several.
func (t *telling) wording(text string, width int) string {
	if !t.tells(text) {
		return text
	}
	return fitting(t.wordings(), width)
}

// wordings is all of them: less is said of what the edit did before fewer of those who are hit are named.
func (t *telling) wordings() (all []string) {
	hits := t.hits
	if len(hits) == 0 {
		hits = []string{""}
	}
	join := func(who, undo string) {
		for _, did := range t.words {
			all = append(all, did+behind(who)+behind(undo))
		}
	}
	if t.always || t.bad {
		join(hits[0], t.undo)
	}
	for _, who := range hits {
		join(who, "")
	}
	return all
}

// behind is a part of a message that stands behind others; "" for none.
func behind(part string) string {
	if part == "" {
		return ""
	}
	return "; " + part
}

// fitting is the first of some wordings that fits in a row; the last where none does.
func fitting(words []string, width int) string {
	for _, text := range words {
		if ansi.StringWidth(text) <= width {
			return text
		}
	}
	return words[len(words)-1]
}

// many is some names, wordings of which the longest comes first: of more than a few the first and how many there are besides.
func many(names []string, most int) (words []string) {
	for n := min(len(names), most); n > 0; n-- {
		words = append(words, joinFew(names, n))
	}
	return words
}

// joinFew is the first n of some names, and how many there are besides.
func joinFew(names []string, n int) string {
	if n = min(n, len(names)); n == len(names) {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:n], ", ") + " +" + strconv.Itoa(len(names)-n)
}

// untilText is the minute in which the last cache has given an old answer up, if the save is made now: the name servers get a
// minute. The day is written in some way, with its year where that is another.
func untilText(s preview.Stale, now time.Time, day string) string {
	const servers = time.Minute
	hour := now.Add(servers + time.Duration(s.TTL)*time.Second)
	if down := hour.Truncate(time.Minute); down.Before(hour) {
		hour = down.Add(time.Minute)
	}
	if hour.Year() != now.Year() {
		day += " 2006"
	}
	return hour.Format(day + " 15:04")
}
