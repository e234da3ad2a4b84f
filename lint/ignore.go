package lint

// Comments that silence rules:
//
//	; lint:ignore RULE[,RULE] [until DATE] [reason]         on a record, or in a line of its own above it
//	; lint:ignore-file RULE[,RULE] [until DATE] [reason]    anywhere in the file
//
// An ignore with a date silences up to that day; the day after it the rule speaks again.

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// marker is how an ignore starts.
const marker = "lint:ignore"

// ignore is one such comment.
type ignore struct {
	row    zonefile.Row
	span   zonefile.Span // the words of the comment
	reach  zonefile.Span // where findings are silenced
	rules  []string
	until  string // a date, or what stands in its place
	broken string // why it is none; "" if it is one
	file   bool   // it is about the whole file
}

// findIgnores reads the ignores of a zone, by number of file.
func findIgnores(z *zonefile.Zone) []ignore {
	c := ignores{z: z}
	for f := range z.Files() {
		for at := range occurrences(f, marker) {
			c.read(f, at)
		}
	}
	return c.list
}

// ignores is the ignores of a zone, as they are read in the order of the files. What was found out about the row of
// one often holds for the next: many may stand one above the other, or in one long record.
type ignores struct {
	z    *zonefile.Zone
	list []ignore

	row   zonefile.Row     // of the last one
	data  []zonefile.Token // its record's
	about zonefile.Span    // the row that the comments above it are about; empty at the end of a file
	above zonefile.Span    // from the first of those comments that was looked at to that row
	file  *zonefile.File   // of both
}

// read reads the ignore at a place of a file, if it is one.
func (c *ignores) read(f *zonefile.File, at uint32) {
	if w := c.z.RowAt(f, at); w != c.row {
		c.row, c.data = w, nil
		if r := w.Record(); !r.IsZero() {
			c.data = r.RData()
		}
	}
	if c.inComment(at) {
		c.list = append(c.list, c.readIgnore(c.row, at))
	}
}

// ignoresAfter is the ignores of a new version of a zone: those of rows that were not edited, read again at
// their new places, and those of rows that were.
func ignoresAfter(old []ignore, z *zonefile.Zone, edits []zonefile.Edit) []ignore {
	places, moved := map[*zonefile.File][]uint32{}, zonefile.OffsetsAfter(edits)
	add := func(f *zonefile.File, at uint32) { places[f] = append(places[f], at) }
	for _, g := range old {
		f := z.File(g.row.File().Name())
		at := moved.Shift(g.row.File(), g.span.Start)
		if bytes.EqualFold(f.Slice(zonefile.Span{Start: at, End: at + uint32(len(marker))}), []byte(marker)) {
			add(f, at)
		}
	}
	for _, e := range edits {
		f := z.File(e.File.Name())
		end := moved.Shift(e.File, e.End)
		start := end - min(end, uint32(len(e.New)))
		for w := range z.FileRows(f, start) {
			s := w.Span()
			if s.Start > end {
				break
			}
			for j := range offsets(w.Text(), marker) {
				add(f, s.Start+uint32(j))
			}
		}
	}
	c := ignores{z: z}
	for f := range z.Files() {
		slices.Sort(places[f])
		for _, at := range slices.Compact(places[f]) {
			c.read(f, at)
		}
	}
	return c.list
}

// inComment tells whether a place in the row is in a comment.
func (c *ignores) inComment(at uint32) bool {
	i := sort.Search(len(c.data), func(i int) bool { return c.data[i].Span.End > at })
	if i < len(c.data) && c.data[i].Span.Start <= at {
		return false
	}
	line := c.row.File().Slice(zonefile.Span{Start: c.row.Span().Start, End: at})
	if i := bytes.LastIndexByte(line, '\n'); i >= 0 {
		line = line[i+1:]
	}
	return bytes.IndexByte(line, ';') >= 0
}

// readIgnore reads the words behind the marker.
func (c *ignores) readIgnore(w zonefile.Row, at uint32) ignore {
	f := w.File()
	line, _, _ := bytes.Cut(f.Slice(zonefile.Span{Start: at, End: w.Span().End}), []byte("\n"))
	line = bytes.TrimRight(line, " \t\r")
	if i := bytes.IndexByte(line, ';'); i > 0 {
		line = bytes.TrimRight(line[:i], " \t")
	}
	g := ignore{row: w, span: zonefile.Span{Start: at, End: at + uint32(len(line))}}
	words := strings.Fields(string(line[len(marker):]))
	if len(words) > 0 && strings.HasPrefix(string(line[len(marker):]), "-file") {
		words = words[1:]
		g.reach, g.file = zonefile.Span{End: uint32(f.Size()) + 1}, true
	} else {
		g.reach = c.ignored(w)
	}
	if len(words) == 0 {
		g.broken = "names no rule: write lint:ignore RULE"
		return g
	}
	g.rules = strings.Split(words[0], ",")
	if len(words) > 1 && words[1] == "until" {
		g.readDate(words[2:])
	}
	return g
}

// readDate reads the day up to which an ignore counts.
func (g *ignore) readDate(words []string) {
	if len(words) > 0 {
		g.until = words[0]
	}
	if _, err := time.Parse(time.DateOnly, g.until); err != nil {
		g.broken = "has no date behind until: write one as 2026-12-01"
	}
}

// ignored is the row that an ignore is about: its own, or the next one that is no comment.
func (c *ignores) ignored(w zonefile.Row) zonefile.Span {
	if w.Kind() != zonefile.RowBlank {
		return w.Span()
	}
	if c.file != w.File() {
		c.file, c.above = w.File(), zonefile.Span{}
	}
	start, end := w.Span().Start, uint32(w.File().Size())
	about := zonefile.Span{}
	for next := range c.z.FileRows(c.file, start) {
		at := next.Span()
		if c.above.Start <= at.Start && at.Start < c.above.End { // the way from here on is known
			about, end = c.about, c.above.End
			break
		}
		if next.Kind() != zonefile.RowBlank {
			about, end = at, at.Start
			break
		}
	}
	if c.above.Len() == 0 || end != c.above.End || start < c.above.Start {
		c.above.Start = start
	}
	c.about, c.above.End = about, end
	return about
}

// over tells whether the ignore's last day is past.
func (g *ignore) over(today time.Time) bool {
	return g.until != "" && !today.IsZero() && today.Format(time.DateOnly) > g.until
}
