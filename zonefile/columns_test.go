package zonefile

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// What follows a changed field keeps its column: looked at with eyes of its own, which know no lexer.

// shownField is what a reader sees as one thing on a line: a comment, a string, a parenthesis, a word.
var shownField = regexp.MustCompile(`;.*|"(?:[^"\\\n]|\\.)*"?|[()]|(?:\\.|[^\s"();])+`)

// seen is a field on a line and the columns that it takes.
type seen struct {
	text       string
	start, end int
}

// see is the fields of a line from a byte on.
func see(line string, from int) []seen {
	column := func(at int) (col int) {
		for _, b := range []byte(line[:at]) {
			if col++; b == '\t' {
				col = (col + 7) / 8 * 8
			}
		}
		return col
	}
	var out []seen
	for _, at := range shownField.FindAllStringIndex(line[from:], -1) {
		out = append(out, seen{line[from+at[0] : from+at[1]], column(from + at[0]), column(from + at[1])})
	}
	return out
}

// lineAround is the line of a text that holds a place, and the place in it.
func lineAround(text string, at int) (string, int) {
	start := strings.LastIndexAny(text[:at], "\r\n") + 1
	line, _, _ := strings.Cut(text[start:], "\n")
	line, _, _ = strings.Cut(line, "\r")
	return line, at - start
}

// checkColumns wants what stands behind a field to be where it was, unless what is before it now reaches so far.
func checkColumns(t *testing.T, r Record, s Span, edits []Edit, text string) {
	t.Helper()
	base := int(r.Span().Start)
	was := string(r.Text())
	for i := range edits {
		edits[i].Start, edits[i].End = edits[i].Start-uint32(base), edits[i].End-uint32(base)
	}
	is := string(naiveSplice([]byte(was), edits))
	oldLine, from := lineAround(was, int(s.Start)-base)
	newLine, at := lineAround(is, int(s.Start)-base)
	if len(oldLine) < from+s.Len() || !strings.HasPrefix(newLine[at:], text) {
		t.Errorf("%s: %q became %q", r.Place(), was, is)
		return
	}
	before, after := see(oldLine, from+s.Len()), see(newLine, at+len(text))
	if len(before) != len(after) {
		t.Errorf("%s: %q became %q: another number of fields", r.Place(), oldLine, newLine)
		return
	}
	wasEnd, end := see(oldLine[:from+s.Len()]+"|", from+s.Len())[0].start, see(newLine[:at+len(text)]+"|", at+len(text))[0].start
	for i, b := range before {
		a := after[i]
		if blanks := b.start > wasEnd; a.text != b.text || blanks && a.start != b.start && end < b.start {
			t.Errorf("%s: %q became %q: %q was in column %d and is in column %d", r.Place(), oldLine, newLine, b.text, b.start, a.start)
			return
		}
		wasEnd, end = b.end, a.end
	}
}

// TestColumns changes each field of each record to narrower and wider ones.
func TestColumns(t *testing.T) {
	others, _ := needs.Share(t, corpusZones(t))
	zones := append(ownZones(t), others...)
	seeds, least := 20, 5000
	if testing.Short() {
		seeds, least = 3, 1000
	}
	for seed := range seeds {
		src := seededZone(50, uint64(seed))
		zones = append(zones, testZone{fmt.Sprintf("made-%d", seed), src, "big.example."})
	}
	tried := 0
	for _, tz := range zones {
		z := tz.parse()
		for r := range z.Records() {
			if _, bad := (Row{r}).Problem(); !bad && !r.file.made {
				tried += everyField(t, r)
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d changes", tried)
	if tried < least {
		t.Errorf("only %d changes", tried)
	}
}

// everyField tries the fields of one record.
func everyField(t *testing.T, r Record) (tried int) {
	h := r.c().head(int(r.entry))
	base := r.file.starts[r.chunk]
	spans := []Span{{base + uint32(h.owner.start), base + uint32(h.owner.end)}, {base + uint32(h.ttl.start), base + uint32(h.ttl.end)}}
	for _, tok := range r.RData() {
		spans = append(spans, tok.Span)
	}
	for _, s := range spans {
		was := string(r.file.Slice(s))
		if s.Len() == 0 || strings.ContainsAny(was, "\r\n\t") {
			continue
		}
		for _, text := range []string{was[:max(1, len(was)/2)], was + "9", was + "123456789", strings.Repeat("8", 40)} {
			if text == was || strings.ContainsAny(text, `"\`) {
				continue
			}
			tried++
			checkColumns(t, r, s, r.rewrite(change{s, text}), text)
		}
	}
	return tried
}
